import Testing

@testable import ChineseText

@Suite("Encodings") struct TextEncodingTests {
    @Test(
        "Bytes are decoded",
        arguments: [
            (TextEncoding.utf8, [0xE6, 0x94, 0xBF, 0x61] as [UInt8], "政a"),
            (.utf16le, [0x3F, 0x65, 0x40, 0xD8, 0x00, 0xDC], "政𠀀"),
            (.utf16be, [0x65, 0x3F, 0xD8, 0x40, 0xDC, 0x00], "政𠀀"),
            (.utf32le, [0x3F, 0x65, 0, 0], "政"),
            (.utf32be, [0, 2, 0, 0], "𠀀"),
            (.gb18030, [0xD5, 0xFE, 0xB2, 0xDF, 0x61, 0x95, 0x32, 0x82, 0x36], "政策a𠀀"),
            (.big5, [0xAC, 0x46, 0xB5, 0xA6, 0x61], "政策a"),
            (.gb18030, [], ""), (.utf16le, [], ""), (.utf8, [], ""),
        ])
    func decodes(_ encoding: TextEncoding, _ bytes: [UInt8], _ text: String) {
        #expect(encoding.decode(bytes.span) == text)
    }

    @Test(
        "A malformed byte is refused",
        arguments: [
            (TextEncoding.utf8, [0x61, 0xFF] as [UInt8]), (.utf8, [0xE6, 0x94]),
            (.utf8, [0xED, 0xA0, 0x80]), (.utf8, [0xC0, 0x80]),
            (.utf16le, [0x3F]), (.utf16le, [0x40, 0xD8]), (.utf16le, [0x00, 0xDC]),
            (.utf16be, [0xD8, 0x40, 0x00, 0x61]),
            (.utf32le, [0, 0, 0x11, 0]), (.utf32be, [0, 0, 0xD8, 0]), (.utf32le, [0x61, 0, 0]),
            (.gb18030, [0xD5]), (.gb18030, [0xD5, 0x20]), (.gb18030, [0x61, 0xFF]),
            (.gb18030, [0x95, 0x32, 0x82]), (.gb18030, [0xFE, 0x39, 0xFE, 0x39]),
            (.big5, [0xAC]), (.big5, [0x80]), (.gb18030, [0x80]), (.big5, [0xFF, 0x40]),
            (.big5, [0xAC, 0x20]),
        ])
    func refuses(_ encoding: TextEncoding, _ bytes: [UInt8]) {
        #expect(encoding.decode(bytes.span) == nil)
    }

    @Test("Every pair of GB18030 gives one character of its own")
    func pairsAreDistinct() {
        var seen: Set<String> = []
        for lead in UInt8(0xB0)...0xF7 {
            for trail in UInt8(0xA1)...0xFE where !(lead == 0xD7 && trail >= 0xFA) {
                let text = TextEncoding.gb18030.decode([lead, trail].span)
                #expect(text?.unicodeScalars.count == 1)
                #expect(seen.insert(text ?? "").inserted)
            }
        }
        #expect(seen.count == 6_763)
    }
}
