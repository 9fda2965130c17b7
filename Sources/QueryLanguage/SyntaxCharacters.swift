/// The characters that have a meaning in a query, full-width forms included.
extension Unicode.Scalar {
    /// The half-width form of a full-width Latin letter, digit or mark, and of the minus sign;
    /// any other character as it is.
    var halfWidth: Unicode.Scalar {
        switch value {
        case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0) ?? self
        case 0x2212: "-"
        case 0x301C: "~"
        default: self
        }
    }

    /// Whether the character separates words: any Unicode space, U+3000 and line ends included.
    var isSpace: Bool {
        value < 0x80
            ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
    }

    /// Whether the character cannot be part of a query: controls, and the U+FFFD of broken bytes.
    var isUnreadable: Bool {
        switch value {
        case 0x00..<0x20, 0x7F..<0xA0: !isSpace
        case 0xFFFD: true
        default: false
        }
    }

    /// Whether the character is dropped before reading: marks of direction and of width zero.
    var isInvisible: Bool {
        switch value {
        case 0xAD, 0x200B...0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// Whether the character is one of `0` to `9`.
    var isASCIIDigit: Bool {
        (0x30...0x39).contains(value)
    }

    /// Whether a name may begin with the half-width character: a letter, an ideograph, `_`.
    var beginsName: Bool {
        value < 0x80
            ? self == "_" || (0x41...0x5A).contains(value) || (0x61...0x7A).contains(value)
            : properties.isAlphabetic
    }

    /// Whether a name may go on with the half-width character.
    var continuesName: Bool {
        beginsName || isASCIIDigit || self == "."
    }

    /// Whether the character counts towards the two of a prefix.
    var isWordCharacter: Bool {
        properties.isAlphabetic || properties.numericType != nil
    }

    /// What closes the quotation that the character opens; `nil` when it opens none.
    ///
    /// `”` opens one too, since input methods get the direction wrong.
    var quotationEnd: QuotationEnd? {
        switch self {
        case "\"", "＂": QuotationEnd(preferred: "\"", others: ["＂"])
        case "“": QuotationEnd(preferred: "”", others: [])
        case "”": QuotationEnd(preferred: "”", others: ["“"])
        case "「": QuotationEnd(preferred: "」", others: [])
        case "『": QuotationEnd(preferred: "』", others: [])
        case "｢": QuotationEnd(preferred: "｣", others: [])
        default: nil
        }
    }
}

/// The marks that close a quotation.
struct QuotationEnd {
    let preferred: Unicode.Scalar
    let others: [Unicode.Scalar]

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        scalar == preferred || others.contains(scalar)
    }
}
