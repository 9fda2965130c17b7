/// Text with a line through it: printed, and no longer valid.
///
/// Readers of formats put it between two of Markdown's signs, `~~310~~317`, so that a cell can tell
/// what stood there; narrative leaves it out.
enum StruckText {
    /// What stands before and after it.
    static let sign = "~~"

    /// The text without what is struck; a gap stays between two digits.
    static func removed(from text: String) -> String {
        guard text.utf8.contains(0x7E), text.contains(sign) else { return text }
        var kept = ""
        var rest = text[...]
        while let start = rest.firstRange(of: sign),
            let end = rest[start.upperBound...].firstRange(of: sign)
        {
            kept += rest[..<start.lowerBound]
            rest = rest[end.upperBound...]
            if let last = kept.utf8.last, let next = rest.utf8.first, areDigits(last, next) {
                kept += " "
            }
        }
        return kept + rest
    }

    /// Whether two bytes of UTF-8 are both digits, which would make one number of two.
    static func areDigits(_ one: UInt8, _ other: UInt8) -> Bool {
        (0x30...0x39).contains(one) && (0x30...0x39).contains(other)
    }
}

/// Text above or below the line, as marks of notes are.
enum RaisedText {
    private static let superscripts = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    private static let subscripts = Array("₀₁₂₃₄₅₆₇₈₉")

    /// A text with its digits as the characters that Unicode has for them above or below the line.
    static func text(_ text: String, isAbove: Bool) -> String {
        // [2] is a mark as it is.
        guard !text.contains(where: { "[〔（(".contains($0) }) else { return text }
        return String(
            text.map { character in
                guard character.isASCII, let value = character.wholeNumberValue else {
                    return character
                }
                return (isAbove ? superscripts : subscripts)[value]
            })
    }

    /// Whether a character is a digit above or below the line.
    static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xB9, 0xB2, 0xB3, 0x2070, 0x2074...0x2079, 0x2080...0x2089: true
        default: false
        }
    }
}
