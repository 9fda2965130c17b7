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
        let kinds = characters.count
        var lengths: [Int] = []
        var occurrences: [UInt32] = []
        var isHeading: [Bool] = []
        lengths.reserveCapacity(passages.count)
        occurrences.reserveCapacity(passages.count * kinds)
        isHeading.reserveCapacity(passages.count)
        var marks: [UInt32] = []
        for (segment, id, _) in passages {
            let length = try segment.count(characters, inPassage: id, into: &occurrences)
            lengths.append(length)
            var hasSentence = length > Self.longestHeading
            if !hasSentence {
                marks.removeAll(keepingCapacity: true)
                _ = try segment.count(Self.marks, inPassage: id, into: &marks)
                hasSentence = marks.contains { $0 > 0 }
            }
            isHeading.append(!hasSentence)
        }
        var holding = [Int](repeating: 0, count: kinds)
        for index in occurrences.indices where occurrences[index] > 0 {
            holding[index % kinds] += 1
        }
        let rarities = holding.map { holding in
            log(1 + (Double(passages.count) - Double(holding) + 0.5) / (Double(holding) + 0.5))
        }
        return passages.indices.map { passage in
            let norm =
                Scoring.looseK1
                * (1 - Scoring.looseB + Scoring.looseB * Double(lengths[passage]) / averageLength)
            var sum = 0.0
            for index in 0..<kinds where occurrences[passage * kinds + index] > 0 {
                let count = Double(occurrences[passage * kinds + index])
                let saturated = count * (Scoring.looseK1 + 1) / (count + norm)
                sum += Self.characterShare * rarities[index] * saturated
            }
            guard isHeading[passage] else { return sum }
            return Self.headingShare * sum - (1 - Self.headingShare) * passages[passage].weight
        }
    }
}
