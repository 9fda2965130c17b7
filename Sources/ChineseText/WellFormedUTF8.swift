/// Bytes that are known to be UTF-8, so that texts are made of parts of them without a second look at
/// each byte.
///
///     let bytes = WellFormedUTF8(file)
///     let line = bytes.text(in: 0..<end)
public struct WellFormedUTF8: Sendable {
    /// The bytes.
    public let bytes: [UInt8]

    /// No text.
    public init() { bytes = [] }

    /// Takes bytes that are UTF-8; nil for others.
    ///
    /// - Parameter allowsZeros: whether they may hold zero bytes.
    public init?(_ bytes: [UInt8], allowsZeros: Bool = true) {
        guard TextEncoding.isUTF8(bytes.span, allowsZeros: allowsZeros) else { return nil }
        self.bytes = bytes
    }

    /// Takes any bytes, with U+FFFD for what is malformed.
    public init(repairing bytes: [UInt8]) {
        self.bytes =
            TextEncoding.isUTF8(bytes.span)
            ? bytes : Array(String(decoding: bytes, as: UTF8.self).utf8)
    }

    /// The text of a part that begins and ends between characters.
    public func text(in range: Range<Int>) -> String { String(wellFormed: bytes.span, in: range) }
}

extension String {
    /// The part of the text that takes these bytes of its UTF-8, and begins and ends between
    /// characters.
    public func part(_ range: Range<Int>) -> String { String(wellFormed: utf8.span, in: range) }

    /// The text of a part of bytes that are UTF-8.
    ///
    /// The ends of the part are looked at: a part of a character is no text.
    init(wellFormed bytes: Span<UInt8>, in range: Range<Int>) {
        func isBetweenCharacters(_ offset: Int) -> Bool {
            offset == bytes.count || bytes[offset] & 0xC0 != 0x80
        }
        precondition(
            isBetweenCharacters(range.lowerBound) && isBetweenCharacters(range.upperBound))
        let span = unsafe UTF8Span(unchecked: bytes.extracting(range))
        self = String(copying: span)
    }
}
