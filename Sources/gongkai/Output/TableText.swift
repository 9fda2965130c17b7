import ReportOutput
import ReportSearch

extension Table {
    /// The same without its last column where that is all 0, which people need not read.
    func withoutLastZeros(_ format: Format) -> Table {
        let isZero = rows.allSatisfy { row in
            if case .number(0)? = row.last { true } else { false }
        }
        guard format == .text, isZero else { return self }
        return Table(
            schema: schema, columns: columns.dropLast(), rows: rows.map { $0.dropLast() })
    }

    /// Writes the table in a format.
    func print(_ format: Format, to terminal: Terminal) {
        switch format {
        case .json: terminal.write(JSONValue.array(rows.map(json)))
        case .jsonl: for row in rows { terminal.write(json(row)) }
        case .markdown: for line in markdownLines { terminal.write(line) }
        case .text, .atom: terminal.print(textLines(terminal))
        case .csv, .tsv:
            guard let values = SeparatedValues(format) else { return }
            let head = columns.map { Value.text($0.name) }
            for row in [head] + rows { terminal.write(values.line(row), end: values.end) }
        }
    }

    // MARK: Aligned columns

    /// What a column keeps when the terminal is too narrow for all.
    private static let narrowest = 8

    /// The table as aligned columns, its heads first.
    func textLines(_ terminal: Terminal) -> [ShownText] {
        let cells = [columns.map(\.head)] + rows.map { row in row.map { visible($0.text) } }
        let cellWidths = cells.map { row in row.map { width(of: $0) } }
        var widths = columns.indices.map { column in
            cellWidths.reduce(0) { max($0, $1[column]) }
        }
        let indices = terminal.tableColumns.map { fit(&widths, into: $0) } ?? Array(columns.indices)
        func line(_ cells: [String], _ cellWidths: [Int]) -> ShownText {
            var line: [UInt8] = []
            for column in indices {
                let isCut = cellWidths[column] > widths[column]
                let cell = isCut ? cut(cells[column], toColumns: widths[column]) : cells[column]
                let space = max(0, widths[column] - (isCut ? width(of: cell) : cellWidths[column]))
                let isNumber = columns[column].isNumber
                line += repeatElement(Self.space, count: isNumber ? space : 0)
                line += cell.utf8
                line += repeatElement(Self.space, count: isNumber ? 2 : space + 2)
            }
            while line.last == Self.space { line.removeLast() }
            return ShownText(String(decoding: line, as: UTF8.self))
        }
        var lines = zip(cells, cellWidths).map { line($0, $1) }
        lines[0] = terminal.styled(lines[0], .faint)
        return lines
    }

    private static let space = UInt8(ascii: " ")

    /// Makes columns narrower until a line has at most so many columns of a terminal, and returns
    /// which of them are shown.
    private func fit(_ widths: inout [Int], into most: Int) -> [Int] {
        var indices = Array(columns.indices)
        func over(_ widths: [Int]) -> Int {
            indices.reduce(2 * (indices.count - 1) - most) { $0 + widths[$1] }
        }
        for index in indices.reversed() where columns[index].room == .goes && over(widths) > 0 {
            indices.removeAll { $0 == index }
        }
        for room in [Column.Room.gives, .keeps] {
            let yielding = indices.filter { columns[$0].room == room && !columns[$0].isNumber }
            while over(widths) > 0, let widest = yielding.max(by: { widths[$0] < widths[$1] }),
                widths[widest] > Self.narrowest
            {
                widths[widest] = max(Self.narrowest, widths[widest] - over(widths))
            }
        }
        return indices
    }
}

extension SeparatedValues {
    /// The values of a format; nil when it is another kind.
    init?(_ format: Format) {
        switch format {
        case .csv: self = .csv
        case .tsv: self = .tsv
        case .text, .json, .jsonl, .markdown, .atom: return nil
        }
    }
}
