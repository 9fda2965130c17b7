import ReportSearch

/// How an answer came about, as text and as JSON.
struct ExplanationText {
    let terminal: Terminal

    /// The question, its texts with the lists walked, and its conditions.
    func lines(of explanation: Explanation) -> [String] {
        var lines = [terminal.styled("question", .strong)]
        lines += Self.indented(explanation.tree)
        if let tree = explanation.relaxedTree {
            lines.append(terminal.styled("asked instead", .strong))
            lines += Self.indented(tree)
        }
        for text in explanation.texts {
            lines.append(
                terminal.styled(Terminal.visible(text.written), .strong) + "  folded "
                    + Terminal.visible(text.folded))
            for part in text.parts {
                let grams = part.grams.map { "\(Terminal.visible($0.term)) (\($0.frequency))" }
                lines.append(
                    "  \(Terminal.visible(part.text))  rarity \(Self.rounded(part.weight))  lists "
                        + (grams.isEmpty
                            ? "none: every passage is read"
                            : grams.joined(separator: ", "))
                        + (part.isVerified ? "; verified in the text" : "; proof by itself"))
            }
            lines.append("  \(text.candidates) candidates, \(text.matches) passages")
        }
        for filter in explanation.filters {
            lines.append(
                terminal.styled(Terminal.visible(filter.written), .strong)
                    + "  holds for \(filter.passages) passages")
        }
        return lines
    }

    /// Why a hit ranks where it does.
    func line(of weights: [Explanation.Weight]) -> String {
        if weights.isEmpty { return "   weight 0: no text was asked for" }
        let parts = weights.map { weight in
            "\(Self.rounded(weight.value)) \(Self.reason(weight))"
        }
        return "   weight " + Self.rounded(weights.reduce(0) { $0 + $1.value }) + " = "
            + parts.joined(separator: " + ")
    }

    private static func reason(_ weight: Explanation.Weight) -> String {
        let text = weight.text.map { Terminal.visible($0) } ?? ""
        return switch weight.reason {
        case .text: text
        case .whole: "\(text) whole"
        case .near: "words near each other"
        case .pairs: "pairs of characters"
        case .characters: "characters"
        }
    }

    private static func rounded(_ value: Double) -> String {
        "\((value * 100).rounded() / 100)"
    }

    private static func indented(_ text: String) -> [String] {
        text.split(separator: "\n").map { "  " + $0 }
    }

    /// The same for a program.
    static func json(_ explanation: Explanation) -> JSONValue {
        .object([
            ("tree", .string(explanation.tree)),
            ("relaxed_tree", JSONValue(explanation.relaxedTree)),
            (
                "texts",
                .array(
                    explanation.texts.map { text in
                        .object([
                            ("written", .string(text.written)), ("folded", .string(text.folded)),
                            ("parts", .array(text.parts.map(part))),
                            ("candidates", .integer(text.candidates)),
                            ("matches", .integer(text.matches)),
                        ])
                    })
            ),
            (
                "filters",
                .array(
                    explanation.filters.map {
                        .object([
                            ("written", .string($0.written)), ("passages", .integer($0.passages)),
                        ])
                    })
            ),
            (
                "weights",
                .array(
                    explanation.weights.map { weights in
                        .array(
                            weights.map {
                                .object([
                                    ("reason", .string($0.reason.rawValue)),
                                    ("text", JSONValue($0.text)), ("value", .number($0.value)),
                                ])
                            })
                    })
            ),
        ])
    }

    private static func part(_ part: Explanation.Part) -> JSONValue {
        .object([
            ("text", .string(part.text)), ("weight", .number(part.weight)),
            ("verified", .bool(part.isVerified)),
            (
                "lists",
                .array(
                    part.grams.map {
                        .object([("term", .string($0.term)), ("frequency", .integer($0.frequency))])
                    })
            ),
        ])
    }
}
