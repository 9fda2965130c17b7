import ChineseText

/// The characters of a document in Rich Text Format: bytes in the encoding of a font, and numbers of
/// characters.
struct RichTextCharacters {
    private var bytes: [UInt8] = []
    private var units: [UInt16] = []
    private var encoding: TextEncoding?
    /// The encoding that the document names; nil is Windows-1252.
    var documentEncoding: TextEncoding?
    /// The encodings of fonts, where they have one of their own.
    private var fonts: [Int: TextEncoding] = [:]

    private static let mostFonts = 10_000

    /// The encoding of a code page of Windows.
    static func encoding(ofPage page: Int) -> TextEncoding? {
        switch page {
        case 936, 54936: .gb18030
        case 950: .big5
        case 65001: .utf8
        default: nil
        }
    }

    /// Notes the character set of a font, by its number in Windows.
    mutating func setFont(_ font: Int, set: Int) {
        guard fonts.count < Self.mostFonts else { return }
        switch set {
        case 134: fonts[font] = .gb18030
        case 136: fonts[font] = .big5
        default: break
        }
    }

    /// Adds a byte of text in a font.
    mutating func add(_ byte: UInt8, font: Int?) {
        let own = font.flatMap { fonts[$0] } ?? documentEncoding
        if own != encoding { decode() }
        encoding = own
        bytes.append(byte)
    }

    /// Adds a part of a character in UTF-16.
    mutating func add(unit: UInt16) {
        decode()
        units.append(unit)
    }

    private mutating func decode() {
        guard !bytes.isEmpty else { return }
        if let encoding, bytes.contains(where: { $0 >= 0x80 }) {
            units += String(decoding: encoding.repair(bytes.span).utf8, as: UTF8.self).utf16
        } else {
            units += bytes.map {
                UInt16(WindowsCharacter.character(UInt32($0))?.value ?? 0xFFFD)
            }
        }
        bytes.removeAll(keepingCapacity: true)
    }

    /// The text since the last call.
    mutating func taken() -> String {
        decode()
        guard !units.isEmpty else { return "" }
        defer { units.removeAll(keepingCapacity: true) }
        return String(decoding: units, as: UTF16.self)
    }
}
