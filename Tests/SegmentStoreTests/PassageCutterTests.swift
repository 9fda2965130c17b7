import Testing

@testable import SegmentStore

@Suite("A passage is cut into grams")
struct PassageCutterTests {
    @Test("Grams come each time that they occur, with how many characters stand before them")
    func grams() {
        var cutter = PassageCutter(frequent: .none)
        for _ in 0..<2 {
            cutter.set("政策，政策𠮷野𠮷野")
            let grams = cutter.grams.map { gram in
                "\(String(decoding: cutter.utf8[gram.bytes], as: UTF8.self)) \(gram.position)"
            }
            // The last character of a run is a gram of its own.
            #expect(
                grams == [
                    "政策 0", "策 1", "政策 3", "策𠮷 4", "𠮷野 5", "野𠮷 6", "𠮷野 7", "野 8",
                ])
        }
    }
}
