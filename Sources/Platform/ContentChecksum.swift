/// A checksum of 64 bits by which damage is found: XXH64 with seed 0, as `xxhsum -H64` prints it.
///
/// Any single changed byte changes it; of other damage one in 2^64 is missed. It is no proof
/// against forgery.
///
///     var checksum = ContentChecksum()
///     checksum.update(bytes.span)
///     checksum.value
public struct ContentChecksum: Sendable {
    private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
    private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
    private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
    private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
    private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

    /// The bytes that are taken in together.
    private static let stripe = 32

    private typealias Lanes = (UInt64, UInt64, UInt64, UInt64)

    private var lanes: Lanes = (prime1 &+ prime2, prime2, 0, 0 &- prime1)
    /// What is left over until a stripe is full.
    private var rest: [UInt8] = []
    private var count: UInt64 = 0

    /// Begins a checksum.
    public init() {}

    /// The checksum of some bytes.
    public static func of(_ bytes: Span<UInt8>) -> UInt64 {
        var checksum = ContentChecksum()
        checksum.update(bytes)
        return checksum.value
    }

    /// Takes more bytes in.
    public mutating func update(_ bytes: Span<UInt8>) {
        count &+= UInt64(bytes.count)
        var offset = 0
        if !rest.isEmpty {
            while rest.count < Self.stripe, offset < bytes.count {
                rest.append(bytes[offset])
                offset += 1
            }
            guard rest.count == Self.stripe else { return }
            lanes = Self.lanes(lanes, after: rest.span, 0..<Self.stripe)
            rest.removeAll(keepingCapacity: true)
        }
        let end = offset + (bytes.count - offset) / Self.stripe * Self.stripe
        lanes = Self.lanes(lanes, after: bytes, offset..<end)
        for index in end..<bytes.count { rest.append(bytes[index]) }
    }

    /// The checksum of what was taken in so far.
    public var value: UInt64 {
        var hash: UInt64
        if count >= UInt64(Self.stripe) {
            let (a, b, c, d) = lanes
            hash = Self.turned(a, 1) &+ Self.turned(b, 7) &+ Self.turned(c, 12)
            hash &+= Self.turned(d, 18)
            for lane in [a, b, c, d] {
                hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
            }
        } else {
            hash = Self.prime5
        }
        hash &+= count
        var offset = 0
        while offset + 8 <= rest.count {
            hash ^= Self.round(0, Self.word(rest.span, offset))
            hash = Self.turned(hash, 27) &* Self.prime1 &+ Self.prime4
            offset += 8
        }
        if offset + 4 <= rest.count {
            let half = (0..<4).reduce(UInt64(0)) { $0 | UInt64(rest[offset + $1]) << (8 * $1) }
            hash ^= half &* Self.prime1
            hash = Self.turned(hash, 23) &* Self.prime2 &+ Self.prime3
            offset += 4
        }
        for byte in rest[offset...] {
            hash ^= UInt64(byte) &* Self.prime5
            hash = Self.turned(hash, 11) &* Self.prime1
        }
        hash = (hash ^ hash >> 33) &* Self.prime2
        hash = (hash ^ hash >> 29) &* Self.prime3
        return hash ^ hash >> 32
    }

    /// The lanes after whole stripes.
    private static func lanes(
        _ lanes: Lanes, after bytes: Span<UInt8>, _ range: Range<Int>
    ) -> Lanes {
        var (a, b, c, d) = lanes
        var offset = range.lowerBound
        while offset < range.upperBound {
            a = round(a, word(bytes, offset))
            b = round(b, word(bytes, offset + 8))
            c = round(c, word(bytes, offset + 16))
            d = round(d, word(bytes, offset + 24))
            offset += stripe
        }
        return (a, b, c, d)
    }

    @inline(__always)
    private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
        turned(lane &+ word &* prime2, 31) &* prime1
    }

    @inline(__always)
    private static func turned(_ value: UInt64, _ bits: UInt64) -> UInt64 {
        value &<< bits | value &>> (64 - bits)
    }

    /// Eight bytes, the lowest first.
    @inline(__always)
    private static func word(_ bytes: Span<UInt8>, _ offset: Int) -> UInt64 {
        let low =
            UInt64(bytes[offset]) | UInt64(bytes[offset + 1]) << 8
            | UInt64(bytes[offset + 2]) << 16 | UInt64(bytes[offset + 3]) << 24
        let high =
            UInt64(bytes[offset + 4]) | UInt64(bytes[offset + 5]) << 8
            | UInt64(bytes[offset + 6]) << 16 | UInt64(bytes[offset + 7]) << 24
        return low | high << 32
    }
}
