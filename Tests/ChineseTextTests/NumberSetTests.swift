import Testing

@testable import ChineseText

@Suite("Sets of numbers") struct NumberSetTests {
    /// How many slots are looked at in vain before a number is found, on average.
    private func steps(in set: NumberSet) -> Int {
        let size = set.table.count
        var steps = 0
        for slot in set.table.indices where set.table[slot] != 0 {
            let first = NumberSet.slot(of: set.table[slot], in: size, set.key)
            steps += (slot - first + size) % size
        }
        return steps / set.numbers.count
    }

    @Test("What is in a set is found in its slot, and nothing else is")
    func lookup() {
        var generator = SystemRandomNumberGenerator()
        let numbers = Set((0..<5_000).map { _ in UInt64.random(in: 1 ... .max, using: &generator) })
        let set = NumberSet(numbers)
        #expect(set.numbers == numbers.sorted())
        #expect(set.numbers.indices.allSatisfy { set.index(of: set.numbers[$0]) == UInt32($0) })
        let others = (0..<5_000).map { _ in UInt64.random(in: 1 ... .max, using: &generator) }
        #expect(others.allSatisfy { (set.index(of: $0) != nil) == numbers.contains($0) })
    }

    @Test("Numbers that were chosen to meet in one slot do not", arguments: [0, 16, 32, 48])
    func chosenNumbers(shift: UInt64) {
        // All that differs stands in some bits, or is cancelled by a shift and an exclusive or. In one
        // slot each of 30,000 would be found after 15,000 steps.
        let count: UInt64 = 30_000
        let plain = NumberSet((1...count).map { $0 << shift | 1 << 15 })
        #expect(steps(in: plain) < 1_000)
        let folded = NumberSet(
            (1...count).map { number in
                let high = number << 16
                return high << 32 | (high ^ 0x1234_5678)
            })
        #expect(steps(in: folded) < 1_000)
    }
}
