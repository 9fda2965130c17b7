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
        for length in [0, 1, 2, 15, 16, 17, 254, 255, 256, 1_000, 5_000] {
            let text = (0..<length).map { _ in wanted.randomElement(using: &random) ?? [48] }
            let bytes = text.flatMap(\.self)
            let counted = counter.count(in: bytes.span)
            #expect(counted.length == length)
            let right = wanted.map { character in UInt32(text.count { $0 == character }) }
            #expect(counted.occurrences == right, "\(length) characters, seed 16")
        }
    }

    @Test("Bytes that are no text, and characters of five bytes, are counted without harm")
    func others() {
        let counter = CharacterCounter([[1, 2, 3, 4, 48], [], [48]])
        let cutShort: [UInt8] = [48, 0, 0]
        let counted = counter.count(in: cutShort.span)
        #expect(counted.length == 1 && counted.occurrences == [0, 0, 1])
    }
}
