/// What a database stores as the frequency of a gram in a document: how often the document's text
/// holds it, or, when it holds it once, where.
///
/// Most grams that are rare stand once in a text. From where those of a phrase stand a
/// ``TextMatch`` knows without the text whether they are the phrase; libxapian's own positions are
/// stored apart and would take many times the room.
public enum GramFrequency {
    /// Of a gram that the text holds once, after `place` characters.
    public static func once(after place: Int) -> UInt32 {
        UInt32(clamping: place) << 1 | 1
    }

    /// Of a gram that the text holds `count` times, wherever; such frequencies add up.
    public static func times(_ count: Int) -> UInt32 { UInt32(clamping: count) << 1 }
}
