import ChineseText
import Documents

/// A number with a note in brackets that its narrow cell wraps into several lines: 39（含自, 然失效6件
/// and ）.
enum WrappedNote {
    /// The most lines that a cell is wrapped into.
    private static let mostLines = 5
    /// Two lines of one cell stand nearer to each other than this, in heights of the line.
    private static let pitch = 1.6
    /// A cell with a note is never wider, in heights of the line.
    private static let widest = 12.0

    /// The lines with such cells put together, each in the line of the other numbers of its row.
    static func joined(_ lines: [PrintedLine]) -> [PrintedLine] {
        var lines = lines
        for start in lines.indices {
            for cell in lines[start].cells.indices.reversed() {
                join(cell, of: start, in: &lines)
            }
        }
        return lines
    }

    /// Puts together the cell that begins with a number and an open bracket.
    private static func join(_ cell: Int, of start: Int, in lines: inout [PrintedLine]) {
        let first = lines[start].cells[cell]
        guard isOpen(first.text), first.box.width < widest * first.box.height else { return }
        var whole = first
        var parts = [(line: start, cell: cell)]
        for line in lines.indices.dropFirst(start + 1).prefix(mostLines - 1) {
            guard lines[line].page == lines[start].page else { return }
            let index = lines[line].cells.firstIndex { piece in
                piece.box.width < widest * piece.box.height
                    && piece.box.left < whole.box.right && whole.box.left < piece.box.right
                    && piece.box.top < whole.box.bottom + (pitch - 1) * first.box.height
            }
            guard let index else { continue }
            whole.text += lines[line].cells[index].text
            whole.box.grow(by: lines[line].cells[index].box)
            parts.append((line, index))
            if isClosed(whole.text) { break }
        }
        guard parts.count > 1, isClosed(whole.text) else { return }
        let reach = parts[0].line...parts[parts.count - 1].line
        let row = reach.filter { line in
            lines[line].cells.contains { $0.isNumber }
        }.min {
            abs(lines[$0].box.middle - whole.box.middle)
                < abs(lines[$1].box.middle - whole.box.middle)
        }
        guard let row else { return }
        whole.isNumber = true
        for part in parts { lines[part.line].remove(cell: part.cell) }
        lines[row].insert(whole)
    }

    /// Whether a text is a number and the beginning of a note: 1(含上.
    private static func isOpen(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        let rest = scalars.drop { ("0"..."9").contains($0) }
        guard rest.startIndex > scalars.startIndex, let next = rest.first else { return false }
        return (next == "(" || next == "（") && !isClosed(text)
    }

    private static func isClosed(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0 == ")" || $0 == "）" }
    }
}
