/// How ideographs are read aloud, in Latin letters without tones.
///
///     Pinyin().readings(of: "重")      // ["zhong", "chong", "tong"]
///     Pinyin().syllables(in: "xian")   // [["xian"], ["xi", "an"]]
///
/// Making one reads tables of 70 KB: it is made when a question has Latin letters that no passage
/// holds, or when nothing is found and a homophone is looked for.
public struct Pinyin: Sendable {
    private static let first: UInt32 = 0x4E00
    /// The longest syllable, in letters.
    private static let longest = 6
    /// The most letters that are cut.
    private static let mostLetters = 60
    /// The most ways in which letters are cut.
    private static let mostCuts = 8

    private let syllables: [String]
    /// For each ideograph the numbers of its readings, two digits each, with commas between.
    private let readings: [UInt8]
    /// Where in ``readings`` each ideograph begins, and where one more would.
    private let starts: [UInt32]

    /// Reads the tables.
    public init() {
        syllables = pinyinSyllables.utf8.split(separator: UInt8(ascii: " ")).compactMap(String.init)
        let digits = Array(pinyinReadings.utf8)
        var starts: [UInt32] = []
        starts.reserveCapacity(0x5200)
        starts.append(0)
        let span = digits.span
        for index in span.indices where span[index] == UInt8(ascii: ",") {
            starts.append(UInt32(index + 1))
        }
        starts.append(UInt32(digits.count + 1))
        readings = digits
        self.starts = starts
    }

    /// The readings of a character, the commonest first; none of what is no ideograph.
    public func readings(of scalar: Unicode.Scalar) -> [String] {
        guard let digits = digits(of: scalar) else { return [] }
        return stride(from: digits.lowerBound, to: digits.upperBound - 1, by: 2)
            .compactMap { syllable(at: $0).map { syllables[$0] } }
    }

    /// Whether two ideographs are commonly read alike, rare readings aside.
    public func areAlike(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
        guard let first = commonestReading(of: one) else { return false }
        return commonestReading(of: other) == first
    }

    /// The other ideographs that are commonly read as one is, in the order of their scalars.
    public func alike(_ one: Unicode.Scalar) -> [Unicode.Scalar] {
        guard let digits = digits(of: one), digits.count > 1 else { return [] }
        let (readings, starts) = (readings.span, starts.span)
        let (high, low) = (readings[digits.lowerBound], readings[digits.lowerBound + 1])
        guard syllable(at: digits.lowerBound) != nil else { return [] }
        var found: [Unicode.Scalar] = []
        for index in 0..<starts.count - 1 {
            let start = Int(starts[index])
            // Of one without readings the next byte is a comma.
            guard start + 1 < readings.count, readings[start] == high, readings[start + 1] == low,
                let scalar = Unicode.Scalar(Self.first + UInt32(index)), scalar != one
            else { continue }
            found.append(scalar)
        }
        return found
    }

    /// The number of a character's first syllable; nil for what is no ideograph.
    private func commonestReading(of scalar: Unicode.Scalar) -> Int? {
        guard let digits = digits(of: scalar), digits.count > 1 else { return nil }
        return syllable(at: digits.lowerBound)
    }

    /// Where the readings of a character stand; nil for what is no ideograph.
    private func digits(of scalar: Unicode.Scalar) -> Range<Int>? {
        guard scalar.value >= Self.first, Int(scalar.value - Self.first) + 1 < starts.count else {
            return nil
        }
        let index = Int(scalar.value - Self.first)
        return Int(starts[index])..<Int(starts[index + 1]) - 1
    }

    /// The number of the syllable that two digits name.
    private func syllable(at index: Int) -> Int? {
        let number = 62 * Self.value(readings[index]) + Self.value(readings[index + 1])
        return syllables.indices.contains(number) ? number : nil
    }

    private static func value(_ digit: UInt8) -> Int {
        switch digit {
        case 0x30...0x39: Int(digit) - 0x30
        case 0x41...0x5A: Int(digit) - 0x41 + 10
        default: Int(digit) - 0x61 + 36
        }
    }

    /// The ways in which letters are a row of syllables, that with the fewest first.
    ///
    /// None when they are no syllables. Apostrophes and spaces cut too.
    public func syllables(in letters: String) -> [[String]] {
        let pieces = letters.lowercased().split { !("a"..."z").contains($0) }.map(Array.init)
        var ways: [[String]] = [[]]
        let known = Set(syllables)
        for piece in pieces {
            let cuts = cuts(of: piece, known)
            ways = ways.flatMap { way in cuts.map { way + $0 } }
            if ways.count > Self.mostCuts { ways.removeLast(ways.count - Self.mostCuts) }
        }
        return ways.filter { !$0.isEmpty }.sorted { $0.count < $1.count }
    }

    /// The ways of one piece, from its end to its beginning, so that none is looked for twice.
    private func cuts(of letters: [Character], _ known: Set<String>) -> [[String]] {
        guard letters.count <= Self.mostLetters else { return [] }
        var cuts = [[[String]]](repeating: [], count: letters.count) + [[[]]]
        for start in letters.indices.reversed() {
            for length in (1...min(Self.longest, letters.count - start)).reversed() {
                let syllable = String(letters[start..<start + length])
                guard known.contains(syllable) else { continue }
                for rest in cuts[start + length] where cuts[start].count < Self.mostCuts {
                    cuts[start].append([syllable] + rest)
                }
            }
        }
        return cuts[0]
    }

    /// Whether letters spell the readings of a text one after the other, each whole.
    public func spells(_ letters: String, _ text: [Unicode.Scalar]) -> Bool {
        spells(Array(letters.utf8)[...], text[...])
    }

    private func spells(_ letters: ArraySlice<UInt8>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
        guard let first = text.first else { return letters.isEmpty }
        return readings(of: first).contains { reading in
            letters.starts(with: reading.utf8)
                && spells(letters.dropFirst(reading.utf8.count), text.dropFirst())
        }
    }

    /// Whether letters are the first letters of the readings of a text, one each.
    public func areInitials(_ letters: String, of text: [Unicode.Scalar]) -> Bool {
        letters.utf8.count == text.count
            && zip(letters.utf8, text).allSatisfy { letter, scalar in
                readings(of: scalar).contains { $0.utf8.first == letter }
            }
    }
}
