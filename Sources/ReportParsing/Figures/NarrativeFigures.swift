import ChineseText
import ReportModel

/// The numbers of a report's narrative that its tables state too.
///
/// Rather too few than a wrong one: a number counts when every word before it in its clause is
/// known (``FigureWords``), names one thing, and nothing says that the sentence is about another
/// year. Time is proportional to the text.
struct NarrativeFigures {
    private(set) var figures: [NarrativeFigure] = []

    private let year: Int?
    /// The agency's name, folded, which may open a clause.
    private let agency: [Unicode.Scalar]
    private let folding = TextFolding()

    /// No report states so many; what comes after is not read.
    private static let mostFigures = 100

    /// - Parameters:
    ///   - report: its year, agency and passages.
    ///   - opening: the first passages before the second section, folded.
    ///   - lines: the lines of the file, in order, to tell on which a number stands.
    init(of report: Report, _ opening: [FoldedScalars], lines: [SourceLine]) {
        year = report.year
        agency = folding.foldedScalars(of: report.agency ?? "")
        var conflict: [NarrativeFigure] = []
        var opening = opening[...]
        for passage in report.passages where passage.section != 5 && passage.section != 7 {
            let known = passage.section <= 1 ? opening.popFirst() : nil
            let text = NarrativeText(of: passage, known: known, folding: folding)
            if passage.section <= 1, conflict.isEmpty {
                conflict = StatedYears.conflict(of: report, in: text, lines: lines)
            }
            guard figures.count < Self.mostFigures else { continue }
            switch passage.section {
            case 1...4: read(text, lines)
            case 6: readFee(text, lines)
            default: break
            }
        }
        figures += conflict
    }

    private mutating func read(_ text: NarrativeText, _ lines: [SourceLine]) {
        let passage = text.passage
        let isAboutRequests =
            passage.section == 3 || passage.section == 4
            || passage.subsection.map(Self.namesRequests) == true
        var reader = SentenceReader(
            of: text.folded, year: year, agency: agency, isAboutRequests: isAboutRequests)
        for sentence in text.sentences {
            if figures.count == Self.mostFigures { return }
            for found in reader.read(sentence) where figures.count < Self.mostFigures {
                figures.append(
                    NarrativeFigure(
                        subject: found.subject, value: found.value, tolerance: found.tolerance,
                        line: text.line(at: found.offset, lines),
                        sentence: text.part(of: sentence, around: found.offset)))
            }
        }
    }

    /// Whether a heading is about requests, as 依申请公开情况 is.
    private static func namesRequests(_ heading: String) -> Bool {
        var last: Unicode.Scalar?
        for scalar in heading.unicodeScalars {
            if last == "申", scalar == "请" || scalar == "請" { return true }
            last = scalar
        }
        return false
    }

    private mutating func readFee(_ text: NarrativeText, _ lines: [SourceLine]) {
        for sentence in text.sentences {
            guard let found = ProcessingFee(in: Array(text.folded[sentence])) else { continue }
            let offset = sentence.lowerBound + found.offset
            figures.append(
                NarrativeFigure(
                    subject: .processingFee, value: found.yuan, line: text.line(at: offset, lines),
                    sentence: text.part(of: sentence, around: offset)))
            return
        }
    }
}
