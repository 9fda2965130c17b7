import Testing

@testable import ChineseText

@Suite("Grams") struct GramAnalyzerTests {
    let folding = TextFolding()
    let analyzer = GramAnalyzer()

    private func grams(_ text: String) -> [String] {
        let folded = folding.foldedUTF8(of: text)
        var grams: [String] = []
        analyzer.forEachGram(in: folded.span) {
            grams.append(String(decoding: folded[$0], as: UTF8.self))
        }
        return grams
    }

    private func phrase(_ text: String) -> PhraseGrams {
        let folded = folding.foldedUTF8(of: text)
        return analyzer.phraseGrams(of: folded.span)
    }

    @Test(
        "A text is cut into pairs and the last character of each run",
        arguments: [
            ("政策解读", ["政策", "策解", "解读", "读"]),
            ("政", ["政"]),
            ("政，策解。", ["政", "策解", "解"]),
            ("2023年", ["20", "02", "23", "3年", "年"]),
            ("LED 屏", ["le", "ed", "d屏", "屏"]),
            ("ab cd", ["ab", "b", "cd", "d"]),
            ("公\u{0}开\u{E000}报\u{378}", ["公", "开", "报"]),
            ("𠀀𠀁", ["𠀀𠀁", "𠀁"]),
            ("，。—", []),
            ("", []),
        ])
    func cuts(_ text: String, _ expected: [String]) {
        #expect(grams(text) == expected)
    }

    @Test(
        "A phrase asks for what every text with it has; ~ is a prefix",
        arguments: [
            ("政策", "政策", true),
            ("政", "政~", true),
            ("政策解", "政策 策解", false),
            ("政策，", "政策 策", false),
            ("，政策", "政策", false),
            ("政策，解", "政策 策 解~", false),
            ("政策，解读", "政策 策 解读", false),
            ("哈哈哈", "哈哈", false),
            ("政，政", "政", false),
            ("a b", "a b~", false),
            ("，。", "", false),
            ("", "", false),
        ])
    func asks(_ text: String, _ expected: String, _ isExact: Bool) {
        let phrase = phrase(text)
        let grams = phrase.grams.map {
            String(decoding: $0.utf8, as: UTF8.self) + ($0.isPrefix ? "~" : "")
        }
        #expect(grams.joined(separator: " ") == expected)
        #expect(phrase.isExact == isExact)
    }

    @Test("A text has every gram that a part of it asks for, in random texts")
    func partsAreFound() {
        var numbers = SeededNumbers(seed: 7)
        for _ in 0..<10_000 {
            let text = randomText(&numbers)
            let part = randomPart(of: text, &numbers)
            let indexed = Set(grams(text).map { Array($0.utf8) })
            for gram in phrase(part.text).grams {
                let isThere =
                    gram.isPrefix
                    ? indexed.contains { $0.starts(with: gram.utf8) } : indexed.contains(gram.utf8)
                if !isThere { Issue.record("\(gram) of \(part.range) of \(scalarNames(text))") }
            }
        }
    }

    @Test("Exact grams in a text prove the phrase, in random texts")
    func exactGramsProve() {
        var numbers = SeededNumbers(seed: 8)
        var proved = 0
        for _ in 0..<20_000 {
            let text = randomText(&numbers)
            let phraseText = randomText(&numbers, longest: 2)
            let phrase = phrase(phraseText)
            guard phrase.isExact else { continue }
            #expect(phrase.grams.count == 1)
            let indexed = grams(text).map { Array($0.utf8) }
            let hasGrams = phrase.grams.allSatisfy { gram in
                indexed.contains {
                    gram.isPrefix ? $0.starts(with: gram.utf8) : $0 == gram.utf8
                }
            }
            let isHeld = isFound(
                folding.foldedUTF8(of: phraseText), in: folding.foldedUTF8(of: text))
            if hasGrams != isHeld {
                Issue.record("\(scalarNames(phraseText)) in \(scalarNames(text))")
            }
            if hasGrams { proved += 1 }
        }
        #expect(proved > 100)
    }

    @Test("Any bytes at all are cut without harm")
    func cutsAnyBytes() {
        var numbers = SeededNumbers(seed: 9)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0..<30, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            var last = 0
            analyzer.forEachGram(in: bytes.span) { range in
                #expect(range.lowerBound >= last && range.upperBound <= bytes.count)
                last = range.lowerBound
            }
            _ = analyzer.phraseGrams(of: bytes.span)
        }
    }
}
