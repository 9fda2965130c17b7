/// The folding under which two texts count as equal: width, case, radical forms, compatibility
/// ideographs, traditional and simplified characters, quotes, dashes and spaces.
///
///     TextFolding().folded("ＬＥＤ 屏 政策解讀").text   // "led屏政策解读"
///
/// Folding maps each scalar by itself, and then leaves out some spaces and marks:
///
/// 1. *Scalars.* Each scalar becomes one other, or vanishes, whatever stands beside it:
///    full-width, half-width and small forms their plain form; Latin, Greek, Cyrillic and other
///    cased letters their lower case (simple case folding); Kangxi and CJK radicals and
///    compatibility ideographs the unified ideograph; traditional characters OpenCC's first
///    simplified one; `○` and `◯` become `〇`; `“ ” „ ‟` become `"` and `‘ ’ ‚ ‛` become `'`;
///    U+2010 to U+2015 and U+2212 become `-`, one each. White space of any kind, line ends
///    included, is a space. Format characters, variation selectors and other invisible
///    (default ignorable) characters vanish; other control characters become U+FFFD.
/// 2. *Marks.* A combining mark joins the character before it, and spaces between the two
///    vanish. Marks before the first other character of the text, and those after the eighth
///    on one character, vanish.
/// 3. *Spaces.* A run of spaces becomes one space when the folded characters on both its
///    sides, marks aside, are letters or digits of a script written with spaces. Otherwise it
///    vanishes: beside an ideograph, kana or bopomofo, beside any punctuation mark or symbol
///    or U+FFFD, and at both ends of the text.
///
/// What follows a character that is no mark does not depend on what stands before it, and
/// nothing depends on what stands later except whether a space is written. So for every part of
/// a text, cut anywhere between scalars, the folded part is found in the folded text: a
/// substring search over folded bytes misses nothing. Folding folded text changes nothing.
public struct TextFolding: Sendable, Hashable {
    /// The number of this folding, from 1; an index made with another one cannot be searched.
    public static let version = 1

    /// The most marks that one character keeps.
    static let markLimit = 8

    /// The folding; there is one.
    public init() {}

    /// One scalar folded by itself (rule 1), or `nil` when it vanishes.
    public func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        let entry = FoldingTable.entry(scalar.value)
        return entry.role == .vanishing ? nil : entry.target.flatMap(Unicode.Scalar.init) ?? scalar
    }

    /// The scalars folded one by one, as many as there are: one that vanishes stays.
    public func aligned(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var folded: [Unicode.Scalar] = []
        folded.append(addingCapacity: scalars.count) { aligned in
            for scalar in scalars { aligned.append(Self.target(of: scalar.value)) }
        }
        return folded
    }

    /// The scalars of a text folded one by one, as many as it has: one that vanishes stays.
    public func aligned(_ text: String) -> [Unicode.Scalar] {
        let utf8 = text.utf8.span
        var folded: [Unicode.Scalar] = []
        folded.append(addingCapacity: scalarRoom(utf8)) { aligned in
            var position = 0
            while position < utf8.count {
                let scalar = decodedScalar(utf8, at: position)
                position += scalar.length
                aligned.append(Self.target(of: scalar.value))
            }
        }
        return folded
    }

    /// What a scalar becomes by itself; one that vanishes stays.
    @inline(__always)
    private static func target(of value: UInt32) -> Unicode.Scalar {
        Unicode.Scalar(FoldingTable.target(value)) ?? "\u{FFFD}"
    }

    /// Appends the ideographs of the folded text, without all that stands between them.
    public func appendHan(of text: Span<UInt8>, to found: inout [Unicode.Scalar]) {
        var position = 0
        while position < text.count {
            let scalar = decodedScalar(text, at: position)
            position += scalar.length
            guard scalar.value > 0xFF else { continue }
            let folded = Self.target(of: scalar.value)
            if folded.isHan { found.append(folded) }
        }
    }

    /// The folded text with the way back to the original.
    ///
    /// Its `utf8` is what `foldedUTF8(of:)` gives, at a fraction of the speed.
    public func folded(_ text: String) -> FoldedText {
        var aligned = AlignedText()
        aligned.set(text)
        var sources: [UInt32] = []
        for (index, source) in aligned.sources.enumerated() {
            for _ in aligned.starts[index]..<aligned.starts[index + 1] { sources.append(source) }
        }
        return FoldedText(
            utf8: aligned.utf8, sources: sources, sourceCount: aligned.original.count)
    }

    /// The folded text as UTF-8.
    public func foldedUTF8(of text: String) -> [UInt8] {
        var folded: [UInt8] = []
        foldedUTF8(text.utf8.span, into: &folded)
        return folded
    }

    /// The folded text of scalars as scalars.
    public func foldedScalars(of text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        var isApart = true
        scalars.append(addingCapacity: text.count) { scalars in
            for scalar in text where isApart {
                isApart = Self.append(scalar.value, to: &scalars)
            }
        }
        return isApart ? scalars : foldedScalars(of: String(scalars: text))
    }

    /// The folded text as scalars, for texts that are taken apart.
    public func foldedScalars(of text: String) -> [Unicode.Scalar] {
        let utf8 = text.utf8.span
        var scalars: [Unicode.Scalar] = []
        var isApart = true
        scalars.append(addingCapacity: scalarRoom(utf8)) { scalars in
            var position = 0
            while position < utf8.count, isApart {
                let scalar = decodedScalar(utf8, at: position)
                position += scalar.length
                isApart = Self.append(scalar.value, to: &scalars)
            }
        }
        return isApart
            ? scalars : String(decoding: foldedUTF8(of: text), as: UTF8.self).scalars()
    }

    /// Appends a scalar folded by itself, and tells whether what stands beside it decides nothing:
    /// spaces and marks depend on it, and most texts have none.
    @inline(__always)
    private static func append(
        _ value: UInt32, to scalars: inout OutputSpan<Unicode.Scalar>
    ) -> Bool {
        switch FoldingTable.entry(value).role {
        case .separator, .spaced, .ideographic:
            scalars.append(target(of: value))
            return true
        case .space, .mark, .vanishing: return false
        }
    }

    /// Appends the folded form of UTF-8 text to `folded`.
    ///
    /// It is a text of its own: no space joins it to what `folded` held. Malformed bytes
    /// become U+FFFD, one each.
    public func foldedUTF8(_ utf8: Span<UInt8>, into folded: inout [UInt8]) {
        folded.reserveCapacity(folded.count + utf8.count)
        let start = folded.count
        var hasSpace = false
        var keepsSpace = false
        var marks = 0
        var position = 0
        while position < utf8.count {
            let scalar = decodedScalar(utf8, at: position)
            position += scalar.length
            let entry = FoldingTable.entry(scalar.value)
            switch entry.role {
            case .vanishing:
                continue
            case .space:
                hasSpace = true
                continue
            case .mark:
                hasSpace = false
                marks += 1
                if folded.count == start || marks > Self.markLimit { continue }
            case .separator, .spaced, .ideographic:
                if hasSpace, keepsSpace, entry.role == .spaced { folded.append(0x20) }
                hasSpace = false
                keepsSpace = entry.role == .spaced
                marks = 0
            }
            // Written out: through a function that appends it is a third slower (370 MB/s).
            let value = entry.target ?? scalar.value
            if value < 0x80 {
                folded.append(UInt8(truncatingIfNeeded: value))
            } else if value < 0x800 {
                folded.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
                folded.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
            } else if value < 0x10000 {
                folded.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
                folded.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
                folded.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
            } else {
                folded.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
                folded.append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
                folded.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
                folded.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
            }
        }
    }
}
