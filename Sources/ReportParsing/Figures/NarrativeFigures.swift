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
    private let folding: TextFolding

    /// No report states so many; what comes after is not read.
    private static let mostFigures = 100

    /// - Parameters:
    ///   - report: its year, agency and passages.
    ///   - lines: the lines of the file, in order, to tell on which a number stands.
    init(of report: Report, lines: [SourceLine], folding: TextFolding) {
        year = report.year
        agency = folding.foldedScalars(of: report.agency ?? "")
        self.folding = folding
        for passage in report.passages where figures.count < Self.mostFigures {
            switch passage.section {
            case 1...4: read(passage, lines)
            case 6: readFee(passage, lines)
            default: break
            }
        }
        figures += StatedYears.conflict(in: report, lines: lines)
    }

    private mutating func read(_ passage: Passage, _ lines: [SourceLine]) {
        let isAboutRequests =
            passage.section == 3 || passage.section == 4
            || passage.subsection.map(Self.namesRequests) == true
        var reader = SentenceReader(
            year: year, agency: agency, isAboutRequests: isAboutRequests)
        for sentence in Sentence.sentences(of: passage.text.scalars()) {
            if figures.count == Self.mostFigures { return }
            for found in reader.read(sentence.folded(by: folding))
            where figures.count < Self.mostFigures {
                figures.append(
                    NarrativeFigure(
                        subject: found.subject, value: found.value, tolerance: found.tolerance,
                        line: sentence.line(at: found.offset, passage, lines),
                        sentence: sentence.part(around: found.offset)))
            }
        }
    }

    /// Whether a heading is about requests, as 依申请公开情况 is.
    private static func namesRequests(_ heading: String) -> Bool {
        let heading = heading.scalars()
        return heading.indices.dropLast().contains {
            heading[$0] == "申" && (heading[$0 + 1] == "请" || heading[$0 + 1] == "請")
        }
    }

    private mutating func readFee(_ passage: Passage, _ lines: [SourceLine]) {
        for sentence in Sentence.sentences(of: passage.text.scalars()) {
            guard let found = ProcessingFee(in: sentence.folded(by: folding)) else { continue }
            figures.append(
                NarrativeFigure(
                    subject: .processingFee, value: found.yuan,
                    line: sentence.line(at: found.offset, passage, lines),
                    sentence: sentence.part(around: found.offset)))
            return
        }
    }
}

/// One sentence of a passage.
struct Sentence {
    /// Its scalars, the mark that ends it included.
    let scalars: ArraySlice<Unicode.Scalar>
    /// The scalars of the whole passage.
    private let passage: [Unicode.Scalar]

    /// A longer sentence is shown in part.
    private static let longest = 80

    static func sentences(of passage: [Unicode.Scalar]) -> [Sentence] {
        var sentences: [Sentence] = []
        var start = 0
        while start < passage.count {
            let end = passage[start...].firstIndex(where: isEnd) ?? passage.count - 1
            sentences.append(Sentence(scalars: passage[start...end], passage: passage))
            start = end + 1
        }
        return sentences
    }

    private static func isEnd(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "。", "；", ";", "！", "!", "？", "?": true
        default: false
        }
    }

    /// The sentence folded, one scalar for each of its own, so that offsets are the same, with
    /// 资讯 and 档案 as the official form writes them.
    func folded(by folding: TextFolding) -> [Unicode.Scalar] {
        var text = folding.aligned(Array(scalars))
        var from = 0
        while let place = text.offset(of: Self.converted, from: from) {
            text[place] = "信"
            text[place + 1] = "息"
            from = place + 2
        }
        return text
    }

    private static let converted: [Unicode.Scalar] = ["资", "讯"]

    /// The line of the file on which an offset of the sentence stands.
    ///
    /// A passage is its lines without the spaces between them, so that the characters after the
    /// place say how far from the last line's end it is. Where that leads astray, the passage's
    /// first line is named.
    func line(at offset: Int, _ passage: Passage, _ lines: [SourceLine]) -> Int {
        guard passage.lines.count > 1 else { return passage.lines.lowerBound }
        var rest = self.passage[(scalars.startIndex + offset)...].count { !$0.isSpace }
        for line in lines.reversed() where passage.lines.contains(line.number) {
            let count = line.text.unicodeScalars.count { !$0.isSpace }
            if rest <= count { return line.number }
            rest -= count
        }
        return passage.lines.lowerBound
    }

    /// The sentence, or the part of a long one around an offset.
    func part(around offset: Int) -> String {
        guard scalars.count > Self.longest else { return String(scalars: scalars) }
        let start = max(0, min(offset - Self.longest / 2, scalars.count - Self.longest))
        let part = scalars.dropFirst(start).prefix(Self.longest)
        var text = String(scalars: part)
        if start > 0 { text = "…" + text }
        if start + Self.longest < scalars.count { text += "…" }
        return text
    }
}
