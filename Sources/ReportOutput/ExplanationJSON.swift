public import ReportSearch

extension ReportJSON {
    /// How an answer came about.
    public static func explanation(_ explanation: Explanation) -> JSONValue {
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
