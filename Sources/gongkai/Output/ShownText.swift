import ReportOutput

/// A line of text for a person, on standard output or standard error: the one door that texts of
/// files, indexes, arguments and systems pass on their way to a terminal.
///
/// What is put in is escaped as it comes in: controls, line ends, marks that turn the direction of
/// text, and bytes that are not UTF-8 are shown as `\x1b` or `\u{202e}`. Only literals of the program
/// stand as they are, and only ``Terminal`` adds colours and links. Data for programs (JSON, CSV,
/// Markdown) goes another way, ``Terminal/write(_:)``, and is escaped by what makes it.
///
///     terminal.print("agency: \(agency)")
struct ShownText: Sendable, Hashable, ExpressibleByStringInterpolation, CustomStringConvertible {
    /// What is written.
    private(set) var description: String

    /// Escapes a text from elsewhere.
    init(_ text: String) { description = visible(text) }

    init(stringLiteral text: String) { description = text }

    /// Takes escape sequences of the program around a text.
    ///
    /// Only ``Terminal`` has sequences to give.
    init(sequence before: String, _ text: ShownText, _ after: String) {
        description = before + text.description + after
    }

    init(stringInterpolation parts: StringInterpolation) { description = parts.text }

    /// A literal of the program with texts from elsewhere in it.
    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(2 * literalCapacity)
        }

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ shown: ShownText) { text += shown.description }

        mutating func appendInterpolation(_ message: Message) { text += message.text.description }

        mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            text += visible(value.description)
        }
    }

    /// Whether there is nothing in it.
    var isEmpty: Bool { description.isEmpty }

    static func + (one: ShownText, other: ShownText) -> ShownText {
        var sum = one
        sum.description += other.description
        return sum
    }

    static func += (one: inout ShownText, other: ShownText) { one = one + other }

    /// The text without spaces at its end.
    var trimmed: ShownText {
        var trimmed = self
        while trimmed.description.hasSuffix(" ") { trimmed.description.removeLast() }
        return trimmed
    }

    /// So many times the same.
    init(repeating text: ShownText, count: Int) {
        description = String(repeating: text.description, count: max(0, count))
    }
}

extension Sequence<ShownText> {
    /// The texts one after the other.
    func joined(separator: ShownText = "") -> ShownText {
        var sum: ShownText = ""
        for (index, text) in enumerated() { sum += index == 0 ? text : separator + text }
        return sum
    }
}
