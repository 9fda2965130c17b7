import SegmentStore

/// Judges whether a text is written as it was meant, and whether another one is a word at all.
///
/// The dictionary cuts a misspelt word into single characters where it cuts a right one into words,
/// whether the index holds it or not. Names and terms that no dictionary has are told by how they stand
/// in passages: a word begins and ends where the words around it do.
struct WordEvidence {
    let segments: [Segment]
    let scoring: Scoring

    /// The passages in which it is looked how a text stands.
    private static let mostPassages = 8
    /// The characters on each side that decide where words end.
    private static let context = 12

    /// Whether the dictionary has every word of a folded text, each of two characters or more.
    func isSpeltRightly(_ text: some Collection<Unicode.Scalar>) -> Bool {
        guard let words = words(in: text) else { return false }
        return words.allSatisfy { $0.count > 1 }
            && words.reduce(0, { $0 + $1.count }) == text.count
    }

    /// How many characters of a folded text are in no longer word of the dictionary.
    func strayCharacters(in text: [Unicode.Scalar]) -> Int {
        words(in: text)?.count { $0.count == 1 } ?? 0
    }

    /// Whether a folded text is a word or several, and not a piece of some: most passages hold it between
    /// the borders of their words.
    ///
    /// - Parameter index: that of the character that matters where no passage holds all of the text.
    func isWhole(_ text: [Unicode.Scalar], around index: Int) throws -> Bool {
        let written = String(String.UnicodeScalarView(text))
        var (standing, whole) = (0, 0)
        for segment in segments where standing < Self.mostPassages {
            let ids = try segment.passages(
                matching: scoring.phrase(written, in: segment),
                limit: Self.mostPassages - standing)
            for id in ids {
                let passage = try segment.foldedScalars(ofPassage: id)
                    .compactMap { Unicode.Scalar($0) }
                guard let start = passage.firstRange(of: text)?.lowerBound else { continue }
                standing += 1
                if isBetweenWords(start..<start + text.count, of: passage) { whole += 1 }
            }
        }
        if standing > 0 { return 2 * whole >= standing }
        return words(in: text)?.contains { $0.contains(index) && $0.count > 1 } ?? true
    }

    private func isBetweenWords(_ range: Range<Int>, of passage: [Unicode.Scalar]) -> Bool {
        let start = max(0, range.lowerBound - Self.context)
        let end = min(passage.count, range.upperBound + Self.context)
        guard let words = words(in: passage[start..<end]) else { return true }
        // What stands inside a word of the dictionary is a piece of it.
        return !words.contains { word in
            let (first, last) = (start + word.lowerBound, start + word.upperBound)
            return first < range.lowerBound && range.lowerBound < last
                || first < range.upperBound && range.upperBound < last
        }
    }

    private func words(in text: some Collection<Unicode.Scalar>) -> [Range<Int>]? {
        scoring.analysis.dictionaryWords(inFolded: String(String.UnicodeScalarView(text)))
    }
}
