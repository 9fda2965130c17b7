import Testing

@testable import ChineseText

@Suite("Folding") struct TextFoldingTests {
    let folding = TextFolding()

    @Test(
        "Texts that differ only in form fold to the same",
        arguments: [
            ("政策解讀", "政策解读"),
            ("⻓期化", "长期化"),
            ("長期化", "长期化"),
            ("⼾籍", "户籍"),
            ("戶籍", "户籍"),
            ("ＬＥＤ 屏", "LED屏"),
            ("LED 屏", "led屏"),
            ("ＬＥＤ　ＡＢ", "LED AB"),
            ("二○二二年", "二〇二二年"),
            ("“三安全一稳定”", "\"三安全一稳定\""),
            ("＂三安全一稳定＂", "“三安全一稳定„"),
            ("‘一网通办’", "'一网通办'"),
            ("１，２３４．５％", "1,234.5%"),
            ("1. 政务", "1.政务"),
            ("一步, 我", "一步，我"),
            ("2023 年", "2023年"),
            ("公 开\r\n 年 报", "公开年报"),
            ("公\u{200B}开\u{FEFF}", "公开"),
            ("葛\u{E0100}", "葛"),
            ("\u{F900}", "岂"),
            ("\u{2F800}", "丽"),
            ("2022—2023", "2022-2023"),
            ("２０２２－２０２３", "2022–2023"),
            ("ﾃﾞｰﾀ", "テ\u{3099}ータ"),
            ("ΣΑΣ", "σας"),
            ("Дело", "ДЕЛО"),
            ("  word  \t\n two  ", "WORD\u{3000}TWO"),
            ("﹝2021﹞", "〔2021〕"),
        ])
    func equal(_ one: String, _ other: String) {
        #expect(folding.folded(one).text == folding.folded(other).text)
    }

    @Test(
        "Texts that say different things stay different",
        arguments: [
            ("word two", "wordtwo"), ("1 2", "12"), ("——", "—"), ("公\u{0}开", "公开"),
            ("处理", "处置"), ("。", "，"), ("〔2021〕", "[2021]"), ("é", "e"),
        ])
    func different(_ one: String, _ other: String) {
        #expect(folding.folded(one).text != folding.folded(other).text)
    }

    @Test("A character keeps eight marks")
    func capsMarks() {
        let marks = String(repeating: "\u{301}", count: 100_000)
        #expect(
            folding.folded("a\(marks)b").text.unicodeScalars.elementsEqual(
                "a\(String(repeating: "\u{301}", count: 8))b".unicodeScalars))
        #expect(folding.folded("\u{301}b").text == "b")
        #expect(folding.folded("a \u{301}b").utf8 == Array("a\u{301}b".utf8))
    }

    @Test("A scalar folds by itself")
    func foldsScalars() {
        #expect(folding.folded("Ａ" as Unicode.Scalar) == "a")
        #expect(folding.folded("\u{3000}" as Unicode.Scalar) == " ")
        #expect(folding.folded("\u{0}" as Unicode.Scalar) == "\u{FFFD}")
        #expect(folding.folded("\u{200B}" as Unicode.Scalar) == nil)
        #expect(folding.folded("讀" as Unicode.Scalar) == "读")
    }

    @Test("Every scalar folds to itself or to one that does")
    func foldsEveryScalarOnce() {
        for value in 0...UInt32(0x10FFFF) {
            guard let scalar = Unicode.Scalar(value), let once = folding.folded(scalar) else {
                continue
            }
            let twice = folding.folded(once)
            if twice != once || once.value == 0 { Issue.record("\(scalarNames(String(scalar)))") }
        }
    }

    @Test("A source range covers what produced the bytes")
    func mapsBack() {
        let folded = folding.folded("“ＬＥＤ \u{200B} two” 屏 讀")
        #expect(folded.text == "\"led two\"屏读")
        #expect(folded.sourceRange(ofBytes: 0..<1) == 0..<1)
        #expect(folded.sourceRange(ofBytes: 1..<4) == 1..<4)
        #expect(folded.sourceRange(ofBytes: 4..<5) == 4..<7)
        #expect(folded.sourceRange(ofBytes: 5..<8) == 7..<10)
        #expect(folded.sourceRange(ofBytes: 9..<12) == 12..<13)
        #expect(folded.sourceRange(ofBytes: 9..<15) == 12..<15)
        #expect(folded.sourceRange(ofBytes: 10..<11) == 12..<13)
        #expect(folded.sourceRange(ofBytes: 15..<15) == 15..<15)
        #expect(!folded.isEmpty)
        #expect(folding.folded(" \u{200B}\n").isEmpty)
    }

    @Test("Offsets never go back nor pass the end, in random texts")
    func offsetsHold() {
        var numbers = SeededNumbers(seed: 1)
        for _ in 0..<4_000 {
            let text = randomText(&numbers)
            let folded = folding.folded(text)
            let count = text.unicodeScalars.count
            var last = 0..<0
            for byte in folded.utf8.indices {
                let range = folded.sourceRange(ofBytes: byte..<byte + 1)
                let goesOn = range == last || range.lowerBound >= last.upperBound
                if !goesOn || range.isEmpty || range.upperBound > count {
                    Issue.record("\(range) after \(last) in \(scalarNames(text))")
                }
                last = range
            }
            #expect(folded.sourceRange(ofBytes: 0..<folded.utf8.count).upperBound <= count)
        }
    }

    @Test("What a source range covers folds to the bytes, in random texts")
    func sourceRangesFold() {
        var numbers = SeededNumbers(seed: 2)
        for _ in 0..<4_000 {
            let text = randomText(&numbers)
            let folded = folding.folded(text)
            let scalars = Array(folded.text.unicodeScalars)
            guard !scalars.isEmpty else { continue }
            let start = Int.random(in: 0..<scalars.count, using: &numbers)
            let end = Int.random(in: start..<scalars.count, using: &numbers)
            func byte(_ scalar: Int) -> Int { scalars[..<scalar].reduce(0) { $0 + UTF8.width($1) } }
            let bytes = byte(start)..<byte(end + 1)
            let source = folded.sourceRange(ofBytes: bytes)
            var part = String.UnicodeScalarView()
            part.append(contentsOf: Array(text.unicodeScalars)[source])
            let expected = folding.folded(
                String(decoding: folded.utf8[bytes], as: UTF8.self))
            if folding.folded(String(part)).utf8 != expected.utf8 {
                Issue.record("\(source) in \(scalarNames(text))")
            }
        }
    }

    @Test("The fast way, the way with offsets and the way with scalars agree, in random texts")
    func waysAgree() {
        var numbers = SeededNumbers(seed: 3)
        for _ in 0..<10_000 {
            let text = randomText(&numbers)
            let folded = folding.folded(text)
            if folding.foldedUTF8(of: text) != folded.utf8
                || folding.foldedScalars(of: text) != Array(folded.text.unicodeScalars)
            {
                Issue.record("\(scalarNames(text))")
            }
        }
    }

    @Test("Folding folded text changes nothing, in random texts")
    func foldsOnce() {
        var numbers = SeededNumbers(seed: 4)
        for _ in 0..<10_000 {
            let text = randomText(&numbers)
            let folded = folding.foldedUTF8(of: text)
            var again: [UInt8] = []
            folding.foldedUTF8(folded.span, into: &again)
            if folded != again { Issue.record("\(scalarNames(text))") }
        }
    }

    @Test("A folded part is found in the folded text, in random texts cut anywhere")
    func findsParts() {
        var numbers = SeededNumbers(seed: 5)
        for _ in 0..<20_000 {
            let text = randomText(&numbers)
            let part = randomPart(of: text, &numbers)
            let found = isFound(
                folding.foldedUTF8(of: part.text), in: folding.foldedUTF8(of: text))
            if !found { Issue.record("\(part.range) of \(scalarNames(text))") }
        }
    }

    @Test("Malformed bytes fold to U+FFFD, one each, and add to what is there")
    func foldsMalformedBytes() {
        let bytes: [UInt8] = [0x61, 0xFF, 0xE6, 0x94, 0x62, 0xED, 0xA0, 0x80, 0xC0, 0xAF, 0xE6]
        var folded: [UInt8] = [0x61]
        folding.foldedUTF8(bytes.span, into: &folded)
        #expect(
            String(decoding: folded, as: UTF8.self)
                == "aa\u{FFFD}\u{FFFD}\u{FFFD}b" + String(repeating: "\u{FFFD}", count: 6))
    }
}
