import Testing

@testable import ChineseText

@Suite("Repair") struct TextRepairTests {
    @Test(
        "A damaged line is repaired",
        arguments: [
            ("孟津区人民政府办公室 2023 年", "孟津区人民政府办公室2023年"),
            ("cd 区", "cd区"),
            ("自然 人", "自然人"),
            ("2. 征集", "2.征集"),
            ("一步, 我", "一步,我"),
            ("(一) 主动", "(一)主动"),
            ("局, 2023", "局,2023"),
            ("2023 ,局", "2023,局"),
            ("2023 , 局", "2023,局"),
            ("ＬＥＤ　屏， ＡＢ", "ＬＥＤ屏，ＡＢ"),
            ("  政府\t信息\u{3000}公开 \n", "政府信息公开"),
            ("⼈⺠政府", "人民政府"),
            ("公\u{200B}开\u{FEFF}\u{1B}", "公开"),
            ("政 \u{200B} 策", "政策"),
        ])
    func repairs(_ line: String, _ repaired: String) {
        #expect(TextRepair.repaired(line) == repaired)
    }

    @Test(
        "What is not damaged stays",
        arguments: [
            "讀ＬＥＤ２０２３", "1 2 3", "hello, world", "a (b) c", "２０２３ ２", "", "“ok” then",
        ])
    func keeps(_ line: String) {
        #expect(TextRepair.repaired(line) == line)
    }

    @Test("Other runs of spaces become one")
    func collapsesSpaces() {
        #expect(TextRepair.repaired("1 \t\u{3000} 2 ,  3") == "1 2 , 3")
        #expect(TextRepair.repaired("1  , ") == "1 ,")
    }

    @Test("Repair does not change how a text folds, nor what is repaired, in random texts")
    func keepsFolding() {
        var numbers = SeededNumbers(seed: 6)
        let folding = TextFolding()
        for _ in 0..<10_000 {
            var text = randomText(&numbers)
            text.unicodeScalars.removeAll {
                $0.properties.generalCategory == .control && !$0.properties.isWhitespace
            }
            let repaired = TextRepair.repaired(text)
            if folding.foldedUTF8(of: repaired) != folding.foldedUTF8(of: text)
                || !TextRepair.repaired(repaired).unicodeScalars.elementsEqual(
                    repaired.unicodeScalars)
            {
                Issue.record("\(scalarNames(text))")
            }
        }
    }
}
