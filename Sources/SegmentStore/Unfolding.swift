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

        /// Takes note of ideographs.
        @inline(__always)
        mutating func passIdeographs() { isInWord = false }

        /// Takes note of what the original scalar was.
        @inline(__always)
        mutating func pass(_ original: UInt32) {
            // Most of a text.
            if 0x2E80...0xD7FF ~= original {
                isInWord = false
                return
            }
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
        func add(_ position: Int, _ scalar: UInt32, isExtra: Bool, to bytes: inout [UInt8]) {
            ByteWriter.append((position - last) * 2 + (isExtra ? 1 : 0), to: &bytes)
            ByteWriter.append(Int(scalar), to: &bytes)
            last = position
        }
        for position in text.folded.indices {
            let source = Int(text.sources[position])
            while next < source {
                add(position, text.original[next], isExtra: true, to: &bytes)
                next += 1
            }
            let original = text.original[source]
            if original != expectation.original(of: text.folded[position]) {
                add(position, original, isExtra: false, to: &bytes)
            }
            expectation.pass(original)
            next = source + 1
        }
        while next < text.original.count {
            add(text.folded.count, text.original[next], isExtra: true, to: &bytes)
            next += 1
        }
    }

    /// Where a text differs from what is expected.
    struct Difference: Hashable {
        /// How many folded scalars stand before.
        let position: Int
        /// The scalar that stands there.
        let scalar: UInt32
        /// Whether it left nothing in the folded text.
        let isExtra: Bool
    }

    /// The differences of a text, and nothing after them; nil when they are damaged.
    fileprivate static func differences(
        count: Int, _ reader: inout ByteReader
    ) -> [Difference]? {
        var differences: [Difference] = []
        // Positions are counted from the last difference, which may have been an extra scalar.
        var position = 0
        // The scalar before which the next difference may stand.
        var next = 0
        while !reader.isAtEnd {
            guard let step = reader.number(), let value = reader.number(), value <= 0x10FFFF,
                let scalar = Unicode.Scalar(UInt32(value))?.value, step / 2 <= count - position
            else { return nil }
            let isExtra = step & 1 == 1
            position += step / 2
            guard position >= next, position < count || isExtra else { return nil }
            next = isExtra ? position : position + 1
            differences.append(Difference(position: position, scalar: scalar, isExtra: isExtra))
        }
        return differences
    }

    /// The original text.
    fileprivate static func text(of folded: [UInt32], _ differences: [Difference]) -> String {
        // A scalar has four bytes at most.
        String(capacity: 4 * (folded.count + differences.count)) { writer in
            let folded = folded.span
            var expectation = Expectation()
            var position = 0
            for index in 0...differences.count {
                let isLast = index == differences.count
                let end = isLast ? folded.count : differences[index].position
                while position < end {
                    // They stand as they were.
                    let other = writer.append(ideographsOf: folded, from: position, to: end)
                    if other > position { expectation.passIdeographs() }
                    position = other
                    if position == end { break }
                    let scalar = expectation.original(of: folded[position])
                    writer.append(scalar)
                    expectation.pass(scalar)
                    position += 1
                }
                if isLast { break }
                writer.append(differences[index].scalar)
                if differences[index].isExtra { continue }
                expectation.pass(differences[index].scalar)
                position += 1
            }
        }
    }
}

/// Lets some characters through, and of others one in sixty-four for each of them.
public struct CharacterSieve: Sendable {
    private var bits: UInt64 = 0

    /// A sieve that lets none through.
    public init() {}

    /// Lets a character through, given by its scalar's value.
    public mutating func add(_ scalar: UInt32) { bits |= 1 << UInt64(scalar & 63) }

    /// Whether a character is let through.
    @inline(__always)
    func lets(_ scalar: UInt32) -> Bool { bits >> UInt64(scalar & 63) & 1 == 1 }
}

/// A text with its folded form, as it is read from an index.
public struct UnfoldedText: Sendable, Hashable {
    /// The values of the folded text's scalars.
    public let foldedScalars: [UInt32]
    private let differences: [Unfolding.Difference]

    /// Reads how the text of a folded one differs from what is expected, and nothing after that;
    /// nil when it is damaged.
    init?(folded: [UInt32], _ reader: inout ByteReader) {
        guard let differences = Unfolding.differences(count: folded.count, &reader) else {
            return nil
        }
        foldedScalars = folded
        self.differences = differences
    }

    /// Folds a text, to what an index gives back of it.
    public init(folding text: String) {
        var aligned = AlignedText()
        aligned.set(text)
        var bytes: [UInt8] = []
        Unfolding.append(aligned, to: &bytes)
        var reader = ByteReader(bytes)
        foldedScalars = aligned.folded
        differences = Unfolding.differences(count: aligned.folded.count, &reader) ?? []
    }

    /// The text.
    public var text: String {
        Unfolding.text(of: foldedScalars, differences)
    }

    /// All occurrences of a folded phrase, as ranges of Unicode scalars of the original text,
    /// from 0, not overlapping.
    public func occurrences(of phrase: [UInt32]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        addOccurrences(of: phrase, at: Array(foldedScalars.indices), to: &ranges)
        return ranges
    }

    /// Where the folded text has one of some characters, or now and then another.
    public func positions(of characters: CharacterSieve) -> [Int] {
        let folded = foldedScalars.span
        var positions: [Int] = []
        positions.reserveCapacity(folded.count / 4)
        for index in folded.indices where characters.lets(folded[index]) { positions.append(index) }
        return positions
    }

    /// Adds the occurrences of a phrase that begin at some positions, ascending, of the folded text.
    public func addOccurrences(
        of phrase: [UInt32], at positions: [Int], to ranges: inout [Range<Int>]
    ) {
        guard let first = phrase.first, phrase.count <= foldedScalars.count else { return }
        let folded = foldedScalars.span
        var next = 0
        for position in positions
        where position >= next && position + phrase.count <= folded.count {
            guard folded[position] == first, stands(phrase, at: position) else { continue }
            ranges.append(sourceRange(of: position..<position + phrase.count))
            next = position + phrase.count
        }
    }

    private func stands(_ phrase: [UInt32], at position: Int) -> Bool {
        for index in phrase.indices where foldedScalars[position + index] != phrase[index] {
            return false
        }
        return true
    }

    /// The index of the original scalar that a folded one comes from.
    private func source(of position: Int) -> Int {
        position + differences.count { $0.isExtra && $0.position <= position }
    }

    /// Where a part of the folded text, not empty, stands in the original one, as Unicode scalars from 0.
    public func sourceRange(of range: Range<Int>) -> Range<Int> {
        let last = range.upperBound - 1
        // A folded space is never the last scalar, and its run reaches to the next character.
        let end =
            foldedScalars[last] == 0x20 && last + 1 < foldedScalars.count
            ? source(of: last + 1) : source(of: last) + 1
        let start = source(of: range.lowerBound)
        return start..<max(end, start)
    }
}
