import ChineseText
import ReportModel

/// The narrative of a report as passages: wraps healed, subsections told from text.
struct Paragraphs {
    private(set) var passages: [Passage] = []

    private let wraps: LineWraps
    private let tellsHeadings: Bool
    /// How the headings inside the section are marked.
    private var marks = SubsectionMarks.chinese
    /// The section of the paragraphs that are added now.
    private(set) var section: Int
    private var subsection: String?
    private var open: [SourceLine] = []
    /// What the open paragraph's only line is as a heading; nil before that was asked.
    private var openHeading: SubsectionHeading??
    /// A heading alone on its line that no text follows yet, and that may be an item of a list.
    private var heading: (text: String, lines: ClosedRange<Int>)?

    /// A passage longer than this many scalars is split at the end of a sentence, so that no
    /// document of the index grows without bound (64 KiB of UTF-8 at most).
    private static let longestPassage = 20_000

    /// - Parameter tellsHeadings: whether a heading within a section goes before its passages
    ///   rather than being one.
    init(wraps: LineWraps, tellsHeadings: Bool = true) {
        self.wraps = wraps
        self.tellsHeadings = tellsHeadings
        section = 0
    }

    /// Ends the open paragraph and turns to another section.
    mutating func begin(section: Int, marks: SubsectionMarks = .chinese) {
        finish()
        settleHeading()
        self.section = section
        self.marks = marks
        subsection = nil
    }

    /// Ends the text.
    mutating func end() {
        finish()
        settleHeading()
    }

    /// Makes a heading that no text followed the item that it is, unless it names a matter.
    private mutating func settleHeading() {
        guard let item = heading else { return }
        heading = nil
        passages.append(
            Passage(section: section, subsection: nil, text: item.text, lines: item.lines))
    }

    /// Ends the open paragraph, as a table or a heading does.
    mutating func finish() {
        guard let first = open.first else { return }
        // A wrap is a space that repair takes away between Chinese characters.
        let text =
            open.count == 1
            ? first.text : TextRepair.repaired(Pinyin.removed(from: Self.joined(open)))
        // A broken page may print a line of the file after one that follows it.
        let start = open.reduce(first.number) { min($0, $1.number) }
        let end = open.reduce(first.lastNumber) { max($0, $1.lastNumber) }
        let known = open.count == 1 ? openHeading : nil
        open = []
        openHeading = nil
        add(text, printed: first.raw, lines: start...end, heading: known)
    }

    /// Lines as one text; a number that a wrap cut in two is one number.
    private static func joined(_ lines: [SourceLine]) -> String {
        var text = ""
        var last: SourceLine?
        for line in lines {
            if let last {
                let isCut =
                    Punctuation.endsInDigit(last.text) && Punctuation.beginsWithDigit(line.text)
                    || BrokenSentence.isCutInWord(last.text, line.text)
                if !isCut { text += " " }
            }
            text += line.text
            last = line
        }
        return text
    }

    /// Adds the next line of narrative; a blank one does not end a paragraph by itself.
    mutating func add(_ line: SourceLine) {
        guard !line.isBlank else { return }
        if let last = open.last, !wraps.joins(last, line) || isSubsectionLine(last) { finish() }
        open.append(line)
    }

    private mutating func isSubsectionLine(_ line: SourceLine) -> Bool {
        guard tellsHeadings, open.count == 1 else { return false }
        let heading = SubsectionHeading(line.text, printed: line.raw, marks: marks)
        openHeading = .some(heading)
        return heading?.rest.isEmpty == true
    }

    /// - Parameter known: what the text is as a heading, where that was found out before.
    private mutating func add(
        _ text: String, printed: String, lines: ClosedRange<Int>, heading known: SubsectionHeading??
    ) {
        var text = text
        if tellsHeadings,
            let heading = known ?? SubsectionHeading(text, printed: printed, marks: marks)
        {
            settleHeading()
            subsection = heading.title
            if heading.rest.isEmpty, !heading.namesMatter { self.heading = (text, lines) }
            text = heading.rest
        }
        guard !text.isEmpty else { return }
        heading = nil
        for part in Self.parts(of: text) {
            passages.append(
                Passage(section: section, subsection: subsection, text: part, lines: lines))
        }
    }

    /// A text in parts no longer than a passage may be, cut at the ends of sentences.
    private static func parts(of text: String) -> [String] {
        guard text.utf8.count > longestPassage else { return [text] }
        var parts: [String] = []
        var scalars = text.unicodeScalars[...]
        while !scalars.isEmpty {
            var part = scalars.prefix(longestPassage)
            if part.endIndex < scalars.endIndex, let end = part.lastIndex(of: "。") {
                part = scalars[scalars.startIndex...end]
            }
            parts.append(String(Substring(part)))
            scalars = scalars[part.endIndex...]
        }
        return parts
    }
}
