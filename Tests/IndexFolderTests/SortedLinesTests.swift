import IndexFolder
import TestSupport
import Testing

@Suite("Lines that are read in their order")
struct SortedLinesTests {
    @Test("Lines come in the order of their bytes, however many fit into memory", arguments: 0..<40)
    func order(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let mostKept = [0, 50, 1_000, 1 << 20][Int(seed % 4)]
        var sorted = SortedLines(near: nil, mostKept: mostKept)
        var expected: [[UInt8]] = []
        for _ in 0..<Int.random(in: 0...400, using: &random) {
            // Some begin alike, some are equal, and some are longer than what is read at once.
            let count =
                Int.random(in: 0..<300, using: &random) == 0
                ? 100_000 : Int.random(in: 0...12, using: &random)
            let line =
                (0..<count).map { _ in UInt8.random(in: 0x61...0x63, using: &random) } + [0x0A]
            sorted.add { $0 += line }
            expected.append(line)
        }
        expected.sort { $0.lexicographicallyPrecedes($1) }
        #expect(sorted.count == expected.count)
        for _ in 0..<2 {
            var reader = try sorted.reader()
            var read: [[UInt8]] = []
            while let line = try reader.next() { read.append(line) }
            #expect(read == expected)
        }
    }
}
