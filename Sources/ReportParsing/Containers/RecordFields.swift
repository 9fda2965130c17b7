/// Which fields of a scraper's records hold what: by name, in any case.
///
///     try RecordFields(["text=content", "agency=meta.publisher"])
public struct RecordFields: Sendable, Hashable {
    /// What a field can hold.
    public enum Kind: String, Sendable, CaseIterable {
        /// The report's text: plain, Markdown or a web page.
        case text
        /// Its title.
        case title
        /// The agency that published it.
        case agency
        /// When it was published.
        case date
        /// Where it was found.
        case url
    }

    /// What is wrong with a setting: it is neither `kind=name`, nor is its kind known.
    public struct Problem: Error, Sendable, Hashable {
        /// The setting.
        public let setting: String
    }

    /// The names that are looked for, those that come first before the others.
    private var names: [Kind: [String]] = [
        .text: [
            "text", "content", "body", "article", "fulltext", "full_text", "markdown", "html",
            "content_html", "正文", "内容", "全文",
        ],
        .title: ["title", "headline", "标题", "名称", "name"],
        .agency: [
            "agency", "publisher", "organization", "department", "机关", "发布机构", "单位", "部门", "来源",
        ],
        .date: [
            "date", "published", "publish_date", "pubdate", "publish_time", "发布日期", "发布时间", "日期",
        ],
        .url: ["url", "link", "href", "source_url", "网址", "链接"],
    ]

    /// The names that scrapers use.
    public static let usual = RecordFields()

    private init() {}

    /// The usual names, and before them those of settings such as `text=content`.
    public init(_ settings: [String]) throws(Problem) {
        for setting in settings {
            let parts = setting.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else {
                throw Problem(setting: setting)
            }
            names[kind] = [String(parts[1]).lowercased()] + (names[kind] ?? [])
        }
    }

    /// The number among some names, from 0, of the one that holds something; nil when none does.
    func column(of kind: Kind, in heads: [String]) -> Int? {
        let plain = heads.map { $0.lowercased() }
        for name in names[kind] ?? [] {
            if let column = plain.firstIndex(of: name) { return column }
        }
        return nil
    }

    /// The value of the field that holds something; nil when none does, or it is empty.
    func value(of kind: Kind, in record: [String: String]) -> String? {
        for name in names[kind] ?? [] {
            if let value = record[name], !value.trimmingSpaces.isEmpty { return value }
        }
        return nil
    }
}
