import ChineseText
public import ReportModel

/// Reads annual reports on government information disclosure: bytes in, report and findings out.
///
/// The stages, each a file of its own: bytes to text (`Decoding`), text to lines (`Lines`), lines to
/// title, headings and paragraphs (`Structure`), lines of sections 2 to 4 to cells (`Tables`),
/// paragraphs to the numbers that they state (`Figures`).
/// Mess is data: an odd file gives findings. Only bytes that are not text throw.
public struct ReportParser: Sendable {
    /// The version of the reading rules.
    ///
    /// An index made by another version is read anew.
    public static let version = 10

    private let folding = TextFolding()
    private let wording = FormWording()
    /// Read on first use, so that a run with nothing to parse does not pay for it.
    private var gazetteer: Gazetteer { .national }

    private let recognition: PageRecognition?

    /// Makes a parser.
    ///
    /// - Parameter recognition: reads the text of pictures; nil leaves them unread.
    public init(recognition: PageRecognition? = nil) { self.recognition = recognition }

    /// The report that a file's bytes hold.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - encoding: the name of the encoding, such as `gb18030`; nil to tell it from the bytes.
    ///   - evidence: what is known of the file beside its bytes.
    /// - Throws: ``UndecodableText`` when the bytes are not text.
    public func report(
        from bytes: consuming [UInt8], encoding: EncodingName? = nil,
        evidence: FileEvidence = FileEvidence()
    ) throws(UndecodableText) -> Report {
        var document = try Document(
            bytes, encoding: encoding?.encoding, recognition: recognition)
        document.evidence.title = evidence.title ?? document.evidence.title
        document.evidence.publisher = evidence.publisher ?? document.evidence.publisher
        document.evidence.published = evidence.published ?? document.evidence.published
        var report = report(of: document)
        report.findings = document.findings + report.findings
        report.parts = document.parts
        report.fileFormat = document.format
        if document.isRecognized { RecognizedSums.doubt(&report) }
        return report
    }

    private func report(of document: Document) -> Report {
        var (lines, findings) = InlineHeadings.split(
            document.lines, wording: wording, gazetteer: gazetteer)
        if let second = SecondReport(in: lines, wording: wording, gazetteer: gazetteer) {
            findings.append(second.finding)
            lines.removeSubrange(second.start...)
        }
        var report = report(of: document, lines: lines)
        report.findings = findings + report.findings
        return report
    }

    private func report(of document: Document, lines: [SourceLine]) -> Report {
        let title =
            Title(in: lines, wording: wording, gazetteer: gazetteer)
            ?? document.evidence.title.flatMap {
                lines.isEmpty ? nil : Title(named: $0, wording: wording, gazetteer: gazetteer)
            }
        let sections = SectionMap(of: lines, wording: wording)
        let isWhole = sections.officialCount >= 2
        let opens =
            !isWhole
            && ReportKindDecision.opensReport(
                lines, title: title, sections: sections, wording: wording, gazetteer: gazetteer)
        guard isWhole || opens else {
            return otherText(lines, encoding: document.encoding, title: title)
        }
        let report = annualReport(lines, document, title, sections)
        let decision = ReportKindDecision(on: report, lines: lines, opens: opens, wording: wording)
        guard let objection = decision.objection else { return report }
        var other = otherText(lines, encoding: document.encoding, title: title)
        other.findings = [Finding(code: "other_text", line: nil, message: objection)]
        return other
    }

    private func otherText(
        _ lines: [SourceLine], encoding: TextEncoding, title: Title?
    ) -> Report {
        var paragraphs = Paragraphs(wraps: LineWraps(of: lines), tellsHeadings: false)
        for line in lines { paragraphs.add(line) }
        paragraphs.finish()
        return Report(
            kind: .other, form: .none, encoding: encoding.rawValue,
            title: title?.text ?? lines.first { !$0.isBlank }?.text.trimmingHeadingSigns,
            passages: paragraphs.passages)
    }

    private func annualReport(
        _ lines: [SourceLine], _ document: Document, _ title: Title?, _ sections: SectionMap
    ) -> Report {
        let layout = Layout(lines, sections: sections, title: title, wording: wording)
        var report = Report(
            kind: .annualReport, form: .none, encoding: document.encoding.rawValue)
        report.headings = sections.headings.map {
            Report.Heading(section: $0.section, title: $0.title, line: lines[$0.line].number)
        }
        report.passages =
            sections.hasHeading(6)
            ? layout.passages : UnheadedMatters.told(in: layout.passages, wording: wording)
        let tables = OfficialTables(
            section2: layout.tableLines[2], section3: layout.tableLines[3],
            section4: layout.tableLines[4], folding: folding, wording: wording)
        report.form = tables.form
        report.statistics = tables.statistics
        report.findings = tables.findings + Self.missingTables(in: tables)
        var evidence = document.evidence
        evidence.publisher = evidence.publisher ?? layout.evidence.publisher
        let naming = ReportNaming(
            title: title, lines: lines, firstHeading: sections.headings.first?.line,
            passages: report.passages, evidence: evidence, wording: wording, gazetteer: gazetteer)
        report.title = title?.text
        report.year = naming.year
        report.agency = naming.agency
        report.agencyAliases = naming.aliases
        report.region = naming.region
        report.findings += naming.findings
        if let line = layout.appendixLine {
            report.findings.append(
                Finding(
                    code: "appendix_unread", line: line,
                    message: "a table of indicators that is no part of the form begins here; it is "
                        + "not read"))
        }
        let scope = ScopeReading(
            title: title, opening: naming.opening, passages: report.passages, lines: lines,
            wording: wording)
        report.scope = scope.scope
        report.scopeEvidence = scope.evidence
        report.narrative = NarrativeFigures(of: report, naming.opening, lines: lines).figures
        if let year = report.year,
            let stated = report.narrative.last(where: { $0.subject == .year }),
            stated.value != Double(year)
        {
            report.findings.append(
                Finding(
                    code: "year_conflict", line: stated.line,
                    message: "the report is of \(year), its text speaks of \(stated.value.figure)"))
        }
        for result in report.identities where result.state == .fails {
            report.findings.append(
                Finding(
                    code: "identity_fails", line: nil,
                    message: "\(result.id): \(result.left?.figure ?? "?") against "
                        + "\(result.right?.figure ?? "?")"))
        }
        return report
    }

    /// What tells of official tables that a report should have and that were not found.
    private static func missingTables(in tables: OfficialTables) -> [Finding] {
        let found = tables.statistics.fields.reduce(into: 0) { sections, field in
            sections |= 1 << StatisticField.all[field].section
        }
        let missing = (2...4).filter { found & 1 << $0 == 0 }
        guard !missing.isEmpty else { return [] }
        let sections = missing.map { "\($0)" }.joined(separator: ", ")
        return [
            Finding(
                code: "table_missing", line: nil,
                message: "no numbers were found of the "
                    + (missing.count == 1 ? "table of section " : "tables of sections ") + sections)
        ]
    }
}

/// The name of a text encoding that a caller may force.
public struct EncodingName: Sendable, Hashable {
    let encoding: TextEncoding

    /// Every name that is known.
    public static let all: [String] = TextEncoding.allCases.map(\.rawValue)

    /// The encoding with this name, or nil when it is not known.
    ///
    /// Case does not matter.
    public init?(_ name: String) {
        guard
            let encoding = TextEncoding.allCases.first(where: { $0.rawValue == name.lowercased() })
        else { return nil }
        self.encoding = encoding
    }
}
