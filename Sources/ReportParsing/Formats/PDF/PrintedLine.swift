import ChineseText
import Documents

/// One line of a printed page: cells that stand at the same height, from left to right.
struct PrintedLine {
    /// A run of words with no wide gap in it.
    struct Cell {
        var text: String
        var box: PDFBox
        /// Whether it prints a number and nothing else.
        var isNumber: Bool
    }

    /// The number of its page, from 0.
    let page: Int
    private(set) var cells: [Cell]
    /// Its words, from left to right.
    let words: [PDFWord]
    /// The space that the line takes.
    private(set) var box: PDFBox

    /// The height of the line in points, about the size of its font.
    var size: Double { box.height }
    /// The cells as one text.
    var text: String { cells.map(\.text).joined(separator: " ") }

    /// A gap this wide, in heights of the line, parts two cells.
    private static let cellGap = 1.3
    /// The same beside a number.
    private static let numberGap = 0.6

    /// Makes a line of words that stand side by side; there is at least one.
    private init(_ words: [PDFWord], page: Int) {
        self.page = page
        let words = words.sorted { $0.box.left < $1.box.left }
        self.words = words
        box = words[0].box
        for word in words { box.grow(by: word.box) }
        cells = []
        for word in words {
            let isNumber = Self.isNumber(word.text)
            if let last = cells.indices.last {
                let gap = word.box.left - cells[last].box.right
                let widest =
                    isNumber || cells[last].isNumber ? Self.numberGap : Self.cellGap
                if gap < widest * word.box.height {
                    cells[last].text += " " + word.text
                    cells[last].box.grow(by: word.box)
                    cells[last].isNumber = cells[last].isNumber && isNumber
                    continue
                }
            }
            cells.append(Cell(text: word.text, box: word.box, isNumber: isNumber))
        }
    }

    /// A line and a word of it share so much of the lower one's height.
    private static let leastShared = 0.6

    /// The lines of a page from top to bottom.
    ///
    /// A word belongs to the line that covers most of its height, as the lines of a label above and
    /// below a number do not.
    static func lines(of words: [PDFWord], page: Int) -> [PrintedLine] {
        var rows: [(box: PDFBox, words: [PDFWord])] = []
        for word in words.sorted(by: { $0.box.middle < $1.box.middle }) {
            // Lines are met from top to bottom, so only the last few can cover the word.
            let row = rows.indices.suffix(4).last { row in
                let shared =
                    min(rows[row].box.bottom, word.box.bottom)
                    - max(rows[row].box.top, word.box.top)
                return shared > leastShared * min(word.box.height, rows[row].box.height)
                    && shared > 0.3 * max(word.box.height, rows[row].box.height)
            }
            if let row {
                rows[row].words.append(word)
            } else {
                rows.append((word.box, [word]))
            }
        }
        return rows.sorted { $0.box.middle < $1.box.middle }.map {
            PrintedLine($0.words, page: page)
        }
    }

    /// The parts of a cell that begins in one column and goes on in the next are so far apart at
    /// least, in heights of the line.
    private static let columnGap = 0.5
    /// No line of a table has more words.
    private static let mostWords = 200

    /// Parts cells without numbers where a word begins at one of some edges.
    mutating func part(at edges: [ClosedRange<Double>]) {
        guard words.count <= Self.mostWords else { return }
        var parted: [Cell] = []
        for cell in cells {
            let own = words.filter {
                $0.box.left >= cell.box.left && $0.box.right <= cell.box.right
            }
            guard !cell.isNumber, own.count > 1,
                own.map(\.text).joined(separator: " ") == cell.text
            else {
                parted.append(cell)
                continue
            }
            for (index, word) in own.enumerated() {
                let isStart =
                    index == 0
                    || word.box.left - own[index - 1].box.right > Self.columnGap * size
                        && edges.contains { $0.contains(word.box.left) }
                if isStart {
                    parted.append(Cell(text: word.text, box: word.box, isNumber: false))
                } else {
                    parted[parted.count - 1].text += " " + word.text
                    parted[parted.count - 1].box.grow(by: word.box)
                }
            }
        }
        cells = parted
    }

    /// Takes a cell out of the line.
    mutating func remove(cell: Int) { cells.remove(at: cell) }

    /// Puts a cell where it stands in the line.
    mutating func insert(_ cell: Cell) {
        let index = cells.firstIndex { $0.box.left > cell.box.left } ?? cells.endIndex
        cells.insert(cell, at: index)
    }

    /// Whether a word is a number, with marks beside it or not, or a sign that stands for none.
    private static func isNumber(_ text: String) -> Bool {
        var digits = 0
        for scalar in text.unicodeScalars {
            if ("0"..."9").contains(scalar) || ("０"..."９").contains(scalar) {
                digits += 1
            } else if scalar.isHan || scalar.properties.isAlphabetic {
                return false
            }
        }
        return digits > 0 || ["-", "－", "—", "–", "/", "、", "\\", "--", "——", "－－"].contains(text)
    }
}

extension PDFBox {
    /// Takes in another rectangle.
    mutating func grow(by other: PDFBox) {
        left = min(left, other.left)
        top = min(top, other.top)
        right = max(right, other.right)
        bottom = max(bottom, other.bottom)
    }

    /// Whether a part of both is the same.
    func overlaps(_ other: PDFBox) -> Bool {
        left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
}
