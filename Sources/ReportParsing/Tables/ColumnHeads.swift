import ChineseText
import ReportModel

/// What the head over a column says that its numbers are.
enum ColumnHead: Equatable {
    /// A column of the official form, by the last part of its cells' keys: `issued`, `total`.
    case official(String)
    /// A column that the form does not have: last year's numbers, a rate, remarks.
    case strange
}

/// The heads over the columns of a table, from left to right.
final class ColumnHeads: Sendable {
    /// One column: its head, and where the format tells the columns of the grid that it spans.
    struct Column: Sendable, Equatable {
        let head: ColumnHead
        let span: Range<Int>?
        /// The block of the fourth table that it belongs to, by its number; nil when none is told.
        var block: Int?

        init(_ head: ColumnHead, span: Range<Int>? = nil, block: Int? = nil) {
            self.head = head
            self.span = span
            self.block = block
        }
    }

    let columns: [Column]
    /// Whether the columns stand in this order; false where heads over heads were read from a text
    /// that does not tell which stand beside which.
    let isOrdered: Bool
    /// Whether a column that the form does not have stands before the first of these: labels, or
    /// numbers such as last year's.
    let isPreceded: Bool

    init(_ columns: [Column], isOrdered: Bool = true, isPreceded: Bool = false) {
        self.columns = columns
        self.isOrdered = isOrdered
        self.isPreceded = isPreceded
        holdsStrange = columns.contains { $0.head == .strange }
        keys = columns.compactMap {
            if case .official(let key) = $0.head { key } else { nil }
        }
        firstColumn = columns.compactMap { $0.head == .strange ? nil : $0.span?.lowerBound }.min()
    }

    /// Whether a column is headed by something that the form does not have.
    let holdsStrange: Bool

    /// The keys of the official columns, in order.
    let keys: [String]

    /// The first column of the grid that an official column takes; nil when none is told.
    let firstColumn: Int?
}

/// The wording of column heads.
enum HeadWording {
    /// A word that a head holds and what it heads; the longer of words that begin alike first.
    private static let counts: [(word: String, key: String)] = [
        ("新制作", "made"), ("新公开", "disclosed"), ("对外公开总", "total_disclosed"),
        ("上一年项目", "items_prev_year"), ("上年项目", "items_prev_year"), ("增减", "items_change"),
        ("采购项目", "projects"), ("采购总金额", "amount"), ("采购金额", "amount"), ("收费金额", "amount"),
        ("收费总金额", "amount"), ("制发", "issued"), ("废止", "repealed"), ("有效", "in_force"),
        ("处理决定", "decisions"), ("处理绝对", "decisions"),
    ]
    private static let applicants: [(word: String, key: String)] = [
        ("法人或其他组织", organisations), ("自然人", "natural_person"), ("商业企业", "commercial"),
        ("科研机构", "research"), ("社会公益组织", "public_welfare"), ("公益组织", "public_welfare"),
        ("法律服务机构", "legal_service"), ("其他", "other_org"), ("总计", "total"), ("合计", "total"),
    ]
    private static let outcomes: [(word: String, key: String)] = [
        ("结果维持", "upheld"), ("结果纠正", "corrected"), ("其他结果", "other"), ("尚未审结", "pending"),
        ("总计", "total"), ("合计", "total"),
    ]
    /// The key of the head that spans the columns of organisations.
    static let organisations = "organisations"

    private static let countWords = WordList(counts.map(\.word))
    private static let applicantWords = WordList(applicants.map(\.word))
    private static let outcomeWords = WordList(outcomes.map(\.word))
    /// Words that make a head one of another year, or of another thing.
    private static let strange: WordList = [
        "上年", "上一年", "去年", "往年", "前年", "同比", "环比", "增长", "占比", "比例", "比重", "备注", "说明",
        "变化", "增幅", "增量", "序号", "排名", "累计受理", "累计处理",
    ]
    /// The same, where it parts heads that are printed against each other.
    private static let strangeInText: WordList = ["上年", "上一年", "去年", "往年", "前年", "同比", "环比", "备注"]
    /// Heads over several columns, and the note on sums, which head none themselves.
    private static let spanning: WordList = [
        "申请人情况", "勾稽关系", "第二十条", "信息内容", "行政复议", "行政诉讼", "直接起诉", "复议后起诉", "复议后", "诉讼",
        "未经复议",
    ]
    private static let blocks: [WordList] = [["行政复议"], ["未经复议", "直接起诉"], ["复议后"]]

    /// What a cell of a head row heads in the second table; nil when it heads no column.
    static func count(_ words: [Unicode.Scalar]) -> ColumnHead? {
        if words.isEmpty || words.holds(anyOf: spanning) { return nil }
        guard let match = countWords.first(in: words, from: 0) else { return unknown(words) }
        let key = counts[match.word].key
        let isOwn = key == "items_prev_year" || key == "items_change"
        return !isOwn && words.holds(anyOf: strange) ? .strange : .official(key)
    }

    /// What a cell of a head row heads in the third table; nil when it heads no column by itself.
    static func applicant(_ words: [Unicode.Scalar]) -> ColumnHead? {
        head(words, of: applicants, applicantWords)
    }

    /// The same in the fourth table.
    static func outcome(_ words: [Unicode.Scalar]) -> ColumnHead? {
        head(words, of: outcomes, outcomeWords)
    }

    /// Whether a cell is a head of a column of the third table.
    static func isApplicant(_ words: [Unicode.Scalar]) -> Bool {
        guard words.holds(anyOf: applicantWords), case .official = applicant(words) else {
            return false
        }
        return true
    }

    /// The same in the fourth table.
    static func isOutcome(_ words: [Unicode.Scalar]) -> Bool {
        guard words.holds(anyOf: outcomeWords), case .official = outcome(words) else {
            return false
        }
        return true
    }

    private static func head(
        _ words: [Unicode.Scalar], of known: [(word: String, key: String)], _ list: WordList
    ) -> ColumnHead? {
        if words.isEmpty { return nil }
        // Printed close above one of the heads that it spans, a head may be joined to it.
        if let span = words.lastMatch(of: spanning) {
            let below = Array(words[span.upperBound...])
            return below.isEmpty ? nil : exactHead(below, of: known, list)
        }
        if words.holds(anyOf: strange) { return .strange }
        guard let match = list.first(in: words, from: 0) else { return unknown(words) }
        let word = known[match.word]
        if word.key == organisations,
            let head = exactHead(Array(words[match.upperBound...]), of: known, list)
        {
            return head
        }
        // A head may say a little more, as 其他组织 and 总计数.
        guard words.count <= word.word.unicodeScalars.count + 3 else { return .strange }
        return .official(word.key)
    }

    /// The head that a text is, word for word; nil when it is none.
    private static func exactHead(
        _ words: [Unicode.Scalar], of known: [(word: String, key: String)], _ list: WordList
    ) -> ColumnHead? {
        guard let match = words.matches(of: list).first(where: { $0.upperBound == words.count }),
            match.lowerBound == 0
        else { return nil }
        return .official(known[match.word].key)
    }

    /// Whether a text is a head over several columns, word for word or with others.
    static func isSpan(_ words: [Unicode.Scalar]) -> Bool {
        words.holds(anyOf: spans) || words == organisationWords
    }

    private static let spans: WordList = [
        "申请人情况", "第二十条", "行政复议", "行政诉讼", "未经复议", "直接起诉", "复议后起诉",
    ]

    private static let organisationWords = "法人或其他组织".scalars()

    /// Whether a text is the head over all columns of the third table.
    static func spansApplicants(_ words: [Unicode.Scalar]) -> Bool {
        words == Array("申请人情况".unicodeScalars)
    }

    /// A head that is none of the form's; nil for a piece of one that was broken over lines.
    private static func unknown(_ words: [Unicode.Scalar]) -> ColumnHead? {
        words.holds(anyOf: strange) || !RowLabel.isTableText(words) ? .strange : nil
    }

    /// The block of the fourth table that a head spans, by its number; nil when none.
    static func block(_ words: [Unicode.Scalar]) -> Int? {
        // The last one holds a word of the first.
        blocks.indices.reversed().first { words.holds(anyOf: blocks[$0]) }
    }

    /// Whether a text speaks of the columns of the second table, of this year's or another's.
    static func tellsCounts(_ words: [Unicode.Scalar]) -> Bool {
        words.count <= 40 && words.holds(anyOf: countWords)
    }

    // MARK: Heads in a text

    /// The heads of the second table in a text that prints them one after another.
    static func counts(in text: ArraySlice<Unicode.Scalar>) -> [ColumnHead] {
        var heads: [ColumnHead] = []
        var end = text.startIndex
        for match in text.matches(of: countWords) where match.lowerBound >= end {
            let key = counts[match.word].key
            let isOwn = key == "items_prev_year" || key == "items_change"
            let before = text[end..<match.lowerBound]
            heads.append(
                !isOwn && before.holds(anyOf: strangeInText) ? .strange : .official(key))
            end = match.upperBound
        }
        if text[end...].holds(anyOf: strangeInText) { heads.append(.strange) }
        return heads
    }

    /// The heads of the third table in a text that prints them row after row.
    static func applicants(in text: ArraySlice<Unicode.Scalar>) -> [ColumnHead] {
        heads(in: text, of: applicants, applicantWords)
    }

    /// The heads of the fourth table in such a text.
    static func outcomes(in text: ArraySlice<Unicode.Scalar>) -> [ColumnHead] {
        heads(in: text, of: outcomes, outcomeWords)
    }

    private static func heads(
        in text: ArraySlice<Unicode.Scalar>, of known: [(word: String, key: String)],
        _ list: WordList
    ) -> [ColumnHead] {
        var heads: [ColumnHead] = []
        var end = text.startIndex
        for match in text.matches(of: list) where match.lowerBound >= end {
            if text[end..<match.lowerBound].holds(anyOf: strangeInText) { heads.append(.strange) }
            heads.append(.official(known[match.word].key))
            end = match.upperBound
        }
        if text[end...].holds(anyOf: strangeInText) { heads.append(.strange) }
        return heads
    }

    /// Heads read row after row as the columns that they head: those of organisations stand where
    /// the head does that spans them, the total last.
    ///
    /// - Parameter isPlaced: whether what stands beside that head, natural persons and the total,
    ///   stands where it was read.
    static func unfolded(_ heads: [ColumnHead], isPlaced: Bool) -> [ColumnHead] {
        let total = ColumnHead.official("total")
        // A head over two lines is printed in both where the text shows spans so.
        var known: [ColumnHead] = []
        for head in heads where head == .strange || !known.contains(head) { known.append(head) }
        let heads = known
        guard let span = heads.firstIndex(of: .official(organisations)) else {
            // Only the lines of a table whose spans were lost print it before those on its left.
            let first = heads.firstIndex(of: .official("natural_person")) ?? heads.endIndex
            let isMoved = !isPlaced && heads.firstIndex(of: total).map { $0 > first } ?? false
            return isMoved ? heads.filter { $0 != total } + [total] : heads
        }
        func isBelow(_ head: ColumnHead) -> Bool {
            switch head {
            case .official("commercial"), .official("research"), .official("public_welfare"),
                .official("legal_service"), .official("other_org"):
                true
            case .official, .strange: false
            }
        }
        let organisations = heads.filter(isBelow)
        let above = heads.filter { !isBelow($0) && $0 != .official(Self.organisations) }
        let before =
            isPlaced
            ? heads[..<span].filter { !isBelow($0) }
            : above.filter { $0 != total && $0 != .strange }
        return before + organisations + above.dropping(before)
    }
}

extension [ColumnHead] {
    /// The heads without some of them, each once.
    fileprivate func dropping(_ others: [ColumnHead]) -> [ColumnHead] {
        var rest = others
        return filter { head in
            guard let index = rest.firstIndex(of: head) else { return true }
            rest.remove(at: index)
            return false
        }
    }
}
