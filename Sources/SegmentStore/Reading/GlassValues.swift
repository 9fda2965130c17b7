/// The values in a database of libxapian in one file, read without libxapian.
///
/// libxapian believes what its blocks say, and a database may come from a stranger. Here every offset
/// is checked before it is looked at, every block is read once, and a file that is not as libxapian
/// writes it ends the reading. What is known of the format, which libxapian calls glass:
///
/// - The file begins with 32 bytes, a revision, and for each table its root block, four times its
///   level and two flags (1: it is empty), its number of entries, and the size of a block over 2,048;
///   all varints, 7 bits a byte, the lowest first. The first table holds postings and values.
/// - A block has its level at byte 4, and at byte 9 where its directory ends, which begins at 11 and
///   has the offset of each item; numbers of 2 bytes, the highest first. An item of a level above 0
///   begins with its child's number in 4 bytes. One of level 0 has its size less 3 in 13 bits after
///   three flags (compressed, last part, first part), a key after its length, in a later part 2 bytes
///   more, and a part of the tag.
/// - Values have a key of the bytes 0 and 216, the slot as a varint, and the first document in a form
///   that sorts; in the tag stand the values after their lengths, and between them how many documents
///   have none.
struct GlassValues {
    /// A value of a document.
    struct Element {
        let slot: Int
        let document: Int
        let value: [UInt8]
    }

    private static let directory = 11
    private static let mostLevels = 10
    private static let prefix: [UInt8] = [0, 216]

    private let block: Int
    private var unread: Int
    /// The key and the tag of the entry whose parts are being read.
    private var key: [UInt8] = []
    private var tag: [UInt8] = []
    private var last = (slot: -1, document: 0)
    private let body: (Element) -> Void

    /// Calls `body` with the values, those of a slot together and by document.
    ///
    /// - Returns: whether the file is as libxapian writes it.
    static func forEach(in file: Span<UInt8>, _ body: (Element) -> Void) -> Bool {
        var head = Numbers(position: 32)
        guard head.varint(file) != nil, let root = head.varint(file),
            let level = head.varint(file), head.varint(file) != nil,
            let size = head.varint(file), 1...32 ~= size
        else { return false }
        if level & 1 == 1 { return true }
        return withoutActuallyEscaping(body) { body in
            var values = GlassValues(
                block: size << 11, unread: file.count / (size << 11), body: body)
            return level >> 2 < mostLevels && values.read(root, level: level >> 2, file)
        }
    }

    private init(block: Int, unread: Int, body: @escaping (Element) -> Void) {
        self.block = block
        self.unread = unread
        self.body = body
    }

    /// Reads a block and those below it.
    private mutating func read(_ number: Int, level: Int, _ file: Span<UInt8>) -> Bool {
        guard unread > 0, number < file.count / block else { return false }
        unread -= 1
        let bytes = file.extracting(number * block..<(number + 1) * block)
        let end = Int(bytes.number(at: 9))
        guard Int(bytes[4]) == level, Self.directory...block ~= end else { return false }
        var items = 0
        for entry in stride(from: Self.directory, to: end - 1, by: 2) {
            let item = Int(bytes.number(at: entry))
            guard end <= item, item <= block - (level > 0 ? 4 : 3) else { return false }
            if level > 0 {
                let child = Int(bytes.number(at: item)) << 16 | Int(bytes.number(at: item + 2))
                guard read(child, level: level - 1, file) else { return false }
            } else {
                let head = Int(bytes.number(at: item))
                let size = head & 0x1FFF + 3
                items += size
                guard items <= block, item + size <= block,
                    read(flags: head >> 13, bytes.extracting(item + 2..<item + size))
                else { return false }
            }
        }
        return true
    }

    /// Reads a part of an entry: its key after its length, and a part of its tag.
    private mutating func read(flags: Int, _ item: Span<UInt8>) -> Bool {
        let (isCompressed, isLast, isFirst) = (flags & 4 != 0, flags & 2 != 0, flags & 1 != 0)
        let keyEnd = 1 + Int(item[0])
        let start = keyEnd + (isFirst ? 0 : 2)
        guard start <= item.count else { return false }
        let key = (1..<keyEnd).map { item[$0] }
        guard key.starts(with: Self.prefix) else { return true }
        if isFirst { (self.key, tag) = (key, []) }
        guard !isCompressed, key == self.key else { return false }
        for index in start..<item.count { tag.append(item[index]) }
        return !isLast || readTag()
    }

    /// Reads the values of an entry that is whole.
    private mutating func readTag() -> Bool {
        var cursor = Numbers(position: Self.prefix.count)
        guard let slot = cursor.varint(key.span), var document = cursor.sortable(key.span),
            cursor.position == key.count, slot != last.slot || document > last.document
        else { return false }
        var rest = Numbers(position: 0)
        while true {
            guard let length = rest.varint(tag.span), length <= tag.count - rest.position else {
                return false
            }
            let end = rest.position + length
            body(Element(slot: slot, document: document, value: Array(tag[rest.position..<end])))
            rest.position = end
            last = (slot, document)
            if end == tag.count { return true }
            guard let gap = rest.varint(tag.span), gap < 1 << 32 else { return false }
            document += gap + 1
        }
    }
}

/// Reads the numbers of libxapian's files, which follow each other.
private struct Numbers {
    var position: Int

    /// A number of 7 bits a byte, the lowest first; nil when there is none below 2^56.
    mutating func varint(_ bytes: Span<UInt8>) -> Int? {
        var number = 0
        for shift in stride(from: 0, to: 56, by: 7) where position < bytes.count {
            let byte = bytes[position]
            position += 1
            number |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        return nil
    }

    /// A number in the form that sorts: as many ones as there are bytes beyond two, a zero, and the
    /// number, the highest bits first.
    mutating func sortable(_ bytes: Span<UInt8>) -> Int? {
        guard position < bytes.count else { return nil }
        let ones = (~bytes[position]).leadingZeroBitCount
        let length = ones + 2
        guard ones < 5, length <= bytes.count - position else { return nil }
        var number = Int(bytes[position]) & 0x7F >> ones
        for offset in 1..<length { number = number << 8 | Int(bytes[position + offset]) }
        position += length
        return number
    }
}

extension Span<UInt8> {
    /// A number of two bytes, the highest first.
    fileprivate func number(at offset: Int) -> UInt16 {
        UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
    }
}
