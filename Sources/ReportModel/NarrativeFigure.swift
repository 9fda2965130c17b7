/// What a number in the narrative counts, so far as the official tables count it too.
public enum NarrativeSubject: String, Sendable, CaseIterable {
    /// 新收申请: requests received in the year.
    case newRequests = "requests.new"
    /// 收到申请…（含上年结转）: requests received, with those carried in where the sentence says so.
    case receivedRequests = "requests.received"
    /// 共办理申请: requests that there were to deal with.
    case handledRequests = "requests.handled"
    /// 自然人申请
    case naturalPersons = "requests.new.natural_person"
    /// 法人或其他组织申请
    case organisations = "requests.new.organisations"
    /// 上年结转
    case carriedIn = "requests.carried_in"
    /// 结转下年
    case carriedOut = "requests.carried_out"
    /// 结转, which does not say from which year to which.
    case carried = "requests.carried"
    /// 办结
    case results = "requests.results_total"
    /// 予以公开
    case granted = "requests.granted"
    /// 部分公开
    case partial = "requests.partial"
    /// 不予公开
    case denied = "requests.denied"
    /// 无法提供
    case unable = "requests.unable"
    /// 不予处理
    case notProcessed = "requests.not_processed"
    /// 其他处理
    case otherHandling = "requests.other_handling"
    /// 行政复议
    case reviews = "disputes.review"
    /// 行政复议 that ended in 维持
    case reviewsUpheld = "disputes.review.upheld"
    /// 行政复议 that ended in 纠正
    case reviewsCorrected = "disputes.review.corrected"
    /// 行政诉讼 of both kinds
    case lawsuits = "disputes.litigation"
    /// 行政诉讼 that ended in 维持
    case lawsuitsUpheld = "disputes.litigation.upheld"
    /// 行政诉讼 that ended in 纠正
    case lawsuitsCorrected = "disputes.litigation.corrected"
    /// 规范性文件制发
    case normativeIssued = "proactive.normative_docs.issued"
    /// 规范性文件废止
    case normativeRepealed = "proactive.normative_docs.repealed"
    /// 规范性文件现行有效
    case normativeInForce = "proactive.normative_docs.in_force"
    /// 规章制发
    case regulationsIssued = "proactive.regulations.issued"
    /// 规章废止
    case regulationsRepealed = "proactive.regulations.repealed"
    /// 规章现行有效
    case regulationsInForce = "proactive.regulations.in_force"
    /// 行政许可决定
    case licensing = "proactive.licensing"
    /// 行政处罚决定
    case penalties = "proactive.penalties"
    /// 行政强制决定
    case coercion = "proactive.coercion"
    /// 行政事业性收费, in 万元
    case fees = "proactive.fees"
    /// 信息处理费 of section 6, in 元
    case processingFee = "processing_fee"
    /// The year that a sentence says the report is about.
    case year

    /// The cells that may add up to the number, the likeliest reading first; empty when the form
    /// has no such cell.
    public func readings(in form: OfficialForm) -> [[String]] {
        guard form != .none else { return [] }
        func total(_ rows: String...) -> [String] { rows.map { "requests.\($0).total" } }
        func lawsuits(_ column: String) -> [String] {
            ["direct", "after_review"].map { "disputes.litigation.\($0).\(column)" }
        }
        let new = total("new")
        let newAndCarried = total("new", "carried_in")
        switch self {
        case .newRequests: return [new]
        case .receivedRequests: return [newAndCarried, new]
        case .handledRequests: return [newAndCarried, total("results_total"), new]
        case .naturalPersons:
            return Self.applicants([.naturalPerson])
        case .organisations:
            return Self.applicants(ApplicantColumn.organisations)
        case .carriedIn: return [total("carried_in")]
        case .carriedOut: return [total("carried_out")]
        case .carried: return [total("carried_out"), total("carried_in")]
        case .results: return [total("results_total")]
        case .granted: return [total("granted")]
        case .partial: return [total("partial")]
        case .denied, .unable, .notProcessed, .otherHandling:
            let rows = form.rows.filter { row in
                row.key == rawValue || row.key.hasPrefix(rawValue + ".")
            }
            return [rows.map { "\($0.key).total" }]
        case .reviews: return [["disputes.review.total"]]
        case .reviewsUpheld: return [["disputes.review.upheld"]]
        case .reviewsCorrected: return [["disputes.review.corrected"]]
        case .lawsuits: return [lawsuits("total")]
        case .lawsuitsUpheld: return [lawsuits("upheld")]
        case .lawsuitsCorrected: return [lawsuits("corrected")]
        case .normativeIssued, .regulationsIssued:
            guard form == .form2019 else { return [[rawValue]] }
            let row = self == .normativeIssued ? "normative_docs" : "regulations"
            return ["made", "disclosed"].map { ["proactive19.\(row).\($0)"] }
        case .normativeRepealed, .normativeInForce, .regulationsRepealed, .regulationsInForce:
            return form == .form2021 ? [[rawValue]] : []
        case .licensing, .penalties, .coercion:
            let part = form == .form2021 ? "proactive" : "proactive19"
            return [["\(part).\(rawValue.dropFirst("proactive.".count)).decisions"]]
        case .fees: return form == .form2021 ? [["proactive.fees.amount"]] : []
        case .processingFee, .year: return []
        }
    }

    private static func applicants(_ columns: [ApplicantColumn]) -> [[String]] {
        let new = columns.map { "requests.new.\($0.rawValue)" }
        return [new, new + columns.map { "requests.carried_in.\($0.rawValue)" }]
    }
}

/// A number that the narrative states of something that the report's tables or head state too.
///
///     收到申请20件   // .newRequests, 20, in the sentence around it
public struct NarrativeFigure: Sendable, Hashable {
    /// What is counted.
    public var subject: NarrativeSubject
    /// The number; money of ``NarrativeSubject/fees`` in 万元, of
    /// ``NarrativeSubject/processingFee`` in 元.
    public var value: Double
    /// How far the number may be off, as 约 and 余 say; 0 when it is exact.
    public var tolerance: Double
    /// The line of the file, from 1.
    public var line: Int
    /// The sentence that states it; of a long one the part around the number.
    public var sentence: String

    /// Makes a figure.
    public init(
        subject: NarrativeSubject, value: Double, tolerance: Double = 0, line: Int,
        sentence: String
    ) {
        self.subject = subject
        self.value = value
        self.tolerance = tolerance
        self.line = line
        self.sentence = sentence
    }
}
