import ReportOutput
import Testing

@Suite("Text that could command a terminal")
struct VisibleTextTests {
    @Test(
        "Each character that could is escaped, also where it is the only one",
        arguments: [
            0x00, 0x07, 0x0A, 0x1B, 0x7F, 0x85, 0x9B, 0xAD, 0x200B, 0x200E, 0x200F, 0x2028, 0x202A,
            0x202E, 0x2066, 0x2069, 0xFEFF,
        ] as [UInt32])
    func escapes(_ value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        let shown = visible("甲\(Character(scalar))乙")
        let hex = String(value, radix: 16)
        let escape = value < 0x100 ? "\\x" + (hex.count < 2 ? "0" : "") + hex : "\\u{\(hex)}"
        #expect(shown == "甲\(escape)乙")
    }

    @Test("No character that could is left as it is")
    func escapesEach() {
        let left = (0...0x10_FFFF as ClosedRange<UInt32>).lazy.compactMap(Unicode.Scalar.init)
            .filter { $0.isUnsafeOnTerminal && visible(String($0)) == String($0) }
        #expect(left.map(\.value) == [])
    }

    @Test("What cannot is left as it is, and so is a line end where lines are kept")
    func leaves() {
        #expect(visible("政务 公开 é 🀄 \u{3000}") == "政务 公开 é 🀄 \u{3000}")
        #expect(visible("甲\n乙", keepingLines: true) == "甲\n乙")
        #expect(visible("甲\u{1B}\n", keepingLines: true) == "甲\\x1b\n")
    }
}
