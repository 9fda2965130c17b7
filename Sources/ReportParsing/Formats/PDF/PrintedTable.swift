import ChineseText
import Documents

/// A table as a page prints it: rows from lines that stand at the same height, with the lines that
/// the labels of a row are wrapped into, and columns from where the numbers stand.
struct PrintedTable {
    /// One row: the lines that it is printed on and its cells, empty ones too.
    struct Row {
        /// The places of its lines among those of the document.
        var lines: [Int]
        /// The text of each cell.
        var cells: [String]
        /// Whether one of them is a number; a row of heads has none.
        var hasNumbers: Bool
    }

    /// The rows from top to bottom.
    private(set) var rows: [Row] = []
    /// Where its columns of numbers stand.
    let columns: [ClosedRange<Double>]

    /// Two lines of one label stand nearer to each other than this, in heights of the line.
    private static let labelPitch = 1.6
    /// How far the left edges of the lines of one label may differ, in heights of the line.
    private static let labelSlack = 1.0

    /// - Parameters:
    ///   - lines: the lines of the document.
    ///   - range: those of the table.
    ///   - above: the columns of the part above, of a table that a page or a heading parts.
    init(_ lines: [PrintedLine], _ range: Range<Int>, below above: [ClosedRange<Double>]) {
        let own = Self.columns(of: lines[range])
        let goesOn =
            above.count > own.count
            && lines[range].allSatisfy { line in
                Self.placed(line.cells.filter(\.isNumber)[...], in: above) != nil
            }
        columns = goesOn ? above : own
        let owners = Self.owners(lines, range)
        // The lines of each row, by its own line; in one pass, as a page may have many.
        var wrapped = [[Int]](repeating: [], count: range.count)
        for (place, owner) in zip(range, owners) { wrapped[owner - range.lowerBound].append(place) }
        for place in range where owners[place - range.lowerBound] == place {
            rows.append(Self.row(lines, place, wrapped[place - range.lowerBound], columns))
        }
    }

    // MARK: Rows

    /// For each line of the table the line whose row it belongs to: itself, or that of the numbers
    /// beside the label that it is a part of.
    private static func owners(_ lines: [PrintedLine], _ range: Range<Int>) -> [Int] {
        var owners = Array(range)
        let hasNumbers = range.map { lines[$0].cells.contains(where: \.isNumber) }
        for place in range where hasNumbers[place - range.lowerBound] {
            guard let label = Self.label(of: lines, place, range) else { continue }
            for step in [-1, 1] {
                var near = label.box
                var other = place + step
                while range.contains(other), owners[other - range.lowerBound] == other,
                    !hasNumbers[other - range.lowerBound],
                    let piece = Self.piece(of: lines[other], near, label, isBelow: step > 0)
                {
                    owners[other - range.lowerBound] = place
                    near = piece
                    other += step
                }
            }
        }
        return owners
    }

    /// The label of a line of numbers: beside them, or the line above when they stand in the middle
    /// between two lines of their label.
    private static func label(
        of lines: [PrintedLine], _ place: Int, _ range: Range<Int>
    ) -> PrintedLine.Cell? {
        let line = lines[place]
        guard let number = line.cells.first(where: \.isNumber) else { return nil }
        if let label = line.cells.last(where: { !$0.isNumber }) {
            return label.box.right < number.box.left ? label : nil
        }
        guard range.contains(place - 1), range.contains(place + 1),
            let above = lines[place - 1].cells.last, let below = lines[place + 1].cells.last
        else { return nil }
        guard !above.isNumber, !below.isNumber, above.box.right < number.box.left,
            number.box.middle - above.box.middle < above.box.height,
            below.box.middle - number.box.middle < below.box.height
        else { return nil }
        return above
    }

    /// The box of a line when it is a part of a label: nothing but the label's next or last line.
    private static func piece(
        of line: PrintedLine, _ near: PDFBox, _ label: PrintedLine.Cell, isBelow: Bool
    ) -> PDFBox? {
        // What stands to the left of it is the label of a group of rows.
        guard let cell = line.cells.last, !cell.isNumber else { return nil }
        let size = label.box.height
        let distance = abs(cell.box.middle - near.middle)
        let isUnder =
            abs(cell.box.left - label.box.left) < labelSlack * size
            || abs(cell.box.centre - label.box.centre) < labelSlack * size
        guard distance < labelPitch * size, isUnder,
            cell.box.right < label.box.right + 2 * size || !isBelow
        else { return nil }
        // An item mark begins a label: it is no part of the row above, nor is what stands above it.
        let mark = ItemMark(cell.text) != nil
        if isBelow, mark { return nil }
        if !isBelow, ItemMark(label.text) != nil, cell.box.middle < label.box.middle { return nil }
        return cell.box
    }

    private static func row(
        _ lines: [PrintedLine], _ place: Int, _ wrapped: [Int], _ columns: [ClosedRange<Double>]
    ) -> Row {
        let cells = lines[place].cells
        let labels = cells.prefix { !$0.isNumber }
        var groups: [String] = []
        var label = ""
        for line in wrapped {
            let own = line == place ? labels : lines[line].cells[...]
            groups += own.dropLast().map(\.text)
            label += own.last?.text ?? ""
        }
        var texts = groups + (label.isEmpty ? [] : [label])
        let rest = cells.dropFirst(labels.count)
        if rest.contains(where: \.isNumber), rest.allSatisfy(\.isNumber), columns.count > rest.count
        {
            texts += placed(rest, in: columns) ?? rest.map(\.text)
        } else {
            texts += rest.map(\.text)
        }
        return Row(lines: wrapped, cells: texts, hasNumbers: rest.contains(where: \.isNumber))
    }

    // MARK: Columns

    /// Where the columns of numbers stand: told from the rows that have most of them, or where only
    /// one row has, from the heads above it; none when neither tells.
    private static func columns(of lines: ArraySlice<PrintedLine>) -> [ClosedRange<Double>] {
        let most = lines.map { $0.cells.count(where: \.isNumber) }.max() ?? 0
        let full = lines.indices.filter { lines[$0].cells.count(where: \.isNumber) == most }
        guard most > 1, let first = full.first else { return [] }
        if full.count > 1 {
            let boxes = full.map { lines[$0].cells.filter(\.isNumber).map(\.box) }
            return columns(
                (0..<most).map { place in
                    var box = boxes[0][place]
                    for row in boxes { box.grow(by: row[place]) }
                    return box
                })
        }
        // The head over the labels is none of a column of numbers.
        let label = lines[first].cells.first { !$0.isNumber }?.box
        let heads = columns(heads(over: first, in: lines)).filter { head in
            label.map { head.upperBound < $0.left || head.lowerBound > $0.right } ?? true
        }
        let numbers = lines[first].cells.filter(\.isNumber)
        return heads.count > most && placed(numbers[...], in: heads) != nil ? heads : []
    }

    /// Where the heads above a row stand, each wrapped into lines that need not be level with those
    /// of its neighbours; a head that spans several others is above them all.
    private static func heads(over row: Int, in lines: ArraySlice<PrintedLine>) -> [PDFBox] {
        var heads: [PDFBox] = []
        for line in lines[..<row].reversed() {
            guard line.cells.allSatisfy({ !$0.isNumber }) else { break }
            var next = heads
            for word in line.words {
                let under = next.indices.filter {
                    next[$0].left < word.right && word.left < next[$0].right
                }
                if under.count > 1 { return heads }
                if let place = under.first { next[place].grow(by: word) } else { next.append(word) }
            }
            next.sort { $0.left < $1.left }
            // A span over fewer heads than it could part them into is no head of a column.
            if !heads.isEmpty, next.count > heads.count, line.words.count * 3 < heads.count {
                break
            }
            heads = next
        }
        return heads
    }

    /// Columns where some boxes stand; none when they overlap.
    private static func columns(_ boxes: [PDFBox]) -> [ClosedRange<Double>] {
        for (box, next) in zip(boxes, boxes.dropFirst()) where box.right >= next.left { return [] }
        return boxes.map { $0.left...max($0.left, $0.right) }
    }

    /// Numbers in their columns, with empty texts where a column has none; nil when one is in no
    /// column, or two are in one.
    private static func placed(
        _ cells: ArraySlice<PrintedLine.Cell>, in columns: [ClosedRange<Double>]
    ) -> [String]? {
        var texts = [String](repeating: "", count: columns.count)
        for cell in cells {
            let near = columns.indices.filter {
                cell.box.left < columns[$0].upperBound + cell.box.height
                    && cell.box.right > columns[$0].lowerBound - cell.box.height
            }
            guard near.count == 1, texts[near[0]].isEmpty else { return nil }
            texts[near[0]] = cell.text
        }
        return texts
    }
}
