import Platform

/// Byte strings by number, each once, in the order in which they were first met.
public struct ByteNames: Sendable {
    private var bytes: [UInt8] = []
    private var starts = [0]
    /// The numbers, one more than each, at the slots that their hashes lead to; 0 where none is.
    private var slots = [Int32](repeating: 0, count: 1_024)

    /// Makes a list without names.
    public init() {}

    /// How many there are.
    public var count: Int { starts.count - 1 }

    /// Whether a number is that of a byte string.
    func isNumber(_ number: Int, of name: Span<UInt8>) -> Bool {
        0..<count ~= number && isName(number, name)
    }

    /// The number of a byte string; nil when it is new.
    public func known(_ name: Span<UInt8>) -> Int? {
        let number = Int(slots[slot(of: name)])
        return number > 0 ? number - 1 : nil
    }

    /// The number of a byte string, which is added when it is new.
    public mutating func number(of name: Span<UInt8>) -> Int {
        let slot = slot(of: name)
        if slots[slot] != 0 { return Int(slots[slot] - 1) }
        for index in name.indices { bytes.append(name[index]) }
        starts.append(bytes.count)
        slots[slot] = Int32(count)
        if count * 2 > slots.count { grow() }
        return count - 1
    }

    /// Where the number of a byte string stands, or would.
    private func slot(of name: Span<UInt8>) -> Int {
        var slot = Self.hash(name) & (slots.count - 1)
        while slots[slot] != 0, !isName(Int(slots[slot] - 1), name) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    /// The byte string with a number.
    public subscript(number: Int) -> ArraySlice<UInt8> {
        bytes[starts[number]..<starts[number + 1]]
    }

    private func isName(_ number: Int, _ name: Span<UInt8>) -> Bool {
        bytes.span.extracting(starts[number]..<starts[number + 1]).isEqual(to: name)
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
