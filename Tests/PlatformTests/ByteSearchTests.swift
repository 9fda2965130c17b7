import Platform
import Testing

@Suite("Bytes are looked for")
struct ByteSearchTests {
    @Test("The first and the last offset are those of a scan", arguments: 0..<30)
    func offsets(_ count: Int) {
        let bytes = (0..<count * 3).map { _ in UInt8.random(in: 0...4) }
        for byte in 0...5 as ClosedRange<UInt8> {
            for offset in 0...bytes.count {
                let first = bytes.span.firstOffset(of: byte, from: offset)
                #expect(first == bytes.indices[offset...].first { bytes[$0] == byte })
                let last = bytes.span.lastOffset(of: byte, before: offset)
                #expect(last == bytes.indices[..<offset].last { bytes[$0] == byte })
            }
            let beyond = bytes.span.firstOffset(of: byte, from: bytes.count + 1)
            #expect(beyond == nil)
        }
    }

    @Test("Bytes are the same when each is", arguments: 0..<40)
    func equal(_ count: Int) {
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255) }
        let copy = [7] + bytes
        let isEqual = bytes.span.isEqual(to: copy.span.extracting(1..<copy.count))
        #expect(isEqual)
        let isLonger = bytes.span.isEqual(to: copy.span)
        #expect(!isLonger)
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 1 << UInt8.random(in: 0...7)
            let isChanged = !bytes.span.isEqual(to: changed.span)
            #expect(isChanged)
        }
    }

    @Test("Only UTF-8 becomes text")
    func text() {
        for bytes in [Array("公开e\u{301}".utf8), [], [0xE5, 0x85], [0x41, 0xFF], [0]] as [[UInt8]] {
            let text = String(validating: bytes.span)
            #expect(text == String(validating: bytes, as: UTF8.self))
        }
    }
}
