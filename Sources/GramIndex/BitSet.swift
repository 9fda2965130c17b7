internal import CGramIndex

/// A set of numbers from 0 to a limit.
public struct BitSet: Sendable, Equatable {
    /// Whole words: the bits from the limit on are 0.
    private(set) var bytes: [UInt8]
    /// The number that the members are below.
    public let limit: Int

    /// Makes a set without members.
    public init(below limit: Int) {
        self.limit = limit
        bytes = [UInt8](repeating: 0, count: (limit + 7) / 8)
    }

    /// Makes the set of all numbers below a limit.
    public init(allBelow limit: Int) {
        self.limit = limit
        bytes = [UInt8](repeating: 0xFF, count: (limit + 7) / 8)
        if limit % 8 > 0 { bytes[limit / 8] = 1 << UInt8(limit % 8) - 1 }
    }

    /// Makes the set of the numbers of which something is true.
    public init(below limit: Int, where isMember: (Int) throws -> Bool) rethrows {
        self.init(below: limit)
        for index in bytes.indices {
            var byte: UInt8 = 0
            for bit in 0..<min(8, limit - 8 * index) where try isMember(8 * index + bit) {
                byte |= 1 << UInt8(bit)
            }
            bytes[index] = byte
        }
    }

    /// Whether a number, below the limit, is a member.
    public subscript(number: Int) -> Bool {
        get { bytes[number / 8] >> UInt8(number % 8) & 1 == 1 }
        set {
            let bit = UInt8(1) << UInt8(number % 8)
            if newValue { bytes[number / 8] |= bit } else { bytes[number / 8] &= ~bit }
        }
    }

    /// How many members there are.
    public var count: Int {
        unsafe bytes.withUnsafeBytes { bytes in
            var count = 0
            let words = bytes.count / 8
            for word in 0..<words {
                count += unsafe bytes.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self)
                    .nonzeroBitCount
            }
            for index in 8 * words..<bytes.count { unsafe count += bytes[index].nonzeroBitCount }
            return count
        }
    }

    /// Adds numbers, all below the limit.
    public mutating func formUnion(_ numbers: ArraySlice<UInt32>) {
        var bytes = bytes.mutableSpan
        for number in numbers { bytes[Int(number / 8)] |= 1 << UInt8(number % 8) }
    }

    /// Adds what another set, with the same limit, holds.
    public mutating func formUnion(_ other: BitSet) {
        precondition(limit == other.limit, "Sets of the same numbers")
        for index in bytes.indices { bytes[index] |= other.bytes[index] }
    }

    /// Takes out the members of which something is not true.
    public mutating func formFilter(_ isMember: (Int) throws -> Bool) rethrows {
        for index in bytes.indices where bytes[index] != 0 {
            var left = bytes[index]
            while left != 0 {
                let bit = left.trailingZeroBitCount
                left &= left - 1
                if try !isMember(8 * index + bit) { bytes[index] &= ~(1 << UInt8(bit)) }
            }
        }
    }

    /// Takes out what another set, with the same limit, does not hold.
    public mutating func formIntersection(_ other: BitSet) {
        precondition(limit == other.limit, "Sets of the same numbers")
        for index in bytes.indices { bytes[index] &= other.bytes[index] }
    }

    /// Takes out what another set, with the same limit, holds.
    public mutating func subtract(_ other: BitSet) {
        precondition(limit == other.limit, "Sets of the same numbers")
        for index in bytes.indices { bytes[index] &= ~other.bytes[index] }
    }

    /// Adds the indexes of the numbers in a column that lie in a range, from 0.
    ///
    /// - Parameters:
    ///   - range: the numbers that are wanted, both ends included.
    ///   - column: where the numbers stand, one after the other.
    ///   - start: the byte of the column with which the first number begins.
    ///   - size: of how many bytes each number is, the lowest first: 1, 2, 4 or 8.
    public mutating func formUnion(
        ofNumbersIn range: ClosedRange<UInt64>, _ column: BlockFile.Column, from start: Int = 0,
        size: Int
    ) {
        precondition([1, 2, 4, 8].contains(size), "A number takes 1, 2, 4 or 8 bytes")
        guard 0...column.count ~= start else { return }
        let count = min(limit, (column.count - start) / size)
        unsafe column.withBytes { column in
            unsafe bytes.withUnsafeMutableBufferPointer { bits in
                unsafe cg_find_numbers(
                    column, start, size, count, range.lowerBound, range.upperBound,
                    bits.baseAddress)
            }
        }
    }
}
