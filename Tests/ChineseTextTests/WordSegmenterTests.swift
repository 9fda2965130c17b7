import Testing

@testable import ChineseText

@Suite("Words") struct WordSegmenterTests {
    private func segmenter() throws -> WordSegmenter { try #require(WordSegmenter()) }

    @Test(
        "A text is cut into dictionary words without punctuation",
        arguments: [
            ("政策解读", "政策|解读"),
            ("，政策解读。 ", "政策|解读"),
            ("LED屏 2023年", "LED|屏|2023|年"),
            ("，。", ""),
            ("", ""),
        ])
    func cuts(_ text: String, _ words: String) throws {
        #expect(try segmenter().words(in: text).map(\.text).joined(separator: "|") == words)
    }

    @Test("Ranges count Unicode scalars")
    func rangesCountScalars() throws {
        let words = try segmenter().words(in: "𠀀，政策解读")
        #expect(words.map(\.range) == [0..<1, 2..<4, 4..<6])
    }

    @Test("Words stand in order and are what their ranges say, in random texts")
    func rangesHold() throws {
        var numbers = SeededNumbers(seed: 10)
        let segmenter = try segmenter()
        for _ in 0..<1_000 {
            let text = randomText(&numbers)
            let scalars = Array(text.unicodeScalars)
            var last = 0
            for word in segmenter.words(in: text) {
                #expect(word.range.lowerBound >= last && word.range.upperBound <= scalars.count)
                #expect(scalars[word.range].elementsEqual(word.text.unicodeScalars))
                last = word.range.upperBound
            }
        }
    }
}
