/// A name as lists sort it: in the order of `String`, found faster.
///
/// Strings are compared by their normal forms. Most names have nothing but ideographs and ASCII,
/// which are their own, and whose bytes are in the same order.
struct SortedName: Comparable {
    private let name: String
    private let isPlain: Bool

    init(_ name: String) {
        self.name = name
        isPlain = name.unicodeScalars.allSatisfy { $0.isASCII || 0x4E00...0x9FA5 ~= $0.value }
    }

    static func < (one: SortedName, other: SortedName) -> Bool {
        guard one.isPlain, other.isPlain else { return one.name < other.name }
        return one.name.utf8.lexicographicallyPrecedes(other.name.utf8)
    }
}
