/// What of a text is compared when copies are looked for: pieces of ``length`` letters, ideographs and
/// numbers, of which one in sixteen is kept, chosen by its own hash, so that a piece is kept in every
/// text that holds it.
///
/// Such a sample tells without bias how much of one text stands in another (Broder, "On the resemblance
/// and containment of documents", 1997; "mod p" of Heintze, 1996). A number counts as one sign, whichever
/// it is: figures are other every year in sentences that are not.
public enum Fingerprints {
    /// How many signs a piece has.
    public static let length = 8

    /// The signs of a folded text that are compared, and where each stands in it.
    public static func signs(of folded: [UInt32]) -> (values: [UInt32], places: [Int]) {
        var values: [UInt32] = []
        var places: [Int] = []
        values.reserveCapacity(folded.count)
        places.reserveCapacity(folded.count)
        var isInNumber = false
        for (place, value) in folded.enumerated() {
            let isDigit = (0x30...0x39).contains(value)
            defer { isInNumber = isDigit }
            guard says(value), !(isDigit && isInNumber) else { continue }
            values.append(isDigit ? 0x30 : value)
            places.append(place)
        }
        return (values, places)
    }

    /// Whether a folded character is a letter, an ideograph or a digit.
    @inline(__always)
    private static func says(_ value: UInt32) -> Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x30...0x39, 0x61...0x7A, 0x3400...0x4DBF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    /// A hash of each piece, by the place of its first sign; none of a shorter text.
    public static func hashes(of signs: [UInt32]) -> [UInt64] {
        guard signs.count >= length else { return [] }
        var hashes: [UInt64] = []
        hashes.reserveCapacity(signs.count - length + 1)
        var rolling: UInt64 = 0
        for (place, sign) in signs.enumerated() {
            rolling = rolling &* base &+ UInt64(sign)
            if place >= length { rolling &-= UInt64(signs[place - length]) &* baseToLength }
            guard place >= length - 1 else { continue }
            var mixed = (rolling ^ (rolling >> 32)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 29)) &* 0x94D0_49BB_1331_11EB
            hashes.append(mixed ^ (mixed >> 32))
        }
        return hashes
    }

    private static let base: UInt64 = 0x1_0000_0001_B3
    private static let baseToLength = (0..<length).reduce(UInt64(1)) { power, _ in power &* base }

    /// Whether the hash of a piece is one of those that are kept.
    @inline(__always)
    public static func isKept(_ hash: UInt64) -> Bool { hash >> 60 == 0 }

    /// What is stored of a hash that is kept.
    @inline(__always)
    public static func stored(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) }
}
