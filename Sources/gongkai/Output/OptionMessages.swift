import ArgumentParser

extension ValidationError {
    /// An error that says the message in the user's language.
    init(_ message: Message) { self.init(message.description) }
}

/// What is told of options whose values make no sense.
extension Message {
    /// What a running command throws.
    static func of(_ error: ValidationError) -> Message {
        Message("gongkai: \(error.message)", "gongkai：\(error.message)")
    }

    static func takesNumber(_ flag: String, from least: Int) -> Message {
        Message("\(flag) takes a number from \(least)", "\(flag) 要 \(least) 以上的数")
    }

    static func takesNumber(_ flag: String, from least: Int, to most: Int) -> Message {
        Message(
            "\(flag) takes a number from \(least) to \(most)", "\(flag) 要 \(least) 至 \(most) 的数")
    }

    static let takeNumbersFromZero = Message(
        "--limit, --offset and --context take numbers from 0",
        "--limit、--offset 和 --context 要 0 以上的数")

    static func needs(_ flag: String, _ other: String) -> Message {
        Message("\(flag) needs \(other)", "\(flag) 要与 \(other) 一起用")
    }

    static func unknownOption(_ name: String, nearest: String?) -> Message {
        Message(
            "Unknown option '\(name)'" + (nearest.map { ". Did you mean '\($0)'?" } ?? ""),
            "没有选项“\(name)”" + (nearest.map { "；是否要用“\($0)”？" } ?? ""))
    }

    static let noQueriesWithBatch = Message(
        "--batch reads the queries; give none as arguments", "--batch 从文件读取查询；请不要再给出查询")

    static func noRecordField(_ wrong: String) -> Message {
        Message(
            "--field takes text=, title=, agency=, date= or url= and a name, not \(wrong)",
            "--field 要 text=、title=、agency=、date= 或 url= 加名称，不是 \(wrong)")
    }

    static func knownEncodings(_ names: [String]) -> Message {
        Message(
            "--encoding knows auto, \(names.joined(separator: ", "))",
            "--encoding 可取 auto、\(names.joined(separator: "、"))")
    }

    static let takesTime = Message(
        "--lock-timeout takes a time such as 10s, 500ms or 2m",
        "--lock-timeout 要时间，如 10s、500ms 或 2m")

    static let keepOrRemove = Message(
        "--keep-missing and --remove-missing exclude each other",
        "--keep-missing 和 --remove-missing 不能同时使用")

    static let watchAlone = Message(
        "--watch excludes --rebuild, --dry-run and --diagnostics; run them first",
        "--watch 不能与 --rebuild、--dry-run、--diagnostics 同时使用；请先运行它们")

    static let takesSection = Message(
        "--section takes a number from 0 to 7, or a word of a heading",
        "--section 要 0 至 7 的数，或标题中的词")

    static let takesRun = Message(
        "--since takes a number of 'gongkai diff --runs', or a day as 2026-11-30",
        "--since 要“gongkai diff --runs”中的编号，或日期如 2026-11-30")

    static func noRun(_ number: Int, last: Int) -> Message {
        Message(
            "there is no run \(number); the last one is \(last)", "没有第 \(number) 次运行；最后一次是 \(last)")
    }

    static let takesBounds = Message(
        "--bounds takes ascending numbers with commas: 0,1,10,100",
        "--bounds 要从小到大的数，用逗号分开：0,1,10,100")

    static let atomIsOfDiff = Message(
        "--format atom is for 'gongkai diff' alone", "--format atom 只用于“gongkai diff”")

    // MARK: What is compared or exported

    static let compareTwo = Message(
        "compare takes two agencies or reports or more", "compare 要两个或更多的机关或报告")

    static func noAgency(_ name: String, nearest: String?) -> Message {
        Message(
            "\(name) is neither a report nor an agency of the index"
                + (nearest.map { "; did you mean \($0)?" } ?? ""),
            "\(name) 既不是索引中的报告，也不是机关" + (nearest.map { "；是否要找 \($0)？" } ?? ""))
    }

    static func manyAgencies(_ name: String, _ names: [String]) -> Message {
        let found = names.prefix(5).joined(separator: ", ")
        return Message(
            "\(name) is part of \(names.count) agencies' names: \(found)",
            "有 \(names.count) 个机关的名称含有 \(name)：\(found)")
    }

    static let noFields = Message("name a statistic or an indicator", "请给出统计项或指标")

    static let queryOfHits = Message(
        "a query is for 'gongkai export hits'; filter by --where",
        "查询只用于“gongkai export hits”；请用 --where 筛选")

    static let packageWithoutHits = Message(
        "a data package holds reports and statistics; hits go to .csv", "数据包含报告和统计数据；命中请写入 .csv")

    static let databaseWithoutHits = Message(
        "an SQLite file holds reports and statistics; hits go to .csv",
        "SQLite 文件含报告和统计数据；命中请写入 .csv")

    static func noFormat(ofFile file: String, _ endings: String) -> Message {
        Message(
            "\(file): the ending tells no format; \(endings)", "\(file)：扩展名不能说明格式；请用 --format 指定")
    }

    static func isColumn(_ name: String) -> Message {
        Message("\(name) is a column already", "\(name) 已经是一列")
    }

    static func noColumn(_ name: String, known: [String]) -> Message {
        Message(
            "--columns: there is no column \(name); there are \(known.joined(separator: ", "))",
            "--columns：没有“\(name)”这一列；有 \(known.joined(separator: "、"))")
    }

    // MARK: Files that a person names

    static func cannotOpen(_ name: String) -> Message {
        Message("\(name): cannot be read; check that the file exists", "\(name)：无法读取；请检查文件是否存在")
    }

    static func noText(_ name: String) -> Message {
        Message("\(name): cannot be read; name a file of text", "\(name)：无法读取；请指定文本文件")
    }

    static func tooLarge(_ name: String, megabytes: Int) -> Message {
        Message("\(name): more than \(megabytes) MiB", "\(name)：超过 \(megabytes) MiB")
    }

    static func notUTF8(_ name: String) -> Message {
        Message("\(name): not UTF-8; save it as UTF-8", "\(name)：不是 UTF-8；请存为 UTF-8")
    }
}
