import Foundation
import QueryLanguage
import ReportIndexing
import ReportModel
import ReportSearch
import SegmentStore
import TestSupport
import Testing

@Suite("A quoted phrase is found wherever it stands and nowhere else")
struct PhraseTests {
    /// Where a folded phrase stands, by looking at every passage.
    private static func scan(
        _ passages: [(id: PassageID, folded: Data)], for phrase: [UInt8]
    ) -> Set<PassageID> {
        let phrase = Data(phrase)
        return Set(passages.filter { $0.folded.range(of: phrase) != nil }.map(\.id))
    }

    /// Where a quoted text stands in any form in which it is looked for: 答复 as 答覆 too, which folds
    /// to other characters.
    private static func passageIDs(
        of text: String, in passages: [(id: PassageID, folded: Data)], _ analysis: TextAnalysis
    ) -> Set<PassageID> {
        analysis.variants(of: text).reduce(scan(passages, for: analysis.foldedUTF8(of: text))) {
            $0.union(scan(passages, for: Array($1.utf8)))
        }
    }

    private static func passages(
        of index: SampleIndex, _ analysis: TextAnalysis
    ) -> [(id: PassageID, text: String, folded: [UInt8])] {
        index.reports.flatMap { report in
            report.report.passages.enumerated().map { offset, passage in
                (
                    PassageID(report: report.head.id, ordinal: offset + 1), passage.text,
                    analysis.foldedUTF8(of: passage.text)
                )
            }
        }
    }

    @Test(
        "Random pieces of 1 to 20 characters, against a scan of every passage",
        arguments: [(10_000, isCrowded: false), (2_000, isCrowded: true)])
    func randomPieces(_ count: Int, isCrowded: Bool) async throws {
        let index = try await isCrowded ? SampleIndex.crowded() : SampleIndex.made()
        let searcher = try index.searcher()
        let analysis = TextAnalysis()
        let passages = Self.passages(of: index, analysis)
        let folded = passages.map { ($0.id, Data($0.folded)) }
        var random = SeededGenerator(seed: 2022)
        var differences: [String] = []
        for _ in 0..<count {
            let scalars = Array(
                passages.randomElement(using: &random)?.text.unicodeScalars ?? "".unicodeScalars)
            let length = min(Int.random(in: 1...20, using: &random), scalars.count)
            let start = Int.random(in: 0...(scalars.count - length), using: &random)
            let piece = String(String.UnicodeScalarView(scalars[start..<(start + length)]))
            let phrase = analysis.foldedUTF8(of: piece)
            if phrase.isEmpty { continue }
            var request = SearchRequest(QueryTree(.phrase(piece)))
            request.limit = 0
            let result = try searcher.search(request)
            let right = Self.passageIDs(of: piece, in: folded, analysis)
            if result.passageIDs != right || result.total != right.count || right.isEmpty {
                differences.append(
                    "\(piece): \(result.total) found, \(right.count) right")
            }
        }
        #expect(differences == [])
    }

    @Test("Random pieces of two passages joined are found only where they really stand")
    func piecesThatHardlyExist() async throws {
        let index = try await SampleIndex.made()
        let searcher = try index.searcher()
        let analysis = TextAnalysis()
        let passages = Self.passages(of: index, analysis)
        let folded = passages.map { ($0.id, Data($0.folded)) }
        var random = SeededGenerator(seed: 7)
        for _ in 0..<1_000 {
            let pieces = (0..<2).map { _ -> String in
                let scalars = Array(
                    passages.randomElement(using: &random)?.text.unicodeScalars
                        ?? "".unicodeScalars)
                let length = min(Int.random(in: 1...2, using: &random), scalars.count)
                let start = Int.random(in: 0...(scalars.count - length), using: &random)
                return String(String.UnicodeScalarView(scalars[start..<(start + length)]))
            }
            let piece = pieces.joined()
            var request = SearchRequest(QueryTree(.phrase(piece)))
            request.limit = 0
            let result = try searcher.search(request)
            let right = Self.passageIDs(of: piece, in: folded, analysis)
            #expect(result.passageIDs == right, "\(piece)")
        }
    }

    @Test("What is shown as a match is the phrase, whole")
    func matches() async throws {
        let index = try await SampleIndex.made()
        let searcher = try index.searcher()
        let analysis = TextAnalysis()
        let passages = Self.passages(of: index, analysis)
        var random = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let scalars = Array(
                passages.randomElement(using: &random)?.text.unicodeScalars ?? "".unicodeScalars)
            let length = min(Int.random(in: 2...8, using: &random), scalars.count)
            let start = Int.random(in: 0...(scalars.count - length), using: &random)
            let piece = String(String.UnicodeScalarView(scalars[start..<(start + length)]))
            let phrase = analysis.foldedUTF8(of: piece)
            if phrase.isEmpty { continue }
            let forms = [phrase] + analysis.variants(of: piece).map { Array($0.utf8) }
            let result = try searcher.search(SearchRequest(QueryTree(.phrase(piece))))
            for hit in result.hits {
                let text = Array(hit.passage.text.unicodeScalars)
                #expect(!hit.matches.isEmpty)
                for match in hit.matches {
                    let shown = String(String.UnicodeScalarView(text[match]))
                    let folded = analysis.foldedUTF8(of: shown)
                    // Matches that touch are shown as one.
                    #expect(
                        forms.contains { folded.firstRange(of: $0) != nil },
                        "\(piece) shown as \(shown)")
                }
            }
        }
    }

    @Test("A phrase crosses no sentence end")
    func sentences() async throws {
        let searcher = try await SampleIndex.made().searcher()
        #expect(try searcher.search(.all("\"政策。解读\"")).total == 0)
    }

    @Test(
        "Width, script, quotes and spaces make no difference",
        arguments: [
            ("\"政策解讀\"", "\"政策解读\""), ("\"２０２２年\"", "\"2022年\""),
            ("\"2022 年\"", "\"2022年\""), ("“政策解读”", "\"政策解读\""),
        ])
    func folding(_ one: String, _ other: String) async throws {
        let searcher = try await SampleIndex.made().searcher()
        let first = try searcher.search(.all(one))
        #expect(try first.total > 0 && first.passageIDs == searcher.search(.all(other)).passageIDs)
    }
}
