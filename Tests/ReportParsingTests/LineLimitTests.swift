import ReportModel
import TestSupport
import Testing

@testable import ReportParsing

@Suite("A file of more lines than any report has is read whole, several lines as one")
struct LineLimitTests {
    private static let count = LineLimit.apart + 3_000

    /// What the lines of such a file say: none is like another.
    private static let words = (1...count).map { "第\($0)行" }

    private static func joined(_ report: Report) -> String {
        report.passages.map(\.text).joined()
    }

    @Test("Every line is in a passage that names it, and a finding tells where lines are joined")
    func text() throws {
        let text = Self.words.joined(separator: "\n")
        let report = try ReportParser().report(from: Array(text.utf8))
        #expect(Self.joined(report) == Self.words.joined())
        let apart = report.passages.prefix(LineLimit.apart)
        #expect(apart.map(\.text) == Array(Self.words.prefix(LineLimit.apart)))
        #expect(apart.map(\.lines) == (1...LineLimit.apart).map { $0...$0 })
        let rest = report.passages.dropFirst(LineLimit.apart)
        #expect(rest.count > 1 && rest.count < 100)
        #expect(rest.allSatisfy { $0.text.utf8.count <= 2 * LineLimit.pieceBytes })
        var next = LineLimit.apart + 1
        for passage in rest {
            #expect(passage.lines.lowerBound == next)
            let own = Self.words[(next - 1)..<passage.lines.upperBound]
            #expect(passage.text == own.joined())
            next = passage.lines.upperBound + 1
        }
        #expect(next == Self.count + 1)
        #expect(
            report.findings.map { "\($0.code) \($0.line ?? 0)" }
                == ["lines_joined \(LineLimit.apart + 1)"])
    }

    @Test("So it is with the paragraphs and rows of pages, also of pages inside Markdown")
    func pages() throws {
        let paragraphs = Self.words.map { "<p>\($0)</p>\n" }.joined()
        let rows = Self.words.map { "<tr><td>\($0)</td></tr>\n" }.joined()
        let tables = Self.words.map { "<table><tr><td>\($0)</td></tr></table>\n" }.joined()
        for (page, last) in [
            ("<html><body>" + paragraphs, Self.count),
            ("<html><body><table>" + rows, Self.count),
            ("# 表\n\n" + tables, Self.count + 2),
        ] {
            let report = try ReportParser().report(from: Array(page.utf8))
            #expect(Self.joined(report).hasSuffix(Self.words.joined()))
            #expect(report.passages.count < LineLimit.apart + 100)
            #expect(report.passages.last?.lines.upperBound == last)
            #expect(report.findings.map(\.code) == ["lines_joined"])
        }
    }

    @Test("A row of more cells than any table has is read in parts; none of them is lost")
    func cells() throws {
        let page =
            "<table><tr>" + Self.words.map { "<td>\($0)" }.joined() + "</tr><tr><td>末行</table>"
        let lines = try HTMLReader(Array(page.utf8)).lines.map(\.raw)
        #expect(lines.count > 2 && lines.last == "末行")
        let cells = lines.dropLast().flatMap { $0.split(separator: "\t") }.map(String.init)
        #expect(cells == Self.words)
    }

    @Test("What is not read of tables that no report has, a finding tells; what is before it stays")
    func tables() throws {
        let sample = try #require(
            SampleFiles.files(below: SampleFiles.corpus, endings: [".txt"]).first {
                let text = String(decoding: (try? SampleFiles.bytes(of: $0)) ?? [], as: UTF8.self)
                return text.contains("\n五、") && text.contains("\t")
            })
        let text = String(decoding: try SampleFiles.bytes(of: sample), as: UTF8.self)
        let plain = try ReportParser().report(from: Array(text.utf8))
        #expect(plain.findings.allSatisfy { $0.code != "table_unread" })
        let place = try #require(text.firstRange(of: "\n五、"))
        let line = 1 + text[..<place.upperBound].utf8.count { $0 == 0x0A }
        let rows = String(repeating: "其他行\t1\t2\n", count: 3_000)
        let report = try ReportParser().report(
            from: Array((text[..<place.lowerBound] + "\n" + rows + text[place.lowerBound...]).utf8))
        let unread = report.findings.filter { $0.code == "table_unread" }
        #expect(unread.count == 1)
        #expect(unread.allSatisfy { ($0.line ?? 0) > line && ($0.line ?? 0) <= line + 3_000 })
        for key in ["requests.new.total", "requests.carried_out.total"] {
            #expect(report.statistics[key] == plain.statistics[key], "\(key)")
        }
    }
}
