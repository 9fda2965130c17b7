import ChineseText
import Testing

@Suite("Text written scalar by scalar")
struct UTF8WriterTests {
    @Test("A text is that of its scalars, of whatever length in bytes")
    func scalars() {
        let values: [UInt32] = [
            0, 0x41, 0x7F, 0x80, 0x7FF, 0x800, 0x4E00, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x2A6DF,
            0x10FFFF,
        ]
        for count in 0...values.count {
            let wanted = Array(values[..<count])
            let text = String(capacity: 4 * count) { writer in
                for value in wanted { writer.append(value) }
            }
            #expect(text.unicodeScalars.map(\.value) == wanted)
        }
    }

    @Test("What is no scalar becomes U+FFFD")
    func surrogate() {
        let text = String(capacity: 5) { writer in
            for value in [0x41, 0xD800, 0x42] as [UInt32] { writer.append(value) }
        }
        #expect(text.unicodeScalars.contains("\u{FFFD}"))
        #expect(text.hasPrefix("A") && text.hasSuffix("B"))
    }
}
