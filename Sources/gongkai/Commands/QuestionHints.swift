import Platform
import ReportModel
import ReportSearch

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Says what a question may have meant by what it does not say.
enum QuestionHints {
    private static let secondsOfYear = 31_556_952
    private static let years = ["今年": 0, "去年": 1, "上年": 1, "前年": 2]

    /// The hints for a query's text.
    static func hints(_ text: String) -> [Message] {
        var hints: [Message] = []
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        for word in words.dropFirst().dropLast() where ["or", "and", "not"].contains(word) {
            hints.append(Message.isWord(word))
        }
        if words.contains(where: { $0.contains("://") && !$0.contains("\"") }) {
            hints.append(Message.quoteAddress)
        }
        if words.count == 1, !StandardOutput.isTerminal, Statistic.called(text) != nil {
            hints.append(Message.quoteComparison(text))
        }
        if !text.contains("\""), let (word, before) = years.first(where: { text.contains($0.key) })
        {
            let now = 1970 + Int(time(nil)) / secondsOfYear
            hints.append(Message.isNoYear(word, now - before))
        }
        return hints
    }
}

extension Message {
    fileprivate static func isWord(_ word: String) -> Message {
        Message(
            "gongkai: \(word) is a word of the text here; the operator is \(word.uppercased())",
            "gongkai：这里的 \(word) 是文字；运算符写作 \(word.uppercased())")
    }

    fileprivate static let quoteAddress = Message(
        "gongkai: an address is text when it stands in quotation marks: '\"https://…\"'",
        "gongkai：网址要加引号才作文字：'\"https://…\"'")

    fileprivate static func quoteComparison(_ name: String) -> Message {
        Message(
            "gongkai: \(name) alone is text; quote a comparison, the shell takes > and <: "
                + "'\(name)>=10'",
            "gongkai：单独的 \(name) 是文字；比较要加引号，否则 > 和 < 会被 shell 取走：'\(name)>=10'")
    }

    fileprivate static func isNoYear(_ word: String, _ year: Int) -> Message {
        Message(
            "gongkai: \(word) is looked for as text; for the reports of the year write \(year)",
            "gongkai：\(word) 只作文字检索；要找该年的报告请写 \(year)")
    }
}
