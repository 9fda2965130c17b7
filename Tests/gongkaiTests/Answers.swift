import Foundation
import TestSupport

/// `gongkai.search/1` as a script reads it.
struct SearchAnswer: Decodable {
    let schema: String
    let query: String
    let by: String?
    let relaxed: String?
    let understood: [NameAnswer]?
    let total: Int?
    let total_reports: Int?
    let exact: Int?
    let exact_total: Bool?
    let names_are_words: Bool?
    let hits: [HitAnswer]?
    let suggestions: [Meant]?
    let empty_because: [Reason]?
    let error: String?

    /// A word that was taken for the name of reports.
    struct NameAnswer: Decodable, Equatable {
        let text: String
        let field: String
        let value: String
    }

    /// What a part of the question may have meant.
    struct Meant: Decodable {
        let written: String
        let meant: [String]
    }

    /// What is there without a term.
    struct Reason: Decodable {
        let without: String
        let total: Int
        let years: [Int]?
    }

    init(_ run: BuiltProgram.Run) throws { self = try decoded(run.output) }
}

/// `gongkai.hit/1` as a script reads it.
struct HitAnswer: Decodable {
    struct Report: Decodable {
        let id: String
        let file: String
        let files: [String]?
        let title: String?
        let agency: String?
        let year: Int?
        let form: String
    }
    let schema: String
    let rank: Int
    let score: Double
    let relaxed: Bool?
    let report: Report
    let section: Int
    let section_title: String?
    let subsection: String?
    let text: String
    let matches: [[Int]]
    let lines: [Int]
    let values: [String: Double?]
    /// Of a report in a list: how many of its passages match.
    let passages: Int?

    private enum Key: String, CodingKey {
        case schema, rank, score, relaxed, report, section, section_title, subsection, text, matches
        case lines, values, passages, best
    }

    /// A passage, or a report of a list with what stands in its best passage.
    init(from decoder: any Decoder) throws {
        let own = try decoder.container(keyedBy: Key.self)
        schema = try own.decode(String.self, forKey: .schema)
        rank = try own.decode(Int.self, forKey: .rank)
        score = try own.decode(Double.self, forKey: .score)
        relaxed = try own.decodeIfPresent(Bool.self, forKey: .relaxed)
        report = try own.decode(Report.self, forKey: .report)
        values = try own.decode([String: Double?].self, forKey: .values)
        passages = try own.decodeIfPresent(Int.self, forKey: .passages)
        let hasBest = try passages != nil && !own.decodeNil(forKey: .best)
        let best = hasBest ? try own.nestedContainer(keyedBy: Key.self, forKey: .best) : nil
        let passage = passages == nil ? own : best
        section = try passage?.decode(Int.self, forKey: .section) ?? 0
        section_title = try passage?.decodeIfPresent(String.self, forKey: .section_title)
        subsection = try passage?.decodeIfPresent(String.self, forKey: .subsection)
        text = try passage?.decode(String.self, forKey: .text) ?? ""
        matches = try passage?.decode([[Int]].self, forKey: .matches) ?? []
        lines = try passage?.decode([Int].self, forKey: .lines) ?? []
    }

    /// What the matches cover.
    var matchedTexts: [String] {
        let scalars = Array(text.unicodeScalars)
        return matches.map { String(String.UnicodeScalarView(scalars[$0[0]..<$0[1]])) }
    }
}

/// `gongkai.report/1` as a script reads it.
struct ReportAnswer: Decodable {
    struct Region: Decodable, Equatable {
        let province: String?
        let city: String?
        let county: String?
    }
    struct Section: Decodable {
        let section: Int
        let title: String
    }
    struct Passage: Decodable {
        let section: Int
        let subsection: String?
        let text: String
        let lines: [Int]
    }
    struct Cell: Decodable, Equatable {
        let value: Double?
        let status: String
        let raw: String
        let line: Int
        let inferred_from: String?
    }
    struct Identity: Decodable {
        let id: String
        let state: String
        let left: Double?
        let right: Double?
    }
    struct Finding: Decodable {
        let code: String
        let line: Int?
        let message: String
    }
    let file: String?
    let sha256: String
    let encoding: String
    let kind: String
    let form: String
    let title: String?
    let agency: String?
    let agency_aliases: [String]
    let year: Int?
    let region: Region
    let sections: [Section]
    let passages: [Passage]
    let statistics: [String: Double]
    let cells: [String: Cell]
    let inferred: [String]
    let identities: [Identity]
    let findings: [Finding]
}

/// A JSON text as a value.
func decoded<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(text.utf8))
}

/// The keys of the objects at one level of a JSON text.
struct ObjectKeys {
    /// Those that every object has.
    var always: Set<String>
    /// Those that some object has.
    var ever: Set<String>
}

/// The keys of a JSON object and of the objects in it, by their paths.
///
/// A path is such as `hits[].report.region`. The keys of the objects at the paths in `data` are
/// data, not names: they are left out, and their values stand at `path.*`.
func keys(of text: String, data: Set<String> = []) throws -> [String: ObjectKeys] {
    var found: [String: ObjectKeys] = [:]
    func visit(_ value: Any, _ path: String) {
        if let object = value as? [String: Any] {
            let isData = data.contains(path)
            if !isData {
                let keys = Set(object.keys)
                let before = found[path] ?? ObjectKeys(always: keys, ever: keys)
                found[path] = ObjectKeys(
                    always: before.always.intersection(keys), ever: before.ever.union(keys))
            }
            for (key, member) in object {
                visit(member, (path.isEmpty ? "" : path + ".") + (isData ? "*" : key))
            }
        } else if let array = value as? [Any] {
            for member in array { visit(member, path + "[]") }
        }
    }
    visit(try JSONSerialization.jsonObject(with: Data(text.utf8)), "")
    return found
}

/// A sample report and its right reading beside it.
struct Sample: Sendable {
    struct Reading: Decodable {
        struct Passage: Decodable {
            let section: Int
            let subsection: String?
            let lines: [Int]
        }
        let kind: String
        let form: String
        let agency: String?
        let year: Int?
        let region: ReportAnswer.Region
        let passages: [Passage]
        let statistics: [String: Double]
    }
    /// The path below `corpus/reports`, without its ending.
    let name: String
    let file: URL

    static let folder = SampleFiles.corpus.appending(path: "reports")
    static let all = SampleFiles.files(below: folder, endings: [".txt"]).map { file in
        Sample(name: shortName(of: file.path), file: file)
    }

    /// A file of the samples or of the seeds, as the tables of this target name it:
    /// `yaan-suanli/2022`, `000`.
    static func shortName(of path: String) -> String {
        let parts = path.split(separator: "/")
        if parts.dropLast().last == "seeds" { return String(parts[parts.count - 1].prefix(3)) }
        return parts.suffix(2).joined(separator: "/").replacing(".txt", with: "")
    }

    func reading() throws -> Reading {
        let reading = file.deletingPathExtension().appendingPathExtension("expected.json")
        return try JSONDecoder().decode(Reading.self, from: Data(contentsOf: reading))
    }
}

extension HitAnswer {
    /// The report's file as the tables name it.
    var name: String { Sample.shortName(of: report.file) }
    /// The passage as the tables name it: `000 §5（一）`.
    var passageName: String {
        let number = subsection.flatMap { $0.split(separator: "）").first }.map { $0 + "）" }
        return "\(name) §\(section)" + (number ?? "")
    }
}
