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
        if let (word, level) = level(in: words) { hints.append(Message.isLevel(word, level)) }
        let asked =
            ranking(text, understood) ?? comparison(text, understood) ?? figure(text, understood)
        return hints + [asked].compactMap(\.self)
    }

    /// A word that is the Chinese name of a level, and the level.
    private static func level(in words: [String]) -> (word: String, level: AgencyLevel)? {
        for word in words where word.count > 1 && !word.utf8.contains(where: { $0 < 0x80 }) {
            let level = AgencyLevel.allCases.first { $0.names.contains(folded(word)) }
            if let level { return (word, level) }
        }
        return nil
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
        ("不超过", "<="), ("不多于", "<="), ("不高于", "<="), ("超过", ">"), ("多于", ">"), ("大于", ">"),
        ("高于", ">"), ("不少于", ">="), ("不低于", ">="),
        ("少于", "<"), ("低于", "<"), ("小于", "<"),
    ]
    /// The most digits of such a number.
    private static let mostDigits = 9
    /// The most characters of a statistic's name in a question.
    private static let longestName = 12

    /// How to list reports by the statistic that a question asks the most or the least of; nil where
    /// it asks for none.
    private static func ranking(_ text: String, _ understood: [UnderstoodWords]) -> Message? {
        for (word, isDescending) in superlatives {
            guard let found = text.firstRange(of: word) else { continue }
            if let name = statistic(before: found.lowerBound, in: text),
                let flags = flags(understood)
            {
                return Message.sortBy(name, isDescending: isDescending, flags)
            }
        }
        return nil
    }

    /// How to list the reports in which a statistic passes a number that a question names, such as
    /// 新收申请超过100件; nil where it names none.
    private static func comparison(_ text: String, _ understood: [UnderstoodWords]) -> Message? {
        for (word, sign) in bounds {
            guard let found = text.firstRange(of: word) else { continue }
            let number = text[found.upperBound...].drop { $0.isWhitespace }
                .prefix { $0.isASCII && $0.isNumber }
            guard 1...mostDigits ~= number.count,
                let name = statistic(before: found.lowerBound, in: text),
                let flags = flags(understood)
            else { return nil }
            return Message.compare("\(name)\(sign)\(number)", flags)
        }
        return nil
    }

    /// The name of the statistic that stands before a position of a text; nil where none does.
    private static func statistic(before end: String.Index, in text: String) -> String? {
        let before = text[..<end].filter { !$0.isWhitespace }
        let name = (2...longestName).reversed().lazy.map { String(before.suffix($0)) }
            .first { Statistic.named(folded($0))?.isOfOneReport ?? false }
        return name ?? (requests.contains(where: before.hasSuffix) ? "新收" : nil)
    }

    /// How to get the figure that a question about some reports asks for; nil where it asks for none.
    private static func figure(_ text: String, _ understood: [UnderstoodWords]) -> Message? {
        guard let figure = AskedFigure(text, understood: understood),
            let flags = flags(figure.reports)
        else { return nil }
        return Message.askStatistics(figure.name, flags)
    }

    /// The flags for the reports that words name, each behind a space; nil where a name holds what a
    /// shell could take for more than a name.
    private static func flags(_ understood: [UnderstoodWords]) -> String? {
        let reports = understood.filter { ["agency", "region", "year"].contains($0.field) }
        guard reports.allSatisfy({ $0.value.unicodeScalars.allSatisfy(isOfName) }) else {
            return nil
        }
        return reports.map { " --\($0.field) \($0.value)" }.joined()
    }

    private static func isOfName(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || "“”《》（）·、".unicodeScalars.contains(scalar)
    }
}

extension Message {
    fileprivate static func sortBy(
        _ name: String, isDescending: Bool, _ filters: String
    ) -> Message {
        let flag = "--sort \(isDescending ? "-" : "")\(name)\(filters)"
        return Message(
            "gongkai: \(name) is a statistic; 'gongkai search \(flag)' lists the reports by it",
            "gongkai：\(name) 是统计项；“gongkai search \(flag)”按它排列报告")
    }

    fileprivate static func compare(_ condition: String, _ filters: String) -> Message {
        Message(
            "gongkai: 'gongkai search \"\(condition)\"\(filters)' lists the reports of which that is so",
            "gongkai：“gongkai search '\(condition)'\(filters)”列出符合的报告")
    }

    fileprivate static func askStatistics(_ name: String, _ filters: String) -> Message {
        Message(
            "gongkai: the figure of \(name) itself: 'gongkai stats \(name)\(filters)'",
            "gongkai：\(name) 的数字可用“gongkai stats \(name)\(filters)”查询")
    }

    fileprivate static func isWord(_ word: String) -> Message {
        Message(
            "gongkai: \(word) is a word of the text here; the operator is \(word.uppercased())",
            "gongkai：这里的 \(word) 是文字；运算符写作 \(word.uppercased())")
    }

    fileprivate static func isLevel(_ word: String, _ level: AgencyLevel) -> Message {
        Message(
            "gongkai: \(word) is looked for as text; --level \(level.rawValue) asks for reports of that level",
            "gongkai：\(word) 只作文字检索；要限定级别请用 --level \(level.rawValue)")
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
