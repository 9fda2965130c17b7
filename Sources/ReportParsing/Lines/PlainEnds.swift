import ChineseText

/// What the bytes at the ends of a text tell without decoding it.
extension String {
    /// Whether the text ends with an ideograph from U+4000 to U+9FFF.
    var endsInIdeograph: Bool {
        let bytes = utf8.span
        guard bytes.count >= 3, bytes[bytes.count - 1] >= 0x80 else { return false }
        return (0xE4...0xE9).contains(bytes[bytes.count - 3])
    }

    /// Whether the text begins with such an ideograph or a digit or letter of ASCII, and ends with one
    /// of these or a full stop, so that no space or sign is to be taken away there; false when in
    /// doubt.
    var hasPlainEnds: Bool {
        let bytes = utf8.span
        guard bytes.count > 0, Self.isPlain(bytes[0]) || (0xE4...0xE9).contains(bytes[0]) else {
            return false
        }
        let last = bytes.count - 1
        return Self.isPlain(bytes[last]) || endsInIdeograph
            || bytes[last] == 0x82 && bytes[last - 1] == 0x80 && bytes[last - 2] == 0xE3
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }
}
