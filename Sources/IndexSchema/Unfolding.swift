import ChineseText

/// The way back from a folded text to the original one, as the differences from what is expected.
///
/// Beside Chinese, punctuation folds to ASCII and is expected to have been full-width; quotes are
/// expected to open and close in turn, brackets to close as they opened. Only what is otherwise is
/// stored: before each difference a varint of the folded scalars passed over since the last one,
/// twice, and one more when a scalar stood here that left nothing; then the scalar's value.
enum Unfolding {
    /// What the next original scalar is expected to be.
    private struct Expectation {
        private var isInWord = false
        private var hasOpenQuote = false
        private var isBracketNarrow = false

        /// The scalar that folded to this one, most likely.
        @inline(__always)
        func original(of folded: UInt32) -> UInt32 {
            guard folded < 0x40 else { return folded }
            switch folded {
            // , ; : ! ?
            case 0x2C, 0x3B, 0x3A, 0x21, 0x3F: return isInWord ? folded : folded + 0xFEE0
            case 0x28: return isInWord ? folded : 0xFF08
            case 0x29: return isBracketNarrow ? folded : 0xFF09
            case 0x22: return hasOpenQuote ? 0x201D : 0x201C
            default: return folded
            }
        }

        /// Takes note of what the original scalar was.
        @inline(__always)
        mutating func pass(_ original: UInt32) {
            switch original {
            case 0x28, 0xFF08: isBracketNarrow = original == 0x28
            case 0x201C: hasOpenQuote = true
            case 0x201D: hasOpenQuote = false
            default: break
            }
            isInWord =
                0x30...0x39 ~= original || 0x41...0x5A ~= original || 0x61...0x7A ~= original
        }
    }

    /// Appends the differences of a text.
    static func append(_ text: AlignedText, to bytes: inout [UInt8]) {
        var expectation = Expectation()
        var last = 0
        var next = 0
        func add(_ place: Int, _ scalar: UInt32, isExtra: Bool, to bytes: inout [UInt8]) {
            ByteWriter.append((place - last) * 2 + (isExtra ? 1 : 0), to: &bytes)
            ByteWriter.append(Int(scalar), to: &bytes)
            last = place
        }
        for place in text.folded.indices {
            let source = Int(text.sources[place])
            while next < source {
                add(place, text.original[next], isExtra: true, to: &bytes)
                next += 1
            }
            let original = text.original[source]
            if original != expectation.original(of: text.folded[place]) {
                add(place, original, isExtra: false, to: &bytes)
            }
            expectation.pass(original)
            next = source + 1
        }
        while next < text.original.count {
            add(text.folded.count, text.original[next], isExtra: true, to: &bytes)
            next += 1
        }
    }

    /// The original text; nil when the differences are damaged.
    static func text(folded: [UInt32], _ reader: inout ByteReader) -> UnfoldedText? {
        var expectation = Expectation()
        var original: [UInt32] = []
        var sources: [UInt32] = []
        var lastPlace = 0
        original.reserveCapacity(folded.count + 8)
        sources.reserveCapacity(folded.count)
        func pass(to end: Int) {
            while sources.count < end {
                let scalar = expectation.original(of: folded[sources.count])
                sources.append(UInt32(original.count))
                original.append(scalar)
                expectation.pass(scalar)
            }
        }
        while !reader.isAtEnd {
            guard let step = reader.number(), let value = reader.number(), value <= 0x10FFFF,
                let scalar = Unicode.Scalar(UInt32(value))?.value
            else { return nil }
            let isExtra = step & 1 == 1
            // Places are counted from the last difference, which may have been an extra scalar.
            let place = lastPlace + step / 2
            guard place >= sources.count, place < folded.count || isExtra && place == folded.count
            else { return nil }
            pass(to: place)
            lastPlace = place
            if isExtra {
                original.append(scalar)
            } else {
                sources.append(UInt32(original.count))
                original.append(scalar)
                expectation.pass(scalar)
            }
        }
        pass(to: folded.count)
        return UnfoldedText(original: original, folded: folded, sources: sources)
    }
}

/// A text with its folded form, as it is read from an index.
public struct UnfoldedText: Sendable, Hashable {
    /// The values of the text's scalars.
    let original: [UInt32]
    /// The values of the folded text's scalars.
    let folded: [UInt32]
    /// For each folded scalar the place of the one it comes from.
    let sources: [UInt32]

    /// The text.
    public var text: String { String(scalarValues: original) }

    /// The values of the folded text's scalars.
    public var foldedScalars: [UInt32] { folded }

    /// Every place where a folded phrase stands, as ranges of Unicode scalars of the original text,
    /// from 0, not overlapping.
    public func occurrences(of phrase: [UInt32]) -> [Range<Int>] {
        guard let first = phrase.first else { return [] }
        var ranges: [Range<Int>] = []
        var place = 0
        while place + phrase.count <= folded.count {
            if folded[place] == first, folded[place..<place + phrase.count].elementsEqual(phrase) {
                ranges.append(sourceRange(of: place..<place + phrase.count))
                place += phrase.count
            } else {
                place += 1
            }
        }
        return ranges
    }

    private func sourceRange(of range: Range<Int>) -> Range<Int> {
        let last = range.upperBound - 1
        // A folded space is never the last scalar, and its run reaches to the next character.
        let end =
            folded[last] == 0x20 && last + 1 < sources.count
            ? Int(sources[last + 1]) : Int(sources[last]) + 1
        return Int(sources[range.lowerBound])..<max(end, Int(sources[range.lowerBound]))
    }
}
