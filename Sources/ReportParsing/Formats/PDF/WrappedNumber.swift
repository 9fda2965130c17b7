import ChineseText
import Documents

/// A cell of digits and arrows that its narrow column wraps into two lines, above and below the line
/// of the other numbers of its row: 40 → 3 and 9.
enum WrappedNumber {
    /// A line of such a cell stands nearer to the row's own than any row does, in heights of the
    /// line.
    private static let nearest = 0.85
    /// What stands above the row's line is as far from it as what stands below, within so much.
    private static let slack = 0.35
    /// What is so much lower or higher than the row's digits is no part of such a cell, but a mark.
    private static let sizeSlack = 0.2
    /// Cells are so far apart at least, in heights of the line.
    private static let gap = 0.3
    /// A row has so many other numbers at least.
    private static let fewestNumbers = 2
    /// The lines before and after that of the row among which those of the cell are.
    private static let reach = 2

    /// The lines with such cells put together, each in the line of the other numbers of its row.
    ///
    /// The parts stay apart in the text, so that their digits are never read as one number, unless
    /// an arrow among them shows that it is none.
    static func joined(_ lines: [PrintedLine]) -> [PrintedLine] {
        var lines = lines
        for row in lines.indices
        where lines[row].cells.count(where: \.isNumber) >= fewestNumbers {
            while let (above, below) = parts(around: row, in: lines) {
                var whole = lines[above.line].cells[above.cell]
                let rest = lines[below.line].cells[below.cell]
                let isArrow =
                    whole.text.contains(where: isArrow) || rest.text.contains(where: isArrow)
                whole.text += (isArrow ? "" : " ") + rest.text
                whole.box.grow(by: rest.box)
                whole.isNumber = true
                lines[above.line].remove(cell: above.cell)
                lines[below.line].remove(cell: below.cell)
                lines[row].insert(whole)
            }
        }
        return lines
    }

    private typealias Position = (line: Int, cell: Int)

    /// The two parts of a cell of a row, above and below its line; nil when there are none.
    private static func parts(
        around row: Int, in lines: [PrintedLine]
    ) -> (above: Position, below: Position)? {
        let below = positions(lines.indices.dropFirst(row + 1).prefix(reach), near: row, in: lines)
        guard !below.isEmpty else { return nil }
        let above = positions(lines.indices.prefix(row).suffix(reach), near: row, in: lines)
        let own = lines[row].box
        for one in above {
            let box = lines[one.line].cells[one.cell].box
            let other = below.first { position in
                let rest = lines[position.line].cells[position.cell].box
                return rest.left < box.right && box.left < rest.right
                    && abs((box.middle + rest.middle) / 2 - own.middle) < slack * own.height
            }
            if let other { return (one, other) }
        }
        return nil
    }

    /// The cells of some lines that may be parts of one in a row where it has none.
    private static func positions(
        _ others: some Sequence<Int>, near row: Int, in lines: [PrintedLine]
    ) -> [Position] {
        let own = lines[row]
        return others.flatMap { line -> [Position] in
            guard lines[line].page == own.page else { return [] }
            return lines[line].cells.indices.filter { index in
                let cell = lines[line].cells[index]
                return isPart(cell.text)
                    && abs(cell.box.middle - own.box.middle) < nearest * own.size
                    && abs(cell.box.height - own.size) < sizeSlack * own.size
                    && own.cells.allSatisfy {
                        cell.box.left > $0.box.right + gap * own.size
                            || cell.box.right < $0.box.left - gap * own.size
                    }
            }.map { (line, $0) }
        }
    }

    /// Whether a text is digits, arrows and what parts digits.
    private static func isPart(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            ("0"..."9").contains($0) || " ,.-–—=>".unicodeScalars.contains($0)
                || isArrow(Character($0))
        }
    }

    private static func isArrow(_ character: Character) -> Bool {
        guard let value = character.unicodeScalars.first?.value else { return false }
        return (0x2190...0x21FF).contains(value) || (0x27F5...0x27FF).contains(value)
            || character == ">"
    }
}
