import ChineseText
import ReportModel

/// A passage as its numbers are read: folded, and in sentences.
///
/// Offsets are in scalars from 0, the same in the passage and in the folded text.
struct NarrativeText {
    let passage: Passage
    /// The passage folded, one scalar for each of its own, with 资讯 as the official form writes it.
    let folded: [Unicode.Scalar]
    /// The offsets of each sentence, the mark that ends it included.
    let sentences: [Range<Int>]
    /// The scalars as printed; nil where they were not asked for before.
    private let known: [Unicode.Scalar]?

    /// A longer sentence is shown in part, in scalars.
    private static let longest = 80

    /// - Parameter known: the passage, or its beginning, as it was folded before.
    init(of passage: Passage, known: FoldedScalars? = nil, folding: TextFolding) {
        self.passage = passage
        let isWhole = known?.isWhole == true && !passage.text.holds(ascii: 0x20)
        self.known = isWhole ? known?.scalars : nil
        var folded = (isWhole ? known?.folded : nil) ?? folding.aligned(passage.text)
        var sentences: [Range<Int>] = []
        sentences.reserveCapacity(8)
        var start = 0
        for index in folded.indices {
            if folded[index] == "讯", index > start, folded[index - 1] == "资" {
                folded[index - 1] = "信"
                folded[index] = "息"
            } else if Self.isEnd(folded[index]) || index + 1 == folded.count {
                sentences.append(start..<(index + 1))
                start = index + 1
            }
        }
        if start < folded.count { sentences.append(start..<folded.count) }
        self.folded = folded
        self.sentences = sentences
    }

    private var scalars: [Unicode.Scalar] { known ?? passage.text.scalars() }

    private static func isEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "。", ";", "!", "?": true
        default: false
        }
    }

    /// The line of the file on which an offset of the passage stands.
    ///
    /// A passage is its lines without the spaces between them, so that the characters after the
    /// offset say how far from the last line's end it is. Where that leads astray, the passage's
    /// first line is named.
    func line(at offset: Int, _ lines: [SourceLine]) -> Int {
        guard passage.lines.count > 1 else { return passage.lines.lowerBound }
        var rest = scalars[offset...].count { !$0.isSpace }
        for line in lines.reversed() where passage.lines.contains(line.number) {
            let count = line.text.unicodeScalars.count { !$0.isSpace }
            if rest <= count { return line.number }
            rest -= count
        }
        return passage.lines.lowerBound
    }

    /// A sentence as printed, or the part of a long one around an offset of the passage.
    func part(of sentence: Range<Int>, around offset: Int) -> String {
        let scalars = self.scalars[sentence]
        guard scalars.count > Self.longest else { return String(scalars: scalars) }
        let middle = offset - sentence.lowerBound - Self.longest / 2
        let start = max(0, min(middle, scalars.count - Self.longest))
        let part = scalars.dropFirst(start).prefix(Self.longest)
        var text = String(scalars: part)
        if start > 0 { text = "…" + text }
        if start + Self.longest < scalars.count { text += "…" }
        return text
    }
}
