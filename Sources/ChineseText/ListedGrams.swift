/// The grams that so many texts hold that an index keeps their postings in lists of its own.
///
/// They have up to three characters, each gram as a number of its own: 21 bits a character, the
/// first one highest. So their order is that of their UTF-8.
public struct ListedGrams: Sendable, Hashable {
    /// The set without a gram.
    public static let none = ListedGrams(numbers: [])

    /// The most characters of such a gram.
    public static let longest = 3

    private let grams: NumberSet

    /// Makes the set of some numbers, in any order.
    public init(numbers: some Sequence<UInt64>) {
        grams = NumberSet(numbers)
    }

    /// The numbers of the grams, ascending.
    public var numbers: [UInt64] { grams.numbers }

    /// The grams as UTF-8, in the order of their numbers.
    public var utf8: [[UInt8]] {
        numbers.map { number in
            [42, 21, 0].flatMap { shift -> [UInt8] in
                let scalar = UInt32(truncatingIfNeeded: number >> shift & 0x1F_FFFF)
                return scalar == 0 ? [] : Array(UTF8Bytes(scalar))
            }
        }
    }

    /// Where the gram with a number stands in the set, from 0; nil when it is not in it.
    @inline(__always)
    public func place(of number: UInt64) -> UInt32? { grams.place(of: number) }

    /// The grams that both sets hold.
    public func intersection(_ other: ListedGrams) -> ListedGrams {
        self == other ? self : ListedGrams(numbers: grams.intersection(other.grams))
    }

    /// The number of one to three scalars; 0 of more.
    @inline(__always)
    static func number(of scalars: ArraySlice<UInt32>) -> UInt64 {
        guard scalars.count <= longest else { return 0 }
        var number: UInt64 = 0
        var shift: UInt64 = 42
        for scalar in scalars {
            number |= UInt64(scalar) << shift
            shift &-= 21
        }
        return number
    }
}
