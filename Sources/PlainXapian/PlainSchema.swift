public import ReportModel
import SegmentStore

/// The schema of a plain database: what every program that speaks Xapian finds in it.
///
/// A database holds documents of two kinds. A *passage* has its text, and its report's names, as terms
/// with positions; a *report* has the words of its head and no positions: its length is 0, and xapian-check
/// takes a document of that length for none. Both have the boolean terms of the report, and its numbers as
/// values; both keep JSON as their data, see ``PlainPassage``. docs/plain-xapian.md is this page for
/// people who do not read Swift.
///
/// | term | means |
/// |---|---|
/// | (no prefix) | a character of the folded passage, and each two that stand side by side, with their positions |
/// | `T`+kind | `passage` or `report` |
/// | `G`+id | the report that a document belongs to |
/// | `S`+number | the passage's section, 0 to 7 |
/// | `O`+scope | whose figures the report gives |
/// | `N`+field | the report's `agency`, `region`, `year` or `level` is not known |
/// | `XA` `XR` `XT` | a character, or two, of the agency's names, the region's names, the title, with positions |
/// | `XH` `XB` | the same of the heading of the section and of the subsection |
/// | `XE`+character | it ends a row of word characters of the passage |
/// | `XL` | with a frequency that makes the document's length ``lengthFactor`` times the passage's |
/// | `XW`+word | of a report: a word of its head, as ``ReportDocument/words`` |
/// | others | as ``ReportDocument/Prefix`` tells; `Q` names one document |
public enum PlainSchema {
    /// The version of all of this; a database of another one is not asked.
    public static let version = 1

    /// The schema as the metadata of a database tells it.
    static let name = "gongkai.plain \(version), \(TextAnalysis.version)"

    /// How long a document is beside its passage, which is counted in word characters: a length is
    /// the sum of the frequencies of all terms, and every character stands in three of them.
    static let lengthFactor = 8

    /// The keys of the metadata of a database.
    enum MetadataKey: String, CaseIterable {
        /// ``PlainSchema/name``.
        case schema = "gongkai-schema"
        /// ``PlainSchema/slots``.
        case slots = "gongkai-slots"
    }

    /// The kinds of documents.
    enum Kind: String {
        /// A passage of a report.
        case passage
        /// A report.
        case report
    }

    /// The prefixes of terms that ``ReportDocument`` does not have.
    enum Prefix: String, CaseIterable {
        /// The kind of the document.
        case kind = "T"
        /// The report that it belongs to.
        case group = "G"
        /// The section.
        case section = "S"
        /// The scope.
        case scope = "O"
        /// What is not known.
        case unknown = "N"
        /// A character at the end of a row of word characters.
        case rowEnd = "XE"
        /// The balance of the length.
        case balance = "XL"
        /// A word of the head.
        case headWord = "XW"
    }

    /// A term of a value that is not folded.
    static func term(_ prefix: Prefix, _ value: String = "") -> [UInt8] {
        Array(prefix.rawValue.utf8) + Array(value.utf8)
    }

    /// The slots that are no statistics.
    enum Slot {
        /// The year.
        static let year = ReportDocument.yearSlot
        /// The length of the passage in word characters.
        static let length: UInt32 = 1001
        /// The report's id, as text.
        static let report: UInt32 = 1002
        /// The report's id, agency, province, city, county, year and form, as text with U+001F
        /// between them: counting it counts reports by each of these.
        static let head: UInt32 = 1003
        /// The section's digit and the report's id, as text.
        static let section: UInt32 = 1004
        /// Of a report: what all of its documents were made from, as a checksum.
        static let fingerprint: UInt32 = 1005
    }

    /// What stands between the parts of the slot ``Slot/head``.
    static let separator: Unicode.Scalar = "\u{1F}"

    /// The slot of a statistic: of a cell its field, where 0 is not stored; of another one that
    /// follows from one report a slot from ``firstDerivedSlot``, where 0 is stored; nil of others.
    public static func slot(of statistic: Statistic) -> UInt32? {
        if statistic.isCell { return statistic.alternatives.first?.first.map(UInt32.init) }
        return derived.first { $0.statistic == statistic }?.slot
    }

    /// The first slot of a statistic that is no cell.
    static let firstDerivedSlot: UInt32 = 2000

    /// The statistics that are no cells and follow from one report, with their slots.
    static let derived: [(statistic: Statistic, slot: UInt32)] = Statistic.all.filter {
        !$0.isCell && $0.isOfOneReport
    }.enumerated().map { ($1, firstDerivedSlot + UInt32($0)) }

    /// All slots with what they hold, a line each, as the metadata of a database tells them.
    static let slots: String =
        (StatisticField.all.enumerated().map { "\($0)\t\($1.key)" }
        + [
            "\(Slot.year)\tyear", "\(Slot.length)\tlength", "\(Slot.report)\treport",
            "\(Slot.head)\thead", "\(Slot.section)\tsection", "\(Slot.fingerprint)\tfingerprint",
        ] + derived.map { "\($0.slot)\t\($0.statistic.key)" }).joined(separator: "\n")
}

/// The texts of a document that have positions.
public enum PlainText: String, Sendable, CaseIterable {
    /// The passage.
    case passage = ""
    /// The agency's names.
    case agency = "XA"
    /// The names of its province, city and county.
    case region = "XR"
    /// The title.
    case title = "XT"
    /// The heading of the passage's section.
    case heading = "XH"
    /// The heading of the passage's subsection.
    case subsection = "XB"
}
