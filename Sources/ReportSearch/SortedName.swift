/// A name as lists sort it: in the order of `String`, found faster.
///
/// Strings are compared by their normal forms. Most names have nothing but ideographs and ASCII,
/// which are their own, and whose bytes are in the same order.
struct SortedName: Comparable {
    private let name: String
    /// Whether its bytes are in the order of the name.
    let isPlain: Bool

    init(_ name: String) {
        self.name = name
        isPlain = name.unicodeScalars.allSatisfy { $0.isASCII || 0x4E00...0x9FA5 ~= $0.value }
    }

    static func < (one: SortedName, other: SortedName) -> Bool {
        guard one.isPlain, other.isPlain else { return one.name < other.name }
        return one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }
}

/// The order of many names, found by comparing numbers.
enum NameOrder {
    /// How a name begins, and which one it is: nothing that must be counted where it is moved.
    private struct Key {
        /// Its first 32 bytes, eight in a number, zeros behind its end.
        var bytes: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        let isPlain: Bool
        let index: Int

        init(_ name: String, isPlain: Bool, index: Int) {
            (self.isPlain, self.index) = (isPlain, index)
            for (offset, byte) in name.utf8.prefix(32).enumerated() {
                let byte = UInt64(byte) << UInt64(56 - 8 * (offset % 8))
                switch offset / 8 {
                case 0: bytes.0 |= byte
                case 1: bytes.1 |= byte
                case 2: bytes.2 |= byte
                default: bytes.3 |= byte
                }
            }
        }
    }

    /// The indices of names in the order of ``SortedName``; those of unknown ones come last.
    ///
    /// - Parameter isBefore: whether the first of two equal names comes before the second.
    static func sorted(
        _ names: [String?], equal isBefore: (Int, Int) -> Bool = { _, _ in false }
    ) -> [Int] {
        let sorted = names.map { $0.map { SortedName($0) } }
        var keys: [Key] = []
        keys.reserveCapacity(names.count)
        var unknown: [Int] = []
        for (index, name) in names.enumerated() {
            if let name, let isPlain = sorted[index]?.isPlain {
                keys.append(Key(name, isPlain: isPlain, index: index))
            } else {
                unknown.append(index)
            }
        }
        keys.sort { one, other in
            if one.isPlain, other.isPlain, one.bytes != other.bytes {
                return one.bytes < other.bytes
            }
            guard let name = sorted[one.index], let otherName = sorted[other.index],
                name != otherName
            else { return isBefore(one.index, other.index) }
            return name < otherName
        }
        return keys.map(\.index) + unknown
    }
}
