import ChineseText

/// Characters that pages name by their numbers in Windows-1252, as `&#150;` for –.
///
/// The standard of HTML has browsers show these for the numbers 128 to 159, which are signs without
/// a form in Unicode.
enum WindowsCharacter {
    private static let characters: [Unicode.Scalar] = [
        "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž",
        "\u{8F}",
        "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
    ]

    /// The character that a browser shows for a number.
    static func character(_ value: UInt32) -> Unicode.Scalar? {
        (0x80...0x9F).contains(value) ? characters[Int(value) - 0x80] : Unicode.Scalar(value)
    }

    /// A text with these instead of the signs without a form.
    static func mended(_ text: String) -> String {
        guard text.utf8.contains(0xC2),
            text.unicodeScalars.contains(where: { (0x80...0x9F).contains($0.value) })
        else { return text }
        return String(scalars: text.unicodeScalars.map { character($0.value) ?? $0 })
    }
}
