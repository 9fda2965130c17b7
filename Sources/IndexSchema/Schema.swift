import ChineseText

/// The schema of an index: everything that is stored, in one place.
///
/// # The folder
///
///     .gongkai/
///       manifest               names everything else; replaced atomically, the only file that changes
///       files-<generation>     one line a file: path, size, times, content, outcome
///       segments/<number>/     Xapian databases (glass, no term lists), never changed once named
///       lock                   held by the one writer
///       tmp-…                  what a writer is building; removed by the next one when it died
///
/// Readers open what the manifest names and need no lock. A report that was replaced or removed
/// stays in its segment and is listed there as hidden until the segment is rewritten.
///
/// # A segment
///
/// Documents stand in the order of the reports: one *report document*, followed directly by the
/// *passage documents* of that report. A passage document holds its ordinal, so its report is the
/// document that many numbers before it; merging segments keeps that true.
///
/// | term | on | means |
/// |---|---|---|
/// | (no prefix) | passage | a gram of the folded text: a bigram, or the last character of a run |
/// | `Kr`, `Kp` | report, passage | the kind of document |
/// | `Q`+id | both | the report: the first 16 hexadecimal digits of its content's SHA-256 |
/// | `Y`+year | both | the year the report is about, such as `Y2022`; `Y` alone when unknown |
/// | `A`+name | both | the agency or one of its aliases, folded; `A` alone when unknown |
/// | `G`+name | both | a province, city or county, folded; `G` alone when unknown |
/// | `F`+form | both | `F2021`, `F2019`, `Fnone` |
/// | `S`+number | passage | the section, 0 to 7 |
/// | `H`+heading | passage | the section's heading as printed, folded |
/// | `B`+heading | passage | the subsection's heading, folded |
///
/// Grams are folded and so never begin with an upper-case letter; no prefix can meet one.
///
/// | slot | on | holds |
/// |---|---|---|
/// | 0 to 228 | report | the statistic with that field number, when its value is known |
/// | 300 | report | the year, when known |
/// | 301 | report | the number of its passages |
///
/// Document data are ``PassageRecord`` and ``ReportRecord``: fields ended by a zero byte, of which
/// the first of a passage is its folded text, which a phrase is verified against.
public enum Schema {
    /// The version of all of the above.
    ///
    /// An index of another version is not read.
    public static let version = 2

    /// The slot of a report's year.
    public static let yearSlot: UInt32 = 300
    /// The slot of a report's number of passages.
    public static let passageCountSlot: UInt32 = 301

    /// The slot of a statistic.
    public static func slot(ofField field: Int) -> UInt32 { UInt32(field) }

    /// The prefixes of terms that are not grams.
    public enum Prefix: String, Sendable, CaseIterable {
        /// The kind of document.
        case kind = "K"
        /// The report's id.
        case report = "Q"
        /// The year.
        case year = "Y"
        /// An agency's name.
        case agency = "A"
        /// The name of a province, city or county.
        case region = "G"
        /// The edition of the official form.
        case form = "F"
        /// The section's number.
        case section = "S"
        /// The section's heading.
        case heading = "H"
        /// The subsection's heading.
        case subsection = "B"
    }

    /// The term on every report document.
    public static let reportKind = term(.kind, "r")
    /// The term on every passage document.
    public static let passageKind = term(.kind, "p")

    /// The longest term in bytes; libxapian takes 245.
    private static let longestTerm = 240

    /// The term for a value.
    ///
    /// The value is folded; a longer one than a term can hold is cut at a character.
    public static func term(_ prefix: Prefix, _ value: String) -> [UInt8] {
        var bytes = Array(prefix.rawValue.utf8)
        // Numbers, ids and forms are the same folded, the letters of kinds too.
        bytes += TextFolding().foldedUTF8(of: value)
        if bytes.count > longestTerm {
            var end = longestTerm
            while bytes[end] & 0xC0 == 0x80 { end -= 1 }
            bytes.removeSubrange(end...)
        }
        return bytes
    }
}
