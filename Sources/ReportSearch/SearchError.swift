import IndexFolder
import PlainXapian
public import QueryLanguage

/// Why a question could not be answered.
public struct SearchError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is.
    public enum Reason: Sendable, Hashable {
        /// No index where one was looked for.
        case noIndex
        /// The folder holds something else than an index.
        case foreign
        /// The index was made by another version of the program.
        case incompatible
        /// The index was made by a version of the program whose folders this one does not write to.
        case outdated
        /// The index is damaged.
        case damaged
        /// A segment of the index is damaged; what it holds can be read again from the files.
        case damagedSegment
        /// The index was replaced while it was read.
        case changed
        /// The question asks for something that does not exist.
        case question
        /// A server cannot be reached, or does not answer as a plain database of this version does.
        case server
        /// A server did not answer in time.
        case late
    }

    /// What kind of failure it is.
    public let reason: Reason
    /// The index folder; nil for a question.
    public let path: String?
    /// What is wrong, for a person.
    public let detail: String
    /// The same in Chinese; nil where there is only English.
    public let chinese: String?
    /// The part of the query that is at fault, as offsets of Unicode scalars; nil when none is.
    public let range: Range<Int>?
    /// What may have been meant; nil when nothing comes near.
    public let suggestion: String?
    /// Where the part of the question at fault was written; nil when that is not known.
    public internal(set) var source: Question.Source?

    /// What servers were asked that they do not know.
    static func notOnServers(_ what: String, range: Range<Int>? = nil) -> SearchError {
        SearchError(
            question: "\(what) cannot be asked of servers; ask a local index for it",
            chinese: "服务器无法回答 \(what)；请查询本地索引", range: range)
    }

    /// Words that an index would look for in the heads of reports.
    static func namesReports(_ words: String, _ range: Range<Int>) -> SearchError {
        SearchError(
            question:
                "\(words) may name an agency, a place or a year, which words do not on servers; "
                + "use --agency, --region or --year, or agency:, region: or year: in the query, or "
                + "quote it: \"\(words)\" is text alone",
            chinese: "“\(words)”可能是机关、地区或年份的名称，服务器不按词语识别名称；请用 --agency、--region "
                + "或 --year，或在查询中写 机关:、地区:、年:，或加引号：\"\(words)\" 只作正文检索",
            range: range)
    }

    /// More reports than are read from servers.
    static func tooManyReports(_ count: Int, most: Int) -> SearchError {
        SearchError(
            question:
                "the numbers of \(count) reports had to be read from servers, more than \(most); "
                + "add a filter, or ask a local index",
            chinese: "需要从服务器读取 \(count) 份报告的数字，超过 \(most) 份；请增加筛选条件，或查询本地索引")
    }

    /// More passages than are read to find out which are the best.
    static func tooManyToRank(_ count: Int) -> SearchError {
        SearchError(
            question:
                "to rank \(count) passages more of them had to be read from servers than is sound; "
                + "quote the text, add a filter, or use --sort -year",
            chinese: "要给 \(count) 个段落排序，需从服务器读取过多段落；请给词语加引号、增加筛选，或用 --sort -year")
    }

    /// What became of a server.
    init(_ error: ServerError) {
        reason = error.reason == .late ? .late : .server
        path = error.server
        range = nil
        suggestion = nil
        let words = error.detail.isEmpty ? "" : " (\(error.detail))"
        let chineseWords = error.detail.isEmpty ? "" : "（\(error.detail)）"
        switch error.reason {
        case .unreachable:
            detail = "the server cannot be reached\(words); see that xapian-tcpsrv runs there"
            chinese = "无法连接服务器\(chineseWords)；请确认 xapian-tcpsrv 在运行"
        case .late:
            detail = "the server did not answer in time\(words); --timeout waits longer"
            chinese = "服务器没有及时回答\(chineseWords)；--timeout 可等待更久"
        case .otherSchema:
            detail =
                "the server has no plain databases of this version of gongkai\(words); run "
                + "'gongkai export --to xapian' with this version"
            chinese =
                "服务器上不是这一版本 gongkai 的普通数据库\(chineseWords)；请用这一版本运行“gongkai export "
                + "--to xapian”"
        case .wrongAnswer:
            detail =
                "the server gave an answer that is of no use\(words); export its databases anew"
            chinese = "服务器的回答无法使用\(chineseWords)；请重新导出其数据库"
        }
    }

    init(
        _ reason: Reason, path: String? = nil, detail: String, range: Range<Int>? = nil,
        suggestion: String? = nil
    ) {
        self.reason = reason
        self.path = path
        self.detail = detail
        chinese = nil
        self.range = range
        self.suggestion = suggestion
    }

    /// The error of a question that asks for what does not exist.
    init(
        question detail: String, chinese: String, range: Range<Int>? = nil,
        suggestion: String? = nil
    ) {
        reason = .question
        path = nil
        self.detail = detail
        self.chinese = chinese
        self.range = range
        self.suggestion = suggestion
    }

    /// What is wrong with a question, in a language.
    public func message(in language: QuerySyntaxError.Language) -> String {
        guard language == .chinese, let chinese else { return description }
        return chinese + (suggestion.map { "；您要找的是不是 \($0)？" } ?? "")
    }

    /// What is wrong and what to do, for a person.
    public var description: String {
        let location = path.map { "\($0): " } ?? ""
        let advice =
            switch reason {
            case .noIndex: "; run 'gongkai index PATH...' first, or name one with --index"
            case .foreign: "; name the folder of an index with --index"
            case .outdated:
                "; remove the folder, or name another with --index, then run 'gongkai index PATH...'"
            case .damagedSegment:
                "; run 'gongkai index PATH...' to read its files again, 'gongkai verify' for details"
            case .incompatible, .damaged: "; run 'gongkai index --rebuild PATH...' to make it anew"
            case .changed: "; run the command again"
            case .server, .late: ""
            case .question: suggestion.map { "; did you mean \($0)?" } ?? ""
            }
        return location + detail + advice
    }
}

extension SearchError {
    /// Why a folder cannot be asked as an index.
    init(_ failure: IndexFolder.Failure, path: String) {
        let (reason, detail): (Reason, String) =
            switch failure {
            case .missing: (.noIndex, "no index here")
            case .other: (.foreign, "not an index")
            case .otherVersion: (.incompatible, "the index was made by another version of gongkai")
            case .outdated: (.outdated, "the index was made by another version of gongkai")
            case .unreadable(let words): (.damaged, "the index cannot be read (\(words))")
            case .damaged(let words): (.damaged, words)
            }
        self.init(reason, path: path, detail: detail)
    }
}
