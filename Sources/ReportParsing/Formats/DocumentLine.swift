/// One line as a reader of a format hands it on, before repair.
///
/// A row of a table is one line: its cells in order, parted by tabs, a spanned cell printed once.
struct DocumentLine: Equatable {
    /// Where the line is in the file, from 1; each reader says what it counts.
    var number: Int
    /// The number of the last line that is read together with it: the same but beyond the
    /// `LineLimit`.
    var lastNumber: Int
    /// What the line prints.
    var raw: String
    /// The cells of a row, where the format tells where they stand; nil for other lines.
    var row: GridRow?

    init(number: Int, lastNumber: Int? = nil, raw: String, row: GridRow? = nil) {
        self.number = number
        self.lastNumber = lastNumber ?? number
        self.raw = raw
        self.row = row
    }

    /// Whether two lines print the same at the same numbers.
    static func == (one: DocumentLine, other: DocumentLine) -> Bool {
        (one.number, one.lastNumber) == (other.number, other.lastNumber) && one.raw == other.raw
    }

    /// Whether the next line is to be read together with this one, the last of so many.
    func joinsNext(count: Int) -> Bool {
        count > LineLimit.apart && raw.utf8.count < LineLimit.pieceBytes
    }

    /// Takes the next line of the file into this one.
    mutating func join(_ next: DocumentLine) {
        raw += "\n" + next.raw
        row = nil
        lastNumber = max(lastNumber, next.lastNumber)
    }
}

extension [DocumentLine] {
    /// Adds a line, to the last one when there are more than are told apart.
    mutating func add(_ line: DocumentLine) {
        if let last, last.joinsNext(count: count) {
            self[count - 1].join(line)
        } else {
            append(line)
        }
    }
}
