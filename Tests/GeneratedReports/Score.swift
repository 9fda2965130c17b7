import ChineseText
public import ReportModel

/// How much of some generated reports was read rightly.
public struct Score: Sendable {
    /// Things that were right out of things that were asked for.
    public struct Share: Sendable {
        /// What was right.
        public var right = 0
        /// What was asked for.
        public var all = 0

        /// The share in percent; 100 when nothing was asked for.
        public var percent: Double { all == 0 ? 100 : 100 * Double(right) / Double(all) }

        mutating func add(_ isRight: Bool, weight: Int = 1) {
            all += weight
            if isRight { right += weight }
        }

        mutating func add(_ other: Share) {
            right += other.right
            all += other.all
        }
    }

    /// Reports.
    public var reports = 0
    /// Cells that were read rightly, of the cells that were read.
    public var precision = Share()
    /// Cells that were read rightly, of the cells that are printed.
    public var recall = Share()
    /// Blank cells that were read as 0 without saying that they are inferred.
    public var blanksAsZero = 0
    /// Reports with the right agency.
    public var agency = Share()
    /// Reports with the right year.
    public var year = Share()
    /// Reports with the right region.
    public var region = Share()
    /// Reports with the right title.
    public var title = Share()
    /// Reports with the right scope.
    public var scope = Share()
    /// Paragraphs in the right section.
    public var section = Share()
    /// Paragraphs under the right subsection.
    public var subsection = Share()
    /// Characters of narrative that were recovered.
    public var text = Share()
    /// Characters of passages that are narrative.
    public var pure = Share()
    /// What went wrong, for a person.
    public var mistakes: [String] = []

    /// An empty score.
    public init() {}

    /// Adds another score.
    public mutating func add(_ other: Score) {
        reports += other.reports
        blanksAsZero += other.blanksAsZero
        precision.add(other.precision)
        recall.add(other.recall)
        agency.add(other.agency)
        year.add(other.year)
        region.add(other.region)
        scope.add(other.scope)
        title.add(other.title)
        section.add(other.section)
        subsection.add(other.subsection)
        text.add(other.text)
        pure.add(other.pure)
    }

    /// The score of one reading; nil stands for a file that was not read.
    public init(of read: Report?, against report: GeneratedReport) {
        reports = 1
        let read = read ?? Report(kind: .other, form: .none, encoding: "")
        scoreCells(read, report)
        scoreHead(read, report)
        scoreText(read, report)
    }

    private mutating func scoreCells(_ read: Report, _ report: GeneratedReport) {
        for field in StatisticField.all {
            let cell = read.statistics[field.index]
            let expected = report.cells[field.index]
            if let value = expected?.value {
                let isRight = cell?.value.map { abs($0 - value) < 1e-9 } ?? false
                recall.add(isRight)
                if !isRight {
                    mistakes.append(
                        "\(field.key): \(cell?.value?.figure ?? "unread") for \(value.figure)")
                }
            }
            guard let cell, let value = cell.value else { continue }
            let truth = cell.status == .inferred ? expected?.actual : expected?.value
            let isRight = truth.map { abs($0 - value) < 1e-9 } ?? false
            precision.add(isRight)
            if let expected, expected.value == nil, cell.status != .inferred {
                if value == 0 { blanksAsZero += 1 }
                mistakes.append("\(field.key): \(value.figure) for a blank")
            } else if !isRight {
                mistakes.append("\(field.key): \(value.figure) (\(cell.status)) is wrong")
            }
        }
        if read.form != report.form, !report.cells.isEmpty {
            mistakes.append("form \(read.form.rawValue) for \(report.form.rawValue)")
        }
    }

    private mutating func scoreHead(_ read: Report, _ report: GeneratedReport) {
        func add(_ share: inout Share, _ isRight: Bool, _ text: @autoclosure () -> String) {
            share.add(isRight)
            if !isRight { mistakes.append(text()) }
        }
        let agencies = report.agencies.map(Self.plain)
        let name = read.agency.map(Self.plain)
        add(
            &agency, name.map(agencies.contains) ?? agencies.isEmpty,
            "agency \(read.agency ?? "-") for \(report.agencies)")
        add(
            &year, read.year == report.year,
            "year \(read.year?.description ?? "-") for \(report.year?.description ?? "-")")
        add(
            &region, read.region == report.region,
            "region \(read.region.names) for \(report.region.names)")
        add(
            &scope, read.scope == report.scope,
            "scope \(read.scope.rawValue) for \(report.scope.rawValue)")
        add(
            &title,
            report.title.map(Self.plain) == read.title.map(Self.plain)
                || report.title == nil,
            "title \(read.title ?? "-") for \(report.title ?? "-")")
    }

    private mutating func scoreText(_ read: Report, _ report: GeneratedReport) {
        var bySection: [Int: String] = [:]
        for passage in read.passages {
            bySection[passage.section, default: ""] += Self.plain(passage.text) + "\n"
        }
        let all = bySection.values.joined(separator: "\n").replacing("\n", with: "")
        for paragraph in report.paragraphs {
            let sentences = paragraph.text.split(separator: "。").map { Self.plain(String($0)) }
                .filter { !$0.isEmpty }
            for sentence in sentences {
                let isFound = all.contains(sentence)
                text.add(isFound, weight: sentence.count)
                if !isFound { mistakes.append("lost: \(sentence)") }
            }
            let sections = paragraph.sections
            let texts = sections.compactMap { bySection[$0]?.replacing("\n", with: "") }
            let found = sentences.count { sentence in texts.contains { $0.contains(sentence) } }
            section.add(found * 2 > sentences.count)
            if found * 2 <= sentences.count {
                mistakes.append("not in section \(sections): \(paragraph.text.prefix(30))")
            }
            if let wanted = paragraph.subsection, let first = sentences.first {
                let whole = sentences.joined()
                let passage =
                    read.passages.first { Self.plain($0.text).contains(whole) }
                    ?? read.passages.first { Self.plain($0.text).contains(first) }
                let isRight = passage?.subsection.map(Self.plain) == Self.plain(wanted)
                subsection.add(isRight)
                if !isRight {
                    mistakes.append("subsection \(passage?.subsection ?? "-") for \(wanted)")
                }
            }
        }
        let narrative = report.paragraphs.map { Self.plain($0.text) }.joined()
        for passage in read.passages {
            let text = Self.plain(passage.text)
            let isNarrative =
                narrative.contains(text)
                || report.allowed.contains { Self.plain($0).contains(text) }
            let known = text.isEmpty ? 0 : isNarrative ? text.count : Self.overlap(text, narrative)
            pure.all += text.count
            pure.right += known
            if known < text.count {
                mistakes.append("extra in section \(passage.section): \(passage.text.prefix(60))")
            }
        }
    }

    /// The characters of a text that stand in another in runs of eight or more.
    private static func overlap(_ text: String, _ other: String) -> Int {
        let scalars = Array(text)
        var count = 0
        var index = 0
        while index + 8 <= scalars.count {
            var length = 8
            guard other.contains(String(scalars[index..<(index + length)])) else {
                index += 1
                continue
            }
            while index + length < scalars.count,
                other.contains(String(scalars[index...(index + length)]))
            {
                length += 1
            }
            count += length
            index += length
        }
        return count
    }

    /// A text in one form: folded, letters and digits alone.
    private static func plain(_ text: String) -> String {
        let folded = TextFolding().folded(text).text
        return String(
            String.UnicodeScalarView(
                folded.unicodeScalars.filter {
                    $0.properties.isAlphabetic || $0.value >= 0x30 && $0.value <= 0x39
                }))
    }
}
