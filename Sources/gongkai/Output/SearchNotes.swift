import ReportSearch

/// What is said beside an answer on standard error: how the question was read, what was counted, why
/// nothing was found.
struct SearchNotes {
    let result: SearchResult
    let terminal: Terminal

    /// Prints the notes.
    ///
    /// - Parameters:
    ///   - isCount: only the number of passages was asked for.
    ///   - isList: the files were.
    ///   - isText: the answer is for a person.
    func print(isCount: Bool, isList: Bool, isText: Bool) {
        if !result.understood.isEmpty { terminal.note(Message.understood(result.understood)) }
        if let partial = result.partial {
            for error in partial.missing { terminal.note(Message.failure(error)) }
            terminal.note(Message.partial(partial))
        }
        if result.namesAreWords {
            terminal.note(Message.namesAreWords(result.understood))
        } else if result.isRelaxed, result.total == 0 {
            terminal.note(Message.relaxed)
        }
        for suggestion in result.suggestions { terminal.note(Message.didYouMean(suggestion)) }
        if result.isEmpty || result.total == 0 && result.isRelaxed {
            for reason in result.reasons { terminal.note(Message.without(reason)) }
            if let relaxed = result.relaxedTotal, relaxed > 0, !result.isRelaxed {
                terminal.note(Message.wouldRelax(to: relaxed))
            }
        }
        if result.uncompared > 0 { terminal.note(Message.uncompared(result.uncompared)) }
        guard isText else { return }
        if result.isEmpty {
            if !isCount, !isList {
                terminal.note(
                    result.mayAskForAny ? Message.nothingFound : Message.nothingFoundOnServers)
            }
            return
        }
        terminal.note(Message.counted(result, isCount: isCount || isList))
    }
}

extension Message {
    /// How words of the question were read.
    fileprivate static func understood(_ names: [UnderstoodWords]) -> Message {
        let english = names.map { name in
            "\(name.text) as \(name.field)"
                + (name.text == name.value ? "" : " \(name.value)")
        }
        let chinese = names.map { name in
            let fields = [
                "agency": "机关", "region": "地区", "year": "年份", "text": "文字", "statistic": "统计项",
            ]
            let field = fields[name.field] ?? name.field
            return "“\(name.text)”是\(field)" + (name.text == name.value ? "" : " \(name.value)")
        }
        return Message(
            "gongkai: understood \(english.joined(separator: ", ")); in quotation marks it is text",
            "gongkai：\(chinese.joined(separator: "，"))；加引号则只作文字")
    }

    /// What is there without a term.
    fileprivate static func without(_ term: EmptyingTerm) -> Message {
        let years = term.years.map { years in
            years.count == 1 ? "\(years.lowerBound)" : "\(years.lowerBound)..\(years.upperBound)"
        }
        let count = term.passages
        return Message(
            "gongkai: without \(term.written) there \(count == 1 ? "is" : "are") \(count)"
                + (years.map { ", \($0)" } ?? ""),
            "gongkai：去掉 \(term.written) 有 \(count) 段" + (years.map { "，\($0) 年" } ?? ""))
    }

    /// That the reports that are named hold nothing of the rest.
    fileprivate static func namesAreWords(_ names: [UnderstoodWords]) -> Message {
        let named = names.filter { ["agency", "region", "year"].contains($0.field) }.map(\.text)
        return Message(
            "gongkai: the reports of \(named.joined(separator: ", ")) hold none of the other words; "
                + "showing passages of any report that hold some of all the words",
            "gongkai：\(named.joined(separator: "、"))的报告不含其余词语；以下段落来自任何报告，只含有全部词语的一部分")
    }

    fileprivate static func wouldRelax(to count: Int) -> Message {
        Message(
            "gongkai: no passage holds all the words; \(count) hold some of them (--match any)",
            "gongkai：没有段落包含全部词语；\(count) 段含有其中一部分（--match any）")
    }

    fileprivate static func uncompared(_ count: Int) -> Message {
        Message(
            "gongkai: the last \(count) hits were not compared; copies among them stand apart",
            "gongkai：最后 \(count) 条未作比较，其中的重复段落没有合并")
    }

    static let someWords = Message(
        "— these hold some of the words —", "—— 以下段落只含有部分词语 ——")

    /// What was counted, and how much of it is shown.
    fileprivate static func counted(_ result: SearchResult, isCount: Bool) -> Message {
        let reports = result.totalReports ?? 0
        var english = "\(result.total) passage\(result.total == 1 ? "" : "s")"
        var chinese = "共 \(result.total) 段"
        if result.isByReport {
            english = "\(reports) report\(reports == 1 ? "" : "s") with " + english
            chinese = "共 \(reports) 份报告，\(result.total) 段"
        } else if result.totalReports != nil {
            english += " in \(reports) report\(reports == 1 ? "" : "s")"
            chinese = "共 \(result.total) 段，见于 \(reports) 份报告"
        }
        if let exact = result.exact, exact != result.total {
            english += ", \(exact) with the exact text"
            chinese += "，其中 \(exact) 段有完整的原文"
        }
        let shown =
            result.isByReport
            ? result.reports.count
            : result.hits.filter { !$0.isRelaxed }.reduce(0) { $0 + 1 + $1.copies.count }
        let all = result.isByReport ? reports : result.total
        if !isCount, shown > 0, shown < all {
            english += "; \(shown) shown, --limit 0 shows all"
            chinese += "；显示 \(shown) \(result.isByReport ? "份" : "段")，--limit 0 显示全部"
        }
        if let relaxed = result.relaxedTotal, result.isRelaxed {
            english += "; \(relaxed) with some of the words"
            chinese += "；含有部分词语的有 \(relaxed) 段"
        }
        return Message("\(english)", "\(chinese)")
    }
}
