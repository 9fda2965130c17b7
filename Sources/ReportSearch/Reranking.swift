import SegmentStore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Ranks the best passages for any of some pairs again, by the characters that their texts hold.
///
/// Characters have no lists of their own. They are counted in the texts of the best passages and
/// weighed by BM25, by how rare they are among these passages: that tells apart what the pairs have
/// found together.
struct Reranking {
    /// How many of the best passages are ranked again.
    static let depth = 50
    /// What the characters count for beside the pairs.
    private static let characterShare = 1.5
    /// The most different characters that are counted.
    private static let most = 128

    private var characters: [UInt32] = []
    private let averageLength: Double

    /// Prepares for a question's unquoted texts; nil when they hold nothing to count.
    init?(_ texts: [String], scoring: Scoring) {
        averageLength = scoring.averageLength
        var seen: Set<UInt32> = []
        for text in texts {
            for piece in QuestionWords.pieces(of: scoring.analysis.foldedUTF8(of: text)) {
                scoring.analysis.forEachGram(in: piece.span) { range in
                    let gram = String(decoding: piece[range], as: UTF8.self)
                    guard let first = gram.unicodeScalars.first?.value,
                        characters.count < Self.most, seen.insert(first).inserted
                    else { return }
                    characters.append(first)
                }
            }
        }
        if characters.isEmpty { return nil }
    }

    /// What is added to the weight of each passage: never below 0.
    ///
    /// - Parameter texts: the values of the scalars of the passages' folded texts.
    func added(to texts: [[UInt32]]) -> [Double] {
        let table = SmallTable(characters)
        let counts = texts.map { count(in: $0, table) }
        let rarities = characters.indices.map { index in
            let holding = Double(counts.count { $0.occurrences[index] > 0 })
            return log(1 + (Double(texts.count) - holding + 0.5) / (holding + 0.5))
        }
        return counts.map { counted in
            let norm =
                Scoring.looseK1
                * (1 - Scoring.looseB + Scoring.looseB * counted.length / averageLength)
            return characters.indices.reduce(0) { sum, index in
                let occurrences = Double(counted.occurrences[index])
                let saturated = occurrences * (Scoring.looseK1 + 1) / (occurrences + norm)
                return sum + Self.characterShare * rarities[index] * saturated
            }
        }
    }

    private func count(
        in text: [UInt32], _ table: SmallTable
    ) -> (occurrences: [Int], length: Double) {
        var occurrences = [Int](repeating: 0, count: characters.count)
        for value in text {
            if let index = table.index(of: value) { occurrences[index] += 1 }
        }
        return (occurrences, Double(text.count))
    }
}

/// The places of a few keys in their list, found without hashing for each character of a text.
private struct SmallTable {
    private var slots: [(key: UInt32, index: Int)]
    private let mask: Int

    /// A table of different keys, none of which is 0.
    init(_ keys: [UInt32]) {
        var size = 64
        while size < keys.count * 4 { size *= 2 }
        mask = size - 1
        slots = Array(repeating: (0, 0), count: size)
        for (index, key) in keys.enumerated() {
            var slot = start(of: key)
            while slots[slot].key != 0 { slot = (slot + 1) & mask }
            slots[slot] = (key, index)
        }
    }

    /// The place of a key; nil when it is not there.
    func index(of key: UInt32) -> Int? {
        var slot = start(of: key)
        while slots[slot].key != 0 {
            if slots[slot].key == key { return slots[slot].index }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func start(of key: UInt32) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9) >> 16) & mask
    }
}
