import Foundation
import Platform
import TestSupport
import Testing

@Suite("Bytes of which most wait in a file")
struct SpilledBytesTests {
    @Test("What was added is read at any offset, wherever it waits", arguments: [0, 100, 1 << 20])
    func reading(_ mostKept: Int) throws {
        var random = SeededGenerator(seed: UInt64(mostKept))
        let folder = try TemporaryFolder()
        let near = try OpenFolder(at: folder.url.path)
        var spilled = SpilledBytes(near: mostKept == 100 ? nil : near, mostKept: mostKept)
        var expected: [UInt8] = []
        for _ in 0..<200 {
            let count = Int.random(in: 0...150, using: &random)
            let more = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            spilled.append(more)
            expected += more
            let offset = Int.random(in: 0...expected.count + 10, using: &random)
            let read = try spilled.bytes(at: offset, count: count)
            #expect(read == Array(expected.dropFirst(offset).prefix(count)))
        }
        #expect(spilled.count == expected.count)
        var all: [UInt8] = []
        try spilled.forEachPiece { all += $0 }
        #expect(all == expected)
        // The file has no name.
        #expect(try near.names().isEmpty)
    }
}
