/// Searching texts held as arrays of scalars, without the generic machinery of the standard
/// library's string processing, which costs a hundred times as much on short patterns.
extension RandomAccessCollection where Element == Unicode.Scalar, Index == Int {
    /// Where a text first stands in this one, as an offset from the start; nil when it does not.
    @inlinable public func offset(of text: [Unicode.Scalar], from start: Int = 0) -> Int? {
        guard let first = text.first else { return start <= count ? start : nil }
        var offset = start
        let base = startIndex
        while offset + text.count <= count {
            if self[base + offset] == first, matches(text, at: offset) { return offset }
            offset += 1
        }
        return nil
    }

    /// Whether a text stands at an offset from the start of this one.
    @inlinable public func matches(_ text: [Unicode.Scalar], at offset: Int) -> Bool {
        guard offset >= 0, offset + text.count <= count else { return false }
        let base = startIndex + offset
        for index in 0..<text.count where self[base + index] != text[index] { return false }
        return true
    }

    /// Whether this text ends with another one.
    @inlinable public func ends(with text: [Unicode.Scalar]) -> Bool {
        matches(text, at: count - text.count)
    }
}

extension String {
    /// The text of some scalars.
    ///
    /// The standard library's own way goes through its views, at several times the cost.
    @inlinable public init(scalars: some Collection<Unicode.Scalar>) {
        self.init(capacity: 4 * scalars.count) { text in
            for scalar in scalars { text.append(scalar.value) }
        }
    }

    /// The text of scalars whose number is not known.
    @inlinable public init(scalars: some Sequence<Unicode.Scalar>) {
        var utf8: [UInt8] = []
        utf8.reserveCapacity(3 * scalars.underestimatedCount)
        for scalar in scalars {
            let value = scalar.value
            if value < 0x80 {
                utf8.append(UInt8(truncatingIfNeeded: value))
            } else if value >= 0x800, value < 0x10000 {
                utf8.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
                utf8.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
                utf8.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
            } else {
                utf8.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        self.init(decoding: utf8, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// Whether the character is a Chinese ideograph, 〇 included.
    ///
    /// The property of the standard library says the same but for Tangut and Nüshu, and costs a
    /// search in a table for every character.
    @inlinable public var isHan: Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x3006...0x3007, 0x20000...0x323AF,
            0xF900...0xFAFF, 0x3021...0x3029, 0x3038...0x303A:
            true
        default: false
        }
    }

    /// Whether the character is white space.
    @inlinable public var isSpace: Bool {
        switch value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
            0x3000:
            true
        default: false
        }
    }
}
