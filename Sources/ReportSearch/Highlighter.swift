import QueryLanguage
import SegmentStore

/// Tells what of a passage matched a question.
struct Highlighter {
    /// A text of the question: wanted whole, or else as words.
    private struct Wanted {
        let whole: [UInt32]
        let words: [[UInt32]]
    }

    private let wanted: [Wanted]
    /// The characters with which what is wanted begins.
    private let beginnings: CharacterSieve

    /// - Parameter texts: the texts of the question that a passage may hold.
    init(_ texts: [QueryTree], analysis: TextAnalysis, isExact: Bool) {
        var wanted: [Wanted] = []
        func scalars(_ utf8: [UInt8]) -> [UInt32] {
            String(decoding: utf8, as: UTF8.self).unicodeScalars.map(\.value)
        }
        func add(_ text: String, words: [[UInt8]]) {
            wanted.append(
                Wanted(
                    whole: scalars(analysis.foldedUTF8(of: text)), words: words.map(scalars)))
        }
        func visit(_ tree: QueryTree) {
            switch tree.kind {
            case .run(let text): add(text, words: isExact ? [] : analysis.words(of: text))
            case .phrase(let text), .prefix(let text): add(text, words: [])
            case .near(let texts, _):
                for text in texts {
                    add(text, words: texts.count == 1 ? analysis.words(of: text) : [])
                }
            case .and(let terms), .or(let terms): terms.forEach(visit)
            case .not, .field, .comparison, .call: break
            }
        }
        texts.forEach(visit)
        self.wanted = wanted
        var beginnings = CharacterSieve()
        for scalar in wanted.flatMap({ [$0.whole] + $0.words }).compactMap(\.first) {
            beginnings.add(scalar)
        }
        self.beginnings = beginnings
    }

    /// What matched, as ranges of Unicode scalars from 0, in order, joined where they touch.
    ///
    /// Where the exact text stands, it alone is shown; otherwise its words are.
    func matches(in text: UnfoldedText) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        let positions = text.positions(of: beginnings)
        for wanted in wanted {
            let before = ranges.count
            text.addOccurrences(of: wanted.whole, at: positions, to: &ranges)
            guard ranges.count == before else { continue }
            for word in wanted.words { text.addOccurrences(of: word, at: positions, to: &ranges) }
        }
        if ranges.count < 2 { return ranges }
        ranges.sort { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
        var joined: [Range<Int>] = []
        for range in ranges {
            if let last = joined.last, range.lowerBound <= last.upperBound {
                joined[joined.count - 1] =
                    last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }
}
