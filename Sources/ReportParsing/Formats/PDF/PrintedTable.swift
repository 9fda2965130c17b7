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
        var heads: [Int: PrintedHeads] = [:]
        for found in PrintedHeads.wrapped(in: lines, range, columns: columns.count) {
            for place in found.lines { heads[place] = found }
        }
        // The lines of each row, by its own line; in one pass, as a page may have many.
        var wrapped = [[Int]](repeating: [], count: range.count)
        for (place, owner) in zip(range, owners) { wrapped[owner - range.lowerBound].append(place) }
        for place in range where owners[place - range.lowerBound] == place {
            if let own = heads[place] {
                if own.lines.lowerBound == place { rows.append(Self.row(of: own)) }
                continue
            }
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

    /// A row of heads, each put together of its lines.
    private static func row(of heads: PrintedHeads) -> Row {
        Row(lines: Array(heads.lines), cells: heads.heads.map(\.text), hasNumbers: true)
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

    /// Where the columns of numbers stand: told from the rows that have most of them, or from the
    /// heads where these are more or only one row has so many; none when neither tells.
    private static func columns(of lines: ArraySlice<PrintedLine>) -> [ClosedRange<Double>] {
        let most = lines.map { $0.cells.count(where: \.isNumber) }.max() ?? 0
        let full = lines.indices.filter { lines[$0].cells.count(where: \.isNumber) == most }
        guard most > 1, let first = full.first else { return [] }
        let heads = columns(PrintedHeads.columns(over: first, in: lines, atLeast: most))
        let areFilled = full.allSatisfy { row in
            placed(lines[row].cells.filter(\.isNumber)[...], in: heads) != nil
        }
        if heads.count > most || full.count == 1, areFilled, !heads.isEmpty { return heads }
        guard full.count > 1 else { return [] }
        let boxes = full.map { lines[$0].cells.filter(\.isNumber).map(\.box) }
        return columns(
            (0..<most).map { place in
                var box = boxes[0][place]
                for row in boxes { box.grow(by: row[place]) }
                return box
            })
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
