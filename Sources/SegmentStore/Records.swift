import ChineseText
import GramIndex
import Platform
public import ReportModel

/// A passage as an index stores it, with its folded form.
public struct PassageRecord: Sendable, Hashable {
    /// The passage's text and its folded form.
    public let text: UnfoldedText
    /// The lines of the file that hold the passage, from 1.
    public let lines: ClosedRange<Int>
    /// The number of the subsection in ``ReportEntry/subsections``, from 1; 0 when there is none.
    let subsection: Int

    /// Reads a record; nil when it is damaged.
    public init?(_ record: [UInt8]) {
        guard var reader = ByteReader(checked: record), let folded = reader.scalars(),
            let first = reader.count(), let more = reader.count(),
            let subsection = reader.number(),
            let text = UnfoldedText(folded: folded, &reader)
        else { return nil }
        self.text = text
        lines = first...first + more
        self.subsection = subsection
    }

    /// The values of the scalars of the folded text in a record, without the rest of it; nil when it
    /// is damaged.
    public static func foldedScalars(of record: [UInt8]) -> [UInt32]? {
        guard var reader = ByteReader(checked: record) else { return nil }
        return reader.scalars()
    }

    /// Counts characters in the folded text of a record, which is not decoded for it; nil when the record
    /// is damaged.
    ///
    /// - Parameter isProved: whether the record was not changed is known.
    static func count(
        _ characters: WantedCharacters, in record: Span<UInt8>, isProved: Bool,
        into occurrences: inout [UInt32]
    ) -> Int? {
        let known = isProved ? record.count - RecordCheck.length : nil
        guard let end = known ?? ByteReader.end(ofChecked: record) else { return nil }
        var offset = 0
        guard let length = record.number(at: &offset, below: end), length <= end - offset else {
            return nil
        }
        return characters.counter.count(
            in: record.extracting(offset..<offset + length), into: &occurrences)
    }

    /// Appends the record of a passage.
    static func append(
        _ text: AlignedText, lines: ClosedRange<Int>, subsection: Int, to records: inout [UInt8]
    ) {
        let start = records.count
        var code: [UInt8] = []
        TextCode.append(text.folded, to: &code)
        ByteWriter.append(code.count, to: &records)
        records += code
        ByteWriter.append(lines.lowerBound, to: &records)
        ByteWriter.append(lines.count - 1, to: &records)
        ByteWriter.append(subsection, to: &records)
        Unfolding.append(text, to: &records)
        RecordCheck.append(to: &records, from: start)
    }

    /// The passage, in the section that its label names and the report that holds it.
    public func passage(section: Int, in entry: ReportEntry) -> Passage {
        Passage(
            section: section, subsection: entry.subsection(subsection), text: text.text,
            lines: lines)
    }
}

/// Who and what a report is, and the headings that its passages stand under.
public struct ReportEntry: Sendable, Hashable {
    /// Who and what the report is.
    public var head: ReportHead
    /// The headings as bytes: a hit shows two of them, so that only these are decoded.
    private let outline: [UInt8]

    /// The entry of a report.
    public init(_ record: ReportRecord) {
        head = record.head
        var writer = ByteWriter()
        writer.add(record.report.headings.count)
        for heading in record.report.headings {
            writer.add(heading.section)
            writer.add(heading.title)
            writer.add(heading.line)
        }
        var seen: Set<String> = []
        let subsections = record.report.passages.compactMap(\.subsection).filter {
            seen.insert($0).inserted
        }
        writer.add(subsections.count)
        for subsection in subsections { writer.add(subsection) }
        writer.add(record.report.parts.count)
        for part in record.report.parts {
            writer.add(DocumentPart.Kind.allCases.firstIndex(of: part.kind) ?? 0)
            writer.add(part.name)
            writer.add(part.firstLine)
        }
        outline = writer.bytes
    }

    /// The section headings as printed.
    public var headings: [Report.Heading] {
        var reader = ByteReader(outline)
        return reader.list { reader -> Report.Heading? in
            guard let section = reader.number(), let title = reader.text(),
                let line = reader.count()
            else { return nil }
            return Report.Heading(section: section, title: title, line: line)
        } ?? []
    }

    /// The headings of subsections, each once.
    public var subsections: [String] {
        var reader = ByteReader(outline)
        Self.forEachHeading(&reader) { _, _, _ in }
        return reader.list { $0.text() } ?? []
    }

    /// The pages or sheets that the report's lines stand on.
    public var parts: [DocumentPart] {
        var reader = ByteReader(outline)
        Self.forEachHeading(&reader) { _, _, _ in }
        for _ in 0..<(reader.number() ?? 0) { guard reader.skipText() != nil else { return [] } }
        return reader.list { reader -> DocumentPart? in
            guard let kind = reader.number().flatMap(DocumentPart.Kind.allCases.element),
                let name = reader.text(), let line = reader.count()
            else { return nil }
            return DocumentPart(kind: kind, name: name, firstLine: line)
        } ?? []
    }

    /// The heading of the subsection with a number, from 1; nil when there is none.
    func subsection(_ number: Int) -> String? {
        var reader = ByteReader(outline)
        Self.forEachHeading(&reader) { _, _, _ in }
        guard let count = reader.number(), 1...max(1, count) ~= number, number <= count else {
            return nil
        }
        for _ in 1..<number { guard reader.skipText() != nil else { return nil } }
        return reader.text()
    }

    /// The heading as printed of the section that a passage stands in; nil when it has none.
    ///
    /// Of several sections outside the official six, the last heading above the passage counts.
    public func sectionTitle(of passage: Passage) -> String? {
        var reader = ByteReader(outline)
        var found: Int?
        Self.forEachHeading(&reader) { section, title, line in
            guard section == passage.section else { return }
            let isBetter = section == 7 ? line <= passage.lines.lowerBound : found == nil
            if isBetter { found = title }
        }
        return found.flatMap { offset in
            var reader = ByteReader(outline, from: offset)
            return reader.text()
        }
    }

    /// Calls `body` with each heading's section, the offset of its title, and its line.
    private static func forEachHeading(
        _ reader: inout ByteReader, _ body: (_ section: Int, _ title: Int, _ line: Int) -> Void
    ) {
        for _ in 0..<(reader.number() ?? 0) {
            guard let section = reader.number() else { return }
            let title = reader.position
            guard reader.skipText() != nil, let line = reader.count() else { return }
            body(section, title, line)
        }
    }

    /// The entry as bytes.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.bytes = (0..<32).map { head.sha256.byte(atDigit: 2 * $0) }
        writer.add(head.encoding)
        writer.add(ReportKind.stored.firstIndex(of: head.kind) ?? 0)
        writer.add(OfficialForm.allCases.firstIndex(of: head.form) ?? 0)
        writer.add(ReportScope.allCases.firstIndex(of: head.scope) ?? 0)
        writer.add(head.title)
        writer.add(head.agency)
        writer.add(head.agencyAliases.count)
        for alias in head.agencyAliases { writer.add(alias) }
        writer.add(head.year.map { $0 + 1 } ?? 0)
        writer.add(head.region.province)
        writer.add(head.region.city)
        writer.add(head.region.county)
        writer.add(head.passageCount)
        writer.bytes += outline
        return writer.checked
    }

    /// Where the agency and the region stand in an entry; nil when it is cut short.
    static func ranges(
        ofNamesIn entry: Span<UInt8>
    ) -> (agency: Range<Int>, region: Range<Int>)? {
        var offset = 32
        // The encoding, the kind, the form, the scope, the title.
        guard entry.skipText(at: &offset), entry.skipNumbers(3, at: &offset),
            entry.skipText(at: &offset, isOptional: true)
        else { return nil }
        let agency = offset
        guard entry.skipText(at: &offset, isOptional: true) else { return nil }
        let agencyEnd = offset
        guard let aliases = entry.number(at: &offset), aliases <= entry.count else { return nil }
        for _ in 0..<aliases { guard entry.skipText(at: &offset) else { return nil } }
        guard entry.skipNumbers(1, at: &offset) else { return nil }
        let region = offset
        for _ in 0..<3 { guard entry.skipText(at: &offset, isOptional: true) else { return nil } }
        return (agency..<agencyEnd, region..<offset)
    }

    /// The years that a report may be about: lists of years run from the first to the last.
    public static let years = 1900...2199

    /// Reads an entry; nil when it is damaged.
    public init?(_ bytes: [UInt8]) {
        guard var reader = ByteReader(checked: bytes), let hash = reader.range(32),
            let encoding = reader.text(),
            let kind = reader.number().flatMap(ReportKind.stored.element),
            let form = reader.number().flatMap(OfficialForm.allCases.element),
            let scope = reader.number().flatMap(ReportScope.allCases.element),
            let title = reader.optionalText(), let agency = reader.optionalText(),
            let aliases = reader.list({ $0.text() }), let year = reader.number(),
            year == 0 || Self.years ~= year - 1,
            let province = reader.optionalText(), let city = reader.optionalText(),
            let county = reader.optionalText(), let passageCount = reader.count(),
            let outline = reader.range(reader.rest)
        else { return nil }
        head = ReportHead(
            sha256: String(hexadecimal: bytes.span.extracting(hash)), encoding: encoding,
            kind: kind, form: form, title: title, agency: agency, agencyAliases: aliases,
            year: year > 0 ? year - 1 : nil,
            region: Region(province: province, city: city, county: county), scope: scope,
            passageCount: passageCount)
        self.outline = Array(bytes[outline])
    }
}

/// What else an index stores of a report: its cells and findings.
public struct ReportDetails: Sendable, Hashable {
    /// The cells of the official tables.
    public var statistics: StatisticTable
    /// What was repaired, doubted or not read.
    public var findings: [Finding]
    /// The numbers that the narrative states.
    public var narrative: [NarrativeFigure]
    /// The sentence that tells the scope; nil when it is unknown.
    public var scopeEvidence: StatedSentence?

    /// The details of a report.
    public init(_ report: Report) {
        statistics = report.statistics
        findings = report.findings
        narrative = report.narrative
        scopeEvidence = report.scopeEvidence
    }

    /// The cells, those together that follow each other and are alike: most of a table is zeros.
    private var cellRuns: [(fields: ClosedRange<Int>, cell: Cell)] {
        var runs: [(fields: ClosedRange<Int>, cell: Cell)] = []
        for field in statistics.fields {
            guard let cell = statistics[field] else { continue }
            if let last = runs.last, last.fields.upperBound + 1 == field, last.cell == cell {
                runs[runs.count - 1].fields = last.fields.lowerBound...field
            } else {
                runs.append((field...field, cell))
            }
        }
        return runs
    }

    /// The details as bytes.
    public var encoded: [UInt8] {
        var writer = ByteWriter()
        let runs = cellRuns
        writer.add(runs.count)
        var lastField = 0
        var lastLine = 0
        for (fields, cell) in runs {
            let whole = cell.value.flatMap(Int.init(exactly:)).flatMap { $0 >= 0 ? $0 : nil }
            let isPlain = whole.map { cell.raw == "\($0)" } ?? false
            writer.add(fields.lowerBound - lastField)
            let status = CellStatus.allCases.firstIndex(of: cell.status) ?? 0
            writer.add(
                status * 8 + (fields.count > 1 ? 4 : 0) + (isPlain ? 2 : 0)
                    + (cell.line >= lastLine ? 1 : 0))
            if fields.count > 1 { writer.add(fields.count - 1) }
            writer.add(abs(cell.line - lastLine))
            if isPlain, let whole {
                writer.add(whole)
            } else {
                writer.add(cell.value.map { "\($0)" })
                writer.add(cell.raw)
            }
            if cell.status == .inferred { writer.add(cell.inferredFrom) }
            (lastField, lastLine) = (fields.upperBound, cell.line)
        }
        writer.add(findings.count)
        for finding in findings {
            writer.add(finding.code)
            writer.add(finding.line.map { $0 + 1 } ?? 0)
            writer.add(finding.message)
        }
        writer.add(narrative.count)
        for figure in narrative {
            writer.add(NarrativeSubject.allCases.firstIndex(of: figure.subject) ?? 0)
            writer.add("\(figure.value)")
            writer.add("\(figure.tolerance)")
            writer.add(figure.line)
            writer.add(figure.sentence)
        }
        writer.add(scopeEvidence == nil ? 0 : 1)
        if let scopeEvidence {
            writer.add(scopeEvidence.text)
            writer.add(scopeEvidence.line)
        }
        return writer.checked
    }

    /// Reads details; nil when they are damaged.
    public init?(_ bytes: [UInt8]) {
        guard var reader = ByteReader(checked: bytes) else { return nil }
        guard let cells = Self.cells(&reader),
            let findings = reader.list({ reader -> Finding? in
                guard let code = reader.text(), let line = reader.count(),
                    let message = reader.text()
                else { return nil }
                return Finding(code: code, line: line > 0 ? line - 1 : nil, message: message)
            }),
            let narrative = reader.list({ reader -> NarrativeFigure? in
                guard let subject = reader.number().flatMap(NarrativeSubject.allCases.element),
                    let value = reader.finite(), let tolerance = reader.finite(),
                    let line = reader.count(), let sentence = reader.text()
                else { return nil }
                return NarrativeFigure(
                    subject: subject, value: value, tolerance: tolerance, line: line,
                    sentence: sentence)
            }),
            let evidence = reader.list({ reader -> StatedSentence? in
                guard let text = reader.text(), let line = reader.count() else { return nil }
                return StatedSentence(text: text, line: line)
            })
        else { return nil }
        statistics = StatisticTable()
        for (fields, cell) in cells {
            for field in fields { statistics[field] = cell }
        }
        self.findings = findings
        self.narrative = narrative
        scopeEvidence = evidence.first
    }

    /// The cells, those together that are alike, as ``encoded`` writes them.
    private static func cells(
        _ reader: inout ByteReader
    ) -> [(fields: ClosedRange<Int>, cell: Cell)]? {
        var field = 0
        var line = 0
        return reader.list { reader in
            guard let step = reader.number(), step <= StatisticField.all.count,
                let flags = reader.number(),
                let status = CellStatus.allCases.element(flags / 8),
                let more = flags & 4 == 4 ? reader.number() : 0,
                more <= StatisticField.all.count, let lines = reader.count()
            else { return nil }
            let first = field + step
            field = first + more
            line += flags & 1 == 1 ? lines : -lines
            guard StatisticField.all.indices.contains(field), line >= 0 else { return nil }
            var cell = Cell(value: nil, status: status, raw: "", line: line)
            if flags & 2 == 2 {
                guard let whole = reader.number() else { return nil }
                cell.value = Double(whole)
                cell.raw = "\(whole)"
            } else {
                guard let value = reader.optionalText(), let raw = reader.text() else {
                    return nil
                }
                cell.value = value.flatMap(Double.init)
                guard cell.value?.isFinite ?? true else { return nil }
                cell.raw = raw
            }
            if status == .inferred {
                guard let rule = reader.optionalText() else { return nil }
                cell.inferredFrom = rule
            }
            return (first...field, cell)
        }
    }
}

/// A report and the hash of the file that it was read from.
public struct ReportRecord: Sendable {
    /// Who and what the report is.
    public var head: ReportHead
    /// The report.
    public var report: Report

    /// Makes a record of a report with this content hash.
    public init(_ report: Report, sha256: String) {
        head = ReportHead(report, sha256: sha256)
        self.report = report
    }

    /// Makes a record of what an index stores, without the passages.
    public init(_ entry: ReportEntry, _ details: ReportDetails) {
        head = entry.head
        report = Report(
            kind: head.kind, form: head.form, encoding: head.encoding, title: head.title,
            agency: head.agency, agencyAliases: head.agencyAliases, year: head.year,
            region: head.region, scope: head.scope, scopeEvidence: details.scopeEvidence,
            headings: entry.headings, statistics: details.statistics,
            findings: details.findings)
        report.narrative = details.narrative
        report.parts = entry.parts
    }
}

extension ReportKind {
    /// The kinds by the number that stands for them.
    static let stored: [ReportKind] = [.annualReport, .other]
}

extension ByteReader {
    /// A number, and as many elements; nil when one is damaged.
    mutating func list<Element>(
        atMost most: Int = .max, _ element: (inout ByteReader) -> Element?
    ) -> [Element]? {
        // Each element takes a byte at least.
        guard let count = number(), count <= min(rest, most) else { return nil }
        var list: [Element] = []
        for _ in 0..<count {
            guard let next = element(&self) else { return nil }
            list.append(next)
        }
        return list
    }
}

extension Span<UInt8> {
    /// Moves an offset behind some varints; false when there are not as many.
    fileprivate func skipNumbers(_ numbers: Int, at offset: inout Int) -> Bool {
        for _ in 0..<numbers { guard number(at: &offset) != nil else { return false } }
        return true
    }

    /// Moves an offset behind a text; false when it is cut short.
    fileprivate func skipText(at offset: inout Int, isOptional: Bool = false) -> Bool {
        guard let stored = number(at: &offset) else { return false }
        let length = isOptional && stored > 0 ? stored - 1 : stored
        guard length <= count - offset else { return false }
        offset += length
        return true
    }
}

extension Array {
    /// The element with a number; nil when there is none.
    fileprivate func element(_ number: Int) -> Element? {
        indices.contains(number) ? self[number] : nil
    }
}

extension String {
    /// The byte that two hexadecimal digits stand for; 0 where there are none.
    fileprivate func byte(atDigit index: Int) -> UInt8 {
        let digits = utf8.dropFirst(index).prefix(2)
        return digits.reduce(0) {
            $0 << 4 | UInt8(Character(Unicode.Scalar($1)).hexDigitValue ?? 0)
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value + (value < 10 ? 0x30 : 0x57) }

    /// Bytes as hexadecimal digits.
    fileprivate init(hexadecimal bytes: Span<UInt8>) {
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.count)
        for index in bytes.indices {
            text.append(Self.digit(bytes[index] >> 4))
            text.append(Self.digit(bytes[index] & 15))
        }
        self.init(decoding: text, as: UTF8.self)
    }
}
