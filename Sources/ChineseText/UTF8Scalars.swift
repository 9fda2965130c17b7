/// A scalar read from UTF-8.
struct DecodedScalar {
    /// Its value; U+FFFD for a malformed byte.
    let value: UInt32
    /// Its length in bytes, from 1.
    let length: Int
}

/// The scalar at the byte offset `position`, which must be inside `utf8`.
///
/// A byte that begins no well-formed sequence is read as U+FFFD, alone.
@inline(__always)
func decodedScalar(_ utf8: Span<UInt8>, at position: Int) -> DecodedScalar {
    let lead = utf8[position]
    if lead < 0x80 { return DecodedScalar(value: UInt32(lead), length: 1) }
    if lead & 0xF0 == 0xE0, position + 2 < utf8.count {
        let (second, third) = (utf8[position + 1], utf8[position + 2])
        let value = UInt32(lead & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
        if second & 0xC0 == 0x80, third & 0xC0 == 0x80, value >= 0x800, value & 0xF800 != 0xD800 {
            return DecodedScalar(value: value, length: 3)
        }
    }
    return decodedRareScalar(utf8, at: position)
}

@inline(never)
private func decodedRareScalar(_ utf8: Span<UInt8>, at position: Int) -> DecodedScalar {
    func continuation(_ offset: Int) -> UInt32? {
        guard position + offset < utf8.count else { return nil }
        let byte = utf8[position + offset]
        return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
    }
    let lead = UInt32(utf8[position])
    if (0xC2..<0xE0).contains(lead), let second = continuation(1) {
        return DecodedScalar(value: (lead & 0x1F) << 6 | second, length: 2)
    }
    if (0xF0..<0xF5).contains(lead), let second = continuation(1), let third = continuation(2),
        let fourth = continuation(3)
    {
        let value = (lead & 7) << 18 | second << 12 | third << 6 | fourth
        if (0x10000...0x10FFFF).contains(value) { return DecodedScalar(value: value, length: 4) }
    }
    return DecodedScalar(value: 0xFFFD, length: 1)
}

/// The number of scalars of well-formed text.
func scalarCount(_ utf8: Span<UInt8>) -> Int {
    var count = 0
    for position in utf8.indices where utf8[position] & 0xC0 != 0x80 { count += 1 }
    return count
}

/// Room for the scalars of a text: as many as it has, or of a short one as many as its bytes, which
/// need no counting.
func scalarRoom(_ utf8: Span<UInt8>) -> Int { utf8.count <= 192 ? utf8.count : scalarCount(utf8) }

extension String {
    /// The first scalar of the text; nil when it has none.
    ///
    /// The standard library's own way goes through its views, at several times the cost.
    public var firstScalar: Unicode.Scalar? {
        let bytes = utf8.span
        return bytes.isEmpty ? nil : Unicode.Scalar(decodedScalar(bytes, at: 0).value)
    }

    /// The last scalar of the text; nil when it has none.
    public var lastScalar: Unicode.Scalar? {
        let bytes = utf8.span
        guard !bytes.isEmpty else { return nil }
        var start = bytes.count - 1
        while start > 0, bytes[start] & 0xC0 == 0x80 { start -= 1 }
        return Unicode.Scalar(decodedScalar(bytes, at: start).value)
    }

    /// The text's scalars, `limit` at most.
    ///
    /// The standard library's own way goes through its views, at several times the cost.
    public func scalars(limit: Int = .max) -> [Unicode.Scalar] {
        let bytes = utf8.span
        var all: [Unicode.Scalar] = []
        // No scalar has more than four bytes.
        let room = limit < bytes.count / 4 ? limit : min(limit, scalarRoom(bytes))
        all.append(addingCapacity: room) { scalars in
            var position = 0
            while position < bytes.count, !scalars.isFull {
                let scalar = decodedScalar(bytes, at: position)
                position += scalar.length
                scalars.append(Unicode.Scalar(scalar.value) ?? "\u{FFFD}")
            }
        }
        return all
    }

    /// Whether the text holds a character of ASCII, given by its value.
    public func holds(ascii byte: UInt8) -> Bool {
        let bytes = utf8.span
        var index = 0
        while index < bytes.count {
            let found = bytes[index]
            if found == byte { return true }
            // Most characters have three bytes.
            index += found < 0xE0 ? 1 : 3
        }
        return false
    }

    /// The parts of the text between white space, made one by one.
    public var spacedWords: SpacedWords { SpacedWords(of: self) }
}

/// The parts of a text between white space, in order.
///
/// A line of megabytes may have a million of them; whoever takes only the first, or one after the
/// other, never holds all.
public struct SpacedWords: Sequence, IteratorProtocol {
    private let text: String
    private var position = 0

    fileprivate init(of text: String) { self.text = text }

    /// The next part; nil after the last one.
    public mutating func next() -> String? {
        let span = text.utf8.span
        var start = position
        var end = start
        while end < span.count {
            // Nearly all characters by far, and never white space.
            if (0xE4...0xE9).contains(span[end]) {
                end += 3
                continue
            }
            if (0x21...0x7E).contains(span[end]) {
                end += 1
                continue
            }
            let scalar = decodedScalar(span, at: end)
            if Unicode.Scalar(scalar.value)?.isSpace == true {
                if start < end { break }
                start = end + scalar.length
            }
            end += scalar.length
        }
        position = end
        guard start < end else { return nil }
        return text.part(start..<end)
    }
}
