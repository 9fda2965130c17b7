import ChineseText
import ReportModel

/// The wordings of the official row labels, Chinese characters only, and how well a printed label
/// fits one.
///
/// Source: the two official forms and the variants met in published reports.
enum RowLabel {
    /// Wordings beyond the official one, by row key.
    private static let variants: [String: [String]] = [
        "proactive.normative_docs": ["规范性文件", "规范性档案"],
        "proactive.fees": ["行政事业型收费"],
        "proactive19.fees": ["行政事业型收费"],
        "requests.new": ["本年新收政府信息公开申请", "本年新收件数", "本年新收"],
        "requests.carried_in": [
            "上年结转政府信息公开数量", "上年度结转政府信息公开申请数量", "上年结转件数", "上年结转",
        ],
        "requests.partial": ["部分公开区分处理的只计这一情形不计其他情形"],
        "requests.denied.law_prohibited": ["其他法律法规禁止公开"],
        "requests.denied.security_stability": ["危及三安全一稳定"],
        "requests.other_handling.no_correction": ["申请人无正当理由逾期不补正"],
        "requests.other_handling.fee_unpaid": ["申请人逾期未按收费通知要求缴纳费用"],
        "requests.other_handling": ["六其他", "六其他情况", "六其他处理情况"],
        "requests.results_total": ["七总计", "七合计", "办理结果总计"],
        "requests.carried_out": ["结转下一年度继续办理", "结转下年度办理"],
    ]

    /// Rows whose label is a common word: only a printed label that ends in it fits.
    private static let short: Set<String> = [
        "requests.other_handling.other", "requests.results_total", "requests.other_handling",
    ]

    /// Words of the official tables that label no row: heads, groups and the printed note.
    private static let heads = [
        "第二十条第一项", "第二十条第五项", "第二十条第六项", "第二十条第八项", "第二十条第九项",
        "信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "本年新制作数量", "本年新公开数量",
        "对外公开总数量", "上一年项目数量", "本年增减", "处理决定数量", "本年处理决定数量", "采购项目数量",
        "采购总金额", "本年收费金额单位万元保留位小数", "本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和",
        "申请人情况", "自然人", "法人或其他组织", "商业企业", "科研机构", "社会公益组织", "法律服务机构",
        "其他", "总计", "三本年度办理结果", "三不予公开", "四无法提供", "五不予处理", "六其他处理",
        "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持", "结果纠正", "其他结果", "尚未审结",
    ].map { Array($0.unicodeScalars) }

    /// The keys of the rows of both forms, each once.
    private static let rowKeys: [String] = {
        var seen: Set<String> = []
        return (OfficialForm.form2021.rows + OfficialForm.form2019.rows).map(\.key)
            .filter { seen.insert($0).inserted }
    }()
    private static let rowNumbers = Dictionary(
        uniqueKeysWithValues: rowKeys.enumerated().map { ($1, $0) })
    /// The wordings of every row, each with the row's number.
    private static let wordings: [(row: Int, words: [Unicode.Scalar])] = {
        let labels = Dictionary(
            (OfficialForm.form2021.rows + OfficialForm.form2019.rows).map { ($0.key, $0.label) },
            uniquingKeysWith: { one, _ in one })
        return rowKeys.enumerated().flatMap { number, key in
            ([labels[key] ?? ""] + (variants[key] ?? [])).map {
                (number, Array($0.unicodeScalars))
            }
        }
    }()
    private static let outlines = wordings.map { Outline($0.words) }
    private static let headOutlines = heads.map(Outline.init)
    /// The row of each wording, and what it is worth that a label ends in it.
    private static let rows = wordings.map { $0.row }
    private static let worths = wordings.map { exact + 2 * $0.words.count }
    private static let isShort = rowKeys.map(short.contains)
    private static let ends = SuffixTrie(wordings.map(\.words))
    private static let vocabulary = Vocabulary(heads + wordings.map(\.words))
    /// Of each wording whether it is a word of other texts too.
    private static let isCommon = wordings.map {
        $0.words == ["其", "他"] || $0.words == ["总", "计"]
    }

    /// A label that ends in a row's wording fits it at least so well.
    static let exact = 100

    /// Rows that agencies add, whose labels are near those of the form.
    private static let added: WordList = [
        "工作秘密", "商业秘密", "个人隐私", "主动公开文件", "警务秘密", "不予公开情形", "其他不予公开", "其他无法提供",
        "其他不予处理", "其他原因", "撤回申请", "移交", "主动公开范围",
    ]
    /// Words before a wording that make it the label of another row: a part of it, last year's.
    private static let turning = ["其中", "上年", "上一年", "去年", "往年", "上年度"].map {
        Array($0.unicodeScalars)
    }
    private static let turningEnds = turning.compactMap(\.last)
    /// Words after a wording that do.
    private static let turned: WordList = ["率", "占比", "比例", "同比", "环比", "增长", "上年", "去年"]
    /// Words after a wording that head another part of the table, whose numbers follow.
    private static let partHeads: WordList = ["第二十条", "信息内容", "申请人情况", "勾稽关系"]

    /// Longer than this at the end of a label no added row's words are.
    private static let longestAdded = 12

    /// Whether a label ends in that of the sums of the results with its number, which no head has.
    static func isTotal(_ label: some RandomAccessCollection<Unicode.Scalar>) -> Bool {
        label.suffix(3).elementsEqual(total)
    }

    private static let total: [Unicode.Scalar] = ["七", "总", "计"]

    /// Whether a row's label is a word of other labels too.
    static func isShort(_ row: OfficialRow) -> Bool { short.contains(row.key) }

    /// The number by which ``fits(_:)`` names a row.
    static func number(of row: OfficialRow) -> Int { rowNumbers[row.key] ?? -1 }

    /// Whether a label is that of a row which agencies add.
    static func isAdded(_ label: [Unicode.Scalar]) -> Bool {
        label.suffix(longestAdded).holds(anyOf: added)
    }

    /// Whether a label ends in a head of the second table; what a watermark leaves may stand behind.
    ///
    /// The heads over fees are not meant: there a number can be that of the one row below them.
    static func endsInCountHead(_ label: [Unicode.Scalar]) -> Bool {
        countHeads.contains { label.ends(with: $0) || label.dropLast().ends(with: $0) }
    }

    private static let countHeads = [
        "第一项", "第五项", "第六项", "第八项", "第九项", "信息内容", "制发件数", "废止件数", "有效件数", "新制作数量", "新公开数量",
        "公开总数量", "上一年项目数量", "本年增减", "处理决定数量", "采购项目数量", "采购总金额",
    ].map { $0.scalars() }

    /// How well a printed label fits each row, by the row's number; 0 for rows that it does not fit.
    ///
    /// A label that ends in a row's wording names that row. Only a label that ends in none is
    /// looked at for a wording inside it, and then for one with slips of the pen.
    static func fits(_ label: [Unicode.Scalar]) -> [Int] {
        var fits = [Int](repeating: 0, count: rowKeys.count)
        var isKnown = false
        if isAdded(label) { return fits }
        _ = ends.holds(wordEnding: label) { index in
            let row = rows[index]
            let before = label.dropLast(wordings[index].words.count)
            if let last = before.last, turningEnds.contains(last),
                turning.contains(where: { before.ends(with: $0) })
            {
                isKnown = true
                return false
            }
            fits[row] = max(fits[row], worths[index])
            if !isShort[row] { isKnown = true }
            return false
        }
        if isKnown { return fits }
        let signs = Outline(label)
        for number in wordings.indices
        where !isShort[rows[number]] && signs.covers(outlines[number]) {
            let words = wordings[number].words
            if label.count > words.count, let index = label.offset(of: words),
                !label[(index + words.count)...].holds(anyOf: turned),
                !label[(index + words.count)...].holds(anyOf: partHeads)
            {
                fits[rows[number]] = max(fits[rows[number]], 50 + words.count)
            }
        }
        guard label.count >= 4, fits.allSatisfy({ $0 == 0 }) else { return fits }
        for (row, words) in wordings where words.count >= 4 && !isShort[row] {
            let end = Array(label.suffix(words.count))
            guard (words.count - end.count) * 4 <= words.count else { continue }
            if let distance = editDistance(end, words, atMost: max(1, words.count / 8)) {
                fits[row] = max(fits[row], 40 - 5 * distance)
            }
        }
        return fits
    }

    /// The rows that labels printed one after another name, by their numbers, in order.
    static func named(in label: [Unicode.Scalar]) -> [Int] {
        var found: [Int] = []
        var last = 0
        for end in 1...max(1, label.count) where end <= label.count {
            var longest: (row: Int, count: Int)?
            _ = ends.holds(wordEnding: label[..<end]) { index in
                let words = wordings[index].words
                // 其他 and 总计 are labels after another one, and heads elsewhere.
                let isCommonHere = isShort[rows[index]] && end - words.count > last + 1
                if !isCommonHere, words.count > longest?.count ?? 0 {
                    longest = (rows[index], words.count)
                }
                return false
            }
            guard let (row, count) = longest else { continue }
            let isSame = found.last == row
            // The last part of a longer label is no label of its own.
            guard isSame || found.isEmpty || end - count >= last else { continue }
            if !isSame { found.append(row) }
            last = end
        }
        return found
    }

    /// Whether a printed label ends in the label of some row.
    static func isLabel(_ label: some RandomAccessCollection<Unicode.Scalar>) -> Bool {
        ends.holds(wordEnding: label) { !isCommon[$0] }
    }

    /// Whether a label is nothing but heads and pieces of labels, so that it names no row.
    static func isOnlyHeads(_ label: [Unicode.Scalar]) -> Bool {
        if isAdded(label) { return false }
        var rest = label[...]
        var (pieces, words) = (0, 0)
        while !rest.isEmpty {
            let longest = vocabulary.longestPiece(of: rest)
            guard longest >= 2 else { return false }
            pieces += 1
            if longest == 2 { words += 1 }
            rest = rest.dropFirst(longest)
        }
        // 属于内部管理信息 is made of the words of labels and is another.
        return words < mostWords || words * 2 <= pieces
    }

    /// A label that is mostly single words of others, so many at least, is no piece of one.
    private static let mostWords = 3

    /// Whether a text begins with a head of a table, or what a slip of the pen made of one.
    static func opensWithHead(_ words: [Unicode.Scalar]) -> Bool {
        headOutlines.indices.contains { number in
            let outline = headOutlines[number]
            let slips = outline.count >= 6 ? 2 : 0
            guard outline.count >= 4, words.count >= outline.count,
                outline.mayBe(words, count: outline.count, slips: slips)
            else { return false }
            let head = heads[number]
            return words.starts(with: head)
                || slips > 0
                    && editDistance(Array(words.prefix(head.count)), head, atMost: slips) != nil
        }
    }

    /// Whether a line is made of the words of the tables rather than of narrative.
    static func isTableText(_ words: [Unicode.Scalar]) -> Bool {
        // A group and its first row on one line, or a label with a slip of the pen.
        words.isEmpty || vocabulary.contains(words) || isLabel(words)
            || outlines.indices.contains { number in
                let outline = outlines[number]
                let slips = outline.count / 4
                return outline.count >= 4 && abs(outline.count - words.count) <= slips
                    && outline.mayBe(words, count: words.count, slips: slips)
                    && editDistance(words, wordings[number].words, atMost: slips) != nil
            }
    }
}

/// What tells quickly that a text is no wording with slips of the pen.
private struct Outline {
    /// The number of characters of the wording.
    let count: Int
    /// A bit for the low bits of each of them.
    private let signs: UInt64

    init(_ words: [Unicode.Scalar]) {
        count = words.count
        signs = words.reduce(0) { $0 | 1 << UInt64($1.value & 63) }
    }

    /// Whether every sign of another text is one of this one's, as those of its pieces are.
    func covers(_ other: Outline) -> Bool { other.signs & ~signs == 0 }

    /// Whether so many characters at the start of a text may be the wording with so many slips, each
    /// of which brings in one character at most that it lacks.
    func mayBe(_ text: [Unicode.Scalar], count: Int, slips: Int) -> Bool {
        var strange = 0
        for index in 0..<count where signs & 1 << UInt64(text[index].value & 63) == 0 {
            strange += 1
            if strange > slips { return false }
        }
        return true
    }
}

/// Words that can be looked up by the end of a text that holds them.
private struct SuffixTrie {
    /// A node: the words that end in it and the edges that go on from it.
    private struct Node {
        var words: Range<Int>
        var edges: Range<Int>
    }

    private var nodes: [Node] = []
    /// The numbers of the words, node after node.
    private var words: [Int] = []
    /// Where the edges lead, node after node.
    private var edges: [(scalar: Unicode.Scalar, node: Int)] = []
    /// A bit for the low bits of each character that a word ends in.
    private var ends: UInt64 = 0

    init(_ all: [[Unicode.Scalar]]) {
        // The words that share an end, by its length, the root's first.
        var pending: [(length: Int, numbers: [Int])] = [(0, Array(all.indices))]
        for word in all { ends |= word.last.map { 1 << UInt64($0.value & 63) } ?? 0 }
        nodes = [Node(words: 0..<0, edges: 0..<0)]
        var next = 0
        while next < pending.count {
            let (length, numbers) = pending[next]
            let firstWord = words.count
            words += numbers.filter { all[$0].count == length }
            let firstEdge = edges.count
            let rest = numbers.filter { all[$0].count > length }
            for scalar in Set(rest.map { all[$0][all[$0].count - 1 - length] }).sorted() {
                edges.append((scalar, nodes.count))
                nodes.append(Node(words: 0..<0, edges: 0..<0))
                pending.append(
                    (length + 1, rest.filter { all[$0][all[$0].count - 1 - length] == scalar }))
            }
            nodes[next] = Node(words: firstWord..<words.count, edges: firstEdge..<edges.count)
            next += 1
        }
    }

    /// Whether one of the words that a text ends in, by their numbers, is as asked.
    func holds(
        wordEnding text: some RandomAccessCollection<Unicode.Scalar>, where isWanted: (Int) -> Bool
    ) -> Bool {
        guard let last = text.last, ends & 1 << UInt64(last.value & 63) != 0 else { return false }
        var node = 0
        for scalar in text.reversed() {
            guard let edge = nodes[node].edges.first(where: { edges[$0].scalar == scalar }) else {
                return false
            }
            node = edges[edge].node
            for number in nodes[node].words where isWanted(words[number]) { return true }
        }
        return false
    }
}

/// Words in which pieces can be looked up.
private struct Vocabulary {
    private let text: [Unicode.Scalar]
    /// The offsets in the text by the low byte of the character there.
    private let offsets: [Int]
    /// Where in `offsets` those of each low byte begin, and past the last ones.
    private let starts: [Int]

    init(_ words: [[Unicode.Scalar]]) {
        let text: [Unicode.Scalar] = words.flatMap { $0 + ["\n"] }
        self.text = text
        let byByte = Dictionary(grouping: text.indices) { text[$0].value & 0xFF }
        let groups = (0...0xFF).map { byByte[$0] ?? [] }
        offsets = groups.flatMap(\.self)
        starts = groups.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }
    }

    /// Where the text has a character, or one with the same low byte.
    private func offsets(of scalar: Unicode.Scalar) -> ArraySlice<Int> {
        let byte = Int(scalar.value & 0xFF)
        return offsets[starts[byte]..<starts[byte + 1]]
    }

    /// The number of scalars of the longest piece of a word that a text begins with.
    func longestPiece(of piece: ArraySlice<Unicode.Scalar>) -> Int {
        guard let first = piece.first else { return 0 }
        var longest = 0
        for offset in offsets(of: first) {
            var length = 0
            // A line end stands after every word, and in no label.
            while length < piece.count, text[offset + length] == piece[piece.startIndex + length] {
                length += 1
            }
            longest = max(longest, length)
        }
        return longest
    }

    /// Whether a text is a piece of one of the words.
    func contains(_ piece: [Unicode.Scalar]) -> Bool {
        guard let first = piece.first else { return true }
        return offsets(of: first).contains { text.matches(piece, at: $0) }
    }
}
