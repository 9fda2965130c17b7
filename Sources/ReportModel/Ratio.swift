extension Statistic {
    /// The shares that reports are compared by, each with the number that it is a share of.
    ///
    /// A share is known when both numbers are and the whole is above 0.
    static let ratios: [Statistic] = {
        let parts = Dictionary(
            (cells + sums).flatMap { one in one.names.map { ($0, one) } },
            uniquingKeysWith: { one, _ in one })
        return ratioRows.compactMap { row in
            guard let part = sum(of: row.part, in: parts), let whole = sum(of: row.whole, in: parts)
            else { return nil }
            return Statistic(
                key: "rate." + row.key, names: row.names, unit: "%", section: part.section,
                alternatives: part.fields, wholes: whole.fields,
                definition: row.part.joined(separator: " + ") + " ÷ "
                    + (row.whole.count > 1
                        ? "(\(row.whole.joined(separator: " + ")))" : row.whole[0]))
        }
    }()

    private struct RatioRow {
        let key: String
        let names: [String]
        /// Names of statistics whose sum is the part.
        let part: [String]
        /// Names of statistics whose sum is the whole.
        let whole: [String]
    }

    private static let ratioRows = [
        RatioRow(key: "granted", names: ["予以公开率"], part: ["予以公开"], whole: ["办理总计"]),
        RatioRow(key: "partial", names: ["部分公开率"], part: ["部分公开"], whole: ["办理总计"]),
        RatioRow(
            key: "disclosed", names: ["公开率"], part: ["予以公开", "部分公开"], whole: ["办理总计"]),
        RatioRow(key: "denied", names: ["不予公开率"], part: ["不予公开"], whole: ["办理总计"]),
        RatioRow(key: "unable", names: ["无法提供率"], part: ["无法提供"], whole: ["办理总计"]),
        RatioRow(key: "not_processed", names: ["不予处理率"], part: ["不予处理"], whole: ["办理总计"]),
        RatioRow(key: "other_handling", names: ["其他处理率"], part: ["其他处理"], whole: ["办理总计"]),
        RatioRow(key: "completed", names: ["办结率"], part: ["办理总计"], whole: ["新收", "上年结转"]),
        RatioRow(key: "carried_out", names: ["结转率"], part: ["结转下年"], whole: ["新收", "上年结转"]),
        RatioRow(
            key: "natural_person", names: ["自然人占比", "自然人申请率"], part: ["新收.自然人"],
            whole: ["新收"]),
        RatioRow(
            key: "organisations", names: ["组织占比", "法人或其他组织占比"],
            part: ["新收.法人或其他组织"], whole: ["新收"]),
        RatioRow(
            key: "review_corrected", names: ["复议纠错率", "行政复议纠错率"], part: ["复议.结果纠正"],
            whole: ["复议"]),
        RatioRow(
            key: "litigation_corrected", names: ["诉讼纠错率", "行政诉讼纠错率"], part: ["诉讼.结果纠正"],
            whole: ["诉讼"]),
        RatioRow(
            key: "direct_corrected", names: ["直接起诉纠错率"], part: ["直接起诉.结果纠正"],
            whole: ["直接起诉"]),
        RatioRow(
            key: "after_review_corrected", names: ["复议后起诉纠错率"], part: ["复议后起诉.结果纠正"],
            whole: ["复议后起诉"]),
    ]

    /// The sum of statistics as fields: each way to have all of them known.
    private static func sum(
        of names: [String], in parts: [String: Statistic]
    ) -> (section: Int, fields: [[Int]])? {
        var fields: [[Int]] = [[]]
        var section = 0
        for name in names {
            guard let part = parts[name] else { return nil }
            section = part.section
            fields = fields.flatMap { one in part.alternatives.map { one + $0 } }
        }
        return (section, fields)
    }
}
