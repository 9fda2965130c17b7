import ChineseText
import Documents
import ReportModel

/// The lines of a PDF, told from where its words stand on their pages.
///
/// A line's number counts the printed lines of the whole document from its top, from 1. A paragraph
/// is one line, from its first to its last printed one; a row of a table is one, its cells parted by
/// tabs.
struct PDFReader {
    private(set) var lines: [DocumentLine] = []
    private(set) var findings: [Finding] = []
    /// The pages on which lines begin.
    private(set) var parts: [DocumentPart] = []
    /// Whether a program told the text of some pages from their pictures.
    private(set) var isRecognized = false

    /// The least share of a page's characters that must be those of Chinese text.
    private static let leastPlausible = 0.8

    /// Reads the pages; a document none of whose pages has text is a scan.
    ///
    /// - Parameter recognition: reads the pages without text; nil leaves them unread.
    init(_ bytes: [UInt8], recognition: PageRecognition? = nil) throws(UndecodableText) {
        var pages: [PDFPage]
        do throws(PDFProblem) {
            pages = try PDFPages.read(bytes)
        } catch {
            throw UndecodableText(reason: error.reason(of: Self.name, program: "pdftotext"))
        }
        var recognized: [RecognizedPage] = []
        if let recognition {
            let blank = pages.indices.filter { pages[$0].lines.allSatisfy(\.isEmpty) }
            for number in blank.prefix(PageRecognition.mostPages) {
                let image: [UInt8]
                do throws(PDFProblem) {
                    image = try PDFPages.image(ofPage: number + 1, of: bytes)
                } catch {
                    throw UndecodableText(reason: error.reason(of: Self.name, program: "pdftoppm"))
                }
                let page = try recognition.read(image, of: Self.name)
                pages[number] = page.page
                recognized.append(page.numbered(number + 1))
            }
        }
        guard pages.contains(where: { !$0.lines.allSatisfy(\.isEmpty) }) else {
            throw UndecodableText(reason: .scan(Self.name))
        }
        self.init(pages.map(\.upright))
        findings += recognized.map(\.finding)
        isRecognized = !recognized.isEmpty
    }

    private static let name = "a PDF document"

    /// Reads pages of any format, which stand upright.
    init(_ pages: [PDFPage]) {
        var texts: [[PDFWord]] = []
        for (number, page) in pages.enumerated() {
            var words = page.lines.flatMap(\.self)
            if words.isEmpty {
                record(
                    "page_without_text", number,
                    "has no text; what a picture on it shows is not read")
            } else if Self.isUnmapped(words) {
                record(
                    Finding.noCharacterMap, number,
                    "is set in fonts that do not tell their characters; its text is not read")
                words = []
            }
            texts.append(words)
        }
        let watermark = Watermark(in: texts)
        for number in watermark.marked {
            record("watermark", number, "has a watermark, which is left out")
        }
        let printed = watermark.pages.enumerated().flatMap {
            PrintedLine.lines(of: $1, page: $0)
        }
        read(
            WrappedNumber.joined(
                WrappedNote.joined(
                    PageFrame.removed(from: printed, heights: pages.map(\.height)))))
    }

    private mutating func record(_ code: String, _ page: Int, _ message: String) {
        findings.append(Finding(code: code, line: nil, message: "page \(page + 1) \(message)"))
    }

    /// Whether the words are what fonts without a character map leave: letters of other scripts,
    /// signs, and hardly a Chinese character.
    private static func isUnmapped(_ words: [PDFWord]) -> Bool {
        Plausibility.share(of: words.flatMap { Array($0.text.utf8) }) < leastPlausible
    }

    // MARK: Lines

    private mutating func read(_ printed: [PrintedLine]) {
        let tables = Self.tables(in: printed)
        var printed = printed
        for table in tables { PrintedTable.part(&printed, table) }
        let isTable = printed.indices.map { index in tables.contains { $0.contains(index) } }
        let paragraphs = PrintedParagraphs(
            of: printed.indices.filter { !isTable[$0] }.map { printed[$0] })
        var index = 0
        var nextTable = 0
        var columns: [ClosedRange<Double>] = []
        while index < printed.count {
            if nextTable < tables.count, tables[nextTable].lowerBound == index {
                let table = PrintedTable(printed, tables[nextTable], below: columns)
                for row in table.rows { add(row) }
                columns = table.columns
                index = tables[nextTable].upperBound
                nextTable += 1
                continue
            }
            var end = index + 1
            while end < printed.count, !isTable[end],
                paragraphs.joins(printed[end - 1], printed[end])
            {
                end += 1
            }
            lines.add(
                DocumentLine(
                    number: index + 1, lastNumber: end,
                    raw: Self.joined(printed[index..<end].map(\.text))))
            index = end
        }
        var pages: Set<Int> = []
        for (index, line) in printed.enumerated() where pages.insert(line.page).inserted {
            parts.append(
                DocumentPart(kind: .page, name: "\(line.page + 1)", firstLine: index + 1))
        }
    }

    private mutating func add(_ row: PrintedTable.Row) {
        guard let first = row.lines.first, let last = row.lines.last, !row.cells.isEmpty else {
            return
        }
        // Heads that are wrapped stand beside parts of others: their order in a line is none.
        lines.add(
            DocumentLine(
                number: first + 1, lastNumber: last + 1,
                raw: row.cells.joined(separator: row.hasNumbers ? "\t" : "  ")))
    }

    /// Lines as one text; a number that a wrap cut in two is one number.
    private static func joined(_ lines: [String]) -> String {
        var text = ""
        for line in lines {
            let whole = text.hasSuffix(".") ? text.dropLast() : text[...]
            let isCut =
                Punctuation.endsInDigit(String(whole)) && Punctuation.beginsWithDigit(line)
            text += text.isEmpty || isCut ? line : " " + line
        }
        return text
    }

    /// Where a table begins whose first line of several cells stands at an index: with the lines above
    /// it that are printed between its heights, as those of wrapped heads are.
    ///
    /// - Parameter end: where the table before ends.
    private static func firstHeadLine(
        before index: Int, in lines: [PrintedLine], after end: Int
    ) -> Int {
        var first = index
        while first > end, lines[first - 1].page == lines[first].page,
            lines[first].box.top - lines[first - 1].box.top < betweenLines * lines[first].size
        {
            first -= 1
        }
        return first
    }

    /// Lines of a text are farther apart than this, in heights of a line.
    private static let betweenLines = 0.9

    /// Where tables stand: from one line of several cells to another, with the lines between them
    /// that are short.
    private static func tables(in lines: [PrintedLine]) -> [Range<Int>] {
        let widest = lines.map(\.box.width).max() ?? 0
        var tables: [Range<Int>] = []
        var start: Int?
        var last = 0
        for (index, line) in lines.enumerated() {
            if line.cells.count > 1 {
                if start == nil {
                    start = firstHeadLine(
                        before: index, in: lines, after: tables.last?.upperBound ?? 0)
                }
                last = index
            } else if let first = start,
                line.box.width > 0.6 * widest || line.isHeading
            {
                tables.append(first..<(last + 1))
                start = nil
            }
        }
        if let start { tables.append(start..<(last + 1)) }
        return tables
    }
}

extension PrintedLine {
    /// Whether the line looks like a heading: an item mark of a section, and no numbers beside it.
    fileprivate var isHeading: Bool {
        cells.count == 1 && ItemMark(text)?.kind == .chinese
    }
}

extension PDFProblem {
    /// Why a document of a kind, named for a person, is not read.
    fileprivate func reason(of kind: String, program: String) -> UndecodableText.Reason {
        switch self {
        case .noProgram: .noProgram(kind, package: "\(program) (Debian: poppler-utils)")
        case .refused: .damaged(kind)
        case .encrypted: .encrypted(kind)
        case .tooSlow: .tooSlow(kind)
        case .tooMuch: .overLimits(kind)
        case .failedForNow(let why): .failedForNow(kind, why: why)
        }
    }
}
