public import ReportModel

/// What a passage document stores.
public struct PassageRecord: Sendable, Hashable {
    /// The passage's place in its report, from 1: the report document stands that many documents
    /// before this one.
    public var ordinal: Int
    /// The section's heading as printed; nil when it has none.
    public var sectionTitle: String?
    /// The passage.
    public var passage: Passage

    /// Makes a record.
    public init(ordinal: Int, sectionTitle: String?, passage: Passage) {
        self.ordinal = ordinal
        self.sectionTitle = sectionTitle
        self.passage = passage
    }

    /// The document data: the folded text first, up to a zero byte.
    public func encoded(folded: [UInt8]) -> [UInt8] {
        var fields = FieldWriter()
        fields.bytes = folded
        fields.bytes.append(0)
        fields.add(String(ordinal))
        fields.add(String(passage.section))
        fields.add(sectionTitle)
        fields.add(passage.subsection)
        fields.add(String(passage.lines.lowerBound))
        fields.add(String(passage.lines.upperBound))
        fields.add(passage.text)
        return fields.bytes
    }

    /// Reads document data; nil when they are not a passage's.
    public init?(_ data: [UInt8]) {
        var fields = FieldReader(data)
        fields.skip()
        guard let ordinal = fields.integer(), let section = fields.integer() else { return nil }
        let sectionTitle = fields.text()
        let subsection = fields.text()
        guard let first = fields.integer(), let last = fields.integer(), first <= last,
            let text = fields.text(), ordinal > 0
        else { return nil }
        self.init(
            ordinal: ordinal, sectionTitle: sectionTitle,
            passage: Passage(
                section: section, subsection: subsection, text: text, lines: first...last))
    }
}

extension ReportHead {
    fileprivate init?(_ fields: inout FieldReader) {
        guard let id = fields.text(), let sha256 = fields.text(), let encoding = fields.text(),
            let kind = fields.text().flatMap(ReportKind.init),
            let form = fields.text().flatMap(OfficialForm.init)
        else { return nil }
        var report = Report(kind: kind, form: form, encoding: encoding)
        report.title = fields.text()
        report.agency = fields.text()
        report.agencyAliases = fields.text()?.split(separator: "\n").map(String.init) ?? []
        report.year = fields.integer()
        report.region = Region(
            province: fields.text(), city: fields.text(), county: fields.text())
        guard let count = fields.integer() else { return nil }
        self.init(report, sha256: sha256)
        self.id = id
        passageCount = count
    }

    fileprivate func write(to fields: inout FieldWriter) {
        for field in [id, sha256, encoding, kind.rawValue, form.rawValue] { fields.add(field) }
        fields.add(title)
        fields.add(agency)
        fields.add(agencyAliases.joined(separator: "\n"))
        fields.add(year.map(String.init))
        fields.add(region.province)
        fields.add(region.city)
        fields.add(region.county)
        fields.add(String(passageCount))
    }

    /// Reads the head alone from the data of a report document; nil when they are not one's.
    public init?(_ data: [UInt8]) {
        var fields = FieldReader(data)
        self.init(&fields)
    }
}

/// What a report document stores: the head, then cells, headings, findings and figures of
/// the narrative.
///
/// The passages have documents of their own.
public struct ReportRecord: Sendable {
    /// Who and what the report is.
    public var head: ReportHead
    /// The report, with passages only when it was just read.
    public var report: Report

    /// Makes a record of a report with this content hash.
    public init(_ report: Report, sha256: String) {
        head = ReportHead(report, sha256: sha256)
        self.report = report
    }

    /// The document data.
    public var encoded: [UInt8] {
        var fields = FieldWriter()
        head.write(to: &fields)
        let table = report.statistics
        fields.add(String(table.fields.count))
        for field in table.fields {
            guard let cell = table[field] else { continue }
            fields.add(String(field))
            fields.add(cell.value.map { "\($0)" })
            fields.add(cell.status.rawValue)
            fields.add(cell.raw)
            fields.add(String(cell.line))
            fields.add(cell.inferredFrom)
        }
        fields.add(String(report.headings.count))
        for heading in report.headings {
            fields.add(String(heading.section))
            fields.add(heading.title)
            fields.add(String(heading.line))
        }
        fields.add(String(report.findings.count))
        for finding in report.findings {
            fields.add(finding.code)
            fields.add(finding.line.map(String.init))
            fields.add(finding.message)
        }
        fields.add(String(report.narrative.count))
        for figure in report.narrative {
            fields.add(figure.subject.rawValue)
            fields.add("\(figure.value)")
            fields.add("\(figure.tolerance)")
            fields.add(String(figure.line))
            fields.add(figure.sentence)
        }
        return fields.bytes
    }

    /// Reads the data of a report document; nil when they are not one's.
    public init?(_ data: [UInt8]) {
        var fields = FieldReader(data)
        guard let head = ReportHead(&fields), let cellCount = fields.integer() else { return nil }
        var report = Report(
            kind: head.kind, form: head.form, encoding: head.encoding, title: head.title,
            agency: head.agency, agencyAliases: head.agencyAliases, year: head.year,
            region: head.region)
        for _ in 0..<max(0, cellCount) {
            guard let field = fields.integer(), StatisticField.all.indices.contains(field) else {
                return nil
            }
            let value = fields.text().flatMap(Double.init)
            guard let status = fields.text().flatMap(CellStatus.init) else { return nil }
            let raw = fields.text() ?? ""
            guard let line = fields.integer() else { return nil }
            report.statistics[field] = Cell(
                value: value, status: status, raw: raw, line: line, inferredFrom: fields.text())
        }
        for _ in 0..<max(0, fields.integer() ?? 0) {
            guard let section = fields.integer(), let title = fields.text(),
                let line = fields.integer()
            else { return nil }
            report.headings.append(Report.Heading(section: section, title: title, line: line))
        }
        for _ in 0..<max(0, fields.integer() ?? 0) {
            guard let code = fields.text() else { return nil }
            let line = fields.integer()
            report.findings.append(
                Finding(code: code, line: line, message: fields.text() ?? ""))
        }
        for _ in 0..<max(0, fields.integer() ?? 0) {
            guard let subject = fields.text().flatMap(NarrativeSubject.init),
                let value = fields.text().flatMap(Double.init),
                let tolerance = fields.text().flatMap(Double.init), let line = fields.integer()
            else { return nil }
            report.narrative.append(
                NarrativeFigure(
                    subject: subject, value: value, tolerance: tolerance, line: line,
                    sentence: fields.text() ?? ""))
        }
        self.head = head
        self.report = report
    }
}

/// Writes fields that a zero byte ends.
///
/// Nil and empty are stored alike.
private struct FieldWriter {
    var bytes: [UInt8] = []

    mutating func add(_ field: String?) {
        // A zero byte in a text would end its field; repair and folding leave none.
        bytes += (field ?? "").utf8.lazy.filter { $0 != 0 }
        bytes.append(0)
    }
}

/// Reads fields that a zero byte ends.
private struct FieldReader {
    private var rest: ArraySlice<UInt8>

    init(_ data: [UInt8]) { rest = data[...] }

    mutating func skip() {
        rest = rest.drop { $0 != 0 }.dropFirst()
    }

    /// The next field; nil when it is empty.
    mutating func text() -> String? {
        let field = rest.prefix { $0 != 0 }
        rest = rest.dropFirst(field.count + 1)
        return field.isEmpty ? nil : String(decoding: field, as: UTF8.self)
    }

    /// The next field as a number; nil when it is empty or no number.
    mutating func integer() -> Int? { text().flatMap { Int($0) } }
}
