import ReportSearch

/// How an answer came about, as text and as JSON.
struct ExplanationText {
    let terminal: Terminal

    /// The question, its texts with the lists walked, and its conditions.
    func lines(of explanation: Explanation) -> [ShownText] {
        var lines: [ShownText] = [terminal.styled("\(Message.question)", .strong)]
        lines += Self.indented(explanation.tree)
        if let tree = explanation.relaxedTree {
            lines.append(terminal.styled("\(Message.askedInstead)", .strong))
            lines += Self.indented(tree)
        }
        for text in explanation.texts {
            lines.append(
                terminal.styled(ShownText(text.written), .strong)
                    + "  \(Message.folded(text.folded))")
            for part in text.parts {
                let grams = part.grams.map { "\($0.term) (\($0.frequency))" }
                let looked = Message.lists(
                    grams, rarity: Self.rounded(part.weight), isVerified: part.isVerified)
                lines.append("  \(part.text)  \(looked)")
            }
            let counts = Message.counts(candidates: text.candidates, matches: text.matches)
            lines.append("  \(counts)")
        }
        for filter in explanation.filters {
            lines.append(
                terminal.styled(ShownText(filter.written), .strong)
                    + "  \(Message.holds(for: filter.passages))")
        }
        return lines
    }

    /// Why a hit ranks where it does.
    func line(of weights: [Explanation.Weight]) -> ShownText {
        if weights.isEmpty { return "   \(Message.weightless)" }
        let parts = weights.map { weight -> ShownText in
            "\(Self.rounded(weight.value)) \(Self.reason(weight))"
        }
        let sum = Self.rounded(weights.reduce(0) { $0 + $1.value })
        return "   \(Message.weight) \(sum) = \(parts.joined(separator: " + "))"
    }

    private static func reason(_ weight: Explanation.Weight) -> ShownText {
        let text = weight.text ?? ""
        return switch weight.reason {
        case .text: ShownText(text)
        case .whole: "\(Message.whole(text))"
        case .near: "\(Message.near)"
        case .head: "\(Message.head(text))"
        case .characters: "\(Message.characters)"
        case .heading: "\(Message.heading)"
        }
    }

    private static func rounded(_ value: Double) -> String {
        "\((value * 100).rounded() / 100)"
    }

    private static func indented(_ text: String) -> [ShownText] {
        text.split(separator: "\n").map { "  \($0)" }
    }
}

extension Message {
    fileprivate static let question = Message("question", "查询")
    fileprivate static let askedInstead = Message("asked instead", "改为查询")

    fileprivate static func folded(_ text: String) -> Message {
        Message("folded \(text)", "归一为 \(text)")
    }

    fileprivate static func lists(
        _ grams: [String], rarity: String, isVerified: Bool
    ) -> Message {
        let english = grams.isEmpty ? "none: every passage is read" : grams.joined(separator: ", ")
        let chinese = grams.isEmpty ? "无：逐段读取" : grams.joined(separator: "、")
        return Message(
            "rarity \(rarity)  lists \(english)"
                + (isVerified ? "; verified in the text" : "; proof by itself"),
            "稀有度 \(rarity)  索引表 \(chinese)" + (isVerified ? "；再与原文核对" : "；无需核对原文"))
    }

    fileprivate static func counts(candidates: Int, matches: Int) -> Message {
        Message(
            "\(candidates) candidates, \(matches) passages",
            "候选 \(candidates) 段，符合 \(matches) 段")
    }

    fileprivate static func holds(for passages: Int) -> Message {
        Message("holds for \(passages) passages", "\(passages) 段符合")
    }

    fileprivate static let weight = Message("weight", "权重")
    fileprivate static let weightless = Message("weight 0: no text was asked for", "权重 0：查询中没有文字")

    fileprivate static func whole(_ text: String) -> Message {
        Message("\(text) whole", "完整的“\(text)”")
    }

    fileprivate static func head(_ text: String) -> Message {
        Message("\(text) in the report's head", "报告标题信息中的“\(text)”")
    }

    fileprivate static let near = Message("words near each other", "各词相近")
    fileprivate static let characters = Message("characters", "单字")
    fileprivate static let heading = Message("only a heading", "只是标题")
}
