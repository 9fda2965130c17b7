import ReportIndexing
import ReportModel
import ReportSearch

/// What is told of changes, duplicates and copies.
extension Message {
    // MARK: Watching

    static let stoppedWatching = Message(
        "gongkai: stopped watching; the index has all that was taken in",
        "gongkai：已停止监视；已收录的内容都在索引中")

    /// How folders are watched.
    static func watching(_ how: ReportIndexer.Watching) -> Message {
        switch how {
        case .events:
            Message(
                "gongkai: watching; Ctrl-C ends it", "gongkai：正在监视；按 Ctrl-C 结束")
        case .looks(let reason):
            Message(
                "gongkai: the system does not tell of changes here (\(reason)); looking every "
                    + "minute; Ctrl-C ends it",
                "gongkai：系统无法通知此处的变化（\(reason)）；每分钟查看一次；按 Ctrl-C 结束")
        }
    }

    // MARK: Changes

    /// The head of what a run changed.
    static func run(_ run: RunChanges, at time: String) -> Message {
        func count(_ kind: ReportChange.Kind) -> Int { run.counts[kind] ?? 0 }
        let moved = count(.moved)
        return Message(
            "run \(run.run), \(time): \(count(.added)) added, \(count(.changed)) changed, "
                + "\(count(.removed)) removed\(moved > 0 ? ", \(moved) moved" : "")",
            "第 \(run.run) 次运行，\(time)：新增 \(count(.added))，变更 \(count(.changed))，"
                + "移除 \(count(.removed))\(moved > 0 ? "，移动 \(moved)" : "")")
    }

    static func nothingChanged(since: String?, _ runs: IndexRuns) -> Message {
        guard let last = runs.last, let time = runs.lastTime else {
            return Message(
                "gongkai: no run of 'gongkai index' is remembered",
                "gongkai：没有记录任何一次“gongkai index”的运行")
        }
        let when = Timestamp(seconds: time).local
        return Message(
            since == nil
                ? "gongkai: the last run (\(last), \(when)) changed nothing; --runs lists those that did"
                : "gongkai: nothing changed since then; the last run was \(last), \(when)",
            since == nil
                ? "gongkai：最近一次运行（第 \(last) 次，\(when)）没有变化；--runs 列出有变化的各次"
                : "gongkai：此后没有变化；最近一次运行是第 \(last) 次，\(when)")
    }

    static func moreChanges(_ count: Int) -> Message {
        Message(
            "and \(count) more files, of which only the reports were noted",
            "另有 \(count) 个文件，只记录了其报告的编号")
    }

    static func movedFrom(_ path: String) -> Message {
        Message("(was \(path))", "（原为 \(path)）")
    }

    static let notCompared = Message(
        "what it said before could not be read", "无法读取其原先的内容")

    static func omittedParagraphs(_ count: Int) -> Message {
        Message("and \(count) more paragraphs", "另有 \(count) 段")
    }

    static func line(_ number: String) -> Message { Message("line \(number)", "第 \(number) 行") }

    static let feedTitle = Message(
        "Changes of disclosure reports", "政府信息公开工作年度报告的变化")

    static func change(_ kind: ReportChange.Kind) -> Message {
        switch kind {
        case .added: Message("Added:", "新增：")
        case .changed: Message("Changed:", "变更：")
        case .removed: Message("Removed:", "移除：")
        case .moved: Message("Moved:", "移动：")
        }
    }

    // MARK: Reports that are there twice

    static let noDuplicates = Message(
        "gongkai: no report is in the index twice", "gongkai：索引中没有重复的报告")
    static let counted = Message("counts", "计入")
    static let sameReport = Message("the same report", "同一报告")

    static func version(cells: Int, percent: String) -> Message {
        Message(
            "another version: \(cells) cells differ, \(percent)% of its text is the same",
            "另一版本：\(cells) 个数据不同，\(percent)% 的文字相同")
    }

    static func duplicates(groups: Int, leftOut: Int) -> Message {
        Message(
            "\(groups) reports are there more than once; \(leftOut) files are not to be counted",
            "\(groups) 份报告有重复；有 \(leftOut) 个文件不应计入")
    }

    // MARK: Pairs that share text

    static func longestRun(_ length: Int) -> Message {
        Message("longest \(length) characters", "最长 \(length) 字")
    }

    static func ownText(_ pair: CopiedPair) -> Message {
        Message(
            "\(pair.shared) of \(pair.own) characters of its own; \(pair.boilerplate) are boilerplate",
            "自有文字 \(pair.own) 字中有 \(pair.shared) 字相同；套话 \(pair.boilerplate) 字不计")
    }

    static func sharedCharacters(_ length: Int) -> Message {
        Message("\(length) characters", "\(length) 字")
    }

    /// How many pairs there are, and what was set aside.
    static func copies(_ result: CopiesResult, minimumShare: String) -> Message {
        let (shown, total) = (result.pairs.count, result.total)
        let left = result.duplicates
        return Message(
            (total == 1 ? "1 pair" : "\(total) pairs")
                + " of \(result.reports) reports share \(minimumShare)% or more; text of more than "
                + "\(result.boilerplateAgencies) agencies is set aside"
                + (left > 0 ? "; \(duplicates(left))" : "")
                + (shown < total ? "; \(shown) shown, --limit 0 shows all" : ""),
            "\(result.reports) 份报告中有 \(total) 对的相同文字达到 \(minimumShare)%；超过 "
                + "\(result.boilerplateAgencies) 个机关共有的文字不计"
                + (left > 0 ? "；\(duplicates(left))" : "")
                + (shown < total ? "；显示 \(shown) 对，--limit 0 显示全部" : ""))
    }

    /// What a count has left out, as a line of its own.
    static func leftOut(duplicates count: Int) -> Message {
        Message(
            "\(duplicates(count)); 'gongkai duplicates' lists them",
            "\(duplicates(count))；“gongkai duplicates” 列出它们")
    }

    /// What a count has left out.
    static func duplicates(_ count: Int) -> Message {
        Message(
            count == 1 ? "1 duplicate left out" : "\(count) duplicates left out",
            "另有 \(count) 份重复的报告未计入")
    }

    /// What an earlier run changed is no longer known.
    static func lostRun(_ file: String) -> Message {
        Message(
            "gongkai: \(file); what that run changed is no longer remembered",
            "gongkai：\(file)；那次运行的变化记录已丢失")
    }
}
