import ReportModel

/// What a rule asks, in a sentence for those who do not know its name.
enum RuleWords {
    /// The sentence of a rule such as `row:new`; its name where it has none.
    static func sentence(_ rule: String, _ words: Words) -> String {
        let parts = rule.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return rule }
        let (family, subject) = (parts[0], parts[1])
        switch family {
        case "row":
            let row = statistic("requests.\(subject).total")
            return words(
                "\(row): the applicants add up to the total", "\(row)：各类申请人相加等于总计")
        case "col":
            let column = column(subject.split(separator: ":").last.map(String.init) ?? subject)
            return words(
                "\(column): the results add up to 办理总计", "\(column)：各项办理结果相加等于办理总计")
        case "balance":
            let column = column(subject)
            return words(
                "\(column): 新收 + 上年结转 = 办理总计 + 结转下年",
                "\(column)：新收加上年结转等于办理总计加结转下年")
        case "carry":
            let column = column(subject)
            return words(
                "\(column): 结转下年 of one year is 上年结转 of the next",
                "\(column)：本年的结转下年等于次年的上年结转")
        case "disputes":
            let block = statistic("disputes.\(subject).total")
            return words("\(block): the results add up to the total", "\(block)：各项结果相加等于总计")
        case "narrative":
            let name = statistic(subject)
            return words("\(name): the text says what the table says", "\(name)：正文与表格一致")
        case "in_force":
            let name = statistic("proactive.\(subject).in_force")
            return words(
                "\(name): last year's, with those issued and without those repealed",
                "\(name)：上年现行有效加本年制发减本年废止")
        case "fee":
            return words(
                "the fees of the text are those of the table", "正文所说收费与表格一致")
        case "year":
            return words("the title and the text name one year", "标题与正文的年份一致")
        default: return rule
        }
    }

    private static func statistic(_ key: String) -> String {
        (Statistic.named(key) ?? Statistic.named(key + ".total"))?.names.first ?? key
    }

    private static func column(_ name: String) -> String {
        ApplicantColumn(rawValue: name)?.label ?? name
    }
}
