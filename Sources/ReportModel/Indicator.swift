extension Statistic {
    /// The indicators that reports are compared by: named formulas over cells and sums.
    ///
    /// Where published work divides by different numbers, each has a key and a name of its own. A
    /// quotient is known when both numbers are and the one below is above 0.
    static let indicators: [Statistic] = {
        var known: [String: Formula] = [:]
        return indicatorRows.map { row in
            let formula = formula(of: row, known)
            for name in row.names { known[name] = formula }
            return Statistic(
                key: row.key, names: row.names, english: row.english,
                unit: row.unit ?? (try? formula.unit()), section: row.section(formula),
                formula: formula, definition: formula.description)
        }
    }()

    private static func formula(of row: IndicatorRow, _ known: [String: Formula]) -> Formula {
        do throws(FormulaError) {
            return try Formula(parsing: row.formula) { name in
                known[name] ?? Statistic.stored(name)?.formula
            }
        } catch {
            preconditionFailure("\(row.key): \(error)")
        }
    }

    /// A row of the table of indicators.
    struct IndicatorRow {
        let key: String
        /// Chinese names, the preferred one first.
        let names: [String]
        let english: String
        let formula: String
        /// The unit, where it is not that of the parts; % of a share of 1.
        let unit: String?

        fileprivate init(
            _ key: String, _ names: String, _ english: String, _ formula: String,
            unit: String? = nil
        ) {
            (self.key, self.english, self.formula, self.unit) = (key, english, formula, unit)
            self.names = names.split(separator: " ").map(String.init)
        }

        fileprivate func section(_ formula: Formula) -> Int {
            formula.fields.first.map { StatisticField.all[$0].section } ?? 6
        }
    }

    private static func share(
        _ key: String, _ names: String, _ english: String, _ formula: String
    ) -> IndicatorRow {
        IndicatorRow(key, names, english, formula, unit: "%")
    }

    /// The rows; what a formula names stands in an earlier row or is a statistic.
    private static let indicatorRows: [IndicatorRow] =
        answerRows + applicantRows + refusalRows + disputeRows + documentRows + otherRows

    private static let answerRows = [
        IndicatorRow("requests.completed", "办结", "requests answered", "办理总计"),
        IndicatorRow(
            "requests.to_handle", "受理总量 待办总量", "requests to deal with", "新收 + 上年结转"),
        IndicatorRow(
            "requests.carried_change", "结转变化", "change of what is carried over",
            "结转下年 - 上年结转"),
        share("rate.granted", "予以公开率", "share disclosed in full", "予以公开 / 办理总计"),
        share("rate.partial", "部分公开率", "share disclosed in part", "部分公开 / 办理总计"),
        share(
            "rate.disclosed", "公开率 实质公开率", "share disclosed in full or in part",
            "(予以公开 + 部分公开) / 办理总计"),
        share(
            "rate.disclosed.answerable", "可答复公开率",
            "share disclosed of requests that could be answered",
            "(予以公开 + 部分公开) / (办理总计 - 不予处理 - 其他处理)"),
        share(
            "rate.disclosed.of_new", "按新收公开率 公开率.按新收",
            "disclosed requests per new request", "(予以公开 + 部分公开) / 新收"),
        share("rate.denied", "不予公开率", "share refused", "不予公开 / 办理总计"),
        share("rate.unable", "无法提供率", "share that could not be provided", "无法提供 / 办理总计"),
        share("rate.not_processed", "不予处理率", "share not processed", "不予处理 / 办理总计"),
        share("rate.other_handling", "其他处理率", "share handled otherwise", "其他处理 / 办理总计"),
        share("rate.completed", "办结率", "share answered in the year", "办理总计 / (新收 + 上年结转)"),
        share(
            "rate.carried_out", "结转率", "share carried over to the next year",
            "结转下年 / (新收 + 上年结转)"),
        share(
            "rate.not_held", "不掌握占比", "not held, of what could not be provided",
            "无法提供.本机关不掌握 / 无法提供"),
        share(
            "rate.not_held.of_results", "不掌握率", "not held, of all answers",
            "无法提供.本机关不掌握 / 办理总计"),
        share(
            "rate.petition", "信访占比", "petitions, of what was not processed",
            "不予处理.信访举报投诉 / 不予处理"),
        share(
            "rate.factual", "事实理由比", "factual grounds of all grounds for not disclosing",
            "无法提供 / (无法提供 + 不予公开)"),
        IndicatorRow(
            "rate.zero", "零申请率", "share of reports without a new request", "为零(新收) / 报告数",
            unit: "%"),
        IndicatorRow(
            "requests.per_10k", "万人申请量", "new requests per 10,000 inhabitants",
            "新收 / 常住人口 * 10000", unit: "件/万人"),
    ]

    /// Who applies, and what each kind of applicant gets.
    private static let applicantRows =
        [
            share("rate.natural_person", "自然人占比 自然人申请率", "share of natural persons", "新收.自然人 / 新收"),
            share(
                "rate.organisations", "组织占比 法人或其他组织占比", "share of organisations",
                "新收.法人或其他组织 / 新收"),
        ]
        + ApplicantColumn.organisations.map { column in
            let name = column == .otherOrganisation ? "其他组织" : column.label
            return share(
                "rate.applicant.\(column.rawValue)", "\(name)占比",
                "share of applicants: " + column.rawValue.replacingUnderscores,
                "新收.\(name) / 新收")
        }
        + ([.naturalPerson] + ApplicantColumn.organisations).map { (column: ApplicantColumn) in
            let name = column == .otherOrganisation ? "其他组织" : column.label
            return share(
                "rate.disclosed.\(column.rawValue)", "\(name)公开率",
                "share disclosed to applicants: " + column.rawValue.replacingUnderscores,
                "(予以公开.\(name) + 部分公开.\(name)) / 办理总计.\(name)")
        }

    /// The eight reasons of 不予公开, each as a share of their sum.
    private static let refusalRows = OfficialForm.form2021.rows.filter { $0.group == "不予公开" }
        .map { row in
            share(
                "rate.denied." + row.key.dropFirst("requests.denied.".count),
                "\(row.names[0])占比",
                "share of refusals: "
                    + String(row.key.dropFirst("requests.denied.".count)).replacingUnderscores,
                "不予公开.\(row.names[0]) / 不予公开")
        }

    private static let disputeRows =
        [
            share("rate.review", "复议率", "reviews per answer", "复议 / 办理总计"),
            share("rate.review.of_new", "按新收复议率", "reviews per new request", "复议 / 新收"),
            share("rate.litigation", "诉讼率", "lawsuits per answer", "诉讼 / 办理总计"),
            share("rate.litigation.of_new", "按新收诉讼率", "lawsuits per new request", "诉讼 / 新收"),
            share(
                "rate.disputes", "争议率", "reviews and lawsuits per new request",
                "(复议 + 诉讼) / 新收"),
            share(
                "rate.disputes.once", "不重计争议率",
                "reviews and direct lawsuits per new request, each case once",
                "(复议 + 直接起诉) / 新收"),
            share(
                "rate.sued_after_review", "复议后起诉率", "lawsuits after a review per decided review",
                "复议后起诉 / (复议 - 复议.尚未审结)"),
            IndicatorRow(
                "ratio.review_to_litigation", "复议诉讼比", "reviews per lawsuit", "复议 / 诉讼"),
            IndicatorRow(
                "disputes.corrected", "被纠错件", "reviews and lawsuits that ended in a correction",
                "复议.结果纠正 + 诉讼.结果纠正"),
        ]
        + [
            ("review", "复议", "行政复议纠错率", "reviews"),
            ("litigation", "诉讼", "行政诉讼纠错率 诉讼败诉率", "lawsuits"),
            ("direct", "直接起诉", "", "direct lawsuits"),
            ("after_review", "复议后起诉", "", "lawsuits after a review"),
        ].flatMap { key, name, others, english in
            [
                share(
                    "rate.\(key)_corrected", "\(name)纠错率 \(others)",
                    "share of \(english) corrected", "\(name).结果纠正 / \(name)"),
                share(
                    "rate.\(key)_corrected.decided", "\(name)已结纠错率",
                    "share of decided \(english) corrected",
                    "\(name).结果纠正 / (\(name) - \(name).尚未审结)"),
                share(
                    "rate.\(key)_upheld", "\(name)维持率", "share of decided \(english) upheld",
                    "\(name).结果维持 / (\(name) - \(name).尚未审结)"),
                share(
                    "rate.\(key)_pending", "\(name)未结率", "share of \(english) pending",
                    "\(name).尚未审结 / \(name)"),
            ]
        }

    private static let documentRows = [
        ("regulations", "规章", "regulations"), ("normative_docs", "规范性文件", "normative documents"),
    ].flatMap { key, name, english in
        [
            IndicatorRow(
                "\(key).net", "\(name)净增", "\(english) issued less repealed",
                "\(name).制发 - \(name).废止"),
            share(
                "rate.\(key)_repealed", "\(name)废止率", "share of \(english) repealed",
                "\(name).废止 / (\(name).有效 + \(name).废止)"),
            IndicatorRow(
                "chain.\(key)", "\(name)存量链差",
                "\(english) in force against the year before, issued and repealed",
                "\(name).有效 - (上年(\(name).有效) + \(name).制发 - \(name).废止)"),
        ]
    }

    private static let otherRows = [
        IndicatorRow(
            "chain.carried", "结转链差", "carried in against carried out the year before",
            "上年结转 - 上年(结转下年)"),
        IndicatorRow(
            "enforcement.decisions", "执法量", "licensing, penalty and coercion decisions",
            "许可量 + 处罚量 + 强制量"),
        IndicatorRow(
            "ratio.penalties_to_licensing", "处罚许可比", "penalties per licence", "处罚量 / 许可量"),
        IndicatorRow(
            "narrative.processing_fee", "信息处理费 处理费", "fee for processing information", "信息处理费"),
        IndicatorRow(
            "fee.per_result", "件均信息处理费", "processing fee per answer", "信息处理费 / 办理总计"),
    ]
}

extension String {
    fileprivate var replacingUnderscores: String {
        String(map { $0 == "_" ? " " : $0 })
    }
}

/// Indicators that are shares of one whole and belong together.
public struct Composition: Sendable, Hashable {
    /// The key.
    public let key: String
    /// The Chinese names, the preferred one first.
    public let names: [String]
    /// The name in English.
    public let english: String
    /// The keys of the shares, in the order of the form.
    public let members: [String]

    /// Every composition.
    public static let all = [
        Composition(
            key: "composition.denied", names: ["不予公开理由构成", "不予公开构成"],
            english: "reasons of refusals",
            members: OfficialForm.form2021.rows.filter { $0.group == "不予公开" }
                .map { "rate.denied." + $0.key.dropFirst("requests.denied.".count) }),
        Composition(
            key: "composition.applicants", names: ["申请人构成"], english: "kinds of applicants",
            members: ["rate.natural_person"]
                + ApplicantColumn.organisations.map { "rate.applicant.\($0.rawValue)" }),
        Composition(
            key: "composition.results", names: ["办理结果构成", "答复构成"],
            english: "how requests were answered",
            members: [
                "rate.granted", "rate.partial", "rate.denied", "rate.unable", "rate.not_processed",
                "rate.other_handling",
            ]),
    ]

    /// The composition with a key or name; nil when there is none.
    public static func named(_ name: String) -> Composition? {
        all.first { $0.key == name || $0.names.contains(name) }
    }
}
