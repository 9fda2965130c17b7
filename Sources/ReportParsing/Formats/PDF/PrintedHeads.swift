import ChineseText
import Documents

/// The heads above a row of a printed table, each with its lines put together.
///
/// A page wraps each head by itself, so that the lines of one stand beside those of others and read
/// from left to right they are a jumble. What stands over what tells them apart.
struct PrintedHeads {
    struct Head {
        var text: String
        var box: PDFBox
    }

    /// The heads from left to right.
    let heads: [Head]
    /// The lines of the document that they are printed on.
    let lines: Range<Int>
    /// Whether one of them takes several lines.
    let areWrapped: Bool

    /// Lines of a head are no farther apart than this, in heights of a line.
    private static let farthest = 1.45
    private static let wording = FormWording()
    /// No line of heads has so many words.
    private static let mostWords = 60
    /// The most lines that heads take, and the most rows of a table that are looked at for them.
    private static let mostLines = 8
    private static let mostRows = 60

    /// Reads the heads above a line.
    ///
    /// A head that spans several others is above them all, and none of theirs.
    private init(over row: Int, in all: ArraySlice<PrintedLine>) {
        var heads: [Head] = []
        var start = row
        var below: PrintedLine?
        var areWrapped = false
        for (index, line) in zip(all.indices[..<row].reversed(), all[..<row].reversed())
            .prefix(Self.mostLines)
        {
            guard line.words.count <= Self.mostWords, line.cells.allSatisfy({ !$0.isNumber })
            else { break }
            // What stands higher is the head of a part: 第二十条第（八）项.
            if let below, below.box.top - line.box.top > Self.farthest * line.size { break }
            // A head of one line beside heads of two stands between these.
            let isBetween = below.map { line.box.bottom > $0.box.top } ?? false
            below = line
            var next = heads
            var holdsSpan = false
            for word in Self.wholeWords(of: line) {
                let under = next.indices.filter {
                    next[$0].box.left < word.box.right && word.box.left < next[$0].box.right
                }
                // What stands over several heads spans them, by its words or by where it stands, and so
                // does what stands higher over one than its own lines do.
                let isSpan =
                    under.count > 1 || HeadWording.isSpan(Self.wording.words(of: word.text))
                    || under.first.map {
                        next[$0].box.top - word.box.top > Self.farthest * line.size
                    } ?? false
                if isSpan, !next.isEmpty {
                    holdsSpan = true
                } else if let index = under.first {
                    next[index].text = word.text + next[index].text
                    next[index].box.grow(by: word.box)
                    areWrapped = true
                } else {
                    next.append(Head(text: word.text, box: word.box))
                }
            }
            next.sort { $0.box.left < $1.box.left }
            // A span over fewer heads than it could part them into is no head of a column.
            if !heads.isEmpty, !isBetween, next.count > heads.count,
                line.words.count * 3 < heads.count
            {
                break
            }
            heads = next
            start = index
            if holdsSpan { break }
        }
        self.heads = heads
        lines = start..<row
        self.areWrapped = areWrapped
    }

    /// Words nearer to each other than this, in heights of a line, are one with a space in it.
    private static let nearest = 0.55

    private static func wholeWords(of line: PrintedLine) -> [Head] {
        var words: [Head] = []
        for word in line.words {
            if let last = words.indices.last,
                word.box.left - words[last].box.right < nearest * word.box.height
            {
                words[last].text += word.text
                words[last].box.grow(by: word.box)
            } else {
                words.append(Head(text: word.text, box: word.box))
            }
        }
        return words
    }

    /// The heads over labels, which are none of a column of numbers.
    private static let ofLabels: Set<String> = ["信息内容", "信息內容", "项目", "項目", "内容", "內容"]

    /// Where the heads of columns stand above a row, or above the nearest row before it that has so
    /// many; empty when none has.
    static func columns(
        over row: Int, in lines: ArraySlice<PrintedLine>, atLeast count: Int
    ) -> [PDFBox] {
        let rows = lines.indices[...row].suffix(mostRows).reversed()
            .filter { lines[$0].cells.contains(where: \.isNumber) }
        for first in rows {
            let heads = PrintedHeads(over: first, in: lines).heads
            guard heads.count >= count else { continue }
            let labels = lines[first...].prefix(mostRows).compactMap { line in
                line.cells.contains(where: \.isNumber)
                    ? line.cells.last { !$0.isNumber }?.box : nil
            }
            let own = heads.filter { head in
                !ofLabels.contains(head.text)
                    && labels.allSatisfy {
                        head.box.right < $0.left || head.box.left > $0.right
                    }
            }.map(\.box)
            if own.count >= count { return own }
        }
        return []
    }

    /// The heads of a table that are wrapped, each over as many numbers as the row below has, or
    /// over so many columns.
    static func wrapped(
        in lines: [PrintedLine], _ range: Range<Int>, columns: Int
    ) -> [PrintedHeads] {
        range.dropFirst().compactMap { row in
            guard lines[row].cells.contains(where: \.isNumber),
                lines[row - 1].cells.allSatisfy({ !$0.isNumber })
            else { return nil }
            let found = PrintedHeads(over: row, in: lines[range])
            let numbers = lines[row].cells.count(where: \.isNumber)
            let hasLabel = lines[row].cells.contains { !$0.isNumber }
            let isWhole = [numbers, columns].contains { count in
                count > 1 && found.heads.count == count + (hasLabel ? 1 : 0)
            }
            return found.areWrapped && found.lines.count > 1 && isWhole ? found : nil
        }
    }
}
