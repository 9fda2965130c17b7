import IndexFolder
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
        let place = path.map { "\($0): " } ?? ""
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
            case .question: suggestion.map { "; did you mean \($0)?" } ?? ""
            }
        return place + detail + advice
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
