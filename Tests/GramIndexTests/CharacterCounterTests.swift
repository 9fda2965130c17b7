import GramIndex
import TestSupport
import Testing

@Suite("Characters are counted in stored texts")
struct CharacterCounterTests {
    /// Characters of one to four bytes, of which some end as others do.
    private static let characters: [[UInt8]] = [
        [48], [200], [255], [0, 48], [0, 200], [47, 255], [0, 0, 48], [1, 0, 200], [0, 47, 255],
        [0, 0, 0, 48], [2, 0, 48, 200], [0, 1, 0, 255],
    ]

    @Test("As often as a text holds them, character by character")
    func counts() {
        var random = SeededGenerator(seed: 16)
        let wanted = Self.characters.filter { character in
            character.dropLast().allSatisfy { $0 < 48 }
        }
        let counter = CharacterCounter(wanted)
        for length in [0, 1, 2, 15, 16, 17, 254, 255, 256, 1_000, 4_079, 4_080, 4_081, 9_000] {
            let text = (0..<length).map { _ in wanted.randomElement(using: &random) ?? [48] }
            let bytes = text.flatMap(\.self)
            var occurrences: [UInt32] = [7]
            #expect(counter.count(in: bytes.span, into: &occurrences) == length)
            let right = wanted.map { character in UInt32(text.count { $0 == character }) }
            #expect(occurrences == [7] + right, "\(length) characters, seed 16")
        }
    }

    @Test("One character as often as a text has room for, over many rows of sixteen bytes")
    func many() {
        let counter = CharacterCounter([[200], [0, 48]])
        let text = [UInt8](repeating: 200, count: 10_000)
        var occurrences: [UInt32] = []
        #expect(counter.count(in: text.span, into: &occurrences) == 10_000)
        #expect(occurrences == [10_000, 0])
    }

    @Test("Bytes that are no text, and characters of five bytes, are counted without harm")
    func others() {
        let counter = CharacterCounter([[1, 2, 3, 4, 48], [], [48]])
        let cutShort: [UInt8] = [48, 0, 0]
        var occurrences: [UInt32] = []
        #expect(counter.count(in: cutShort.span, into: &occurrences) == 1)
        #expect(occurrences == [0, 0, 1])
    }
}
