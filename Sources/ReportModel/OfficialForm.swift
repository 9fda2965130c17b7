/// An edition of the official report form.
///
/// The form is decided from the table heads of a report, never from its year or from the
/// notice that it cites: agencies kept using the older form after it was replaced.
public enum OfficialForm: String, Sendable, CaseIterable {
    /// 国办公开办函〔2021〕30号: 200 cells, reports for 2021 onward.
    case form2021 = "2021"
    /// 国办公开办函〔2019〕60号: 198 cells, reports for 2019 and 2020.
    case form2019 = "2019"
    /// No official table was recognised.
    case none
}

/// Who applied: the seven columns of the third table, in the official order.
public enum ApplicantColumn: String, Sendable, CaseIterable {
    /// 自然人
    case naturalPerson = "natural_person"
    /// 商业企业
    case commercial
    /// 科研机构
    case research
    /// 社会公益组织
    case publicWelfare = "public_welfare"
    /// 法律服务机构
    case legalService = "legal_service"
    /// 其他 (organisations)
    case otherOrganisation = "other_org"
    /// 总计
    case total

    /// The column's head in the official form.
    public var label: String {
        switch self {
        case .naturalPerson: "自然人"
        case .commercial: "商业企业"
        case .research: "科研机构"
        case .publicWelfare: "社会公益组织"
        case .legalService: "法律服务机构"
        case .otherOrganisation: "其他"
        case .total: "总计"
        }
    }

    /// The five organisation columns, 法人或其他组织.
    public static let organisations: [ApplicantColumn] = [
        .commercial, .research, .publicWelfare, .legalService, .otherOrganisation,
    ]
}

/// How a review or a lawsuit ended: the five columns of each block of the fourth table.
public enum OutcomeColumn: String, Sendable, CaseIterable {
    /// 结果维持
    case upheld
    /// 结果纠正
    case corrected
    /// 其他结果
    case other
    /// 尚未审结
    case pending
    /// 总计
    case total

    /// The column's head in the official form.
    public var label: String {
        switch self {
        case .upheld: "结果维持"
        case .corrected: "结果纠正"
        case .other: "其他结果"
        case .pending: "尚未审结"
        case .total: "总计"
        }
    }
}

/// A row of an official table: where it stands, what it is called, which cells it holds.
public struct OfficialRow: Sendable, Hashable {
    /// The official section that holds the row: 2, 3 or 4.
    public let section: Int
    /// The part of the cells' keys that names the row, such as `requests.denied.state_secret`.
    public let key: String
    /// The group label that spans the row, such as 不予公开; nil when there is none.
    public let group: String?
    /// The row's label without its number, such as 属于国家秘密.
    public let label: String
    /// Short Chinese names, the preferred one first, without the group.
    public let names: [String]
    /// The keys of the row's columns, left to right.
    public let columns: [String]
    /// The Chinese names of the row's columns, left to right.
    public let columnNames: [String]
    /// The unit of each column: 件, 项, 万元; nil where the form states none.
    public let units: [String?]

    /// The full keys of the row's cells, left to right.
    public var cellKeys: [String] { columns.map { "\(key).\($0)" } }
}

extension OfficialForm {
    /// The rows of the form in their official order; empty for ``OfficialForm/none``.
    ///
    /// The last three rows are the blocks of the fourth table, which the form prints side by side.
    public var rows: [OfficialRow] {
        switch self {
        case .form2021: Self.rows2021
        case .form2019: Self.rows2019
        case .none: []
        }
    }

    /// The rows of the second and third table, which are read together.
    public var countRows: [OfficialRow] {
        switch self {
        case .form2021: Self.countRows2021
        case .form2019: Self.countRows2019
        case .none: []
        }
    }

    /// The three blocks of the fourth table.
    public var disputeRows: [OfficialRow] { self == .none ? [] : Self.disputeBlocks }

    /// The rows, with the one row for 其他处理 in place of its three where a report prints that.
    public func rows(printedIn statistics: StatisticTable) -> [OfficialRow] {
        let single = Self.form2019.rows.filter { $0.key == "requests.other_handling" }
        guard self == .form2021,
            single.contains(where: { row in
                Self.fields(of: row).contains { statistics[$0] != nil }
            })
        else { return rows }
        return rows.flatMap { row -> [OfficialRow] in
            guard row.key.hasPrefix("requests.other_handling.") else { return [row] }
            let isPrinted = Self.fields(of: row).contains { statistics[$0] != nil }
            return (isPrinted ? [row] : []) + (row.key.hasSuffix(".other") ? single : [])
        }
    }

    private static let countRows2021 = rows2021.filter { $0.section < 4 }
    private static let countRows2019 = rows2019.filter { $0.section < 4 }
    private static let rows2021 =
        proactive2021 + requestRows(otherHandling: splitOtherHandling)
        + disputeBlocks
    private static let rows2019 =
        proactive2019 + requestRows(otherHandling: [singleOtherHandling])
        + disputeBlocks

    private static let proactive2021: [OfficialRow] = {
        let documents = ["issued", "repealed", "in_force"]
        let documentNames = ["制发", "废止", "有效"]
        func row(_ key: String, _ label: String, _ names: [String]) -> OfficialRow {
            proactive("proactive." + key, label, names, ["decisions"], ["处理决定"], ["件"])
        }
        return [
            proactive(
                "proactive.regulations", "规章", ["规章"], documents, documentNames,
                ["件", "件", "件"]),
            proactive(
                "proactive.normative_docs", "行政规范性文件", ["规范性文件"], documents,
                documentNames, ["件", "件", "件"]),
            row("licensing", "行政许可", ["行政许可", "许可"]),
            row("penalties", "行政处罚", ["行政处罚", "处罚"]),
            row("coercion", "行政强制", ["行政强制", "强制"]),
            proactive(
                "proactive.fees", "行政事业性收费", ["行政事业性收费", "收费"], ["amount"], ["金额"],
                ["万元"]),
        ]
    }()

    private static let proactive2019: [OfficialRow] = {
        let documents = ["made", "disclosed", "total_disclosed"]
        let documentNames = ["新制作", "新公开", "公开总数"]
        let items = ["items_prev_year", "items_change", "decisions"]
        let itemNames = ["上年项目", "增减", "处理决定"]
        func row(_ key: String, _ label: String) -> OfficialRow {
            proactive(
                "proactive19." + key, label, ["\(label)2019"], items, itemNames, ["项", "项", "件"])
        }
        return [
            proactive(
                "proactive19.regulations", "规章", ["规章2019"], documents, documentNames,
                ["件", "件", "件"]),
            proactive(
                "proactive19.normative_docs", "规范性文件", ["规范性文件2019"], documents,
                documentNames, ["件", "件", "件"]),
            row("licensing", "行政许可"),
            row("other_external_management", "其他对外管理服务事项"),
            row("penalties", "行政处罚"),
            row("coercion", "行政强制"),
            proactive(
                "proactive19.fees", "行政事业性收费", ["行政事业性收费2019"],
                ["items_prev_year", "items_change"], ["上年项目", "增减"], ["项", "项"]),
            proactive(
                "proactive19.procurement", "政府集中采购", ["政府集中采购", "集中采购"],
                ["projects", "amount"], ["项目数", "金额"], ["项", nil]),
        ]
    }()

    private static func proactive(
        _ key: String, _ label: String, _ names: [String], _ columns: [String],
        _ columnNames: [String], _ units: [String?]
    ) -> OfficialRow {
        OfficialRow(
            section: 2, key: key, group: nil, label: label, names: names, columns: columns,
            columnNames: columnNames, units: units)
    }

    private static func requestRows(otherHandling: [OfficialRow]) -> [OfficialRow] {
        leadingRequestRows + otherHandling + [
            request("results_total", nil, "总计", ["办理总计", "办理结果总计"]),
            request("carried_out", nil, "结转下年度继续办理", ["结转下年", "结转下年度继续办理"]),
        ]
    }

    private static let leadingRequestRows: [OfficialRow] = [
        request("new", nil, "本年新收政府信息公开申请数量", ["新收", "本年新收"]),
        request("carried_in", nil, "上年结转政府信息公开申请数量", ["上年结转"]),
        request("granted", nil, "予以公开", ["予以公开"]),
        request("partial", nil, "部分公开", ["部分公开"]),
        request("denied.state_secret", "不予公开", "属于国家秘密", ["国家秘密"]),
        request("denied.law_prohibited", "不予公开", "其他法律行政法规禁止公开", ["法律法规禁止"]),
        request("denied.security_stability", "不予公开", "危及三安全一稳定", ["三安全一稳定"]),
        request("denied.third_party_rights", "不予公开", "保护第三方合法权益", ["第三方合法权益", "第三方权益"]),
        request("denied.internal_affairs", "不予公开", "属于三类内部事务信息", ["内部事务信息", "内部事务"]),
        request("denied.process_info", "不予公开", "属于四类过程性信息", ["过程性信息"]),
        request("denied.enforcement_file", "不予公开", "属于行政执法案卷", ["行政执法案卷", "执法案卷"]),
        request("denied.admin_query", "不予公开", "属于行政查询事项", ["行政查询事项", "行政查询"]),
        request("unable.not_held", "无法提供", "本机关不掌握相关政府信息", ["本机关不掌握", "不掌握"]),
        request("unable.needs_creation", "无法提供", "没有现成信息需要另行制作", ["没有现成信息", "另行制作"]),
        request(
            "unable.unclear_after_correction", "无法提供", "补正后申请内容仍不明确",
            ["补正后仍不明确", "仍不明确"]),
        request("not_processed.petition", "不予处理", "信访举报投诉类申请", ["信访举报投诉"]),
        request("not_processed.duplicate", "不予处理", "重复申请", ["重复申请"]),
        request("not_processed.publication", "不予处理", "要求提供公开出版物", ["公开出版物"]),
        request("not_processed.excessive", "不予处理", "无正当理由大量反复申请", ["大量反复申请"]),
        request(
            "not_processed.confirm_reissue", "不予处理", "要求行政机关确认或重新出具已获取信息",
            ["确认或重新出具"]),
    ]

    private static let splitOtherHandling: [OfficialRow] = [
        request(
            "other_handling.no_correction", "其他处理",
            "申请人无正当理由逾期不补正行政机关不再处理其政府信息公开申请", ["逾期不补正"]),
        request(
            "other_handling.fee_unpaid", "其他处理",
            "申请人逾期未按收费通知要求缴纳费用行政机关不再处理其政府信息公开申请", ["逾期未缴费"]),
        request("other_handling.other", "其他处理", "其他", []),
    ]

    private static let singleOtherHandling = request("other_handling", nil, "其他处理", ["其他处理2019"])

    private static func request(
        _ key: String, _ group: String?, _ label: String, _ names: [String]
    ) -> OfficialRow {
        OfficialRow(
            section: 3, key: "requests." + key, group: group, label: label,
            names: names.isEmpty && group != nil ? [label] : names,
            columns: ApplicantColumn.allCases.map(\.rawValue),
            columnNames: ApplicantColumn.allCases.map(\.label),
            units: ApplicantColumn.allCases.map { _ in "件" })
    }

    private static let disputeBlocks: [OfficialRow] = [
        dispute("review", "行政复议", ["复议", "行政复议"]),
        dispute("litigation.direct", "未经复议直接起诉", ["直接起诉", "未经复议直接起诉"]),
        dispute("litigation.after_review", "复议后起诉", ["复议后起诉"]),
    ]

    private static func dispute(_ key: String, _ label: String, _ names: [String]) -> OfficialRow {
        OfficialRow(
            section: 4, key: "disputes." + key, group: nil, label: label, names: names,
            columns: OutcomeColumn.allCases.map(\.rawValue),
            columnNames: OutcomeColumn.allCases.map(\.label),
            units: OutcomeColumn.allCases.map { _ in "件" })
    }
}
