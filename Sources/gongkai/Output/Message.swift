import Platform
import QueryLanguage
import ReportIndexing
import ReportModel
import ReportOutput
import ReportSearch

/// What the program tells people, in English or, where their locale is Chinese, in Chinese.
///
/// Only what goes to people is here; keys and values of JSON and heads of CSV are the same
/// everywhere.
struct Message: CustomStringConvertible {
    private let english: ShownText
    private let chinese: ShownText

    init(_ english: ShownText, _ chinese: ShownText) {
        (self.english, self.chinese) = (english, chinese)
    }

    /// A message that is the same in both languages.
    init(same text: ShownText) { self.init(text, text) }

    /// The message as files for programs have it.
    var inEnglish: String { english.description }

    /// Values with their counts.
    static func counts(_ values: [(name: Message, count: Int)]) -> Message {
        Message(
            values.map { value -> ShownText in "\(value.name.english) (\(value.count))" }
                .joined(separator: ", "),
            values.map { value -> ShownText in "\(value.name.chinese)（\(value.count)）" }
                .joined(separator: "，"))
    }

    /// The message in the user's language.
    var text: ShownText { QuerySyntaxError.Language.ofUser == .chinese ? chinese : english }

    var description: String { text.description }

    // MARK: Answers

    static let nothingFound = Message(
        "gongkai: nothing found; try fewer words, --match any, or drop a filter",
        "gongkai：没有找到；可以减少词语、使用 --match any，或去掉一个筛选条件")
    static let relaxed = Message(
        "gongkai: no passage holds all the words; showing those with any of them",
        "gongkai：没有段落包含全部词语；以下段落含有其中任意一个")

    static func didYouMean(_ suggestion: Suggestion) -> Message {
        Message(
            "gongkai: did you mean \(suggestion.meant.joined(separator: " or ")) "
                + "instead of \(suggestion.written)?",
            "gongkai：“\(suggestion.written)”是否应为"
                + suggestion.meant.map { "“\($0)”" }.joined(separator: "或") + "？")
    }

    static func passages(_ count: Int) -> Message {
        Message(count == 1 ? "1 passage" : "\(count) passages", "\(count) 段")
    }

    /// A page or sheet of a document.
    static func part(_ part: DocumentPart) -> Message {
        switch part.kind {
        case .page: Message("page \(part.name)", "第 \(part.name) 页")
        case .sheet: Message("sheet \(part.name)", "工作表 \(part.name)")
        }
    }

    static func noField(_ text: String) -> Message {
        Message(
            "gongkai: nothing is called \(text); 'gongkai fields' lists all",
            "gongkai：没有叫“\(text)”的字段；“gongkai fields”列出全部")
    }

    static func noPager(_ program: String, variable: String) -> Message {
        Message(
            "gongkai: \(program), the pager of $\(variable), is not installed; printing without one",
            "gongkai：没有安装 $\(variable) 所指的分页程序 \(program)；直接输出")
    }

    static let oneSection = Message("--section is given once here", "这里只能给一个 --section")

    static let noReportNamed = Message(
        "name a report: its id, the beginning of it, or a file; or give filters that leave one",
        "请指定报告：编号、编号的开头或文件；也可以用筛选条件留下一份")

    /// Filters leave more than one report.
    static func severalReports(_ heads: [ReportHead], shown: Int) -> Message {
        let named = heads.prefix(shown).map { head in
            [head.id, head.agency, head.year.map(String.init)].compactMap(\.self)
                .joined(separator: " ")
        }
        let rest = heads.count > shown ? "…" : ""
        return Message(
            "\(heads.count) reports are like that; name one: \(named.joined(separator: ", "))\(rest)",
            "有 \(heads.count) 份这样的报告；请指定一份：\(named.joined(separator: "、"))\(rest)")
    }

    static let indexFormats = Message(
        "index prints text or json", "index 以 text 或 json 打印")

    static let noRoots = Message(
        "name files and folders to read; this index does not know those of an earlier run",
        "请指定要读取的文件和文件夹；这个索引没有记下以前读取的位置")

    /// The paths of the last run are read again.
    static func readingAgain(_ roots: [String]) -> Message {
        let shown = roots.prefix(3).joined(separator: ", ") + (roots.count > 3 ? ", …" : "")
        return Message(
            "gongkai: reading again what the last run read: \(shown)",
            "gongkai：重新读取上次的位置：\(shown)")
    }

    static let nullNeedsFiles = Message(
        "-0 ends the paths that --files prints as text", "-0 用于 --files 以文本打印的路径")

    static let noReports = Message(
        "gongkai: no reports are like that; drop a filter", "gongkai：没有这样的报告；可以去掉一个筛选条件")

    static let noCommonYear = Message(
        "gongkai: there is no year of which all have a report; see 'gongkai agencies'",
        "gongkai：没有各方都有报告的年份；见“gongkai agencies”")

    static func exported(_ count: Int) -> Message {
        Message(count == 1 ? "1 report" : "\(count) reports", "\(count) 份报告")
    }

    static func more(_ count: Int) -> Message { Message("and \(count) more", "另有 \(count) 项") }

    static func counts(passages: Int, reports: Int) -> Message {
        Message(
            "\(passages) passage\(passages == 1 ? "" : "s") in \(reports) "
                + "report\(reports == 1 ? "" : "s")",
            "\(reports) 份报告的 \(passages) 段")
    }

    static func didYouMean(_ word: String) -> Message {
        Message("did you mean \(word)?", "是否要找 \(word)？")
    }

    static func searched(_ folder: String, segments: Int) -> Message {
        Message(
            "gongkai: searched \(folder) (\(segments) segments)",
            "gongkai：检索了 \(folder)（\(segments) 个分段）")
    }

    static func took(_ time: Duration) -> Message {
        let time = (time / .milliseconds(1)).fixed(decimals: 1)
        return Message("gongkai: took \(time) ms", "gongkai：用时 \(time) 毫秒")
    }

    static let unknown = Message("unknown", "未知")

    // MARK: Runs of index and check

    static let noFiles = Message(
        "gongkai: no files found; name a folder that holds reports, or check --include",
        "gongkai：没有找到文件；请指定存放报告的文件夹，或检查 --include")

    static let interrupted = Message(
        "gongkai: interrupted; the index is as it was", "gongkai：已中断；索引保持原样")

    /// A folder that is away, and what was done about its reports: nothing.
    static func away(_ root: IndexSummary.AwayRoot) -> Message {
        let path = DisplayPath.of(root.path)
        let (english, chinese): (ShownText, ShownText) =
            switch root.reason {
            case .missing: ("is missing", "不存在")
            case .unreadable: ("cannot be read", "无法读取")
            case .empty: ("is empty", "是空的")
            }
        return Message(
            "gongkai: \(path) \(english); its \(root.kept) reports stay in the index; "
                + "if they are gone, run the command again with --remove-missing",
            "gongkai：\(path) \(chinese)；索引保留其中的 \(root.kept) 份报告；"
                + "如果确已删除，请加上 --remove-missing 再运行一次")
    }

    /// Too few files may be open.
    static func fewDescriptors(_ fewest: Int) -> Message {
        Message(
            "gongkai: fewer than \(fewest) files may be open at once; raise the limit (ulimit -n)",
            "gongkai：可同时打开的文件不足 \(fewest) 个；请提高上限（ulimit -n）")
    }

    /// Too few threads may be started.
    static func fewThreads(_ fewest: Int) -> Message {
        Message(
            "gongkai: fewer than \(fewest) threads can be started; raise the limit (ulimit -u)",
            "gongkai：可启动的线程不足 \(fewest) 个；请提高上限（ulimit -u）")
    }

    /// Too little memory may be addressed.
    static func littleMemory(megabytes: Int) -> Message {
        Message(
            "gongkai: less than \(megabytes) MiB of memory may be addressed; raise the limit "
                + "(ulimit -v)",
            "gongkai：可使用的地址空间不足 \(megabytes) MiB；请提高上限（ulimit -v）")
    }

    /// The last line of a run of `index`.
    static func indexed(
        _ summary: IndexSummary, in folder: String, isDryRun: Bool, reasons: String
    ) -> Message {
        let folder = DisplayPath.of(folder)
        let changes: ShownText = "+\(summary.added) ~\(summary.changed) -\(summary.removed)"
        return Message(
            "\(isDryRun ? "would read" : "read") \(summary.read) of \(summary.files) files, "
                + "\(summary.isUnchanged ? "nothing changed" : changes), "
                + "\(summary.skippedCount) skipped\(reasons)"
                + (isDryRun ? "" : "; \(summary.reports) reports in \(folder)"),
            "\(isDryRun ? "将读取" : "读取") \(summary.files) 个文件中的 \(summary.read) 个，"
                + "\(summary.isUnchanged ? "没有变化" : changes)，跳过 \(summary.skippedCount) 个\(reasons)"
                + (isDryRun ? "" : "；\(folder) 中有 \(summary.reports) 份报告"))
    }

    /// How many files of each format were read.
    static func formats(_ counts: [String: Int]) -> Message {
        let list = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        return Message("gongkai: read \(list)", "gongkai：读取 \(list)")
    }

    /// How many checked rules came out how.
    static func checked(
        reports: Int, holds: Int, inferred: Int, fails: Int, differs: Int, unknown: Int
    ) -> Message {
        Message(
            "\(reports) reports: \(holds) hold (\(inferred) only by inference), \(fails) fail, "
                + "\(differs) differ, \(unknown) unknown",
            "\(reports) 份报告：\(holds) 项成立（其中 \(inferred) 项靠推断），\(fails) 项不成立，"
                + "\(differs) 项不一致，\(unknown) 项无法判断")
    }

    // MARK: Runs of verify and compact

    /// What is wrong with a file of the index.
    static func fault(_ kind: IndexVerification.Fault.Kind) -> Message {
        let chinese =
            switch kind {
            case .missing: "缺失"
            case .resized: "长短有变"
            case .changed: "内容有变"
            case .added: "多余"
            case .unreadable: "无法读取"
            case .inconsistent: "互相矛盾"
            }
        return Message("\(kind.rawValue)", "\(chinese)")
    }

    static func verified(files: Int, bytes: Int64) -> Message {
        Message(
            "\(files) files, \(bytes) bytes: all as they were written",
            "\(files) 个文件，\(bytes) 字节：全部与写入时一致")
    }

    static func leftovers(_ count: Int) -> Message {
        Message(
            "gongkai: \(count) leftovers of runs that did not finish; the next 'gongkai index' "
                + "removes them",
            "gongkai：有 \(count) 个未完成的运行留下的文件；下一次“gongkai index”会清除")
    }

    static func faults(_ count: Int, in folder: String, mend: String?) -> Message {
        Message(
            "gongkai: \(folder): \(count) faults" + (mend.map { "; run '\($0)'" } ?? ""),
            "gongkai：\(folder)：\(count) 处问题" + (mend.map { "；运行“\($0)”" } ?? ""))
    }

    static func compacted(_ done: IndexCompaction) -> Message {
        func megabytes(_ bytes: Int64) -> String {
            (Double(bytes) / 1e6).fixed(decimals: 1) + " MB"
        }
        let (before, after) = (megabytes(done.bytes.before), megabytes(done.bytes.after))
        return Message(
            "\(done.segments.before) segments made \(done.segments.after), \(after) instead of "
                + "\(before)",
            "\(done.segments.before) 个分段合为 \(done.segments.after) 个，\(before) 变为 \(after)")
    }

    static func nothingToCompact(segments: Int) -> Message {
        Message(
            "nothing to do: \(segments) segments, nothing hidden",
            "无需整理：\(segments) 个分段，没有作废的内容")
    }

    // MARK: The first run

    static func welcome(index: String?) -> Message {
        Message(
            """
            gongkai searches Chinese government annual disclosure reports.

            \(index.map { "The index here is \($0). Ask it, for example:" }
                ?? "There is no index here yet. Make one from a folder of reports:")

              \(index == nil ? "gongkai index FOLDER" : "gongkai search 政策解读")

            'gongkai --help' lists the commands.
            """,
            """
            gongkai 检索政府信息公开工作年度报告。

            \(index.map { "这里的索引是 \($0)。例如可以问：" } ?? "这里还没有索引。先从报告所在的文件夹建立：")

              \(index == nil ? "gongkai index 文件夹" : "gongkai search 政策解读")

            “gongkai --help”列出全部命令。
            """)
    }

    // MARK: Failures

    /// What an index that cannot be used prints.
    static func failure(_ error: SearchError) -> Message {
        let path = error.path.map { DisplayPath.of($0) + "：" } ?? ""
        let english: ShownText = "gongkai: \(error)"
        return switch error.reason {
        case .noIndex:
            Message(english, "gongkai：\(path)这里没有索引；先运行“gongkai index 文件夹”，或用 --index 指定")
        case .foreign: Message(english, "gongkai：\(path)这不是索引；用 --index 指定索引文件夹")
        case .outdated:
            Message(
                english,
                "gongkai：\(path)索引由另一版本的 gongkai 建立；删除该文件夹，或用 --index 另指定一个，"
                    + "再运行“gongkai index 文件夹”")
        case .incompatible:
            Message(
                english, "gongkai：\(path)索引由另一版本的 gongkai 建立；运行“gongkai index --rebuild 文件夹”重建")
        case .damaged:
            Message(
                english,
                "gongkai：\(path)索引已损坏（\(error.detail)）；运行“gongkai index --rebuild 文件夹”重建")
        case .damagedSegment:
            Message(
                english,
                "gongkai：\(path)索引的一个分段已损坏（\(error.detail)）；运行“gongkai index 文件夹”"
                    + "重新读取，“gongkai verify”查看详情")
        case .changed: Message(english, "gongkai：\(path)索引在读取时不断变化；请再运行一次")
        case .question: Message(english, "gongkai：\(error.message(in: .chinese))")
        case .server, .late:
            Message(
                "\(english); 'search --partial' asks the others",
                "gongkai：\(path)\(error.message(in: .chinese))；“search --partial”只问其余服务器")
        }
    }

    /// What a run of `index` that cannot be done prints.
    static func failure(_ error: IndexError) -> Message {
        let path = DisplayPath.of(error.path) + "："
        let english: ShownText = "gongkai: \(error)"
        return switch error.reason {
        case .locked: Message(english, "gongkai：\(path)另一个进程正在写入索引；稍后再试，或加长 --lock-timeout")
        case .noIndex:
            Message(english, "gongkai：\(path)这里没有索引；先运行“gongkai index 文件夹”，或用 --index 指定")
        case .foreign:
            Message(
                english,
                "gongkai：\(path)这不是索引（\(error.detail)），未作改动；用 --index 指定新的或空的文件夹")
        case .outdated:
            Message(
                english,
                "gongkai：\(path)索引由另一版本的 gongkai 建立；删除该文件夹，或用 --index 另指定一个，"
                    + "再运行“gongkai index 文件夹”")
        case .incompatible, .damaged:
            Message(
                english, "gongkai：\(path)索引无法使用（\(error.detail)）；运行“gongkai index --rebuild 文件夹”重建"
            )
        case .damagedSegment:
            Message(
                english, "gongkai：\(path)索引的一个分段已损坏（\(error.detail)）；运行“gongkai index 文件夹”重新读取")
        case .unreadable:
            Message(english, "gongkai：\(path)无法读取（\(error.detail)）；请检查磁盘和权限")
        case .away:
            Message(
                english,
                "gongkai：\(path)不存在、无法读取或是空的，没有重建；索引保持原样；请挂载或指定文件夹，或加上 --remove-missing")
        case .unwritable:
            Message(english, "gongkai：\(path)无法写入（\(error.detail)）；索引保持原样；请检查磁盘空间和权限")
        }
    }

    static let noWorkingFolder = Message(
        "gongkai: there is no working folder (it was removed, or its path is too long); change to "
            + "another, or give absolute paths and --index",
        "gongkai：没有工作目录（已被删除，或路径过长）；请换到别的目录，或使用绝对路径和 --index")

    /// A library that was needed is not installed, so that what was printed is not all.
    static func missing(_ library: MissingLibrary) -> Message {
        Message(
            "gongkai: \(library.description)",
            "gongkai：未安装所需的库 \(library.file)；请安装软件包 \(library.package)")
    }

    /// An index that a person named and that belongs to somebody else.
    static func anothersIndex(_ path: String, owner: UInt32) -> Message {
        let shown = DisplayPath.of(path)
        return Message(
            "gongkai: \(shown) belongs to another user (\(owner)); used because it was named",
            "gongkai：\(shown) 属于另一用户（\(owner)）；因已指定而使用")
    }

    /// An index that was found and is not used.
    static func passedOver(_ path: String, _ status: FileStatus) -> Message {
        let shown = DisplayPath.of(path)
        return status.kind == .folder
            ? Message(
                "gongkai: \(shown) belongs to another user (\(status.owner)) and is passed over; "
                    + "--index takes it",
                "gongkai：\(shown) 属于另一用户（\(status.owner)），已略过；要使用请以 --index 指定")
            : Message(
                "gongkai: \(shown) is not a folder and is passed over; --index takes it",
                "gongkai：\(shown) 不是文件夹，已略过；要使用请以 --index 指定")
    }

    /// Something that stands in shown of the user's index.
    static func foreign(_ path: String, _ status: FileStatus) -> Message {
        let shown = DisplayPath.of(path)
        return status.kind == .folder
            ? Message(
                "gongkai: \(shown) belongs to another user (\(status.owner)) and is not used; "
                    + "name an index with --index",
                "gongkai：\(shown) 属于另一用户（\(status.owner)），不予使用；请用 --index 指定索引")
            : Message(
                "gongkai: \(shown) is not a folder and is not used; name an index with --index",
                "gongkai：\(shown) 不是文件夹，不予使用；请用 --index 指定索引")
    }

    /// A server's address in place of an index folder.
    static func noServers(_ address: String) -> Message {
        Message(
            "--index \(address): only search, show, stats, agencies, years, export and serve ask "
                + "servers; name a folder",
            "--index \(address)：只有 search、show、stats、agencies、years、export、serve 查询服务器；请指定文件夹")
    }

    static let noQuestion = Message(
        "give a query, or a filter such as --year 2022, or --sort -新收",
        "请给出查询，或筛选条件如 --year 2022，或 --sort -新收")

    static let filtersNeedIndex = Message(
        "filters such as --year are for the index; give no PATH with them",
        "--year 等筛选用于索引；请不要同时给出路径")

    /// A rule that no check has.
    static func noRule(_ rule: String, nearest: String?, known: [String]) -> Message {
        Message(
            "no rule is called \(rule); there are \(known.joined(separator: ", "))"
                + (nearest.map { "; did you mean \($0)?" } ?? ""),
            "没有叫“\(rule)”的规则；有 \(known.joined(separator: "、"))"
                + (nearest.map { "；是否应为 \($0)？" } ?? ""))
    }

    static func noStatistic(_ name: String) -> Message {
        Message(
            "no statistic is called \(name); 'gongkai fields' lists them",
            "没有叫“\(name)”的统计项；“gongkai fields”列出全部")
    }

    static func noHeading(_ text: String, known: [String]) -> Message {
        Message(
            "no section of the report is headed \(text); there are \(known.joined(separator: ", "))",
            "报告没有标题含“\(text)”的章节；有 \(known.joined(separator: "、"))")
    }

    static func nothingOnLine(_ line: Int) -> Message {
        Message(
            "line \(line) of the report holds no passage and no cell", "报告第 \(line) 行没有段落，也没有数据")
    }

    /// An unknown command.
    static func noCommand(_ name: String, nearest: String?) -> Message {
        Message(
            "there is no command '\(name)'"
                + (nearest.map { "; did you mean '\($0)'?" } ?? "; 'gongkai --help' lists them"),
            "没有“\(name)”这个命令"
                + (nearest.map { "；是否要用“\($0)”？" } ?? "；“gongkai --help”列出全部命令"))
    }
}
