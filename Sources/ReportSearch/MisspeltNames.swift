import SegmentStore

/// Tells which agency or place of the index a name with one error means.
///
/// There are few names beside all texts, so that one that is near is most often meant: with a
/// character of the same sound, two that were swapped, or one written twice, which people type by
/// mistake; or, where no other name is as near, with any one character wrong, missing or too many.
struct MisspeltNames {
    private let names: [[Unicode.Scalar]]
    private let evidence: WordEvidence
    private let spelling = Spelling()

    /// The fewest characters of a name, and of one in which any character may be wrong.
    private static let shortest = 3
    private static let shortestForAny = 5
    private static let longest = 60
    /// What stands before the part of a name that tells the office.
    private static let places = Set("省市区县旗州盟乡镇".unicodeScalars)

    /// Prepares for the names of an index.
    init(_ reader: IndexReader, scoring: Scoring) throws {
        let known = try reader.names(of: .agency).union(reader.names(of: .region))
        names = known.map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
        evidence = WordEvidence(segments: reader.segments, scoring: scoring)
    }

    /// The name, or the part of one behind a place, that a folded text means; nil when none is near,
    /// or several are as near.
    func meant(by text: String) -> String? {
        let written = Array(text.unicodeScalars)
        guard (Self.shortest...Self.longest).contains(written.count),
            // 宜春市 is a place of its own though the index has 伊春市 alone.
            !evidence.isSpeltRightly(written), !evidence.isSpeltRightly(written.dropLast())
        else { return nil }
        var likely: Set<ArraySlice<Unicode.Scalar>> = []
        var possible: Set<ArraySlice<Unicode.Scalar>> = []
        for name in names {
            for part in Self.parts(of: name, near: written.count) {
                switch error(in: written[...], for: part) {
                case .likely: likely.insert(part)
                case .possible: possible.insert(part)
                case nil: break
                }
            }
        }
        if likely.isEmpty, written.count < Self.shortestForAny { return nil }
        let near = likely.isEmpty ? possible : likely
        return near.count == 1 ? near.first.map { String(String.UnicodeScalarView($0)) } : nil
    }

    /// A name and its parts behind a place, those that are as long as a text or by one character more
    /// or less.
    private static func parts(
        of name: [Unicode.Scalar], near length: Int
    ) -> [ArraySlice<Unicode.Scalar>] {
        (max(shortest, length - 1)...length + 1).compactMap { count in
            let start = name.count - count
            guard start == 0 || start > 0 && places.contains(name[start - 1]) else { return nil }
            return name[start...]
        }
    }

    private enum NameError {
        /// One that people make when they type.
        case likely
        /// Any other.
        case possible
    }

    /// The one error with which a name was written; nil when it was none, or more than one.
    private func error(
        in written: ArraySlice<Unicode.Scalar>, for name: ArraySlice<Unicode.Scalar>
    ) -> NameError? {
        let before = zip(written, name).prefix { $0 == $1 }.count
        let most = min(written.count, name.count) - before
        let behind = zip(written.reversed(), name.reversed()).prefix { $0 == $1 }.count
        let one = Array(written.dropFirst(before).dropLast(min(behind, most)))
        let other = Array(name.dropFirst(before).dropLast(min(behind, most)))
        switch (one.count, other.count) {
        case (1, 1): return spelling.areAlike(one[0], other[0]) ? .likely : .possible
        case (1, 0):
            let isDoubled = before > 0 && written[written.startIndex + before - 1] == one[0]
            return isDoubled ? .likely : .possible
        case (0, 1): return .possible
        case (2, 2) where one[0] == other[1] && one[1] == other[0]: return .likely
        case (2..., 2...) where one.count == other.count:
            let isByEar = zip(one, other).allSatisfy { $0 == $1 || spelling.areAlike($0, $1) }
            return isByEar ? .likely : nil
        default: return nil
        }
    }
}
