/// What of a report's text is compared when copies are looked for: pieces of ``pieceLength`` signs, a
/// sign being a letter, an ideograph or a number.
///
/// A number counts as one sign, whichever it is: figures are other every year in sentences that are
/// not. Punctuation and spaces are passed over. No piece crosses the end of a passage.
struct CopyText {
    /// How many signs a piece has.
    static let pieceLength = 8
    /// How many signs a part has: pieces too short to say anything alone.
    static let partLength = 4

    /// For each sign a hash of the piece that begins there; 0 where the passage has not so many more.
    private(set) var pieces: [UInt64] = []
    /// The same of parts; empty when these are not wanted.
    private(set) var parts: [UInt64] = []
    /// Where the signs of each passage begin, and one more for the end.
    private(set) var starts = [0]
    private var signs: [UInt32] = []
    private let wantsParts: Bool

    /// A text without passages.
    init(wantsParts: Bool) { self.wantsParts = wantsParts }

    /// The signs of the passages, as ranges.
    var passages: some Sequence<Range<Int>> {
        zip(starts, starts.dropFirst()).lazy.map { $0..<$1 }
    }

    /// Makes it a text without passages that keeps its memory.
    mutating func removeAll() {
        pieces.removeAll(keepingCapacity: true)
        parts.removeAll(keepingCapacity: true)
        signs.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        starts.append(0)
    }

    /// Adds a passage, given by the scalars of its folded text.
    mutating func append(_ folded: [UInt32]) {
        let start = signs.count
        Self.forEachSign(of: folded) { sign, _ in signs.append(sign) }
        Self.append(signs[start...], length: Self.pieceLength, to: &pieces)
        if wantsParts { Self.append(signs[start...], length: Self.partLength, to: &parts) }
        starts.append(signs.count)
    }

    /// Appends a hash of each stretch of a length, by the sign that it begins with; 0 for the last signs.
    private static func append(_ signs: ArraySlice<UInt32>, length: Int, to hashes: inout [UInt64])
    {
        let power = (0..<length).reduce(UInt64(1)) { power, _ in power &* base }
        var rolling: UInt64 = 0
        for index in signs.indices {
            rolling = rolling &* base &+ UInt64(signs[index])
            if index - signs.startIndex >= length {
                rolling &-= UInt64(signs[index - length]) &* power
            }
            if index - signs.startIndex >= length - 1 { hashes.append(mixed(rolling)) }
        }
        for _ in 0..<min(signs.count, length - 1) { hashes.append(0) }
    }

    /// Where each sign of a folded text stands in it.
    static func positions(of folded: [UInt32]) -> [Int] {
        var positions: [Int] = []
        positions.reserveCapacity(folded.count)
        forEachSign(of: folded) { _, index in positions.append(index) }
        return positions
    }

    @inline(__always)
    private static func forEachSign(of folded: [UInt32], _ body: (UInt32, Int) -> Void) {
        var isInNumber = false
        for index in folded.indices {
            let value = folded[index]
            let isDigit = 0x30...0x39 ~= value
            if says(value), !(isDigit && isInNumber) { body(isDigit ? 0x30 : value, index) }
            isInNumber = isDigit
        }
    }

    /// Whether a folded character is a letter, an ideograph or a digit.
    @inline(__always)
    private static func says(_ value: UInt32) -> Bool {
        switch value {
        case 0x4E00...0x9FFF, 0x30...0x39, 0x61...0x7A, 0x3400...0x4DBF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    /// The polynomial hash of a piece, its bits mixed (SplitMix64) so that any of them are a sample.
    @inline(__always)
    private static func mixed(_ rolling: UInt64) -> UInt64 {
        var mixed = (rolling ^ (rolling >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        return mixed == 0 ? 1 : mixed
    }

    private static let base: UInt64 = 0x1_0000_0001_B3
}

/// A set of the hashes of pieces, none of them 0: open addressing, at most half full.
struct PieceSet {
    private var table = [UInt64](repeating: 0, count: smallest)
    private var count = 0

    private static let smallest = 1 << 12
    /// A larger table is made anew rather than emptied.
    private static let largestKept = 1 << 16

    /// Removes all hashes.
    mutating func removeAll() {
        if table.count > Self.largestKept {
            table = [UInt64](repeating: 0, count: Self.smallest)
        } else {
            for slot in table.indices { table[slot] = 0 }
        }
        count = 0
    }

    /// Takes hashes, those that are not 0, in place of what it held.
    mutating func fill(_ hashes: [UInt64]) {
        removeAll()
        for hash in hashes where hash != 0 { _ = insert(hash) }
    }

    /// Takes a hash; false when it was there.
    @inline(__always)
    mutating func insert(_ hash: UInt64) -> Bool {
        let slot = slot(of: hash)
        if table[slot] == hash { return false }
        table[slot] = hash
        count += 1
        if 2 * count > table.count { grow() }
        return true
    }

    /// Whether a hash is there.
    @inline(__always)
    func contains(_ hash: UInt64) -> Bool { table[slot(of: hash)] == hash }

    /// Where a hash stands, or would.
    @inline(__always)
    private func slot(of hash: UInt64) -> Int {
        let mask = table.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while table[slot] != 0, table[slot] != hash { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let old = table
        table = [UInt64](repeating: 0, count: 2 * old.count)
        for hash in old where hash != 0 { table[slot(of: hash)] = hash }
    }
}
