/// A query as shown under an error message, with a caret under a position.
///
///     print(QueryExcerpt(of: "年:2022 新手>=10", at: 7))
///     //   年:2022 新手>=10
///     //           ^
///
/// Control and invisible characters are escaped. A query over 70 columns is cut around the position;
/// no more of it is read than is shown.
public struct QueryExcerpt: Sendable, Hashable {
    /// The query, or the part around the position.
    public let line: String

    /// The column of the position in ``line``, from 0; Han and full-width characters take two.
    public let column: Int

    /// The excerpt of a query around an offset in Unicode scalars, from 0 to the length.
    public init(of query: String, at offset: Int) {
        let scalars = query.unicodeScalars
        let index =
            scalars.index(scalars.startIndex, offsetBy: offset, limitedBy: scalars.endIndex)
            ?? scalars.endIndex
        var (start, end) = (index, index)
        var (before, after) = (0, 0)
        // Marks without a width are counted apart, or there could be any number of them.
        var count = 0
        func widen(to limit: Int) {
            while end < scalars.endIndex, count < 4 * Self.columns {
                let columns = scalars[end].shown.columns
                if before + after + columns > limit { break }
                after += columns
                end = scalars.index(after: end)
                count += 1
            }
        }
        widen(to: Self.columns / 3)
        while start > scalars.startIndex, count < 4 * Self.columns {
            let previous = scalars.index(before: start)
            let columns = scalars[previous].shown.columns
            if before + after + columns > Self.columns { break }
            before += columns
            start = previous
            count += 1
        }
        widen(to: Self.columns)
        let cutBefore = start > scalars.startIndex ? "..." : ""
        let cutAfter = end < scalars.endIndex ? "..." : ""
        line = cutBefore + escaped(String(scalars[start..<end])) + cutAfter
        column = cutBefore.count + before
    }

    /// The most columns shown, dots aside.
    private static let columns = 70
}

extension QueryExcerpt: CustomStringConvertible {
    /// The line and the caret under it, each indented by two, without a last newline.
    public var description: String {
        "  \(line)\n  \(String(repeating: " ", count: column))^"
    }
}

/// A text with control and invisible characters escaped, to be shown on a terminal.
func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { $0 += $1.shown.text }
}

extension Unicode.Scalar {
    /// The character as shown on a terminal, and how many columns it takes.
    var shown: (text: String, columns: Int) {
        if value < 0x80, value >= 0x20, value != 0x7F { return (String(self), 1) }
        if self == "\n" { return ("\\n", 2) }
        if self == "\t" { return ("\\t", 2) }
        switch properties.generalCategory {
        case .control where value < 0x100:
            let digits = String(value, radix: 16)
            return ("\\x" + (digits.count < 2 ? "0" : "") + digits, 4)
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
            let digits = String(value, radix: 16)
            return ("\\u{\(digits)}", digits.count + 4)
        case .nonspacingMark, .enclosingMark:
            return (String(self), 0)
        default:
            return (String(self), isWide ? 2 : 1)
        }
    }

    /// Whether terminals give the character two columns: Han, kana, hangul, full-width forms, and
    /// the marks of Chinese text.
    var isWide: Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
            0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
