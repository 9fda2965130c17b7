import Testing

@testable import ChineseText

@Suite("Columns in a terminal") struct DisplayWidthTests {
    @Test(
        "Wide characters take two columns, marks none",
        arguments: [
            ("", 0), ("abc", 3), ("政策", 4), ("政a", 3), ("，", 2), ("Ａ", 2), ("ｱ", 1),
            ("e\u{301}", 1), ("\u{200B}\u{FEFF}", 0), ("\u{1B}[0m", 3), ("“①", 2), ("𠀀", 2),
            ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2), ("⼈", 2),
        ])
    func width(_ text: String, _ columns: Int) {
        #expect(displayWidth(of: text) == columns)
    }

    @Test("Characters whose width is known without ICU have the width that ICU gives")
    func knownWidths() {
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(displayWidth(of: String(scalar)) == columns(of: scalar), "\(value)")
        }
    }
}
