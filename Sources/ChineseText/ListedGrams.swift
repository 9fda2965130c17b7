/// The grams that so many texts hold that an index keeps their postings in lists of its own.
///
/// Each gram is a number of its own: 16 bits a character, the first one highest. So their order is
/// that of their UTF-8. Grams with characters beyond U+FFFF have no number and are never listed.
public struct ListedGrams: Sendable, Hashable {
    /// The set without a gram.
    public static let none = ListedGrams(numbers: [])

    /// The most characters of such a gram: as many as any has.
    public static let longest = FrequentGrams.longest

    private let grams: NumberSet<UInt128>

    /// Makes the set of some numbers, in any order.
    public init(numbers: some Sequence<UInt128>) {
        grams = NumberSet(numbers)
    }

    /// The numbers of the grams, ascending.
    public var numbers: [UInt128] { grams.numbers }

    /// The grams as UTF-8, in the order of their numbers.
    public var utf8: [[UInt8]] {
        numbers.map { number in
            stride(from: 112, through: 0, by: -16).flatMap { shift -> [UInt8] in
                let scalar = UInt32(truncatingIfNeeded: number >> UInt128(shift)) & 0xFFFF
                return scalar == 0 ? [] : Array(UTF8Bytes(scalar))
            }
        }
    }

    /// Where the gram with a number stands in the set, from 0; nil when it is not in it.
    @inline(__always)
    public func place(of number: UInt128) -> UInt32? { grams.place(of: number) }

    /// The grams that both sets hold.
    public func intersection(_ other: ListedGrams) -> ListedGrams {
        self == other ? self : ListedGrams(numbers: grams.intersection(other.grams))
    }

    /// The number of one to eight scalars; 0 when they have none.
    @inline(__always)
    static func number(of scalars: ArraySlice<UInt32>) -> UInt128 {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var all: UInt32 = 0
        var shift: UInt64 = 112
        for scalar in scalars {
            all |= scalar
            if shift >= 64 {
                high |= UInt64(scalar) << (shift &- 64)
            } else {
                low |= UInt64(scalar) << shift
            }
            shift &-= 16
        }
        return all > 0xFFFF ? 0 : UInt128(high) << 64 | UInt128(low)
    }
}
