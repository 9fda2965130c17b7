import ReportModel

/// What an index stores of a report at most, so that no file, however odd, is more than the stores
/// take or memory holds.
///
/// No report as published comes near any of these.
enum StorageLimits {
    /// The most bytes of a passage; a longer one is cut.
    static let passageBytes = 64 << 10
    /// The most characters of the pieces of a passage that is cut.
    static let pieceCharacters = 1_000
    /// The most characters of a title, a name, a heading, or the text of a cell.
    static let fieldCharacters = 300
    /// The most bytes of a report's cells, findings and narrative; beyond, only the cells are kept.
    static let detailBytes = 1 << 20
    /// The most headings, and the most findings.
    static let listed = 200
    /// The most pages or sheets that are told apart.
    static let parts = 1_000

    /// A report within the limits.
    static func limited(_ report: Report) -> Report {
        var report = report
        report.title = report.title.map(limited)
        report.agency = report.agency.map(limited)
        report.agencyAliases = report.agencyAliases.prefix(20).map(limited)
        report.headings = report.headings.prefix(listed).map {
            Report.Heading(section: $0.section, title: limited($0.title), line: $0.line)
        }
        report.parts = report.parts.prefix(parts).map {
            DocumentPart(kind: $0.kind, name: limited($0.name), firstLine: $0.firstLine)
        }
        let left = report.findings.count - listed
        report.findings = report.findings.prefix(listed).map {
            Finding(code: $0.code, line: $0.line, message: limited($0.message))
        }
        if left > 0 {
            report.findings.append(
                Finding(
                    code: "more_findings", line: nil, message: "\(left) more findings left out"))
        }
        let beyond = report.statistics.fields { value, bytes in
            bytes > fieldCharacters || value?.isFinite == false
        }
        for field in beyond {
            guard let cell = report.statistics[field] else { continue }
            report.statistics[field] = Cell(
                value: cell.value.flatMap { $0.isFinite ? $0 : nil }, status: cell.status,
                raw: limited(cell.raw), line: cell.line, inferredFrom: cell.inferredFrom)
        }
        if report.passages.contains(where: { !isWithin($0) }) {
            report.passages = report.passages.flatMap(pieces)
        }
        return report
    }

    private static func limited(_ text: String) -> String {
        text.utf8.count <= fieldCharacters
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(fieldCharacters)))
    }

    private static func isWithin(_ passage: Passage) -> Bool {
        passage.text.utf8.count <= passageBytes
            && (passage.subsection?.utf8.count ?? 0) <= fieldCharacters
    }

    /// A passage, cut at the ends of sentences when it is too long; where no sentence ends, cut
    /// anyway.
    private static func pieces(of passage: Passage) -> [Passage] {
        var passage = passage
        passage.subsection = passage.subsection.map(limited)
        guard passage.text.utf8.count > passageBytes else { return [passage] }
        var pieces: [Passage] = []
        var rest = passage.text.unicodeScalars[...]
        while !rest.isEmpty {
            let longest = rest.prefix(pieceCharacters)
            var end = longest.endIndex
            if end < rest.endIndex, let last = longest.lastIndex(where: endsSentence) {
                end = rest.index(after: last)
            }
            var piece = passage
            piece.text = String(rest[..<end])
            pieces.append(piece)
            rest = rest[end...]
        }
        return pieces
    }

    private static func endsSentence(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "。", "！", "？", "；", "!", "?", ";", "\n": true
        default: false
        }
    }
}
