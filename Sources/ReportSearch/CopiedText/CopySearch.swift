import ReportModel
import SegmentStore

/// The search for pairs of reports that share text.
struct CopySearch {
    private let reader: IndexReader
    private let request: CopiesRequest
    private let columns: ReportColumns
    /// The annual reports that count, those of an agency together, by year.
    private let reports: [Source]
    private let agencyCount: Int
    private let duplicates: Int

    private struct Source {
        /// The report's index in the columns.
        let index: Int
        /// The year; 0 when it is unknown.
        let year: Int
        let agency: Int
        let isWanted: Bool
    }

    /// A pair that was measured, by indices in ``reports``.
    private struct Measured {
        let report: Int
        let other: Int
        let share: CopyMeasure.Share
    }

    /// A report with less text of its own says nothing, in signs.
    private static let fewestOwn = 50

    init(of reader: IndexReader, _ request: CopiesRequest, wanted: Set<UInt64>?) throws {
        (self.reader, self.request) = (reader, request)
        let columns = ReportColumns(reader.segments)
        let doubles = Set(try reader.duplicates().flatMap { $0.leftOut.map(\.head.idNumber) })
        var reports: [Source] = []
        var unknown = columns.agencyCount
        var leftOut = 0
        for index in 0..<columns.count where columns.isReport[index] {
            let (segment, report) = columns.segment(of: index)
            let id = try segment.idNumber(ofReport: report)
            if doubles.contains(id) {
                leftOut += 1
                continue
            }
            // A report of an unknown agency stands for itself.
            let agency = columns.agencies[index] < 0 ? unknown : Int(columns.agencies[index])
            if agency == unknown { unknown += 1 }
            reports.append(
                Source(
                    index: index, year: Int(columns.years[index]), agency: agency,
                    isWanted: wanted?.contains(id) ?? true))
        }
        reports.sort { ($0.agency, $0.year, $0.index) < ($1.agency, $1.year, $1.index) }
        (self.columns, self.reports, duplicates) = (columns, reports, leftOut)
        agencyCount = Set(reports.map(\.agency)).count
    }

    /// Text that more agencies have is boilerplate.
    private var mostAgencies: Int {
        request.boilerplateAgencies.map { min($0, PieceAgencies.most) }
            ?? min(10, max(3, agencyCount / 10))
    }

    func result() throws -> CopiesResult {
        let (agencies, fingerprints) = try counted()
        var measure = CopyMeasure(agencies, mostAgencies: mostAgencies)
        let pairs = try measured(
            FingerprintIndex(fingerprints, count: reports.count), &measure)
        let shown = request.limit == 0 ? pairs[...] : pairs.prefix(request.limit)
        return CopiesResult(
            pairs: try shown.map { try copied($0, &measure) }, total: pairs.count,
            reports: reports.count, duplicates: duplicates, boilerplateAgencies: mostAgencies)
    }

    private func read(_ report: Int, into text: inout CopyText) throws {
        text.removeAll()
        let (segment, index) = columns.segment(of: reports[report].index)
        guard let ids = segment.passages(ofReport: index) else { return }
        for id in ids { text.append(try segment.foldedScalars(ofPassage: id)) }
    }

    // MARK: Reading all texts

    /// How many agencies have each piece, and the fingerprints of the reports that are no boilerplate, as
    /// ``FingerprintIndex`` takes them.
    private func counted() throws -> (PieceAgencies, [UInt64]) {
        let total = reader.segments.reduce(0) { $0 + $1.totalLength }
        var agencies = PieceAgencies(pieces: total, mostSlots: request.mostPieces)
        // One in four of a small index.
        var sampling = max(2, agencies.sampling)
        while total >> sampling > request.mostPieces / 4 { sampling += 1 }
        var fingerprints: [UInt64] = []
        var (ofAgency, ofReport, text) = (PieceSet(), PieceSet(), CopyText(wantsParts: false))
        for (number, report) in reports.enumerated() {
            if number > 0, report.agency != reports[number - 1].agency { ofAgency.removeAll() }
            ofReport.removeAll()
            try read(number, into: &text)
            for piece in text.pieces where agencies.isCounted(piece) {
                if ofAgency.insert(piece) { agencies.count(piece) }
                if piece >> (64 - sampling) == 0, ofReport.insert(piece) {
                    fingerprints.append(piece << 32 | UInt64(number))
                }
            }
        }
        let most = mostAgencies
        fingerprints.removeAll { agencies.agencies(having: $0 >> 32) > most }
        return (agencies, fingerprints)
    }

    // MARK: Comparing

    /// The pairs that share enough, the highest share first.
    private func measured(
        _ index: FingerprintIndex, _ measure: inout CopyMeasure
    ) throws -> [Measured] {
        var pairs: [Measured] = []
        var (text, otherText) = (CopyText(wantsParts: true), CopyText(wantsParts: true))
        var last: Int?
        // A third of the least share, since a sample of a short text may have few of the pieces.
        try index.forEachPair(
            where: { isComparable($0, $1) }, least: request.minimumShare / 3
        ) { one, other in
            if last != one { try read(one, into: &text) }
            last = one
            try read(other, into: &otherText)
            var found: [Measured] = []
            if reports[one].year >= reports[other].year {
                found.append(
                    Measured(
                        report: one, other: other, share: measure.share(of: text, in: otherText)))
            }
            if reports[other].year >= reports[one].year {
                found.append(
                    Measured(
                        report: other, other: one, share: measure.share(of: otherText, in: text)))
            }
            let best = found.max { $0.share.value < $1.share.value }
            if let best, best.share.value >= request.minimumShare,
                best.share.own >= Self.fewestOwn
            {
                pairs.append(best)
            }
        }
        return pairs.sorted {
            ($1.share.value, $0.report, $0.other) < ($0.share.value, $1.report, $1.other)
        }
    }

    /// Whether two reports are to be compared: no two of one agency and year, which are versions.
    private func isComparable(_ one: Int, _ other: Int) -> Bool {
        let (one, other) = (reports[one], reports[other])
        guard one.isWanted || other.isWanted else { return false }
        let isSameAgency = one.agency == other.agency
        guard one.year > 0, other.year > 0 else {
            return !isSameAgency && request.relation != .year
        }
        let years = abs(one.year - other.year)
        switch request.relation {
        case .year: return isSameAgency && years == 1
        case .agency: return !isSameAgency && years <= 1
        case nil: return isSameAgency ? years == 1 : years <= 1
        }
    }

    // MARK: The answer

    /// A side of a pair: who and what the report is, its files and its passages.
    private struct Side {
        let head: ReportHead
        let files: [String]
        let passages: [Segment.StoredPassage]

        /// Where some signs of the report's text stand.
        func location(_ signs: Range<Int>, of text: CopyText) -> (PassageLocation, Range<Int>)? {
            guard let number = text.starts.lastIndex(where: { $0 <= signs.lowerBound }),
                passages.indices.contains(number)
            else { return nil }
            let stored = passages[number]
            let positions = CopyText.positions(of: stored.text.foldedScalars)
            let first = signs.lowerBound - text.starts[number]
            guard positions.indices.contains(first), first + signs.count <= positions.count else {
                return nil
            }
            let folded = positions[first]..<positions[first + signs.count - 1] + 1
            return (
                PassageLocation(
                    report: head, files: files, passage: stored.passage, ordinal: stored.ordinal),
                stored.text.sourceRange(of: folded)
            )
        }
    }

    private func side(_ report: Int) throws -> Side {
        let (segment, index) = columns.segment(of: reports[report].index)
        let head = try segment.head(ofReport: index)
        return Side(
            head: head, files: try reader.paths(ofReports: [head.idNumber])[0],
            passages: try segment.passages(segment.passages(ofReport: index).map(Array.init) ?? []))
    }

    private func copied(_ pair: Measured, _ measure: inout CopyMeasure) throws -> CopiedPair {
        let (one, other) = (try side(pair.report), try side(pair.other))
        var (text, otherText) = (CopyText(wantsParts: false), CopyText(wantsParts: false))
        try read(pair.report, into: &text)
        try read(pair.other, into: &otherText)
        let runs = measure.runs(of: text, in: otherText).compactMap { run -> CopiedPair.Run? in
            guard let (passage, range) = one.location(run.range, of: text),
                let (otherPassage, otherRange) = other.location(run.other, of: otherText)
            else { return nil }
            return CopiedPair.Run(
                length: run.range.count, source: passage, range: range, other: otherPassage,
                otherRange: otherRange)
        }
        return CopiedPair(
            report: one.head, files: one.files, other: other.head, otherFiles: other.files,
            share: pair.share.value, shared: pair.share.shared, own: pair.share.own,
            boilerplate: pair.share.boilerplate,
            runs: runs.sorted {
                ($1.length, $0.source.ordinal, $0.range.lowerBound)
                    < ($0.length, $1.source.ordinal, $1.range.lowerBound)
            })
    }
}
