import SegmentStore

/// Tells which names and words of the index Latin letters spell: `lyszf`, `zhengce jiedu`.
///
/// A name is spelt in full or by its first letters, a word in full. Characters that are read in
/// several ways may be spelt in any of them: 重庆 is chongqing, and zhongqing.
struct PinyinReading {
    let segments: [Segment]
    let scoring: Scoring
    private let spelling = Spelling()

    /// The fewest first letters that are taken for a name.
    private static let fewestInitials = 3
    /// The most syllables of a word.
    private static let mostSyllables = 8
    /// The most characters that are tried for a syllable.
    private static let mostCharacters = 160

    init(segments: [Segment], scoring: Scoring) {
        self.segments = segments
        self.scoring = scoring
    }

    /// Whether a text may be pinyin: letters from a to z, no others.
    static func mayBe(_ text: String) -> Bool {
        let letters = text.utf8.filter { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
        return letters.count >= 2 && letters.count <= 60
            && text.utf8.allSatisfy { letters.contains($0) || $0 == 0x27 || $0 == 0x20 }
    }

    /// What letters spell; nil when the index has nothing that is read so.
    func meaning(of text: String) throws -> String? {
        let letters = text.lowercased().filter { ("a"..."z").contains($0) }
        if let name = name(speltBy: letters) { return name }
        for way in spelling.syllables(in: text) where 2...Self.mostSyllables ~= way.count {
            if let word = try word(of: way) { return word }
        }
        return nil
    }

    // MARK: Names

    /// The place or agency that letters spell; of several that with the most reports.
    private func name(speltBy letters: String) -> String? {
        guard letters.count >= Self.fewestInitials else { return nil }
        var best: (name: String, reports: Int)?
        for (column, isRegion) in segments.flatMap({ [($0.regions, true), ($0.agencies, false)] }) {
            for name in column.all {
                let name = String(decoding: name, as: UTF8.self)
                guard
                    Self.forms(of: name, isRegion: isRegion).contains(where: {
                        spelling.spells(letters, $0)
                    })
                else { continue }
                let reports = column.reports(holding: Array(name.utf8)).count
                if reports > best?.reports ?? 0 { best = (name, reports) }
            }
        }
        return best?.name
    }

    /// How a name is said: as it is, with 政府 for 人民政府, and a place without its ending.
    private static func forms(of name: String, isRegion: Bool) -> [String] {
        var forms = [name]
        if name.contains("人民政府") { forms.append(name.replacing("人民政府", with: "政府")) }
        if isRegion, name.unicodeScalars.count >= 3 { forms.append(String(name.dropLast())) }
        return forms
    }

    // MARK: Words

    /// The word of the index that is read as some syllables: that whose rarest pair of neighbours most
    /// passages hold.
    func word(of syllables: [String]) throws -> String? {
        try word(
            among: syllables.map { syllable in
                let all = (0x4E00...0x9FA5).lazy.compactMap { Unicode.Scalar(UInt32($0)) }
                return common(all.filter { spelling.reads($0, as: syllable) })
            })
    }

    /// The common characters that are commonly read as another one.
    func homophones(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        common(spelling.alike(scalar))
    }

    /// The word of the index in which each character is commonly read as one of a text; nil when it is
    /// the text.
    func homophone(of text: [Unicode.Scalar]) throws -> String? {
        guard 2...Self.mostSyllables ~= text.count else { return nil }
        let word = try word(among: text.map { [$0] + homophones(of: $0) })
        return word == String(String.UnicodeScalarView(text)) ? nil : word
    }

    /// The common ones of some ideographs: those that have a short code.
    private func common(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let common = scalars.lazy.filter { scalar in
            scoring.analysis.code(ofFolded: Array(String(scalar).utf8)).count <= 2
        }
        return Array(common.prefix(Self.mostCharacters))
    }

    /// How many passages hold two ideographs side by side.
    private func frequency(
        _ first: Unicode.Scalar, _ second: Unicode.Scalar
    ) throws(SegmentError) -> Int {
        // Thousands of pairs are asked for once each: they are not kept.
        var pair: [UInt8] = []
        pair.reserveCapacity(8)
        for scalar in [first, second] { pair += UTF8.encode(scalar) ?? UTF8.EncodedScalar() }
        var sum = 0
        for segment in segments { sum += try segment.frequency(of: pair) }
        return sum
    }

    /// The path through one choice of each character whose rarest pair is the most frequent.
    private func word(among choices: [[Unicode.Scalar]]) throws -> String? {
        guard let first = choices.first else { return nil }
        var paths = first.map { (least: Int.max, text: [$0]) }
        for choice in choices.dropFirst() {
            var next: [(least: Int, text: [Unicode.Scalar])] = []
            for scalar in choice {
                var best: (least: Int, text: [Unicode.Scalar])?
                for path in paths {
                    guard let last = path.text.last, path.least > best?.least ?? 0 else { continue }
                    let least = min(path.least, try frequency(last, scalar))
                    if least > best?.least ?? 0 { best = (least, path.text + [scalar]) }
                }
                if let best { next.append(best) }
            }
            paths = next
        }
        for path in paths.sorted(by: { $0.least > $1.least }).prefix(8) {
            let text = String(String.UnicodeScalarView(path.text))
            if try segments.contains(where: { try scoring.count(ofPhrase: text, in: $0) > 0 }) {
                return text
            }
        }
        return nil
    }
}
