internal import CGramIndex

/// Which columns of a block file an index has; a file may have more after them.
///
/// Documents are numbered from 1, and belong to groups of neighbours. Numbers are little-endian.
public enum IndexColumn {
    /// For each document, and for the end, where its record begins, in 5 bytes; then 3 bytes of
    /// padding.
    public static let recordStarts = Int(CG_RECORD_STARTS)
    /// Records: the length of the text as a varint (7 bits a byte, the lowest first and all but the
    /// last byte from 128 on); the text; whatever else.
    public static let records = Int(CG_RECORDS)
    /// For each document its length in terms, in 2 bytes.
    public static let lengths = Int(CG_LENGTHS)
    /// For each document a label, in 1 byte.
    public static let labels = Int(CG_LABELS)
    /// For each group the number of its first document, in 4 bytes, ascending from 1; a group
    /// without documents has that of the next one.
    public static let groupStarts = Int(CG_GROUP_STARTS)
    /// Where in the dictionary a search for a term begins.
    public static let termBlocks = Int(CG_TERM_BLOCKS)
    /// The dictionary and the posting lists.
    public static let postings = Int(CG_POSTINGS)
    /// How many columns these are.
    public static let count = Int(CG_COLUMN_COUNT)

    /// The lowest byte that ends a character of a text.
    public static let firstEnd = UInt8(CG_FIRST_END)
}
