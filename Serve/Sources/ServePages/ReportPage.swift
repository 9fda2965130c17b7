import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

/// The page of one report: its head, its tables with their sums, its text, what was found odd.
///
/// The address holds the report's id, which is made of the file's content: it stays when the index
/// is made anew.
struct ReportPage {
    private let source: Source
    private let head: ReportHead
    private let report: Report
    private let files: [String]
    private let address: Address
    private let words: Words

    /// The most bytes of text on one page.
    private static let longestText = 24_000

    /// The page of a report; nil when the index has none with the id.
    init?(source: Source, id: String, _ address: Address, _ words: Words) throws {
        guard let stored = try source.report(id: id) else { return nil }
        self.source = source
        (head, report, files) = stored
        (self.address, self.words) = (address, words)
    }

    func answer() throws -> Answer {
        if address.form != .html {
            _ = try source.index(
                for: words("raw texts and lines of cells", "单元格的原文和行号"), words)
        }
        switch address.form {
        case .html: return .page(frame.html(try body))
        case .json:
            let json = ReportJSON.report(report, sha256: head.sha256, file: files.first)
            return .data(json.text + "\n", .json, name: head.id)
        case .csv, .xlsx:
            var table = ReportTable.cells
            table.rows = ReportTable.rows(report, head: head, file: files.first)
            return try .table(table, address.form, name: "cells")
        }
    }

    private var frame: PageFrame {
        let name = report.agency ?? report.title ?? words("A report", "报告")
        return PageFrame(
            title: name + (report.year.map { " \($0)" } ?? ""), address: address, words: words)
    }

    private var body: HTML {
        get throws {
            let agency = try AgencyYears(of: head, in: source)
            let checks = report.checks(source: head.id) + (try agency.checks(of: head))
            return """
                \(evidence)\(otherYears(agency.heads))\
                \(ReportTables(report: report, id: head.id, checks: checks, words: words).html)\
                \(text)\(findings)\(try ending)
                """
        }
    }

    // MARK: The head

    private var evidence: HTML {
        var rows: [(String, HTML)] = []
        func add(_ name: String, _ value: String?) {
            rows.append((name, "\(value ?? words("unknown", "未知"))"))
        }
        add(words("title", "标题"), report.title)
        if let agency = report.agency {
            let page = FieldWords.agency(agency, report.region, from: address).text
            rows.append((words("agency", "机关"), "<a href=\"\(page)\">\(agency)</a>"))
        } else {
            add(words("agency", "机关"), nil)
        }
        for alias in report.agencyAliases { add(words("also called", "别称"), alias) }
        add(
            words("place", "地区"),
            report.region.names.isEmpty ? nil : report.region.names.joined(separator: " "))
        add(words("year", "年份"), report.year.map(String.init))
        add(words("form", "格式"), report.form.rawValue)
        add(words("scope", "范围"), report.scope.rawValue)
        if let evidence = report.scopeEvidence {
            add(words("scope, because", "范围依据"), "\(evidence.line): \(evidence.text)")
        }
        for file in files { add(words("file", "文件"), DisplayPath.of(file)) }
        add("SHA-256", head.sha256)
        let items = rows.map { name, value -> HTML in
            "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
        }
        return "<dl class=\"head\" lang=\"zh\">\(items)</dl>\n"
    }

    private func otherYears(_ reports: [ReportHead]) -> HTML {
        let links = reports.filter { $0.id != head.id }.map { other -> HTML in
            let page = FieldWords.report(other.id, from: address)
            return "<li><a href=\"\(page)\">\(other.year.map(String.init) ?? "?")</a></li>"
        }
        guard !links.isEmpty else { return "" }
        return """
            <h2>\(words("Other reports of this agency", "该机关的其他报告"))</h2>
            <ul class="row">\(links)</ul>

            """
    }

    // MARK: The text

    /// A section's text, or as much from the beginning as a page holds.
    private var text: HTML {
        let sections = report.headings.map(\.section)
        let line = address["line"].flatMap { Int($0) }
        let wanted =
            address["section"].flatMap { Int($0) }
            ?? line.flatMap { line in report.passages.first { $0.lines.contains(line) }?.section }
        let links = report.headings.map { heading -> HTML in
            let page = address.with("section", "\(heading.section)").dropping("from").dropping(
                "line"
            )
            .text
            let here: HTML = wanted == heading.section ? " aria-current=\"true\"" : ""
            return "<li><a href=\"\(page)#text\"\(here) lang=\"zh\">\(heading.title)</a></li>\n"
        }
        let way: HTML = sections.isEmpty ? "" : "<ul class=\"sections\">\(links)</ul>\n"
        return """
            <h2 id="text">\(words("Text", "正文"))</h2>
            \(way)\(passages(section: wanted, line: line))
            """
    }

    private func passages(section wanted: Int?, line: Int?) -> HTML {
        let all = report.passages.filter { wanted == nil || $0.section == wanted }
        let named = address["from"].flatMap { Int($0) }
        // A passage that is pointed at is on the page: a few before it, where it is far down.
        let pointed = line.flatMap { line in all.firstIndex { $0.lines.contains(line) } }
        let isFar =
            all.prefix(pointed ?? 0).reduce(0) { $0 + $1.text.utf8.count } > Self.longestText
        let start = min(max(named ?? (isFar ? (pointed ?? 0) - 2 : 0), 0), all.count)
        var html: HTML = ""
        var length = 0
        var next = start
        var section: Int?
        var subsection: String?
        while next < all.count, next == start || length < Self.longestText {
            let passage = all[next]
            if passage.section != section {
                let title = report.headings.first { $0.section == passage.section }?.title
                html += "<h3 lang=\"zh\">\(title ?? words("Opening", "开头"))</h3>\n"
                (section, subsection) = (passage.section, nil)
            }
            if let name = passage.subsection, name != subsection {
                html += "<h4 lang=\"zh\">\(name)</h4>\n"
            }
            subsection = passage.subsection
            let line = passage.lines.lowerBound
            let part =
                report.parts.part(ofLine: line).map { " \($0.kind.rawValue) \($0.name)" } ?? ""
            html += """
                <p id="l\(line)" lang="zh">\(passage.text) \
                <a class="line" href="#l\(line)">\(line)\(part)</a></p>

                """
            length += passage.text.utf8.count
            next += 1
        }
        guard next < all.count else { return html }
        let page = address.with("from", "\(next)").text
        return html
            + "<p><a rel=\"next\" href=\"\(page)#text\">\(words("Read on", "继续阅读"))</a></p>\n"
    }

    private var findings: HTML {
        guard !report.findings.isEmpty else { return "" }
        let items = report.findings.map { finding -> HTML in
            let line = finding.line.map { words("line \($0): ", "第 \($0) 行：") } ?? ""
            let text = words(
                finding.message, FindingCatalogue.text(of: finding, in: .chinese))
            return "<li><code>\(finding.code)</code> \(line)\(text)</li>\n"
        }
        return """
            <h2>\(words("What was found odd", "读取时的发现"))</h2>
            <ul>\(items)</ul>

            """
    }

    /// Who shares the text, and the data; of a report on servers, that these are not there.
    private var ending: HTML {
        get throws {
            guard case .index(let reader) = source else {
                return """
                    <p class="note">\(words(
                        "Servers keep the values of cells, not their raw texts and lines, and no findings; who shares the text cannot be asked of them.",
                        "服务器只有单元格的数值，没有原文和行号，也没有读取说明；也无法查找谁的报告有相同文字。"))</p>

                    """
            }
            return """
                \(try sharedTexts(in: reader))\(HTML.downloads(address, [.json, .csv, .xlsx], words))
                """
        }
    }

    // MARK: Who shares its text

    /// The fewest characters in a row that count as shared.
    private static let shortest = 40
    /// The most shared texts that a page shows.
    private static let mostShared = 10

    private func sharedTexts(in reader: IndexReader) throws -> HTML {
        guard address["shared"] != nil else {
            let page = address.with("shared", "1").text
            return """
                <h2 id="shared">\(words("Who shares its text", "谁的报告有相同文字"))</h2>
                <p><a href="\(page)#shared">\(words("Look", "查找"))</a></p>

                """
        }
        let shared = try Searcher(reader).sharedTexts(
            ofReport: head.id, line: nil, minimum: Self.shortest)
        let items = shared.prefix(Self.mostShared).map { shared -> HTML in
            let other = shared.other.report
            let page = FieldWords.report(
                other.id, line: shared.other.passage.lines.lowerBound, from: address)
            return """
                <li><a href="\(page)" lang="zh">\
                \(other.agency ?? other.title ?? other.id) \(other.year.map(String.init) ?? "")</a>, \
                \(words("\(shared.length) characters", "\(shared.length) 字"))
                <blockquote lang="zh">\(shared.text)</blockquote></li>

                """
        }
        let none: HTML =
            items.isEmpty
            ? "<p>\(words("Nobody in this index, over 40 characters in a row.", "本索引中没有连续 40 字以上相同的报告。"))</p>"
            : ""
        return """
            <h2 id="shared">\(words("Who shares its text", "谁的报告有相同文字"))</h2>
            \(none)<ul>\(Array(items))</ul>

            """
    }
}
