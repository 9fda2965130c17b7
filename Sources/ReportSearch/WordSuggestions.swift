import ReportModel
import SegmentStore

/// Tells which words of the index a misspelt word may mean.
///
/// A pair of neighbouring characters that no passage holds points at the mistake. There one character
/// is replaced, put in, left out, or swapped with its neighbour, so that every pair is one that
/// passages hold; what the most passages hold is meant. Where every pair is known, three characters
/// that no passage holds point at it. The vocabulary is the index's own, so
/// that names and terms of art come out, which no dictionary has.
struct WordSuggestions {
    let segments: [Segment]
    let scoring: Scoring
    private let evidence: WordEvidence
    private let reading: PinyinReading

    init(segments: [Segment], scoring: Scoring) {
        (self.segments, self.scoring) = (segments, scoring)
        evidence = WordEvidence(segments: segments, scoring: scoring)
        reading = PinyinReading(segments: segments, scoring: scoring)
    }

    /// The most pairs that are looked at for what may follow a character.
    private static let mostPairs = 3_000
    /// The most spellings whose passages are counted.
    fileprivate static let mostCounted = 12
    /// The characters on each side of the mistake that must stand beside it in passages.
    private static let reach = 2
    /// The fewest characters of a text of several words.
    private static let fewestOfSeveral = 4
    /// The longest text in which a mistake is looked for.
    private static let longest = 40
    /// The longest text whose rows of three characters are looked for.
    private static let longestOfRows = 16

    /// How much likelier an error of sound or order is than any other wrong character: people
    /// type by sound.
    private static let likeness = 30
    /// How much likelier a character too many is.
    private static let doubling = 5
    /// How many times the likeliest spelling must be likelier than the next one to be told.
    private static let lead = 2

    /// The folded text as it may have been meant; nil when it is in the index, nothing is near, or
    /// several words are as near.
    func meant(by text: String) throws -> String? {
        let scalars = Array(scoring.analysis.folded(text).unicodeScalars)
        guard (2...Self.longest).contains(scalars.count) else { return nil }
        var unknown: [Int] = []
        for index in 0..<(scalars.count - 1)
        where try isPair(scalars, index) && frequency(scalars[index], scalars[index + 1]) == 0 {
            unknown.append(index)
        }
        guard let first = unknown.first, let last = unknown.last else {
            return try meant(byKnownPairs: scalars)
        }
        // A word that the index does not hold is none that was misspelt, and of several words one may
        // be another one of the same sound.
        if scalars.count < Self.fewestOfSeveral, evidence.isSpeltRightly(scalars) { return nil }
        // One wrong character spoils two neighbouring pairs; more is not one mistake.
        if last - first <= 1 {
            let found = try counted(spellings(of: scalars, wrongIn: first...(last + 1)))
            if let best = found.first {
                let isTelling = found.count == 1 || best.value >= Self.lead * found[1].value
                if best.weight < Self.likeness, evidence.isSpeltRightly(scalars) { return nil }
                return isTelling ? try word(best.text, for: scalars, around: best.index) : nil
            }
        }
        // Two characters that were swapped spoil three pairs.
        if last - first == 2 {
            var spellings = Spellings()
            try add(swapped(scalars, first + 1), first + 1, weight: Self.likeness, to: &spellings)
            if let best = try counted(spellings).first {
                return try word(best.text, for: scalars, around: best.index)
            }
        }
        // Typed by sound, every character of a word may be another one.
        guard scalars.count > 2, let meant = try homophone(of: scalars),
            !evidence.isSpeltRightly(scalars)
        else { return nil }
        return try word(Array(meant.unicodeScalars), for: scalars, around: first)
    }

    /// A text that was meant by one all of whose pairs passages hold: 依申请公开 by 依申请共开.
    ///
    /// Only the likeliest errors are looked for, one character of the same sound or two that were
    /// swapped, and the dictionary must have more of what was meant than of what was written.
    private func meant(byKnownPairs scalars: [Unicode.Scalar]) throws -> String? {
        guard Self.fewestOfSeveral...Self.longestOfRows ~= scalars.count else { return nil }
        let unknown = try (0...(scalars.count - 3)).filter { start in
            try isPair(scalars, start) && isPair(scalars, start + 1)
                && passages(with: Array(scalars[start..<start + 3])) == 0
        }
        guard let first = unknown.first, let last = unknown.last, last - first <= 3,
            !evidence.isSpeltRightly(scalars)
        else { return nil }
        // One wrong character stands in three rows of three, two that were swapped in four.
        let wrong = last..<min(first + 3, scalars.count)
        var spellings = Spellings()
        for index in max(0, last - 1)..<max(last, wrong.upperBound) {
            if index + 1 < scalars.count {
                try add(swapped(scalars, index), index, weight: 1, to: &spellings)
            }
            guard wrong.contains(index) else { continue }
            for other in reading.homophones(of: scalars[index]) {
                var replaced = scalars
                replaced[index] = other
                try add(replaced, index, weight: 1, to: &spellings)
            }
        }
        let found = try counted(spellings)
        guard let best = found.first,
            found.count == 1 || best.value >= Self.lead * found[1].value,
            evidence.strayCharacters(in: best.text) < evidence.strayCharacters(in: scalars)
        else { return nil }
        return try word(best.text, for: scalars, around: best.index)
    }

    private func swapped(_ scalars: [Unicode.Scalar], _ index: Int) -> [Unicode.Scalar] {
        var swapped = scalars
        swapped.swapAt(index, index + 1)
        return swapped
    }

    /// A spelling that may be meant, when it is a word and no less one than what was written.
    private func word(
        _ meant: [Unicode.Scalar], for written: [Unicode.Scalar], around index: Int
    ) throws -> String? {
        guard evidence.strayCharacters(in: meant) <= evidence.strayCharacters(in: written),
            try evidence.isWhole(meant, around: index)
        else { return nil }
        return String(String.UnicodeScalarView(meant))
    }

    /// The spellings with one change somewhere in a range.
    private func spellings(
        of scalars: [Unicode.Scalar], wrongIn range: ClosedRange<Int>
    ) throws -> Spellings {
        var spellings = Spellings()
        for index in range {
            if index + 1 < scalars.count {
                try add(swapped(scalars, index), index, weight: Self.likeness, to: &spellings)
            }
            for other in reading.homophones(of: scalars[index]) {
                var replaced = scalars
                replaced[index] = other
                try add(replaced, index, weight: Self.likeness, to: &spellings)
            }
            // Of two characters either may be any other: nobody could tell.
            guard scalars.count > 2 else { continue }
            // Without its first or last character a text is found more often, but not meant.
            if index > 0, index + 1 < scalars.count {
                var shorter = scalars
                shorter.remove(at: index)
                try add(shorter, index - 1, weight: Self.doubling, to: &spellings)
            }
            let others =
                index > 0 ? try following(scalars[index - 1]) : try preceding(scalars.dropFirst())
            for other in others where other.frequency >= spellings.least {
                var replaced = scalars
                replaced[index] = other.scalar
                try add(replaced, index, weight: 1, to: &spellings)
                guard index > range.lowerBound else { continue }
                var longer = scalars
                longer.insert(other.scalar, at: index)
                try add(longer, index, weight: 1, to: &spellings)
            }
        }
        return spellings
    }

    /// Spellings that may be meant, the likeliest first.
    private struct Spellings {
        /// A spelling: where it differs, how likely the error is beside others, and no fewer passages
        /// than hold it, times this.
        typealias Element = (text: [Unicode.Scalar], index: Int, weight: Int, value: Int)

        private var elements: [Element] = []
        /// No spelling that is less likely is among those that are counted.
        private(set) var least = 1

        mutating func add(_ element: Element) {
            elements.append(element)
            guard elements.count >= 2 * WordSuggestions.mostCounted else { return }
            elements = Array(first)
            least = max(least, elements.last?.value ?? 1)
        }

        /// Those whose passages are counted.
        var first: ArraySlice<Element> {
            elements.sorted { ($1.value, $0.index) < ($0.value, $1.index) }.prefix(
                WordSuggestions.mostCounted)
        }
    }

    /// Adds a text, of whose mistake the index is known, when passages may hold it.
    private func add(
        _ text: [Unicode.Scalar], _ index: Int, weight: Int, to spellings: inout Spellings
    ) throws {
        // What is meant is a word, not one with a mark beside it.
        guard text.count >= 2, text.allSatisfy(Self.isOfWords) else { return }
        let window = Self.window(of: text, around: index)
        var bound = Int.max
        for first in window.dropLast() where isPair(text, first) {
            bound = min(bound, try frequency(text[first], text[first + 1]))
            if bound * weight < spellings.least { return }
        }
        if bound < .max { spellings.add((text, index, weight, bound * weight)) }
    }

    /// The spellings that passages hold, the likeliest by their number first.
    private func counted(
        _ spellings: Spellings
    ) throws -> [Spellings.Element] {
        var found: [Spellings.Element] = []
        for spelling in spellings.first
        where !found.contains(where: { $0.text == spelling.text }) {
            // No more passages hold the spelling than hold its rarest pair.
            if found.count > 1, spelling.value <= found[1].value { break }
            let window = Self.window(of: spelling.text, around: spelling.index)
            let count = try passages(with: Array(spelling.text[window]))
            if count == 0 { continue }
            var known = spelling
            known.value = count * spelling.weight
            found.append(known)
            found.sort { $0.value > $1.value }
        }
        return found
    }

    private static func isOfWords(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// The word of the index that sounds alike.
    private func homophone(of scalars: [Unicode.Scalar]) throws -> String? {
        guard scalars.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) }) else { return nil }
        return try reading.homophone(of: scalars)
    }

    private static func window(of text: [Unicode.Scalar], around index: Int) -> Range<Int> {
        max(0, index - reach)..<min(text.count, index + reach + 1)
    }

    /// Whether two neighbours are letters or ideographs, so that the index holds them as a pair.
    private func isPair(_ text: [Unicode.Scalar], _ index: Int) -> Bool {
        text[index].properties.isAlphabetic && text[index + 1].properties.isAlphabetic
    }

    private func frequency(
        _ first: Unicode.Scalar, _ second: Unicode.Scalar
    ) throws -> Int {
        try scoring.frequency(of: Self.bytes([first, second]))
    }

    private static func bytes(_ scalars: some Collection<Unicode.Scalar>) -> [UInt8] {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return Array(String(text).utf8)
    }

    /// A character, and a number that the passages with it there do not exceed.
    private typealias Neighbour = (scalar: Unicode.Scalar, frequency: Int)

    /// The characters that stand before others in passages.
    private func preceding(_ scalars: ArraySlice<Unicode.Scalar>) throws -> [Neighbour] {
        // No list is kept of what stands before a character: look into passages with the rest.
        let rest = Array(scalars.prefix(Self.reach))
        guard rest.count == Self.reach else { return [] }
        let bytes = Self.bytes(rest)
        var found: Set<Unicode.Scalar> = []
        for segment in segments {
            let ids = try segment.passages(
                matching: scoring.phrase(String(decoding: bytes, as: UTF8.self), in: segment),
                limit: 50)
            for record in try segment.passages(ids) {
                let folded = Array(
                    scoring.analysis.folded(record.passage.text).unicodeScalars)
                for index in folded.indices.dropFirst()
                where folded[index...].starts(with: rest) {
                    found.insert(folded[index - 1])
                }
            }
        }
        return found.sorted().map { ($0, .max) }
    }

    /// The characters that follow a character in passages, the most frequent first.
    private func following(_ scalar: Unicode.Scalar) throws(SegmentError) -> [Neighbour] {
        var found: [Unicode.Scalar: Int] = [:]
        for segment in segments {
            let terms = try segment.terms(
                beginning: Self.bytes([scalar]), limit: Self.mostPairs)
            for element in terms {
                let scalars = String(decoding: element.term, as: UTF8.self).unicodeScalars
                guard let second = scalars.dropFirst().first, scalars.count == 2 else { continue }
                found[second, default: 0] += element.frequency
            }
        }
        return found.map { ($0.key, $0.value) }
            .sorted { ($1.frequency, $0.scalar) < ($0.frequency, $1.scalar) }
    }

    private func passages(with scalars: [Unicode.Scalar]) throws -> Int {
        let text = String(decoding: Self.bytes(scalars), as: UTF8.self)
        return try segments.reduce(0) { sum, segment in
            try sum + scoring.count(ofPhrase: text, in: segment)
        }
    }
}
