import Foundation
import ReportModel
import ReportParsing
import TestSupport
import Testing

/// A sample report of the package and its right reading, which stands beside it.
struct Sample: Sendable, CustomTestStringConvertible {
    let file: URL

    var testDescription: String {
        file.path.replacing(SampleFiles.corpus.path + "/", with: "")
    }

    static let all: [Sample] =
        SampleFiles.files(below: SampleFiles.corpus, endings: [".txt", ".html", ".md", ".pdf"])
        .filter { $0.lastPathComponent != "README.md" }
        .filter { $0.pathExtension != "pdf" || PDFReadingTests.isInstalled }
        .map(Sample.init)

    func report() throws -> Report {
        try ReportParser().report(from: SampleFiles.bytes(of: file))
    }

    func expected() throws -> ExpectedSample {
        let reading = file.deletingPathExtension().appendingPathExtension("expected.json")
        return try JSONDecoder().decode(ExpectedSample.self, from: Data(contentsOf: reading))
    }
}

/// A right reading: `gongkai.report/1` cut down to what people can write by hand.
struct ExpectedSample: Decodable {
    struct Region: Decodable, Equatable {
        let province: String?
        let city: String?
        let county: String?
    }
    struct Passage: Decodable {
        let section: Int
        let subsection: String?
        let lines: [Int]
        let first12: String
        let last12: String
    }
    struct Cell: Decodable, Equatable {
        let value: Double?
        let status: String
        let raw: String
    }
    let kind: String
    let form: String
    let encoding: String
    let title: String?
    let agency: String?
    let year: Int?
    let region: Region
    let passages: [Passage]
    let statistics: [String: Double]
    let cells: [String: Cell]
    let failing_identities: [String]
}

@Suite("The sample reports are read as their readings say")
struct SampleReadingTests {
    @Test("Kind, form, encoding, title, agency, year, region", arguments: Sample.all)
    func head(_ sample: Sample) throws {
        let report = try sample.report()
        let expected = try sample.expected()
        #expect(report.kind.rawValue == expected.kind)
        #expect(report.form.rawValue == expected.form)
        #expect(report.encoding == expected.encoding)
        if report.kind == .annualReport {
            #expect(report.title == expected.title)
        }
        #expect(report.agency == expected.agency)
        #expect(report.year == expected.year)
        let region = report.region
        #expect(
            ExpectedSample.Region(
                province: region.province, city: region.city, county: region.county)
                == expected.region)
    }

    @Test("Every cell with its status and raw text", arguments: Sample.all)
    func cells(_ sample: Sample) throws {
        let report = try sample.report()
        let expected = try sample.expected()
        for field in StatisticField.all {
            let cell = report.statistics[field.index]
            #expect(cell?.value == expected.statistics[field.key], "\(field.key)")
            if let other = expected.cells[field.key] {
                #expect(
                    cell.map {
                        ExpectedSample.Cell(
                            value: $0.value, status: $0.status.rawValue, raw: $0.raw)
                    } == other, "\(field.key)")
            } else if let cell {
                #expect(cell.status == .printed, "\(field.key)")
            }
        }
    }

    @Test("Every passage with its section and lines", arguments: Sample.all)
    func passages(_ sample: Sample) throws {
        let report = try sample.report()
        let expected = try sample.expected()
        let read = report.passages.map { passage in
            "\(passage.section) \(passage.subsection ?? "-") \(passage.lines) "
                + scalars(passage.text, first: 12) + "…" + scalars(passage.text, last: 12)
        }
        let right = expected.passages.map { passage in
            "\(passage.section) \(passage.subsection ?? "-") \(passage.lines[0])...\(passage.lines[1]) "
                + passage.first12 + "…" + passage.last12
        }
        #expect(read == right)
    }

    @Test("Which identities fail", arguments: Sample.all)
    func identities(_ sample: Sample) throws {
        let report = try sample.report()
        let failing = report.identities.filter { $0.state == .fails }.map(\.id)
        #expect(failing == (try sample.expected().failing_identities))
    }
}
