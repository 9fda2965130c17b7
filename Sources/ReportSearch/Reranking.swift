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
    /// What of its weight is left to a passage that is a heading, a signature or a label: it names what
    /// is asked about, and says nothing of it.
    private static let headingShare = 0.5
    /// A longer passage is none of these, in characters.
    private static let longestHeading = 30
    /// The folded marks of which a sentence has one.
    private static let marks = WantedCharacters("。,;!?".unicodeScalars.map(\.value))
    /// The most different characters that are counted.
    private static let most = 128

    private let characters: WantedCharacters
    private let averageLength: Double

    /// Prepares for a question's unquoted texts; nil when they hold nothing to count.
    init?(_ texts: [String], scoring: Scoring) {
        averageLength = scoring.averageLength
        var found: [UInt32] = []
        for text in texts {
            for piece in QuestionWords.pieces(of: scoring.analysis.foldedUTF8(of: text)) {
                for character in scoring.analysis.wordCharacters(ofFolded: piece)
                where found.count < Self.most && !found.contains(character) {
                    found.append(character)
                }
            }
        }
        if found.isEmpty { return nil }
        characters = WantedCharacters(found)
    }

    /// What is added to the weight of each passage; it is below 0 where a heading loses half of all.
    func added(
        to passages: [(segment: Segment, id: UInt32, weight: Double)]
    ) throws(SegmentError) -> [Double] {
        var counts: [(length: Int, occurrences: [UInt32])] = []
        counts.reserveCapacity(passages.count)
        var isHeading: [Bool] = []
        for (segment, id, _) in passages {
            let counted = try segment.count(characters, inPassage: id)
            counts.append(counted)
            var hasSentence = counted.length > Self.longestHeading
            if !hasSentence {
                let marks = try segment.count(Self.marks, inPassage: id)
                hasSentence = marks.occurrences.contains { $0 > 0 }
            }
            isHeading.append(!hasSentence)
        }
        let rarities = (0..<characters.count).map { index in
            let holding = Double(counts.count { $0.occurrences[index] > 0 })
            return log(1 + (Double(counts.count) - holding + 0.5) / (holding + 0.5))
        }
        return counts.indices.map { place in
            let counted = counts[place]
            let norm =
                Scoring.looseK1
                * (1 - Scoring.looseB + Scoring.looseB * Double(counted.length) / averageLength)
            var sum = 0.0
            for (index, count) in counted.occurrences.enumerated() where count > 0 {
                let occurrences = Double(count)
                let saturated = occurrences * (Scoring.looseK1 + 1) / (occurrences + norm)
                sum += Self.characterShare * rarities[index] * saturated
            }
            guard isHeading[place] else { return sum }
            return Self.headingShare * sum - (1 - Self.headingShare) * passages[place].weight
        }
    }
}
