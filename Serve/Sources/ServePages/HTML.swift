import ReportOutput

/// A piece of a page.
///
/// Texts that are put in are escaped as they come in; only literals of the program and other pieces
/// stand as they are:
///
///     let item: HTML = "<li>\(hit.passage.text)</li>"
struct HTML: Sendable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral text: String) { self.text = text }

    init(stringInterpolation parts: StringInterpolation) { text = parts.text }

    /// Takes mark-up that the program made elsewhere.
    init(markup: String) { text = markup }

    /// A literal with texts and pieces in it.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(2 * literalCapacity)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ piece: HTML) { text += piece.text }

        mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { text += piece.text }
        }

        mutating func appendInterpolation(_ value: String) { text += Markup.escaped(value) }

        mutating func appendInterpolation(_ value: Int) { text += String(value) }
    }

    static func + (one: HTML, other: HTML) -> HTML { HTML(markup: one.text + other.text) }

    static func += (one: inout HTML, other: HTML) { one.text += other.text }

    /// Whether there is nothing in it.
    var isEmpty: Bool { text.isEmpty }
}

extension Sequence<HTML> {
    /// The pieces one after the other.
    func joined(separator: HTML = "") -> HTML {
        HTML(markup: map(\.text).joined(separator: separator.text))
    }
}
