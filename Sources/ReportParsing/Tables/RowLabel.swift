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
        "requests.new": ["本年新收政府信息公开申请"],
        "requests.carried_in": ["上年结转政府信息公开数量", "上年度结转政府信息公开申请数量"],
        "requests.partial": ["部分公开区分处理的只计这一情形不计其他情形"],
        "requests.denied.law_prohibited": ["其他法律法规禁止公开"],
        "requests.denied.security_stability": ["危及三安全一稳定"],
        "requests.other_handling.no_correction": ["申请人无正当理由逾期不补正"],
        "requests.other_handling.fee_unpaid": ["申请人逾期未按收费通知要求缴纳费用"],
        "requests.results_total": ["七总计", "办理结果总计"],
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

    private static let wordings: [String: [[Unicode.Scalar]]] = {
        var wordings: [String: [[Unicode.Scalar]]] = [:]
        for row in OfficialForm.form2021.rows + OfficialForm.form2019.rows {
            wordings[row.key] = ([row.label] + (variants[row.key] ?? []))
                .map { Array($0.unicodeScalars) }
        }
        return wordings
    }()

    private static let all: [[Unicode.Scalar]] = Array(wordings.values.joined())
    /// All words of the tables in one text: a piece of a broken label is found in it.
    private static let vocabulary: [Unicode.Scalar] =
        (heads + all).flatMap { $0 + ["\n"] }

    /// How well a printed label fits a row; 0 when it does not.
    static func fit(_ label: [Unicode.Scalar], _ row: OfficialRow) -> Int {
        var best = 0
        for wording in wordings[row.key] ?? [] {
            if label.count >= wording.count, label.suffix(wording.count).elementsEqual(wording) {
                best = max(best, 100 + 2 * wording.count)
            } else if short.contains(row.key) {
                continue
            } else if label.firstRange(of: wording) != nil {
                best = max(best, 50 + wording.count)
            } else if wording.count >= 4, label.count >= 4 {
                let end = Array(label.suffix(wording.count))
                let distance = editDistance(end, wording)
                if distance * 4 <= wording.count { best = max(best, 40 - 5 * distance) }
            }
        }
        return best
    }

    /// Whether a printed label ends in the label of some row.
    static func isLabel(_ label: [Unicode.Scalar]) -> Bool {
        all.contains {
            $0 != ["其", "他"] && $0 != ["总", "计"] && label.count >= $0.count
                && label.suffix($0.count).elementsEqual($0)
        }
    }

    /// Whether a line is made of the words of the tables rather than of narrative.
    static func isTableText(_ words: [Unicode.Scalar]) -> Bool {
        if words.isEmpty || vocabulary.firstRange(of: words) != nil { return true }
        // A group and its first row on one line, or a label with a slip of the pen.
        if isLabel(words) { return true }
        return all.contains { wording in
            wording.count >= 4 && abs(wording.count - words.count) * 4 <= wording.count
                && editDistance(words, wording) * 4 <= wording.count
        }
    }
}
