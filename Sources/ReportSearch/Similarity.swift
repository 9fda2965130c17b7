import QueryLanguage
public import ReportModel
import SegmentStore

/// Where a passage stands.
public struct PassageLocation: Sendable {
    /// The report.
    public let report: ReportHead
    /// The paths of the files with that report.
    public let files: [String]
    /// The passage.
    public let passage: Passage
    /// The passage's number in its report, from 1.
    public let ordinal: Int
}

/// Two passages that share a stretch of text word for word.
public struct SharedText: Sendable {
    /// The passage that was asked about.
    public let source: PassageLocation
    /// The passage that shares a text with it.
    public let other: PassageLocation
    /// The longest stretch that both hold, as the source writes it.
    public let text: String
    /// The length of that stretch in characters, folded: spaces between ideographs do not count.
    public let length: Int
}

extension Searcher {
    /// The passages of the index that share at least `minimum` characters in a row with a report,
    /// longest first.
    ///
    /// A text of `minimum` characters covers one of the blocks of half that length into which a
    /// passage is cut, so passages with the rarest piece of each block are all there can be. Of a
    /// piece that more than 1,000 passages hold, 1,000 are looked at.
    ///
    /// - Parameters:
    ///   - id: the report's id.
    ///   - line: a line of the passage to look at; nil looks at all passages of the report.
    ///   - minimum: the fewest characters in a row, at least 8.
    public func sharedTexts(
        ofReport id: String, line: Int?, minimum: Int
    ) throws(SearchError) -> [SharedText] {
        try reader.reading {
            var found: [SharedText] = []
            for passage in try storedPassages(ofReport: id) {
                if let line, !passage.passage.lines.contains(line) { continue }
                // Asked for a whole report, a pair inside it is told once.
                found += try sharedTexts(of: passage, minimum: minimum).filter {
                    line != nil || $0.other.report.id != id
                        || $0.other.ordinal > passage.ordinal
                }
            }
            return found.sorted { one, other in
                (other.length, one.source.ordinal, one.other.report.id, one.other.ordinal)
                    < (one.length, other.source.ordinal, other.other.report.id, other.other.ordinal)
            }
        }
    }

    /// The most passages that are looked at for one piece of text.
    private static let mostCandidates = 1_000
    /// The length of the pieces that are looked up, in characters.
    private static let piece = 6

    private func storedPassages(ofReport id: String) throws -> [Segment.StoredPassage] {
        for segment in reader.segments {
            let index = segment.reports(withIDs: [id]).first { segment.isVisible[$0] }
            guard let index else { continue }
            return try segment.passages(segment.passages(ofReport: index).map(Array.init) ?? [])
        }
        return []
    }

    private func sharedTexts(
        of source: Segment.StoredPassage, minimum: Int
    ) throws -> [SharedText] {
        let text = source.text.foldedScalars
        guard text.count >= minimum, minimum >= Self.piece + 2 else { return [] }
        var longest: [Key: Range<Int>] = [:]
        for start in try pieces(of: text, minimum: minimum) {
            let query = Self.string(text[start..<start + Self.piece])
            for (index, segment) in reader.segments.enumerated() {
                let plan = QueryPlan(segment: segment, scoring: scoring, isExact: true)
                let found = try segment.passages(
                    matching: plan.query(for: .text(QueryTree(.phrase(query)))),
                    limit: Self.mostCandidates)
                for id in found {
                    let key = Key(segment: index, passage: id)
                    let other = try segment.passage(id).text.foldedScalars
                    let shared = Self.longest(around: start, of: text, in: other)
                    if shared.count >= minimum, shared.count > longest[key]?.count ?? 0 {
                        longest[key] = shared
                    }
                }
            }
        }
        return try longest.compactMap { key, range in
            let other = try reader.segments[key.segment].passage(key.passage)
            if other.entry.head.id == source.entry.head.id, other.ordinal == source.ordinal {
                return nil
            }
            let shared = Array(text[range])
            let written = source.text.occurrences(of: shared).first ?? 0..<0
            let scalars = Array(source.passage.text.unicodeScalars)
            return SharedText(
                source: try location(of: source), other: try location(of: other),
                text: String(String.UnicodeScalarView(scalars[written])), length: shared.count)
        }
    }

    private struct Key: Hashable {
        let segment: Int
        let passage: UInt32
    }

    private func location(of stored: Segment.StoredPassage) throws -> PassageLocation {
        PassageLocation(
            report: stored.entry.head, files: try reader.paths(ofReport: stored.entry.head.id),
            passage: stored.passage, ordinal: stored.ordinal)
    }

    private static func string(_ scalars: some Sequence<UInt32>) -> String {
        String(String.UnicodeScalarView(scalars.compactMap { Unicode.Scalar($0) }))
    }

    /// Where the rarest piece of each block of a text starts.
    private func pieces(of text: [UInt32], minimum: Int) throws -> [Int] {
        let block = max(Self.piece, (minimum + 1) / 2)
        var starts: [Int] = []
        for first in stride(from: 0, through: text.count - block, by: block) {
            var best: (frequency: Int, start: Int)?
            for start in first...(first + block - Self.piece) {
                let piece = Self.string(text[start..<start + Self.piece])
                let terms = analysis.terms(ofPhrase: Array(piece.utf8)).terms
                    .filter { !$0.isPrefix }
                guard !terms.isEmpty else { continue }
                let rarest = try terms.map {
                    try scoring.frequency(of: $0.bytes)
                }.min()
                if rarest ?? 0 < best?.frequency ?? .max { best = (rarest ?? 0, start) }
            }
            if let best { starts.append(best.start) }
        }
        return starts
    }

    /// The longest stretch of a text around one of its pieces that another text holds as well.
    private static func longest(
        around start: Int, of text: [UInt32], in other: [UInt32]
    ) -> Range<Int> {
        var longest = start..<start
        guard other.count >= piece else { return longest }
        for index in 0...(other.count - piece)
        where other[index..<index + piece].elementsEqual(text[start..<start + piece]) {
            var before = 0
            while before < min(start, index), text[start - before - 1] == other[index - before - 1]
            {
                before += 1
            }
            var after = piece
            while start + after < text.count, index + after < other.count,
                text[start + after] == other[index + after]
            {
                after += 1
            }
            if before + after > longest.count { longest = (start - before)..<(start + after) }
        }
        return longest
    }
}
