import Testing

@testable import ChineseText

@Suite("Longer grams where pairs are frequent") struct FrequentGramTests {
    /// Texts over few characters, so that pairs and longer rows recur.
    private static func text(_ numbers: inout SeededNumbers) -> String {
        let pieces = ["政策", "解读", "政策解读", "公开政策解读栏目", "策", "，", "工作"]
        var text = ""
        for _ in 0..<Int.random(in: 1...5, using: &numbers) {
            text += pieces.randomElement(using: &numbers) ?? ""
        }
        return text
    }

    private static func sample(_ seed: UInt64, share: Double) -> FrequentGrams {
        var numbers = SeededNumbers(seed: seed)
        var counter = FrequentGramCounter()
        var aligned = AlignedText()
        for _ in 0..<200 {
            aligned.set(text(&numbers))
            counter.add(aligned)
        }
        return counter.frequentGrams(share: share)
    }

    private func grams(_ text: String, _ analyzer: GramAnalyzer) -> [String] {
        var aligned = AlignedText()
        aligned.set(text)
        var grams: [String] = []
        analyzer.forEachGram(in: aligned) { range, _ in
            grams.append(String(decoding: aligned.utf8[range], as: UTF8.self))
        }
        // Both ways of cutting give the same.
        var others: [String] = []
        analyzer.forEachGram(in: aligned.utf8.span) {
            others.append(String(decoding: aligned.utf8[$0], as: UTF8.self))
        }
        #expect(grams == others)
        return grams
    }

    @Test("A longer gram is indexed when both that are shorter by one are frequent")
    func rule() {
        var counter = FrequentGramCounter()
        var aligned = AlignedText()
        for text in ["政策解读", "政策解读", "政策", "解读", "栏目"] {
            aligned.set(text)
            counter.add(aligned)
        }
        // 政策 and 解读 are in three texts of five, 策解 in two.
        let some = GramAnalyzer(frequent: counter.frequentGrams(share: 0.4))
        #expect(grams("政策解读", some) == ["政策", "策解", "解读", "读"])
        let more = GramAnalyzer(frequent: counter.frequentGrams(share: 0.2))
        #expect(
            grams("政策解读", more)
                == ["政策", "政策解", "政策解读", "策解", "策解读", "解读", "读"])
        #expect(grams("栏目", more) == ["栏目", "目"])
    }

    @Test("A text has every gram that a part of it asks for, and exact ones prove it")
    func parts() {
        var numbers = SeededNumbers(seed: 21)
        var long = 0
        for (seed, share) in [(1, 0.3), (2, 0.1), (3, 0.02), (4, 0)] as [(UInt64, Double)] {
            let analyzer = GramAnalyzer(frequent: Self.sample(seed, share: share))
            for _ in 0..<2_000 {
                let text = Self.text(&numbers)
                let indexed = Set(grams(text, analyzer))
                let part = randomPart(
                    of: Bool.random(using: &numbers) ? text : Self.text(&numbers), &numbers)
                let folded = TextFolding().foldedUTF8(of: part.text)
                let phrase = analyzer.phraseGrams(of: folded.span)
                let holds = phrase.grams.allSatisfy { gram in
                    let gram = (String(decoding: gram.utf8, as: UTF8.self), gram.isPrefix)
                    return gram.1
                        ? indexed.contains { $0.hasPrefix(gram.0) } : indexed.contains(gram.0)
                }
                let isPart = isFound(folded, in: TextFolding().foldedUTF8(of: text))
                if isPart { #expect(holds) }
                if phrase.isExact { #expect(holds == isPart) }
                if phrase.isExact, part.range.count > 4 { long += 1 }
            }
        }
        #expect(long > 100)
    }

    @Test("No gram is longer than eight characters")
    func longest() {
        var counter = FrequentGramCounter()
        var aligned = AlignedText()
        for _ in 0..<3 {
            aligned.set("公开政策解读栏目工作信息")
            counter.add(aligned)
        }
        let analyzer = GramAnalyzer(frequent: counter.frequentGrams(share: 0.5))
        let all = grams("公开政策解读栏目工作信息", analyzer)
        #expect(all.map(\.count).max() == FrequentGrams.longest)
        // Twelve pairs and the last character, eleven rows of three, and so on.
        #expect(all.count == (2...8).reduce(1) { $0 + 13 - $1 })
    }

    @Test("Segments with different sets have in common what both index")
    func intersection() {
        let one = Self.sample(1, share: 0.1)
        let other = Self.sample(2, share: 0.2)
        let both = one.intersection(other)
        var numbers = SeededNumbers(seed: 22)
        for _ in 0..<500 {
            let text = Self.text(&numbers)
            let common = Set(grams(text, GramAnalyzer(frequent: both)))
            #expect(common.isSubset(of: grams(text, GramAnalyzer(frequent: one))))
            #expect(common.isSubset(of: grams(text, GramAnalyzer(frequent: other))))
        }
    }
}
