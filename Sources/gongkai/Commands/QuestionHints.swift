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
    ///
    /// - Parameter understood: how words of it were read.
    static func hints(_ text: String, understood: [UnderstoodWords]) -> [Message] {
        var hints: [Message] = []
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        for word in words.dropFirst().dropLast() where ["or", "and", "not"].contains(word) {
            hints.append(Message.isWord(word))
        }
        if words.contains(where: { $0.contains("://") && !$0.contains("\"") }) {
            hints.append(Message.quoteAddress)
        }
        let isQuoted = text.contains { "\"“”".contains($0) }
        if words.count == 1, !isQuoted, !StandardOutput.isTerminal, Statistic.called(text) != nil {
            hints.append(Message.quoteComparison(text))
        }
        if !text.contains("\""), let (word, before) = years.first(where: { text.contains($0.key) })
        {
            let now = 1970 + Int(time(nil)) / secondsOfYear
            hints.append(Message.isNoYear(word, now - before))
        }
        return hints
            + [ranking(text) ?? comparison(text) ?? figure(words, understood)].compactMap(\.self)
    }

    // MARK: Figures

    /// What asks for the most or the least of something, and whether the most stands first.
    private static let superlatives = [
        ("最多", true), ("最高", true), ("最大", true), ("排名", true), ("排行", true), ("最少", false),
        ("最低", false), ("最小", false),
    ]
    /// What people call the requests that were received.
    private static let requests = ["申请", "申请量", "申请数", "申请数量", "申请件数"]
    /// What says that a number is to be passed, or reached, and how a query writes it.
    private static let bounds = [
        ("超过", ">"), ("多于", ">"), ("大于", ">"), ("高于", ">"), ("不少于", ">="), ("不低于", ">="),
        ("少于", "<"), ("低于", "<"), ("小于", "<"),
    ]
    /// The most digits of such a number.
    private static let mostDigits = 9
    /// The most characters of a statistic's name in a question.
    private static let longestName = 12

    /// How to list reports by the statistic that a question asks the most or the least of; nil where
    /// it asks for none.
    private static func ranking(_ text: String) -> Message? {
        for (word, isDescending) in superlatives {
            guard let found = text.firstRange(of: word) else { continue }
            let before = text[..<found.lowerBound].filter { !$0.isWhitespace }
            let name = (2...longestName).reversed().lazy.map { String(before.suffix($0)) }
                .first { Statistic.named(folded($0))?.isOfOneReport ?? false }
            if let name { return Message.sortBy(name, isDescending: isDescending) }
            if requests.contains(where: before.hasSuffix) {
                return Message.sortBy("新收", isDescending: isDescending)
            }
        }
        return nil
    }

    /// How to list the reports in which a statistic passes a number that a question names, such as
    /// 新收申请超过100件; nil where it names none.
    private static func comparison(_ text: String) -> Message? {
        for (word, sign) in bounds {
            guard let found = text.firstRange(of: word) else { continue }
            let number = text[found.upperBound...].drop { $0.isWhitespace }
                .prefix { $0.isASCII && $0.isNumber }
            guard 1...mostDigits ~= number.count else { return nil }
            let before = text[..<found.lowerBound].filter { !$0.isWhitespace }
            let names = (2...longestName).reversed().lazy.map { String(before.suffix($0)) }
            let isOfRequests = requests.contains(where: before.hasSuffix)
            let name =
                names.first { Statistic.named(folded($0))?.isOfOneReport ?? false }
                ?? (isOfRequests ? "新收" : nil)
            return name.map { Message.compare("\($0)\(sign)\(number)") }
        }
        return nil
    }

    /// How to get the figure that a question about some reports names; nil where it names none.
    private static func figure(
        _ words: [String], _ understood: [UnderstoodWords]
    ) -> Message? {
        let flags = understood.filter { ["agency", "region", "year"].contains($0.field) }
        guard !flags.isEmpty else { return nil }
        let named = words.first { Statistic.named(folded($0)) != nil }
        let isOfRequests =
            words.contains { $0.contains("申请") }
            && words.contains { word in ["多少", "几件", "数量"].contains { word.contains($0) } }
        return (named ?? (isOfRequests ? "新收" : nil)).map { name in
            Message.askStatistics(
                name, flags.map { "--\($0.field) \($0.value)" }.joined(separator: " "))
        }
    }
}

extension Message {
    fileprivate static func sortBy(_ name: String, isDescending: Bool) -> Message {
        let flag = "--sort \(isDescending ? "-" : "")\(name)"
        return Message(
            "gongkai: \(name) is a statistic; 'gongkai search \(flag)' lists the reports by it",
            "gongkai：\(name) 是统计项；“gongkai search \(flag)”按它排列报告")
    }

    fileprivate static func compare(_ condition: String) -> Message {
        Message(
            "gongkai: 'gongkai search \"\(condition)\"' lists the reports of which that is so",
            "gongkai：“gongkai search '\(condition)'”列出符合的报告")
    }

    fileprivate static func askStatistics(_ name: String, _ filters: String) -> Message {
        Message(
            "gongkai: the figure of \(name) itself: 'gongkai stats \(name) \(filters)'",
            "gongkai：\(name) 的数字可用“gongkai stats \(name) \(filters)”查询")
    }

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
