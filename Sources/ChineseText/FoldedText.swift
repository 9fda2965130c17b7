/// Folded text that remembers where every byte comes from.
///
/// Made by `TextFolding.folded(_:)`. Two texts are *equal after folding* when their `utf8` are
/// the same bytes. Memory: five bytes for each folded byte.
public struct FoldedText: Sendable, Hashable {
    /// The folded text as UTF-8.
    ///
    /// It holds no zero byte and no control character.
    public let utf8: [UInt8]
    /// For each folded byte the offset of the scalar it comes from; for a space, of the first
    /// scalar of its run.
    private let sources: [UInt32]
    /// The number of scalars of the original text.
    private let sourceCount: Int

    init(utf8: [UInt8], sources: [UInt32], sourceCount: Int) {
        self.utf8 = utf8
        self.sources = sources
        self.sourceCount = sourceCount
    }

    /// Whether nothing is left after folding.
    public var isEmpty: Bool { utf8.isEmpty }

    /// The folded text as a string.
    public var text: String { String(decoding: utf8, as: UTF8.self) }

    /// The part of the original text that produced the folded bytes `range`.
    ///
    /// - Parameter range: byte offsets from 0 in `utf8`. A bound inside a character counts as
    ///   the whole character.
    /// - Returns: Unicode scalar offsets from 0 in the original text. Every scalar that
    ///   produced one of the bytes is covered; scalars that vanished are covered only between
    ///   two that did not. An empty range gives an empty range.
    public func sourceRange(ofBytes range: Range<Int>) -> Range<Int> {
        let start = range.lowerBound < sources.count ? Int(sources[range.lowerBound]) : sourceCount
        guard !range.isEmpty else { return start..<start }
        let last = range.upperBound - 1
        // A folded space is never the last byte, and its run reaches to the next character.
        let end = utf8[last] == 0x20 ? Int(sources[last + 1]) : Int(sources[last]) + 1
        return start..<end
    }
}
