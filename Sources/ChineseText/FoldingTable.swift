/// What a scalar is to the folding, after it is folded.
enum FoldingRole: UInt8 {
    /// Punctuation, symbols, private use, unassigned and U+FFFD: ends a run of word characters.
    case separator
    /// A letter or digit of a script written with spaces.
    case spaced
    /// An ideograph, kana or bopomofo: no space counts beside it.
    case ideographic
    /// White space.
    case space
    /// A combining mark.
    case mark
    /// Leaves nothing.
    case vanishing
}

/// How one scalar folds.
struct FoldingEntry {
    let role: FoldingRole
    /// The folded scalar; 0 when the scalar stays as it is.
    let value: UInt32

    func target(of scalar: Unicode.Scalar) -> Unicode.Scalar {
        value == 0 ? scalar : Unicode.Scalar(value) ?? "\u{FFFD}"
    }
}

enum FoldingTable {
    static func entry(_ value: UInt32) -> FoldingEntry {
        guard let scalar = Unicode.Scalar(value) else {
            return .init(role: .separator, value: 0xFFFD)
        }
        let p = scalar.properties
        if p.isWhitespace { return .init(role: .space, value: 0x20) }
        switch p.generalCategory {
        case .control: return .init(role: .separator, value: 0xFFFD)
        case .format: return .init(role: .vanishing, value: 0)
        case .nonspacingMark, .spacingMark, .enclosingMark: return .init(role: .mark, value: 0)
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .decimalNumber,
            .letterNumber, .otherNumber, .otherLetter:
            if p.isIdeographic { return .init(role: .ideographic, value: 0) }
            let lower = p.lowercaseMapping.unicodeScalars
            return .init(role: .spaced, value: lower.count == 1 ? lower.first?.value ?? 0 : 0)
        default: return .init(role: .separator, value: 0)
        }
    }
}
