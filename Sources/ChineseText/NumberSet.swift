/// A set of numbers that is asked often: a hash table with open addressing.
///
/// The numbers of an index may have been chosen by somebody. Its hash is multiplication by a secret
/// number, so that nobody can choose numbers that all fall into one slot.
struct NumberSet: Sendable, Hashable {
    /// The numbers, ascending; 0 is never one.
    let numbers: [UInt64]
    /// The numbers again, in a power of two slots; 0 is an empty one.
    let table: [UInt64]
    /// For each slot of the table, where its number stands among the ascending ones.
    private let indices: [UInt32]
    /// What the slots of numbers follow from, another one in each run.
    let key: Key

    /// Two numbers that nobody knows beforehand; the second is odd.
    struct Key {
        let mask: UInt64
        let factor: UInt64

        static let ofRun = Key(mask: .random(in: 0 ... .max), factor: .random(in: 0 ... .max) | 1)
    }

    /// Makes the set of some numbers, in any order.
    init(_ numbers: some Sequence<UInt64>) {
        key = Key.ofRun
        let given = Array(numbers)
        self.numbers = Self.isAscending(given) ? given : Set(given).subtracting([0]).sorted()
        let size = 1 << (64 - (2 * self.numbers.count | 1).leadingZeroBitCount)
        var table = [UInt64](repeating: 0, count: size)
        var indices = [UInt32](repeating: 0, count: size)
        for (index, number) in self.numbers.enumerated() {
            var slot = Self.slot(of: number, in: size, key)
            while table[slot] != 0 { slot = (slot + 1) & (size - 1) }
            table[slot] = number
            indices[slot] = UInt32(index)
        }
        self.table = table
        self.indices = indices
    }

    /// Whether numbers stand as ``numbers`` does; those of an index do.
    private static func isAscending(_ numbers: [UInt64]) -> Bool {
        var last: UInt64 = 0
        for number in numbers {
            guard number > last else { return false }
            last = number
        }
        return true
    }

    /// Where a number stands among the ascending ones, from 0; nil when it is not in the set.
    @inline(__always)
    func index(of number: UInt64) -> UInt32? {
        var slot = Self.slot(of: number, in: table.count, key)
        while table[slot] != 0 {
            if table[slot] == number { return indices[slot] }
            slot = (slot + 1) & (table.count - 1)
        }
        return nil
    }

    /// The numbers that both sets hold.
    func intersection(_ other: NumberSet) -> [UInt64] {
        numbers.filter { other.index(of: $0) != nil }
    }

    @inline(__always)
    static func slot(of number: UInt64, in size: Int, _ key: Key) -> Int {
        // Both halves of the product: what is chosen in any bit changes every bit of the slot.
        let product = (number ^ key.mask).multipliedFullWidth(by: key.factor)
        return Int(truncatingIfNeeded: product.high ^ product.low) & (size - 1)
    }

    static func == (one: NumberSet, other: NumberSet) -> Bool { one.numbers == other.numbers }

    func hash(into hasher: inout Hasher) { hasher.combine(numbers) }
}
