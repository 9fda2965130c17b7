import Foundation
import GeneratedReports
import ReportModel
import ReportParsing
import Testing

@Suite("Tables whose grid was damaged give no wrong number")
struct DamagedGridTests {
    /// More with DAMAGED_TABLES=20000, and from another seed with DAMAGED_SEED.
    private static let count =
        ProcessInfo.processInfo.environment["DAMAGED_TABLES"].flatMap { Int($0) } ?? 400
    private static let seed =
        ProcessInfo.processInfo.environment["DAMAGED_SEED"].flatMap { UInt64($0) } ?? 30_000

    @Test("No value is another than its cell says, and what was left alone is read")
    func values() throws {
        var wrong: [String] = []
        var untouched = 0
        var read = 0
        var values = 0
        for seed in Self.seed..<(Self.seed + UInt64(Self.count)) {
            let tables = DamagedTables(seed: seed)
            let report = try ReportParser().report(from: tables.bytes)
            for field in report.statistics.fields {
                guard let cell = report.statistics[field], let value = cell.value else { continue }
                values += 1
                if let truth = tables.truth[field], abs(truth - value) < 1e-9 { continue }
                // What a lost or doubtful cell must be for the sums is said to be inferred.
                if cell.status == .inferred { continue }
                wrong.append(
                    "seed \(seed) \(tables.format.rawValue) \(tables.damages): "
                        + "\(StatisticField.all[field].key) \(value.figure) (\(cell.status)) for "
                        + "\(tables.truth[field]?.figure ?? "none")")
            }
            for field in tables.untouched {
                untouched += 1
                if report.statistics.value(of: field) != nil { read += 1 }
            }
        }
        print(
            "\(Self.count) damaged tables from seed \(Self.seed): \(values) values, "
                + "\(wrong.count) wrong; \(read) of \(untouched) cells left alone are read")
        #expect(wrong.isEmpty, "\(wrong.prefix(20).joined(separator: "\n"))")
        #expect(Double(read) >= 0.98 * Double(untouched))
    }
}
