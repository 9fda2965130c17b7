import ReportIndexing
import ReportOutput

/// Why files were not read, for people.
extension Message {
    /// One file that was not read.
    static func skipped(_ problem: FileProblem) -> Message {
        Message(
            "gongkai: skipped \(problem)",
            "gongkai：略过 \(problem.path)：\(problem.chineseReason)")
    }

    /// Several that were not read for one reason, with the first of them.
    static func skipped(_ count: Int, like first: FileProblem) -> Message {
        let reason = first.detail.isEmpty ? first.reason.rawValue : first.detail
        return Message(
            "gongkai: skipped \(count) files: \(reason); the first is \(DisplayPath.of(first.path))",
            "gongkai：略过 \(count) 个文件：\(first.chineseReason)；第一个是 \(DisplayPath.of(first.path))")
    }

    /// How many files were skipped for a reason.
    static func skipped(_ count: Int, for reason: FileProblem.Reason) -> Message {
        Message(
            "\(count) \(reason.rawValue.replacing("_", with: " "))",
            "\(count) 个\(reason.chineseName)")
    }
}

extension FileProblem {
    /// What is wrong and what to do.
    fileprivate var chineseReason: String {
        switch reason {
        case .unreadable: "无法读取（\(detail)）；请检查文件是否存在以及权限"
        case .notRegular: "不是普通文件"
        case .tooDeep: "文件夹层数过多，没有进入；可以直接写出它的名字"
        case .outside: "链接指向文件夹之外；可以直接写出它指向的名字"
        case .tooLarge: "文件过大"
        case .empty: "空文件"
        case .notText: "不是能读的格式；请把报告另存为文本"
        case .undecodable: "无法识别编码；请转换为 UTF-8，或用 --encoding 指明编码"
        case .damaged: "文件不完整或已损坏；请重新取得"
        case .encrypted: "有密码；请去掉密码后另存"
        case .overLimits: "内容比任何报告都多；请另存为文本"
        case .tooSlow: "读取时间比任何报告都长；请另存为文本"
        case .scan: "只有图片，没有文字；--ocr 命令可以识别图片中的文字"
        case .otherKind: "脚本、快捷方式、锁文件之类，不是人写的文字"
        case .noText: "没有可读的文字：网页由脚本显示，或者是密钥、编码数据"
        case .noProgram: "缺少读取它的程序（\(detail)）"
        case .failedForNow: "这次没有读成（\(detail)）"
        case .unstorable: "无法存入索引（\(detail)）"
        case .changed: "读取时被改动；请再运行一次"
        }
    }
}

extension FileProblem.Reason {
    /// The reason in a word or two.
    fileprivate var chineseName: String {
        switch self {
        case .unreadable: "无法读取"
        case .notRegular: "不是普通文件"
        case .tooDeep: "层数过多"
        case .outside: "在文件夹之外"
        case .tooLarge: "过大"
        case .empty: "为空"
        case .notText: "格式不能读"
        case .undecodable: "编码不明"
        case .damaged: "已损坏"
        case .encrypted: "有密码"
        case .overLimits: "内容过多"
        case .tooSlow: "读取过慢"
        case .scan: "只有图片"
        case .otherKind: "不是文稿"
        case .noText: "没有文字"
        case .noProgram: "缺少程序"
        case .failedForNow: "这次没有读成"
        case .unstorable: "无法存入"
        case .changed: "读取时被改动"
        }
    }
}
