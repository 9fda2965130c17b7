import IndexSchema
import Testing

@Suite("A passage is cut into grams")
struct PassageCutterTests {
    @Test("Grams without lists have a first place and a count; beyond U+FFFF they come each time")
    func otherGrams() {
        var cutter = PassageCutter(frequent: .none)
        cutter.set("政策，政策𠮷野𠮷野")
        let grams = cutter.otherGrams.map { gram in
            (String(decoding: cutter.utf8[gram.bytes], as: UTF8.self), gram.place, gram.count)
        }
        func entries(_ text: String) -> [String] {
            grams.filter { $0.0 == text }.map { "\($0.1) \($0.2.map(String.init) ?? "-")" }
        }
        #expect(entries("政策") == ["0 2"])
        // The last character of a run is a gram of its own.
        #expect(entries("策") == ["1 1"])
        #expect(entries("𠮷野") == ["5 -", "7 -"])
        #expect(entries("野𠮷") == ["6 -"])
        #expect(entries("野") == ["8 1"])
        #expect(cutter.listedGrams.isEmpty)
    }
}
