import Foundation
import TestSupport
import Testing

/// A small part of what `Scripts/query-fuzz` asks in great numbers.
@Suite("Random and broken queries get one well-formed answer or error each")
struct BrokenQueryTests {
    private static let pieces = [
        "政策解读", "公开", "征迁", "監督保障", "LED屏", "２０２２年", "公", "𠀀", "é", "政策解*", "什么", "新收", "予以公开率",
        "agency", "地区", "节", "字数", "check", "洛阳", "2020..2023", "..2021", "row:*=fails", "**/*",
        "[", "1.5万",
        "99999999999999999999", "0", "(", ")", "（", "）", "\"", "“", "”", "「", "|", "&", "-", "*",
        "~10", ":",
        "：", "\\", "!", ",", "=", ">=", "≠", "<", "NOT ", "非 ", " OR ", " 或 ", " NEAR/3 ",
        "missing(", " ",
        " ", " ", "　", "\u{200B}", "\u{202E}", "\u{1}", "\u{FFFD}", "\u{300}",
    ]

    @Test("300 queries, by each way of matching", arguments: ["auto", "any", "all", "phrase"])
    func queries(_ match: String) async throws {
        var random = SeededGenerator(seed: UInt64(match.utf8.count))
        let queries = (0..<300).map { _ in
            (0..<Int.random(in: 1...12, using: &random))
                .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
        }
        let work = try await SharedIndex.samples.value
        let run = try await work.run(
            ["search", "--batch", "-", "--match", match, "--limit", "3"],
            input: queries.joined(separator: "\n") + "\n")
        #expect([0, 1].contains(run.status) && run.lines.count == queries.count, "\(run)")
        var errors = 0
        for (query, line) in zip(queries, run.lines) {
            let answer: SearchAnswer = try decoded(line)
            #expect(answer.schema == "gongkai.search/1")
            if let error = answer.error {
                errors += 1
                #expect(!error.isEmpty, "\(query)")
                continue
            }
            let hits = try #require(answer.hits)
            let total = try #require(answer.total)
            let whole = hits.count { $0.relaxed != true }
            #expect(hits.count <= 3, "\(query)")
            if answer.by == "passage" { #expect(total >= whole, "\(query)") }
            for hit in hits {
                var end = 0
                for match in hit.matches {
                    #expect(end <= match[0] && match[0] < match[1], "\(query)")
                    end = match[1]
                }
                #expect(end <= hit.text.unicodeScalars.count, "\(query)")
            }
        }
        #expect(errors > 0 && errors < queries.count)
    }

    @Test("A query of a million characters is refused at once, and is not repeated")
    func giants() async throws {
        let work = try await SharedIndex.samples.value
        for piece in ["x", "(", "a ", "政"] {
            let run = try await work.run(
                ["search", "--batch", "-"],
                input: String(repeating: piece, count: 1_000_000) + "\n")
            let answer = try SearchAnswer(run)
            #expect(answer.error?.contains("4096 bytes") == true)
            #expect(run.outputBytes.count < 20_000 && run.errorBytes.count < 1_000)
        }
    }
}
