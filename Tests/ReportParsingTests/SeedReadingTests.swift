import Foundation
import ReportModel
import ReportParsing
import TestSupport
import Testing

/// A real report and its right reading, read cell by cell by people.
struct Seed: Sendable, CustomTestStringConvertible {
    let file: URL
    let reading: URL

    var testDescription: String { file.lastPathComponent }

    static let all: [Seed] = {
        guard let shared = SampleFiles.shared else { return [] }
        return SampleFiles.files(below: shared.appending(path: "seeds"), endings: [".txt"]).map {
            let name = $0.deletingPathExtension().lastPathComponent + ".json"
            return Seed(file: $0, reading: shared.appending(path: "expected/\(name)"))
        }
    }()

    func report() throws -> Report {
        try ReportParser().report(from: SampleFiles.bytes(of: file))
    }

    func expected() throws -> ExpectedSeed {
        try JSONDecoder().decode(ExpectedSeed.self, from: Data(contentsOf: reading))
    }
}

/// The parts of a right reading that tests compare.
struct ExpectedSeed: Decodable {
    struct Region: Decodable {
        let province: String?
        let city: String?
        let county: String?
    }
    struct Section: Decodable {
        let n: Int
        let heading: String
        let subsections: [String]
    }
    struct Passage: Decodable {
        let section: Int
        let subsection: String?
        let source_lines: [Int]
        let chars: Int
        let first12: String
        let last12: String
    }
    struct CellStatus: Decodable {
        let status: String
        let raw: String
    }
    struct Identities: Decodable {
        struct Detail: Decodable {
            let id: String
            let state: String
            let left: Double
            let right: Double
        }
        let detail: [Detail]
    }
    let title: String
    let agency: String
    let year: Int
    let region: Region
    let sections: [Section]
    let passages: [Passage]
    let statistics: [String: Double]
    let cell_status: [String: CellStatus]
    let identities: Identities
    let title_displaced_after_heading: Bool
}

@Suite("The five real reports are read as people read them")
struct SeedReadingTests {
    @Test("All cells, with the status of inferred ones", arguments: Seed.all)
    func cells(_ seed: Seed) throws {
        let report = try seed.report()
        let expected = try seed.expected()
        #expect(report.form == .form2021)
        var read: [String: Double] = [:]
        for field in StatisticField.all {
            guard let cell = report.statistics[field.index] else { continue }
            read[field.key] = cell.value
            let status = expected.cell_status[field.key]?.status
            #expect(
                cell.status == (status == "blank_inferred" ? .inferred : .printed),
                "\(field.key) is \(cell.status)")
        }
        #expect(expected.statistics.count == 200)
        let wrong = Set(read.keys).union(expected.statistics.keys)
            .filter { read[$0] != expected.statistics[$0] }
        #expect(wrong.sorted() == [])
    }

    @Test("Title, agency, year and region", arguments: Seed.all)
    func head(_ seed: Seed) throws {
        let report = try seed.report()
        let expected = try seed.expected()
        #expect(report.title == expected.title)
        #expect(report.agency == expected.agency)
        #expect(report.year == expected.year)
        #expect(report.region.province == expected.region.province)
        #expect(report.region.city == expected.region.city)
        #expect(report.region.county == expected.region.county)
        #expect(
            report.findings.contains { $0.code == "title_after_heading" }
                == expected.title_displaced_after_heading)
    }

    @Test("Sections and subsections", arguments: Seed.all)
    func sections(_ seed: Seed) throws {
        let report = try seed.report()
        let expected = try seed.expected()
        #expect(report.headings.map(\.section) == expected.sections.map(\.n))
        for (heading, other) in zip(report.headings, expected.sections) {
            #expect(other.heading.hasSuffix(heading.title))
            var subsections: [String] = []
            for passage in report.passages where passage.section == heading.section {
                if let name = passage.subsection, name != subsections.last {
                    subsections.append(name)
                }
            }
            #expect(subsections == other.subsections)
        }
    }

    @Test("Every passage with its lines", arguments: Seed.all)
    func passages(_ seed: Seed) throws {
        let report = try seed.report()
        let expected = try seed.expected()
        #expect(report.passages.count == expected.passages.count)
        for (passage, other) in zip(report.passages, expected.passages) {
            #expect(passage.section == other.section)
            #expect(passage.subsection == other.subsection)
            #expect([passage.lines.lowerBound, passage.lines.upperBound] == other.source_lines)
            #expect(scalars(passage.text, first: 12) == other.first12)
            #expect(scalars(passage.text, last: 12) == other.last12)
            #expect(passage.text.unicodeScalars.count == other.chars)
        }
    }

    @Test("Every identity with both sides", arguments: Seed.all)
    func identities(_ seed: Seed) throws {
        let report = try seed.report()
        let expected = try seed.expected()
        #expect(report.identities.map(\.id) == expected.identities.detail.map(\.id))
        for (result, other) in zip(report.identities, expected.identities.detail) {
            #expect(result.state.rawValue == other.state, "\(result.id)")
            #expect(result.left == other.left && result.right == other.right, "\(result.id)")
        }
    }
}

/// The first scalars of a text, all of them when it is shorter.
func scalars(_ text: String, first count: Int) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(count)))
}

/// The last scalars of a text, all of them when it is shorter.
func scalars(_ text: String, last count: Int) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.suffix(count)))
}
