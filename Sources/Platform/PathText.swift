/// Paths as text, so that every name that a file system allows has one text and gets it back.
///
/// A name need not be UTF-8. A byte 0xNN that is no part of UTF-8 becomes the private character
/// U+10FFNN; so that this can be undone, the bytes of a name that itself holds such a character
/// become private characters as well.
public enum PathText {
    /// The text of a path's bytes.
    public static func text(of bytes: some Collection<UInt8>) -> String {
        if let text = String(validating: bytes, as: UTF8.self), isUTF8(text) { return text }
        var scalars = String.UnicodeScalarView()
        var rest = Array(bytes)[...]
        while let first = rest.first {
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let piece = rest.prefix(length)
            let decoded = String(decoding: piece, as: UTF8.self).unicodeScalars
            if let scalar = decoded.first, decoded.count == 1, byte(of: scalar) == nil,
                String(scalar).utf8.elementsEqual(piece)
            {
                scalars.append(scalar)
                rest = rest.dropFirst(length)
            } else {
                if let scalar = Unicode.Scalar(privateStart + UInt32(first)) {
                    scalars.append(scalar)
                }
                rest = rest.dropFirst()
            }
        }
        return String(scalars)
    }

    /// The bytes of a path's text.
    public static func bytes(of text: String) -> [UInt8] {
        if isUTF8(text) { return Array(text.utf8) }
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars {
            if let byte = byte(of: scalar) {
                bytes.append(byte)
            } else {
                bytes += String(scalar).utf8
            }
        }
        return bytes
    }

    /// A path's text with a private character for each byte that is not ASCII.
    static func byteText(of text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for byte in bytes(of: text) {
            let isASCII = byte < 0x80
            guard let scalar = Unicode.Scalar((isASCII ? 0 : privateStart) + UInt32(byte)) else {
                continue
            }
            scalars.append(scalar)
        }
        return String(scalars)
    }

    /// Whether the text is the path's bytes read as UTF-8.
    public static func isUTF8(_ text: String) -> Bool {
        // Characters of the last plane begin with this byte.
        !text.utf8.contains(0xF4) || !text.unicodeScalars.contains { byte(of: $0) != nil }
    }

    /// The byte that a private character stands for; nil for any other character.
    public static func byte(of scalar: Unicode.Scalar) -> UInt8? {
        scalar.value >= privateStart + 0x80 ? UInt8(truncatingIfNeeded: scalar.value) : nil
    }

    private static let privateStart: UInt32 = 0x10_FF00
}
