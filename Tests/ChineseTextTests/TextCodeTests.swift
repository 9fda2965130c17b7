import ChineseText
import Testing

@Suite("The code of texts")
struct TextCodeTests {
    @Test("Every scalar comes back, ends with one ending byte, and has one code")
    func scalars() throws {
        var values: [UInt32] = Array(0..<0xD800) + Array(0xE000..<0x1_1000)
        values += [0x20000, 0x7_0000, 0x10FFFF] + stride(from: 0x12000, to: 0x110000, by: 977)
        var code: [UInt8] = []
        TextCode.append(values, to: &code)
        #expect(code.count { $0 >= TextCode.firstEnd } == values.count)
        #expect(TextCode.scalars(of: code.span) == values)
        // The way for short texts gives the same.
        for value in values where value % 61 == 0 {
            let scalar = try #require(Unicode.Scalar(value))
            var one: [UInt8] = []
            TextCode.append([value], to: &one)
            #expect(TextCode.encoded(Array(String(scalar).utf8)) == one)
        }
    }

    @Test("Frequent characters take one byte, common ones two")
    func lengths() {
        func length(_ text: String) -> Int { TextCode.encoded(Array(text.utf8)).count }
        #expect(length("政府信息公开，。".replacing("，", with: ",")) == 8)
        #expect(length("孟津") == 4)
        #expect(length("㐀") == 3)
        #expect(length("\u{10FFFF}") == 4)
    }

    @Test("A phrase is found in the code of a text where it is found in the text")
    func search() {
        var numbers = SeededNumbers(seed: 3)
        for _ in 0..<3_000 {
            let text = TextFolding().foldedUTF8(of: randomText(&numbers))
            let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
            let part = Array(
                TextFolding().foldedUTF8(of: randomPart(of: randomText(&numbers), &numbers).text))
            let wanted = Array(String(decoding: part, as: UTF8.self).unicodeScalars)
            guard !wanted.isEmpty, scalars.count >= wanted.count else { continue }
            let right = (0...scalars.count - wanted.count).filter {
                scalars[$0..<$0 + wanted.count].elementsEqual(wanted)
            }
            let code = TextCode.encoded(text)
            let pattern = TextCode.encoded(part)
            var found: [Int] = []
            for offset in 0...max(0, code.count - pattern.count)
            where code[offset...].starts(with: pattern)
                && (offset == 0 || code[offset - 1] >= TextCode.firstEnd)
            {
                found.append(code[..<offset].count { $0 >= TextCode.firstEnd })
            }
            #expect(found == right)
        }
    }

    @Test("Bytes that are no code are refused, whatever they are")
    func damage() {
        var numbers = SeededNumbers(seed: 4)
        for _ in 0..<20_000 {
            let bytes = (0..<Int.random(in: 0...6, using: &numbers)).map { _ in
                UInt8.random(in: 0...255, using: &numbers)
            }
            if let scalars = TextCode.scalars(of: bytes.span) {
                #expect(scalars.allSatisfy { Unicode.Scalar($0) != nil })
            }
        }
        let open: [UInt8] = [3, 3, 3]
        #expect(TextCode.scalars(of: open.span) == nil)
    }
}

@Suite("Texts beside their folded form")
struct AlignedTextTests {
    @Test("The folded text is that of the folding, scalar by scalar")
    func folded() {
        var numbers = SeededNumbers(seed: 5)
        var aligned = AlignedText()
        for _ in 0..<3_000 {
            let text = randomText(&numbers)
            aligned.set(text)
            #expect(aligned.utf8 == TextFolding().foldedUTF8(of: text))
            let scalars = String(decoding: aligned.utf8, as: UTF8.self).unicodeScalars
            #expect(aligned.folded == scalars.map(\.value))
            #expect(aligned.original == text.unicodeScalars.map(\.value))
            #expect(aligned.starts.count == aligned.folded.count + 1)
            #expect(zip(aligned.sources, aligned.sources.dropFirst()).allSatisfy(<))
        }
    }
}
