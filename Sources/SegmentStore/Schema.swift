import ChineseText

/// The schema of an index: everything that is stored, in one place.
///
/// # The folder
///
///     .gongkai/
///       gongkai-index          marks the folder as an index; held by the one writer
///       manifest               names everything else; replaced atomically
///       files-<generation>     one line a file: path, size, times, content, outcome
///       changes-<generation>   what one run changed: ``RunChangesFile``; those of the last 50 runs
///       <number>.glass         a segment's Xapian database, in one file
///       <number>.tables        the same segment's block file: gram index and columns
///       log                    every name that a writer began to make, made to last before; replaced
///                              atomically, by way of log-next
///       building-<number>/     what a writer is building
///
/// What the manifest names is never changed. What the log tells of and the manifest does not name is
/// left over by a run that died; the next one removes it, and nothing else.
///
/// Readers open what the manifest names and need no lock. A report that was replaced or removed
/// stays in its segment and is listed there as hidden until the segment is rewritten.
///
/// # A segment
///
/// A segment is two stores. The *block file* is a gram index and more columns beside it: see
/// docs/gram-index-format.md, and ``SegmentColumn`` for the columns. To the gram index a passage is a
/// document and a report a group. Everything that gongkai prints and filters by is read from it.
///
/// The *database* is libxapian's, with term lists. It has a document for each report, in the same
/// order, numbered from 1: ``ReportDocument`` tells its terms, values and data. It is written from
/// the block file and is there for other programs: gongkai asks it nothing but, in `verify`, whether
/// its values are those of the columns. docs/index-schema.md shows how to ask it.
///
/// | term of a passage | means |
/// |---|---|
/// | (no prefix) | a gram of the folded text, with its position: see `GramAnalyzer` |
/// | `H`+heading | the section's heading as printed, folded |
/// | `B`+heading | the subsection's heading, folded |
///
/// Grams are folded and so never begin with an upper-case letter; no prefix can meet one.
///
/// The block file is mapped. A passage's record in it is its folded text in ``TextCode``, which
/// phrases are verified against, then its lines, its subsection, and the
/// differences of the original text from what the folded one lets expect; so a text is stored once.
/// It ends with a ``RecordCheck``, as do ``ReportEntry``, ``ReportDetails`` and the lines of the list
/// of files: what is shown was checked when it was read, without reading the rest.
/// Numbers in columns have their lowest byte first; in records they are varints.
///
/// The version of all of this is `Manifest.version`.
public enum Schema {
    /// The prefixes of terms that are not grams.
    public enum Prefix: String, Sendable, CaseIterable {
        /// The section's heading.
        case heading = "H"
        /// The subsection's heading.
        case subsection = "B"
    }

    /// The longest term in bytes; the gram index takes 245.
    private static let longestTerm = 240

    /// The term for a value.
    ///
    /// The value is folded; a longer one than a term can hold is cut at a character.
    public static func term(_ prefix: Prefix, _ value: String) -> [UInt8] {
        term(prefix.rawValue, value)
    }

    /// The term of any prefix for a value.
    static func term(_ prefix: String, _ value: String) -> [UInt8] {
        var bytes = Array(prefix.utf8)
        bytes += TextFolding().foldedUTF8(of: value)
        if bytes.count > longestTerm {
            var end = longestTerm
            while bytes[end] & 0xC0 == 0x80 { end -= 1 }
            bytes.removeSubrange(end...)
        }
        return bytes
    }
}
