import QueryLanguage
import ReportModel
import ReportSearch

/// The names of fields and of their values as people read them.
enum FieldWords {
    /// The name of a field of an address or a facet.
    static func name(_ field: String, _ words: Words) -> String {
        let names = [
            "agency": ("agency", "机关"), "region": ("place", "地区"), "year": ("year", "年份"),
            "section": ("section", "章节"), "form": ("form", "格式"), "level": ("level", "级别"),
            "scope": ("scope", "范围"), "kind": ("kind", "类型"), "where": ("condition", "条件"),
            "province": ("province", "省"), "city": ("city", "市"), "county": ("county", "县"),
        ]
        return names[field].map { words($0.0, $0.1) } ?? field
    }

    /// What was computed of a sum or a rule: holds, fails, differs or is unknown.
    static func state(_ state: CheckResult.State, _ words: Words) -> String {
        switch state {
        case .holds: words("holds", "相符")
        case .fails: words("fails", "不符")
        case .differs: words("differs", "不一致")
        case .unknown: words("unknown", "未知")
        }
    }

    /// How sure a cell is.
    static func status(_ status: CellStatus, _ words: Words) -> String {
        switch status {
        case .printed: words("printed", "原文")
        case .inferred: words("inferred", "推算")
        case .blank: words("blank", "空白")
        case .annotated: words("annotated", "带注")
        case .conflict: words("printed twice", "两处不一")
        case .unsure: words("unsure", "存疑")
        }
    }

    /// The address of a report's page; with a line, opened where that line stands.
    static func report(_ id: String, line: Int? = nil, from: Address) -> String {
        let page = Address("/report/" + id, line.map { [("line", "\($0)")] } ?? [])
            .keepingLanguage(of: from)
        return page.text + (line.map { "#l\($0)" } ?? "")
    }

    /// An agency's page.
    static func agency(_ name: String, _ region: Region, from: Address) -> Address {
        Address(
            "/agency",
            [("agency", name)] + (region.names.last.map { [("region", $0)] } ?? [])
        ).keepingLanguage(of: from)
    }
}
