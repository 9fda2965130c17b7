/// A piece of a document in Rich Text Format.
enum RichTextToken: Equatable {
    case open
    case close
    /// A word behind a backslash, and the number behind it.
    case word(String, Int?)
    /// A sign behind a backslash.
    case sign(UInt8)
    /// A byte of text in the encoding of the font.
    case byte(UInt8)
}

/// The pieces of a document in Rich Text Format, one after the other.
struct RichTextTokens: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var offset = 0

    /// No word of the format is longer.
    private static let longestWord = 32
    /// No number has more digits.
    private static let mostDigits = 9

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func next() -> RichTextToken? {
        while offset < bytes.count {
            let byte = bytes[offset]
            offset += 1
            switch byte {
            case UInt8(ascii: "{"): return .open
            case UInt8(ascii: "}"): return .close
            case UInt8(ascii: "\\"): return escape()
            case 0x0A, 0x0D, 0x00: continue
            case 0x09: return .word("tab", nil)
            default: return .byte(byte)
            }
        }
        return nil
    }

    private mutating func escape() -> RichTextToken? {
        guard offset < bytes.count else { return nil }
        let byte = bytes[offset]
        guard Self.isLetter(byte) else {
            offset += 1
            switch byte {
            case UInt8(ascii: "'"): return hexadecimal()
            case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): return .byte(byte)
            case 0x0A, 0x0D: return .word("par", nil)
            default: return .sign(byte)
            }
        }
        let start = offset
        while offset < bytes.count, offset - start < Self.longestWord, Self.isLetter(bytes[offset])
        {
            offset += 1
        }
        let word = String(decoding: bytes[start..<offset], as: UTF8.self)
        let number = number()
        if offset < bytes.count, bytes[offset] == 0x20 { offset += 1 }
        // What follows is no text, but so many bytes.
        if word == "bin", let number {
            offset = Swift.min(bytes.count, offset + Swift.max(0, number))
        }
        return .word(word, number)
    }

    private mutating func number() -> Int? {
        var next = offset
        let isNegative = next < bytes.count && bytes[next] == UInt8(ascii: "-")
        if isNegative { next += 1 }
        var number: Int?
        let start = next
        while next < bytes.count, next - start < Self.mostDigits,
            (0x30...0x39).contains(bytes[next])
        {
            number = (number ?? 0) * 10 + Int(bytes[next] - 0x30)
            next += 1
        }
        guard let number else { return nil }
        offset = next
        return isNegative ? -number : number
    }

    private mutating func hexadecimal() -> RichTextToken {
        var value: UInt8 = 0
        var digits = 0
        while digits < 2, offset < bytes.count, let digit = HexadecimalDigit.value(bytes[offset]) {
            value = value << 4 | digit
            offset += 1
            digits += 1
        }
        return .byte(digits == 2 ? value : UInt8(ascii: "?"))
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte)
    }
}

/// Digits of numbers to the base of 16.
enum HexadecimalDigit {
    /// The value of a digit; nil for any other byte.
    static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
