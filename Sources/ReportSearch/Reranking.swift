import IndexSchema
import Xapian

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Ranks the best passages for any of some words again, by what of the question their texts hold.
///
/// Words are cut differently in a question and in its answer; pairs of neighbouring characters, and
/// characters, are not. Both are counted in the texts of the best passages and weighed by BM25:
/// pairs by how rare they are in the index, characters by how rare they are among these passages,
/// which tells apart what words have found together.
struct Reranking {
    /// How many of the best passages are ranked again.
    static let depth = 50
    /// What the pairs count for beside the words.
    private static let pairShare = 1.0
    /// What the characters count for beside the words.
    private static let characterShare = 1.5
    /// The most different pairs or characters that are counted.
    private static let most = 128

    /// What is added to the weight of a passage.
    struct Added {
        var pairs = 0.0
        var characters = 0.0

        var sum: Double { pairs + characters }
    }

    private var pairs: [(key: UInt64, weight: Double)] = []
    private var characters: [UInt32] = []
    private let averageLength: Double

    /// Prepares for a question's unquoted texts; nil when they hold nothing to count.
    init?(_ texts: [String], scoring: Scoring) throws {
        averageLength = scoring.averageLength
        var seenPairs: Set<UInt64> = []
        var seenCharacters: Set<UInt32> = []
        for text in texts {
            for piece in QuestionWords.pieces(of: scoring.analysis.foldedUTF8(of: text)) {
                let grams = piece.span
                var found: [[UInt8]] = []
                scoring.analysis.forEachGram(in: grams) { found.append(Array(piece[$0])) }
                for gram in found {
                    let scalars = String(decoding: gram, as: UTF8.self).unicodeScalars.map(\.value)
                    if let first = scalars.first, seenCharacters.insert(first).inserted,
                        characters.count < Self.most
                    {
                        characters.append(first)
                    }
                    guard scalars.count == 2, pairs.count < Self.most else { continue }
                    let key = UInt64(scalars[0]) << 32 | UInt64(scalars[1])
                    if seenPairs.insert(key).inserted {
                        pairs.append((key, try scoring.rarity(of: gram)))
                    }
                }
            }
        }
        if characters.isEmpty { return nil }
    }

    /// What is added to the weight of each passage: never below 0.
    ///
    /// - Parameter texts: the texts of the passages.
    func added(to texts: [UnfoldedText]) -> [Added] {
        let table = SmallTable(
            pairs.map(\.key) + characters.map { UInt64($0) << 32 | UInt64(UInt32.max) })
        let counts = texts.map { count(in: $0.foldedScalars, table) }
        let rarities = characters.indices.map { index in
            let holding = Double(counts.count { $0.occurrences[pairs.count + index] > 0 })
            return log(1 + (Double(texts.count) - holding + 0.5) / (holding + 0.5))
        }
        return counts.map { counted in
            let norm = Scoring.k1 * (1 - Scoring.b + Scoring.b * counted.length / averageLength)
            func saturated(_ index: Int) -> Double {
                let occurrences = Double(counted.occurrences[index])
                return occurrences * (Scoring.k1 + 1) / (occurrences + norm)
            }
            var added = Added()
            for index in pairs.indices {
                added.pairs += Self.pairShare * pairs[index].weight * saturated(index)
            }
            for index in characters.indices {
                added.characters +=
                    Self.characterShare * rarities[index] * saturated(pairs.count + index)
            }
            return added
        }
    }

    private func count(
        in text: [UInt32], _ table: SmallTable
    ) -> (occurrences: [Int], length: Double) {
        var occurrences = [Int](repeating: 0, count: pairs.count + characters.count)
        var previous: UInt32?
        for value in text {
            if let index = table.index(of: UInt64(value) << 32 | UInt64(UInt32.max)) {
                occurrences[index] += 1
            }
            if let previous, let index = table.index(of: UInt64(previous) << 32 | UInt64(value)) {
                occurrences[index] += 1
            }
            previous = value
        }
        return (occurrences, Double(text.count))
    }
}

/// The places of a few keys in their list, found without hashing for each character of a text.
private struct SmallTable {
    private var slots: [(key: UInt64, index: Int)]
    private let mask: Int

    /// A table of different keys, none of which is 0.
    init(_ keys: [UInt64]) {
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
    func index(of key: UInt64) -> Int? {
        var slot = start(of: key)
        while slots[slot].key != 0 {
            if slots[slot].key == key { return slots[slot].index }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private func start(of key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & mask
    }
}
