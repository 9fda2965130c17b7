/// Byte strings by number, each once, in the order in which they were first met.
struct ByteNames {
    private var bytes: [UInt8] = []
    private var starts = [0]
    /// The numbers, one more than each, at the places that their hashes lead to; 0 where none is.
    private var slots = [Int32](repeating: 0, count: 1_024)

    /// How many there are.
    var count: Int { starts.count - 1 }

    /// The number of a byte string.
    mutating func number(of name: Span<UInt8>) -> Int {
        var slot = Self.hash(name) & (slots.count - 1)
        while slots[slot] != 0 {
            if isName(Int(slots[slot] - 1), name) { return Int(slots[slot] - 1) }
            slot = (slot + 1) & (slots.count - 1)
        }
        for index in name.indices { bytes.append(name[index]) }
        starts.append(bytes.count)
        slots[slot] = Int32(count)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    /// The byte string with a number.
    subscript(number: Int) -> ArraySlice<UInt8> { bytes[starts[number]..<starts[number + 1]] }

    private func isName(_ number: Int, _ name: Span<UInt8>) -> Bool {
        let start = starts[number]
        guard starts[number + 1] - start == name.count else { return false }
        for index in name.indices where bytes[start + index] != name[index] { return false }
        return true
    }

    private mutating func grow() {
        var more = [Int32](repeating: 0, count: slots.count * 4)
        for number in 0..<count {
            let name = bytes.span.extracting(starts[number]..<starts[number + 1])
            var slot = Self.hash(name) & (more.count - 1)
            while more[slot] != 0 { slot = (slot + 1) & (more.count - 1) }
            more[slot] = Int32(number + 1)
        }
        slots = more
    }

    /// FNV-1a; names come from reports, and a probe costs little.
    private static func hash(_ name: Span<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in name.indices { hash = (hash ^ UInt64(name[index])) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x7FFF_FFFF)
    }
}
