import QueryLanguage

/// The texts of help in Chinese, by what they are in English; as catalogues of gettext are.
///
/// Help is written in English where a command or a flag is declared. Every paragraph of it has its
/// Chinese here; examples and the names of values stand for themselves.
enum HelpCatalogue {
    /// A text of help in a language; one that is not here stays English.
    static func text(_ english: String, in language: QuerySyntaxError.Language) -> String {
        guard language == .chinese else { return english }
        if english == ExitCodes.sentence { return chineseExitCodes }
        return chinese[english] ?? english
    }

    /// A line of help: a paragraph, or an indented line, which is an example or has two columns, the
    /// second of which is text.
    static func line(_ english: String, in language: QuerySyntaxError.Language) -> String {
        guard english.hasPrefix("  ") else { return text(english, in: language) }
        let start = secondColumn(of: english)
        return english[..<start] + text(String(english[start...]), in: language)
    }

    /// Where the text of an indented line begins, behind its last gap of several spaces.
    static func secondColumn(of line: String) -> String.Index {
        let gap = line.ranges(of: "  ").last?.upperBound ?? line.startIndex
        return line[gap...].firstIndex { $0 != " " } ?? line.endIndex
    }

    static let chinese = commands.merging(flags) { one, _ in one }
        .merging(pages) { one, _ in one }

    private static var chineseExitCodes: String {
        "“gongkai help query”说明查询语言。退出码："
            + ExitCodes.all.map { "\($0) \(text($1, in: .chinese))" }.joined(separator: "；") + "。"
    }

    /// Heads of pages, and what manual pages say beside the help.
    private static let pages: [String: String] = [
        "OVERVIEW": "概述", "USAGE": "用法", "ARGUMENTS": "参数", "OPTIONS": "选项", "SUBCOMMANDS": "命令",
        "NAME": "名称", "SYNOPSIS": "概要", "DESCRIPTION": "说明", "ENVIRONMENT": "环境变量",
        "EXIT STATUS": "退出码",
        "the query language": "查询语言", "default": "默认", "one of": "可取",
        "See 'gongkai help <subcommand>' for detailed help.": "“gongkai help 命令”查看某个命令的详细说明。",
        "Show the version.": "显示版本。", "Show help information.": "显示帮助。",
        "Show subcommand help information.": "显示某个命令的帮助。",
        "The index folder, when --index does not name one.": "没有用 --index 指定时的索引文件夹。",
        "The program through which results are shown on a terminal; else less -FRX. Empty or cat is none.":
            "在终端上显示结果所用的分页程序；未设置时为 less -FRX。空值或 cat 表示不分页。",
        "When set, results are not coloured unless --color is always.":
            "设置后结果不着色，除非 --color 为 always。",
        "The width of results, instead of the terminal's.": "结果的宽度，代替终端的宽度。",
        "When Chinese, messages are; JSON never changes.": "为中文时，消息用中文；JSON 从不改变。",
        "found or done": "找到，或已完成",
        "nothing found, or a check failed": "没有找到，或有核对不成立",
        "usage or query error, or some files could not be read": "用法或查询有误，或有文件无法读取",
        "index missing, incompatible or damaged, or a server that does not answer":
            "索引不存在、版本不符或已损坏，或服务器没有回答",
        "an answer from some of the servers only": "只有部分服务器回答",
        "another process kept writing to the index": "另一个进程一直在写入索引",
        "the terminal went away": "终端已断开", "interrupted": "被中断",
        "the reader of the results went away": "读取结果的一方已离开", "asked to end": "被要求结束",
    ]
}
