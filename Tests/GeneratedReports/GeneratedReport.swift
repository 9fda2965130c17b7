import Foundation
public import ReportModel
import TestSupport

/// A report that never was, printed in some layout, with what is to be read from it.
///
///     let report = GeneratedReport(seed: 7)
///     let read = try ReportParser().report(from: report.bytes)
///
/// The same seed gives the same report. Agencies and text are invented.
public struct GeneratedReport: Sendable {
    /// One paragraph as it is to be read.
    public struct Paragraph: Sendable {
        /// The sections that are right for it: one, unless the file does not say which.
        public let sections: Set<Int>
        /// Its subsection's heading; nil when it has none.
        public let subsection: String?
        /// Its text without damage.
        public let text: String
    }

    /// One cell as it is to be read.
    public struct ExpectedCell: Sendable {
        /// The printed value; nil for a blank.
        public let value: Double?
        /// The value that a blank hides.
        public let actual: Double?
        /// Whether a note stands with the number.
        public let isAnnotated: Bool
    }

    /// The seed.
    public let seed: UInt64
    /// The traits.
    public let traits: Traits
    /// The file.
    public let bytes: [UInt8]
    /// The file as text.
    public let text: String
    /// The form of its tables.
    public let form: OfficialForm
    /// The title; nil when there is none.
    public let title: String?
    /// The names that are right for the agency; none when it is unknown.
    public let agencies: [String]
    /// The year; nil when unknown.
    public let year: Int?
    /// The region.
    public let region: Region
    /// Whose figures it gives by its own words.
    public let scope: ReportScope
    /// The narrative in file order.
    public let paragraphs: [Paragraph]
    /// Text that may be read as narrative and need not: signatures and headings.
    public let allowed: [String]
    /// The cells that are to be read; those whose row cannot be read in this layout are not here.
    public let cells: [Int: ExpectedCell]

    /// The ending that a file of these bytes has.
    public var fileEnding: String {
        switch traits.table {
        case .html: "html"
        case .word: "docx"
        default: "txt"
        }
    }

    /// Makes the report of a seed.
    ///
    /// - Parameter layout: the beginning of a trait's name, which the report is then made to have.
    public init(seed: UInt64, layout: String? = nil) {
        var random = SeededGenerator(seed: seed)
        var traits = Traits(using: &random)
        if let layout { _ = traits.force(layout) }
        traits.settle(keeping: layout)
        self.init(seed: seed, traits: traits, using: &random)
    }

    /// Makes a report that is plain in all but what `change` sets.
    public init(seed: UInt64, plainBut change: (inout Traits) -> Void) {
        var random = SeededGenerator(seed: seed)
        var traits = Traits()
        change(&traits)
        traits.settle(keeping: nil)
        self.init(seed: seed, traits: traits, using: &random)
    }

    private init(seed: UInt64, traits: Traits, using random: inout SeededGenerator) {
        let form: OfficialForm = traits.label == .form2019 ? .form2019 : .form2021
        let figures = Figures(form: form, layout: traits.value, using: &random)
        let head = Head(traits.head, using: &random)
        let tables = PrintedTables(
            layout: traits.table,
            grids: TableGrids(
                form: form, figures: figures, label: traits.label, single: traits.value == .single))
        var body = Body(head: head, traits: traits, tables: tables)
        body.write(using: &random)
        self.seed = seed
        self.traits = traits
        self.form = form
        title = head.title
        agencies = head.agencies
        year = head.year
        region = head.region
        scope = head.scope
        paragraphs = body.paragraphs
        allowed = head.signature + body.allowed
        cells = figures.cells.mapValues {
            ExpectedCell(
                value: $0.value, actual: $0.actual ?? $0.value, isAnnotated: $0.isAnnotated)
        }.filter { field, _ in
            if traits.heading == .opening || traits.heading == .beforeForm { return false }
            return traits.value != .single || StatisticField.all[field].section != 3
                || StatisticField.all[field].key.hasSuffix(".total")
        }
        let file = body.file(using: &random)
        text = file
        if traits.table == .word {
            var archive = ZipBuilder()
            archive.add(
                "[Content_Types].xml", Array(Body.wordContentTypes.utf8))
            archive.add("word/document.xml", Array(file.utf8))
            bytes = archive.bytes
        } else {
            bytes = traits.bytes.encode(file)
        }
    }
}

extension Traits {
    /// Changes traits that cannot stand together.
    mutating func settle(keeping kept: String?) {
        func isKept(_ name: String) -> Bool { kept.map(name.hasPrefix) ?? false }
        let hidesBlanks: Set<TableLayout> = [
            .spaces, .brokenGroups, .lostLabels, .labelsAway, .cellLines, .cellLinesBlank,
            .disputesApart,
        ]
        if hidesBlanks.contains(table),
            [.blanks, .blankTotals, .allBlank, .single].contains(value)
        {
            if isKept(value.rawValue) { table = .pipes } else { value = .plain }
        }
        if [.lostLabels, .labelsAway].contains(table), [.dashes, .slashes].contains(value) {
            value = .plain
        }
        if value == .signs { label = .form2019 }
        if label == .form2019, [.lostLabels, .labelsAway].contains(table) { table = .spaces }
        if heading == .oneLine {
            if table != .spaces, isKept(table.rawValue) {
                heading = .plain
            } else {
                (table, wrap, noise, damage) = (.spaces, .none, .none, .none)
                (head, value, label) = (.plain, .plain, .official)
            }
        }
        if heading == .glued {
            if table != .spaces, isKept(table.rawValue) {
                heading = .plain
            } else {
                (table, wrap, noise, damage) = (.spaces, .none, .none, .none)
                (head, value, label) = (.plain, .plain, .official)
            }
        }
        if heading == .opening || heading == .beforeForm {
            // Nothing but the head tells what the file is, and what it lacks cannot be read.
            if !isKept(heading.rawValue), head != .plain || value == .allBlank { heading = .plain }
            if isKept(heading.rawValue) { head = .plain }
            if heading != .plain { (noise, label, table) = (.none, .official, .spaces) }
        }
        if noise == .secondReport, table.isMarkup || head == .signature { noise = .none }
        if wrap == .brokenSentence, heading == .secondRun { wrap = .none }
        if head == .spacedOut || head == .labelled, damage == .spaces || damage == .pinyin {
            damage = .none
        }
        if heading == .oneLine, head == .split { head = .plain }
        if damage == .entities {
            if table == .word || isKept(damage.rawValue) { table = .html }
            if table != .html { damage = .none }
        }
        if table.isMarkup {
            wrap = .none
            if heading == .markdown { heading = .plain }
        }
        // A document of a word processor has an encoding of its own.
        if table == .word { bytes = .utf8 }
        if table.isMarkup, damage == .noBreakSpaces { damage = .none }
        if table == .html, bytes == .crlf { bytes = .utf8 }
        if bytes == .gb18030, damage == .radicals { bytes = .utf8 }
        if wrap == .spaces, damage == .spaces { damage = .none }
    }
}

extension ByteLayout {
    /// A text as bytes.
    func encode(_ text: String) -> [UInt8] {
        switch self {
        case .utf8: return Array(text.utf8)
        case .mark: return [0xEF, 0xBB, 0xBF] + Array(text.utf8)
        case .crlf: return Array(text.replacing("\n", with: "\r\n").utf8)
        case .gb18030:
            // Foundation's number of the encoding on every platform it runs on.
            let encoding = String.Encoding(rawValue: 0x8000_0632)
            return text.data(using: encoding).map(Array.init) ?? Array(text.utf8)
        case .utf16:
            return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        }
    }
}
