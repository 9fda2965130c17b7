public import ReportModel
import SegmentStore

/// Two reports of which one has much of the other's text.
public struct CopiedPair: Sendable {
    /// A stretch of text that both have, numbers aside.
    public struct Run: Sendable {
        /// How many letters, ideographs and numbers it has.
        public let length: Int
        /// Where it stands in the report, and where in the other.
        public let place: PassagePlace
        /// Where it stands in the other report.
        public let other: PassagePlace
        /// The text as the report writes it.
        public let text: String
    }

    /// The report that is about the later year; of one year, the one of which more is shared.
    public let report: ReportHead
    /// The paths of its files.
    public let files: [String]
    /// The report that it is compared with.
    public let other: ReportHead
    /// The paths of its files.
    public let otherFiles: [String]
    /// How much of the report's own text the other has, from 0 to 1.
    public let share: Double
    /// How many letters, ideographs and numbers that is.
    public let shared: Int
    /// How many the report has without boilerplate.
    public let own: Int
    /// How many of it are boilerplate.
    public let boilerplate: Int
    /// The stretches that both have, longest first; only of pairs that are shown.
    public internal(set) var runs: [Run] = []
}

/// What is asked about copies.
public struct CopiesRequest: Sendable {
    /// Which reports are compared.
    public enum Relation: String, Sendable, CaseIterable {
        /// An agency's report with that of the year before.
        case year
        /// A report with those of other agencies, of the same year or one beside it.
        case agency
    }

    /// Which reports are compared; nil compares both ways.
    public var relation: Relation?
    /// The least share of a report's own text that counts, from 0 to 1.
    public var minimumShare = 0.3
    /// Text that more agencies than this have is boilerplate; nil takes a tenth to three, as there
    /// are many or few agencies.
    public var boilerplateAgencies: Int?
    /// What the reports of a pair must answer to, one of them at least; nil takes all.
    public var question: Question?
    /// Of so many pairs the stretches are told; 0 tells them of all.
    public var shown = 20

    /// Makes a request with the defaults above.
    public init() {}
}

/// The answer about copies.
public struct CopiesResult: Sendable {
    /// The pairs, the highest share first.
    public let pairs: [CopiedPair]
    /// How many reports were compared.
    public let reports: Int
    /// Text that more agencies than this have was set aside.
    public let boilerplateAgencies: Int
}

extension Searcher {
    /// The pairs of reports of which one has much of the other's text.
    ///
    /// What more than some agencies have — the law, the form, standing phrases — is set aside first.
    /// Pairs are found by their fingerprints, which were made at indexing, and measured by their texts.
    /// Memory: some hundred bytes for each report and some dozen megabytes.
    public func copiedPairs(_ request: CopiesRequest) throws(SearchError) -> CopiesResult {
        do {
            var wanted: Set<String>?
            if let question = request.question {
                wanted = Set(try reports(matching: question).map(\.head.id))
            }
            return try CopySearch(of: reader, request, wanted: wanted).result()
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(.damaged, path: reader.folder, detail: "\(error)")
        }
    }
}

/// The search for pairs of reports that share text.
private struct CopySearch {
    private let reader: IndexReader
    private let request: CopiesRequest
    private var reports: [Source] = []
    private let agencies: Int

    private struct Source {
        let segment: Int
        let place: Int
        let id: UInt64
        let year: Int?
        let agency: Int
        let isWanted: Bool
    }

    /// Fingerprints that are sorted at a time.
    private static let mostAtOnce = 4 << 20
    /// A report with less text of its own says nothing.
    private static let fewestOwn = 50

    init(of reader: IndexReader, _ request: CopiesRequest, wanted: Set<String>?) throws {
        (self.reader, self.request) = (reader, request)
        var numbers: [String: Int] = [:]
        for (index, segment) in reader.segments.enumerated() {
            for place in 0..<segment.reportCount where segment.isVisible[place] {
                let head = try segment.head(ofReport: place)
                guard head.kind == .annualReport else { continue }
                let name = head.agency.map { folded($0) + "\n" + head.region.names.joined() }
                let agency = numbers[name ?? head.id] ?? numbers.count
                numbers[name ?? head.id] = agency
                reports.append(
                    Source(
                        segment: index, place: place, id: head.idNumber, year: head.year,
                        agency: agency, isWanted: wanted?.contains(head.id) ?? true))
            }
        }
        agencies = numbers.count
    }

    /// Text that more agencies have is boilerplate.
    private var mostAgencies: Int {
        request.boilerplateAgencies ?? min(10, max(3, agencies / 10))
    }

    func result() throws -> CopiesResult {
        let index = FingerprintIndex(
            count: reports.count, agency: { reports[$0].agency }, mostAgencies: mostAgencies,
            mostAtOnce: Self.mostAtOnce
        ) { reader.segments[reports[$0].segment].fingerprints(ofReport: reports[$0].place) }
        var measure = CopyMeasure(boilerplate: index.boilerplate)
        var pairs: [(one: Int, other: Int, share: CopyMeasure.Share)] = []
        try index.forEachPair(
            where: { isComparable($0, $1) }, least: request.minimumShare / 3
        ) { one, other in
            let texts = try [one, other].map { try text($0) }
            let (first, second) = order(one, other)
            let swapped = first != one
            var found = (
                first, second, measure.share(texts[swapped ? 1 : 0], texts[swapped ? 0 : 1])
            )
            if reports[one].year == reports[other].year {
                let back = measure.share(texts[swapped ? 0 : 1], texts[swapped ? 1 : 0])
                if back.value > found.2.value { found = (second, first, back) }
            }
            guard found.2.value >= request.minimumShare, found.2.own >= Self.fewestOwn else {
                return
            }
            pairs.append((found.0, found.1, found.2))
        }
        pairs.sort { ($1.share.value, $0.one, $0.other) < ($0.share.value, $1.one, $1.other) }
        var answer: [CopiedPair] = []
        for (number, pair) in pairs.enumerated() {
            var copied = try self.pair(pair.one, pair.other, pair.share)
            if request.shown == 0 || number < request.shown {
                copied.runs = try runs(pair.one, pair.other, copied, &measure)
            }
            answer.append(copied)
        }
        return CopiesResult(
            pairs: answer, reports: reports.count, boilerplateAgencies: mostAgencies)
    }

    /// Whether two reports are to be compared: no two of one agency and year, which are versions.
    private func isComparable(_ one: Int, _ other: Int) -> Bool {
        let (one, other) = (reports[one], reports[other])
        guard one.isWanted || other.isWanted else { return false }
        let isSameAgency = one.agency == other.agency
        let years = one.year.flatMap { year in other.year.map { abs($0 - year) } }
        switch request.relation {
        case .year: return isSameAgency && years == 1
        case .agency: return !isSameAgency && years ?? 0 <= 1
        case nil: return isSameAgency ? years == 1 : years ?? 0 <= 1
        }
    }

    /// The report about the later year first.
    private func order(_ one: Int, _ other: Int) -> (Int, Int) {
        (reports[one].year ?? 0) >= (reports[other].year ?? 0) ? (one, other) : (other, one)
    }

    private func text(_ report: Int) throws -> [[UInt32]] {
        let segment = reader.segments[reports[report].segment]
        guard let ids = segment.passages(ofReport: reports[report].place) else { return [] }
        return try ids.map { try segment.foldedScalars(ofPassage: $0) }
    }

    private func pair(
        _ one: Int, _ other: Int, _ share: CopyMeasure.Share
    ) throws -> CopiedPair {
        let heads = try [one, other].map {
            try reader.segments[reports[$0].segment].head(ofReport: reports[$0].place)
        }
        let files = try reader.paths(ofReports: [reports[one].id, reports[other].id])
        return CopiedPair(
            report: heads[0], files: files[0], other: heads[1], otherFiles: files[1],
            share: share.value, shared: share.shared, own: share.own,
            boilerplate: share.boilerplate)
    }

    /// The stretches that two reports share, longest first.
    private func runs(
        _ one: Int, _ other: Int, _ pair: CopiedPair, _ measure: inout CopyMeasure
    ) throws -> [CopiedPair.Run] {
        let stored = try [one, other].map { report -> [Segment.StoredPassage] in
            let segment = reader.segments[reports[report].segment]
            return try segment.passages(
                segment.passages(ofReport: reports[report].place).map(Array.init) ?? [])
        }
        let found = measure.runs(
            stored[0].map(\.text.foldedScalars), stored[1].map(\.text.foldedScalars))
        return found.map { run in
            let (source, target) = (stored[0][run.passage], stored[1][run.otherPassage])
            let folded = source.text.foldedScalars[run.folded]
            let written = source.text.occurrences(of: Array(folded)).first ?? 0..<0
            let scalars = Array(source.passage.text.unicodeScalars)
            return CopiedPair.Run(
                length: run.length,
                place: PassagePlace(
                    report: pair.report, files: pair.files, passage: source.passage,
                    ordinal: source.ordinal),
                other: PassagePlace(
                    report: pair.other, files: pair.otherFiles, passage: target.passage,
                    ordinal: target.ordinal),
                text: String(String.UnicodeScalarView(scalars[written])))
        }
    }
}
