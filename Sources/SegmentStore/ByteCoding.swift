import ChineseText
import Platform

/// Writes numbers and texts one after the other.
///
/// A number is a varint: 7 bits a byte, the lowest first, all bytes but the last from 128 on. A
/// text is the length of its code, and the code of ``TextCode``; an optional text has a length one
/// higher, and 0 stands for nil.
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func add(_ number: Int) {
        Self.append(number, to: &bytes)
    }

    mutating func add(_ text: String) {
        let code = TextCode.encoded(Array(text.utf8))
        add(code.count)
        bytes += code
    }

    mutating func add(_ text: String?) {
        guard let text else { return add(0) }
        let code = TextCode.encoded(Array(text.utf8))
        add(code.count + 1)
        bytes += code
    }

    /// The bytes, and their ``RecordCheck``.
    var checked: [UInt8] {
        var bytes = bytes
        RecordCheck.append(to: &bytes, from: 0)
        return bytes
    }

    /// Appends a varint; a negative number is taken for 0.
    static func append(_ number: Int, to bytes: inout [UInt8]) {
        var rest = UInt(max(0, number))
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

/// Reads what ``ByteWriter`` wrote; nil and never a trap for anything else.
struct ByteReader {
    let bytes: [UInt8]
    private let end: Int
    private(set) var position: Int

    init(_ bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
        end = bytes.count
    }

    /// Reads a record that ends with its ``RecordCheck``; nil when it was changed.
    init?(checked record: [UInt8]) {
        guard let end = Self.end(ofChecked: record.span) else { return nil }
        bytes = record
        position = 0
        self.end = end
    }

    /// Where the ``RecordCheck`` begins with which a record ends; nil when the record was changed.
    static func end(ofChecked record: Span<UInt8>) -> Int? {
        guard record.count >= RecordCheck.length, RecordCheck.value(of: record) == 0 else {
            return nil
        }
        return record.count - RecordCheck.length
    }

    var isAtEnd: Bool { position >= end }

    /// How many bytes are left.
    var rest: Int { max(0, end - position) }

    mutating func number() -> Int? {
        // Most numbers are of one byte.
        if position < end, bytes[position] < 0x80 {
            defer { position += 1 }
            return Int(bytes[position])
        }
        var offset = position
        defer { position = offset }
        return bytes.span.number(at: &offset, below: end)
    }

    /// A number of what a file holds, such as lines or passages.
    ///
    /// No file is so long that it holds 2^40 of them; sums of lower numbers do not overflow.
    mutating func count() -> Int? {
        number().flatMap { $0 < 1 << 40 ? $0 : nil }
    }

    /// A number that is written as a text and is finite; nil when there is none.
    mutating func finite() -> Double? {
        text().flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
    }

    /// Passes over some bytes, and gives where they stand; nil when there are not as many.
    mutating func range(_ count: Int) -> Range<Int>? {
        guard count >= 0, count <= rest else { return nil }
        defer { position += count }
        return position..<position + count
    }

    /// A text; nil when it is damaged.
    mutating func text() -> String? {
        guard let length = number() else { return nil }
        return text(codeLength: length)
    }

    /// Passes over a text; nil when it is cut short.
    mutating func skipText() -> Void? {
        guard let length = number(), range(length) != nil else { return nil }
        return ()
    }

    /// An optional text, inside another one: nil when it is damaged.
    mutating func optionalText() -> String?? {
        guard let length = number() else { return nil }
        guard length > 0 else { return .some(nil) }
        return text(codeLength: length - 1).map { .some($0) }
    }

    private mutating func text(codeLength: Int) -> String? {
        guard let range = range(codeLength) else { return nil }
        return TextCode.text(of: bytes.span.extracting(range))
    }

    /// The scalars of a text; nil when it is damaged.
    mutating func scalars() -> [UInt32]? {
        guard let length = number(), let range = range(length) else { return nil }
        return TextCode.scalars(of: bytes.span.extracting(range))
    }
}

extension Span<UInt8> {
    /// The varint at an offset, which moves behind it; nil when none ends before `end`, or before the
    /// span does.
    func number(at offset: inout Int, below end: Int = .max) -> Int? {
        let end = Swift.min(end, count)
        var (number, shift) = (0, 0)
        while offset < end, shift < 63 {
            let byte = self[offset]
            offset += 1
            number |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return number }
            shift += 7
        }
        return nil
    }
}
