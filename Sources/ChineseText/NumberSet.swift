/// A set of numbers that is asked often: an open table.
struct NumberSet<Number: FixedWidthInteger & UnsignedInteger & Sendable>: Sendable, Hashable {
    /// The numbers, ascending; 0 is never one.
    let numbers: [Number]
    /// The numbers again, in a power of two places; 0 is an empty one.
    private let table: [Number]
    /// For each place of the table, where its number stands among the ascending ones.
    private let places: [UInt32]

    /// Makes the set of some numbers, in any order.
    init(_ numbers: some Sequence<Number>) {
        let given = Array(numbers)
        self.numbers = Self.isAscending(given) ? given : Set(given).subtracting([0]).sorted()
        let size = 1 << (64 - (2 * self.numbers.count | 1).leadingZeroBitCount)
        var table = [Number](repeating: 0, count: size)
        var places = [UInt32](repeating: 0, count: size)
        for (place, number) in self.numbers.enumerated() {
            var slot = Self.slot(of: number, in: size)
            while table[slot] != 0 { slot = (slot + 1) & (size - 1) }
            table[slot] = number
            places[slot] = UInt32(place)
        }
        self.table = table
        self.places = places
    }

    /// Whether numbers stand as ``numbers`` does; those of an index do.
    private static func isAscending(_ numbers: [Number]) -> Bool {
        var last: Number = 0
        for number in numbers {
            guard number > last else { return false }
            last = number
        }
        return true
    }

    /// Where a number stands among the ascending ones, from 0; nil when it is not in the set.
    @inline(__always)
    func place(of number: Number) -> UInt32? {
        var slot = Self.slot(of: number, in: table.count)
        while table[slot] != 0 {
            if table[slot] == number { return places[slot] }
            slot = (slot + 1) & (table.count - 1)
        }
        return nil
    }

    /// The numbers that both sets hold.
    func intersection(_ other: NumberSet) -> [Number] {
        numbers.filter { other.place(of: $0) != nil }
    }

    @inline(__always)
    private static func slot(of number: Number, in size: Int) -> Int {
        var word = UInt64(truncatingIfNeeded: number)
        if Number.bitWidth > 64 {
            word ^= UInt64(truncatingIfNeeded: number >> 64) &* 0xC2B2_AE3D_27D4_EB4F
        }
        let mixed = (word ^ word >> 32) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed >> 32) & (size - 1)
    }

    static func == (one: NumberSet, other: NumberSet) -> Bool { one.numbers == other.numbers }

    func hash(into hasher: inout Hasher) { hasher.combine(numbers) }
}
