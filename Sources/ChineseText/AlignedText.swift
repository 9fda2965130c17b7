/// A text and its folded form, scalar by scalar.
///
/// Keep one and set it to text after text: it allocates nothing once its arrays have grown.
///
///     var aligned = AlignedText()
///     aligned.set("ＬＥＤ 屏")
///     aligned.utf8      // "led屏"
///     aligned.sources   // [0, 1, 2, 4]
public struct AlignedText: Sendable {
    /// The values of the text's scalars.
    public private(set) var original: [UInt32] = []
    /// The values of the folded text's scalars.
    public private(set) var folded: [UInt32] = []
    /// For each folded scalar the index in `original` of the one it comes from; of a space, the
    /// first of its run.
    public private(set) var sources: [UInt32] = []
    /// The folded text as UTF-8.
    public private(set) var utf8: [UInt8] = []
    /// For each folded scalar where its UTF-8 begins, and at last the length of all of it.
    public private(set) var starts: [UInt32] = []
    /// For each folded scalar whether it is a word character, as ``GramAnalyzer`` counts them.
    public private(set) var isWord: [Bool] = []

    /// An empty text.
    public init() {}

    /// Sets the text; malformed UTF-8 becomes U+FFFD.
    public mutating func set(_ text: String) {
        var text = text
        text.makeContiguousUTF8()
        set(text.utf8.span)
    }

    /// Sets the text.
    ///
    /// It folds as ``TextFolding`` says.
    public mutating func set(_ text: Span<UInt8>) {
        original.removeAll(keepingCapacity: true)
        folded.removeAll(keepingCapacity: true)
        sources.removeAll(keepingCapacity: true)
        utf8.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        isWord.removeAll(keepingCapacity: true)
        var space: UInt32?
        var keepsSpace = false
        var marks = 0
        var position = 0
        while position < text.count {
            let scalar = decodedScalar(text, at: position)
            position += scalar.length
            let source = UInt32(original.count)
            original.append(scalar.value)
            let entry = FoldingTable.entry(scalar.value)
            switch entry.role {
            case .vanishing:
                continue
            case .space:
                space = space ?? source
                continue
            case .mark:
                space = nil
                marks += 1
                if folded.isEmpty || marks > TextFolding.markLimit { continue }
            case .separator, .spaced, .ideographic:
                if let space, keepsSpace, entry.role == .spaced {
                    append(0x20, from: space, isWord: false)
                }
                space = nil
                keepsSpace = entry.role == .spaced
                marks = 0
            }
            append(entry.target ?? scalar.value, from: source, isWord: entry.role.isWord)
        }
        starts.append(UInt32(utf8.count))
    }

    @inline(__always)
    private mutating func append(_ value: UInt32, from source: UInt32, isWord: Bool) {
        folded.append(value)
        sources.append(source)
        starts.append(UInt32(utf8.count))
        self.isWord.append(isWord)
        for byte in UTF8Bytes(value) { utf8.append(byte) }
    }
}
