import ChineseText
import Documents

/// A table as a page prints it: rows from lines that stand at the same height, with the lines that
/// the labels of a row are wrapped into, and columns from where the numbers stand.
struct PrintedTable {
    /// One row: the lines that it is printed on and its cells, empty ones too.
    struct Row {
        /// The indices of its lines among those of the document.
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
        let (owners, apart) = Self.owners(lines, range)
        var heads: [Int: PrintedHeads] = [:]
        for found in PrintedHeads.wrapped(in: lines, range, columns: columns.count) {
            for index in found.lines { heads[index] = found }
        }
        // The lines of each row, by its own line; in one pass, as a page may have many.
        var wrapped = [[Int]](repeating: [], count: range.count)
        for (index, owner) in zip(range, owners) { wrapped[owner - range.lowerBound].append(index) }
        for index in range where owners[index - range.lowerBound] == index {
            if let own = heads[index] {
                if own.lines.lowerBound == index { rows.append(Self.row(of: own)) }
                continue
            }
            rows.append(
                Self.row(
                    lines, index, wrapped[index - range.lowerBound], columns,
                    isApart: apart.contains(index)))
        }
    }

    /// So many cells that begin at one edge show where a column does, and no table has more of
    /// such edges.
    private static let fewestStarts = 4
    private static let mostEdges = 40

    /// Parts the cells of a table's lines that a narrow gap between two columns of labels joined.
    static func part(_ lines: inout [PrintedLine], _ range: Range<Int>) {
        let starts = lines[range].flatMap { line in
            line.cells.filter { !$0.isNumber }.map(\.box.left)
        }.sorted()
        var edges: [ClosedRange<Double>] = []
        var first = 0
        for index in starts.indices
        where index + 1 == starts.count || starts[index + 1] - starts[index] > 1 {
            if index - first + 1 >= fewestStarts {
                edges.append((starts[first] - 1)...(starts[index] + 1))
            }
            first = index + 1
        }
        guard (2...mostEdges).contains(edges.count) else { return }
        for index in range { lines[index].part(at: edges) }
    }

    // MARK: Rows

    /// What goes with the numbers of a line as their label.
    private struct Label {
        let cell: PrintedLine.Cell
        /// Whether it stands on the line of the numbers, and not above them.
        let isBeside: Bool
        /// Whether the text beside the numbers is a piece of a group's label that stands there by
        /// chance, while the row's own is printed above and below.
        let isApart: Bool
    }

    /// For each line of the table the line whose row it belongs to: itself, or that of the numbers
    /// beside the label that it is a part of; and the lines of numbers that have a piece of a
    /// group's label beside them instead of their own.
    private static func owners(
        _ lines: [PrintedLine], _ range: Range<Int>
    ) -> (owners: [Int], apart: Set<Int>) {
        var owners = Array(range)
        var apart: Set<Int> = []
        let hasNumbers = range.map { lines[$0].cells.contains(where: \.isNumber) }
        for index in range where hasNumbers[index - range.lowerBound] {
            guard let found = Self.label(of: lines, index, range) else { continue }
            if found.isApart { apart.insert(index) }
            let label = found.cell
            var text = found.isBeside ? label.text : ""
            for step in [-1, 1] {
                var near = label
                var other = index + step
                // What stands above the item mark of a label is no part of it.
                var isOpen = true
                while isOpen, range.contains(other), owners[other - range.lowerBound] == other,
                    !hasNumbers[other - range.lowerBound]
                {
                    if let piece = Self.piece(
                        of: lines[other], near.box, label, isBelow: step > 0),
                        let joined = Self.joined(piece, text, isBelow: step > 0)
                    {
                        owners[other - range.lowerBound] = index
                        near = piece
                        text = joined
                        isOpen = step > 0 || ItemMark(piece.text) == nil
                    } else if !Self.isOfGroup(lines[other], near.box, label) {
                        break
                    }
                    other += step
                }
            }
        }
        return (owners, apart)
    }

    /// Whether a line holds nothing but a piece of the label of a group of rows, to the left of a
    /// label and between its lines.
    private static func isOfGroup(
        _ line: PrintedLine, _ near: PDFBox, _ label: PrintedLine.Cell
    ) -> Bool {
        line.cells.allSatisfy { $0.box.right < label.box.left }
            && abs(line.box.middle - near.middle) < labelPitch * label.box.height
    }

    /// The label of a line of numbers: beside them, or the line above when they stand in the middle
    /// between two lines of their label.
    private static func label(
        of lines: [PrintedLine], _ index: Int, _ range: Range<Int>
    ) -> Label? {
        let line = lines[index]
        guard let number = line.cells.first(where: \.isNumber) else { return nil }
        let own = line.cells.last { !$0.isNumber }
        if let own, own.box.right >= number.box.left { return nil }
        func near(_ step: Int) -> PrintedLine.Cell? {
            let cells = [index + step, index + 2 * step].prefix { other in
                range.contains(other) && !lines[other].cells.contains(where: \.isNumber)
            }.compactMap { lines[$0].cells.last }.filter {
                $0.box.right < number.box.left
                    && abs($0.box.middle - number.box.middle) < $0.box.height
            }
            return cells.max { $0.box.left < $1.box.left }
        }
        if let above = near(-1), let below = near(1),
            own.map({ $0.box.right < min(above.box.left, below.box.left) }) ?? true
        {
            return Label(cell: above, isBeside: false, isApart: own != nil)
        }
        return own.map { Label(cell: $0, isBeside: true, isApart: false) }
    }

    /// No label is longer than this, in bytes of UTF-8.
    private static let longestLabel = 600
    private static let wording = FormWording()

    /// A label with one line more; nil when that line is a label itself, of a row that is blank.
    private static func joined(
        _ piece: PrintedLine.Cell, _ label: String, isBelow: Bool
    ) -> String? {
        let text = isBelow ? label + piece.text : piece.text + label
        guard text.utf8.count <= longestLabel,
            RowLabel.named(in: wording.words(of: text)).count < 2
        else { return nil }
        return text
    }

    /// The cell of a line that is a part of a label: nothing but the label's next or last line.
    private static func piece(
        of line: PrintedLine, _ near: PDFBox, _ label: PrintedLine.Cell, isBelow: Bool
    ) -> PrintedLine.Cell? {
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
        return cell
    }

    /// A row of heads, each put together of its lines.
    private static func row(of heads: PrintedHeads) -> Row {
        Row(lines: Array(heads.lines), cells: heads.heads.map(\.text), hasNumbers: true)
    }

    private static func row(
        _ lines: [PrintedLine], _ index: Int, _ wrapped: [Int], _ columns: [ClosedRange<Double>],
        isApart: Bool
    ) -> Row {
        let cells = lines[index].cells
        let labels = cells.prefix { !$0.isNumber }
        var groups: [String] = []
        var label = ""
        for line in wrapped {
            let own = line == index ? labels : lines[line].cells[...]
            if line == index, isApart {
                groups += own.map(\.text)
                continue
            }
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
            (0..<most).map { index in
                var box = boxes[0][index]
                for row in boxes { box.grow(by: row[index]) }
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
            func isNear(_ column: ClosedRange<Double>, _ slack: Double) -> Bool {
                cell.box.left < column.upperBound + slack
                    && cell.box.right > column.lowerBound - slack
            }
            // What stands under a head is its column's, however near the next one is.
            let under = columns.indices.filter { isNear(columns[$0], 0) }
            let near =
                under.count == 1
                ? under : columns.indices.filter { isNear(columns[$0], cell.box.height) }
            guard near.count == 1, texts[near[0]].isEmpty else { return nil }
            texts[near[0]] = cell.text
        }
        return texts
    }
}
