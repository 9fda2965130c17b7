import Documents

/// The text of a document of Word 97 and where its looks stand, without a sense of either.
///
/// The text lies in pieces of the stream `WordDocument`; tables in another stream say which piece
/// comes when, and pages of 512 bytes how each stretch of the bytes looks.
struct Word97Text {
    /// A stretch of the stream and where its changes stand.
    struct Stretch {
        let start: Int
        let end: Int
        /// The style of a paragraph; none of characters.
        let style: Int
        /// Where the changes stand in the stream.
        let changes: Range<Int>
    }

    private struct Piece {
        let first: Int
        let last: Int
        /// Where it begins in the stream.
        let offset: Int
        /// The bytes of a character: 1 of Windows-1252 or 2 of UTF-16.
        let width: Int
        let changes: Range<Int>?
    }

    let stream: [UInt8]
    let table: [UInt8]
    private var pieces: [Piece] = []
    /// The looks of characters, in the order of their offsets in the stream.
    private(set) var looks: [Stretch] = []
    /// The paragraphs, likewise.
    private(set) var paragraphs: [Stretch] = []
    /// How many characters the parts of the document have: text, foot-notes, heads, macros, remarks,
    /// end-notes, text boxes.
    let lengths: [Int]

    /// A larger document, in bytes without its pictures, is refused.
    private static let largest = 16 << 20
    private static let pageLength = 512
    /// No document that was saved as a whole now and then has more pieces.
    private static let mostPieces = 50_000
    private static let name = "a Word document"

    /// Where a table of the document stands in the stream of tables.
    enum Table: Int {
        case styles = 1
        case noteReferences = 2
        case notes = 3
        case characterPages = 12
        case paragraphPages = 13
        case pieces = 33
        case endNoteReferences = 46
        case endNotes = 47
        case lists = 73
        case listUses = 74
    }

    /// Reads the head and the tables.
    init(_ file: CompoundFile) throws(UndecodableText) {
        (stream, table) = try Self.streams(of: file)
        guard stream.number(at: 0, bytes: 2) == 0xA5EC else {
            throw UndecodableText(reason: .format("a Word document of before 1997"))
        }
        guard let flags = stream.number(at: 10, bytes: 2), flags & 0x0100 == 0 else {
            throw UndecodableText(reason: .encrypted(Self.name))
        }
        let head = stream
        lengths = [76, 80, 84, 88, 92, 96, 100].map { head.number(at: $0, bytes: 4) ?? 0 }
        readPieces()
        guard !pieces.isEmpty else { throw UndecodableText(reason: .damaged(Self.name)) }
        looks = stretches(.characterPages, ofParagraphs: false)
        paragraphs = stretches(.paragraphPages, ofParagraphs: true)
    }

    /// The stream of the text and that of the tables.
    private static func streams(
        of file: CompoundFile
    ) throws(UndecodableText) -> (text: [UInt8], tables: [UInt8]) {
        do throws(ArchiveProblem) {
            guard let stream = try file.stream("WordDocument"),
                let mark = stream.number(at: 0, bytes: 2),
                let flags = stream.number(at: 10, bytes: 2)
            else { throw .damaged }
            guard stream.count <= largest else { throw .overLimits }
            guard mark == 0xA5EC else { return (stream, []) }
            guard let table = try file.stream(flags & 0x0200 == 0 ? "0Table" : "1Table") else {
                throw .damaged
            }
            return (stream, table)
        } catch {
            throw UndecodableText(reason: error.reason(of: name))
        }
    }

    /// Where a table stands; empty when the document has none.
    func range(of table: Table) -> Range<Int> {
        let offset = 154 + 8 * table.rawValue
        guard let start = stream.number(at: offset, bytes: 4),
            let length = stream.number(at: offset + 4, bytes: 4), start + length <= self.table.count
        else { return 0..<0 }
        return start..<(start + length)
    }

    /// The numbers of four bytes with which a table of `count` things of a length begins: the offsets
    /// between which each thing holds, one more than things.
    func offsets(of table: Table, length: Int) -> [Int] {
        let range = range(of: table)
        guard range.count >= 4 else { return [] }
        let count = (range.count - 4) / (4 + length)
        return (0...count).compactMap { self.table.number(at: range.lowerBound + 4 * $0, bytes: 4) }
    }

    // MARK: Pieces

    private mutating func readPieces() {
        var rest = table[range(of: .pieces)]
        var changes: [Range<Int>] = []
        while rest.first == 1, let length = rest.number(at: 1, bytes: 2) {
            let start = rest.startIndex + 3
            changes.append(start..<min(rest.endIndex, start + length))
            rest = rest.dropFirst(3 + length)
        }
        guard rest.first == 2, let length = rest.number(at: 1, bytes: 4) else { return }
        let list = rest.dropFirst(5).prefix(length)
        guard list.count >= 16 else { return }
        let count = (list.count - 4) / 12
        // No character takes less than a byte.
        var left = stream.count
        for index in 0..<min(count, Self.mostPieces) {
            let head = 4 * (count + 1) + 8 * index
            guard let first = list.number(at: 4 * index, bytes: 4),
                let last = list.number(at: 4 * index + 4, bytes: 4),
                let offset = list.number(at: head + 2, bytes: 4),
                let change = list.number(at: head + 6, bytes: 2), first < last
            else { return }
            let isNarrow = offset & 0x4000_0000 != 0
            let start = offset & 0x3FFF_FFFF
            let taken = min(last - first, left)
            left -= taken
            pieces.append(
                Piece(
                    first: first, last: first + taken, offset: isNarrow ? start / 2 : start,
                    width: isNarrow ? 1 : 2,
                    changes: change & 1 != 0 && changes.indices.contains(change >> 1)
                        ? changes[change >> 1] : nil))
            guard taken > 0 else { return }
        }
    }

    /// A character of the text.
    struct Character {
        /// The character in UTF-16.
        let unit: UInt16
        /// Where it lies in the stream.
        let offset: Int
        /// Where the changes of its piece stand in the stream of tables; nil when there are none.
        let changes: Range<Int>?
    }

    /// The characters between two indices of the text.
    func characters(in range: Range<Int>) -> some Sequence<Character> {
        pieces.lazy.filter { $0.first < range.upperBound && $0.last > range.lowerBound }
            .flatMap { piece in
                (max(piece.first, range.lowerBound)..<min(piece.last, range.upperBound)).lazy
                    .compactMap { character($0, of: piece) }
            }
    }

    private func character(_ index: Int, of piece: Piece) -> Character? {
        let offset = piece.offset + piece.width * (index - piece.first)
        guard let number = stream.number(at: offset, bytes: piece.width) else { return nil }
        let unit =
            piece.width == 1
            ? UInt16(WindowsCharacter.character(UInt32(number))?.value ?? 0xFFFD) : UInt16(number)
        return Character(unit: unit, offset: offset, changes: piece.changes)
    }

    // MARK: Pages of looks

    private func stretches(_ table: Table, ofParagraphs: Bool) -> [Stretch] {
        let range = range(of: table)
        guard range.count >= 4 else { return [] }
        let count = min((range.count - 4) / 8, stream.count / Self.pageLength + 1)
        var stretches: [Stretch] = []
        for index in 0..<count {
            let offset = range.lowerBound + 4 * ((range.count - 4) / 8 + 1) + 4 * index
            guard let number = self.table.number(at: offset, bytes: 4) else { break }
            let start = (number & 0x3F_FFFF) * Self.pageLength
            guard start + Self.pageLength <= stream.count else { continue }
            addStretches(ofPage: start, ofParagraphs, to: &stretches)
        }
        return stretches.sorted { $0.start < $1.start }
    }

    private func addStretches(
        ofPage page: Int, _ ofParagraphs: Bool, to stretches: inout [Stretch]
    ) {
        let count = Int(stream[page + Self.pageLength - 1])
        let step = ofParagraphs ? 13 : 1
        guard 4 * (count + 1) + step * count < Self.pageLength else { return }
        for index in 0..<count {
            guard let start = stream.number(at: page + 4 * index, bytes: 4),
                let end = stream.number(at: page + 4 * index + 4, bytes: 4), start < end
            else { continue }
            let offset = 2 * Int(stream[page + 4 * (count + 1) + step * index])
            guard offset > 0, offset + 2 < Self.pageLength else {
                stretches.append(Stretch(start: start, end: end, style: 0, changes: 0..<0))
                continue
            }
            var position = page + offset
            var length = Int(stream[position])
            position += 1
            if ofParagraphs {
                if length == 0 {
                    length = 2 * Int(stream[position])
                    position += 1
                } else {
                    length = 2 * length - 1
                }
            }
            let limit = min(page + Self.pageLength, position + length)
            let style = ofParagraphs ? stream.number(at: position, bytes: 2) ?? 0 : 0
            let first = min(limit, position + (ofParagraphs ? 2 : 0))
            stretches.append(
                Stretch(start: start, end: end, style: style, changes: first..<limit))
        }
    }
}

extension [Word97Text.Stretch] {
    /// The stretch that holds an offset of the stream; nil when none does.
    ///
    /// - Parameter hint: where the last one was found, which is looked at first and changed.
    func stretch(at offset: Int, near hint: inout Int) -> Word97Text.Stretch? {
        for guess in [hint, hint + 1] where indices.contains(guess) {
            if self[guess].start <= offset, offset < self[guess].end {
                hint = guess
                return self[guess]
            }
        }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, offset < self[low - 1].end else { return nil }
        hint = low - 1
        return self[low - 1]
    }
}
