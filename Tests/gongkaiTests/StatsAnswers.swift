import Foundation
import TestSupport

/// `gongkai.stats/1` as a script reads it.
struct StatsAnswer: Decodable {
    enum Value: Decodable, Hashable {
        case text(String)
        case number(Double)
        case none

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .none
            } else if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }

    struct Reports: Decodable {
        struct LeftOut: Decodable {
            let duplicate: Int
            let rolled_up: Int
            let fails: Int
        }
        let used: Int
        let blank: Int
        let not_in_form: Int
        let undefined: Int
        let left_out: LeftOut
        let failing: Int
        let agencies: Int
        let known: Int
    }

    struct Change: Decodable {
        let before: Double
        let absolute: Double
        let relative: Double?
        let points: Double?
    }

    struct Bin: Decodable {
        let from: Double?
        let below: Double?
    }

    struct Cell: Decodable {
        let file: String
        let line: Int
        let raw: String
        let key: String
        let value: Double?
    }

    struct Row: Decodable {
        let field: String
        let aggregate: String
        let group: [String: Value]
        let value: Double?
        let numerator: Double?
        let denominator: Double?
        let interval: [Double]?
        let unit: String?
        let reports: Reports
        let marks: [String]
        let bin: Bin?
        let rank: Int?
        let change: Change?
        let share: Double?
        let agency: String?
        let search: String
        let cells: [Cell]?

        /// The only value that the row is grouped by.
        var only: String {
            switch group.values.first {
            case .text(let text): text
            case .number(let number): String(Int(number))
            case .some(.none), nil: "unknown"
            }
        }
    }

    let schema: String
    let query: String
    let rows: [Row]
    let notes: [String]

    /// The rows of one aggregate by the value they are grouped by.
    func values(_ aggregate: String? = nil) -> [String: Double?] {
        Dictionary(
            rows.filter { aggregate == nil || $0.aggregate == aggregate }
                .map { ($0.only, $0.value) }, uniquingKeysWith: { one, _ in one })
    }
}

extension Workplace {
    /// What `stats` answers in JSON.
    func stats(_ arguments: String...) async throws -> StatsAnswer {
        let run = try await run(["stats", "--format", "json"] + arguments)
        guard run.status == 0 else { throw StatsFailure(description: "\(run)") }
        return try decoded(run.output)
    }
}

struct StatsFailure: Error, CustomStringConvertible {
    let description: String
}
