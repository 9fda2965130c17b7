public import ReportModel
import SegmentStore

/// Two reports of which one has much of the other's text.
public struct CopiedPair: Sendable {
    /// A stretch of text that both have, numbers aside.
    public struct Run: Sendable {
        /// How many letters, ideographs and numbers it has.
        public let length: Int
        /// The passage of the report that holds it.
        public let source: PassageLocation
        /// Where it stands there, as Unicode scalars of the passage's text, from 0.
        public let range: Range<Int>
        /// The passage of the other report that holds it.
        public let other: PassageLocation
        /// Where it stands there.
        public let otherRange: Range<Int>
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
    /// The stretches that both have, longest first.
    public let runs: [Run]
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
    /// Text that more agencies than this have is boilerplate, 254 at most; nil takes a tenth of all,
    /// from 3 to 10.
    public var boilerplateAgencies: Int?
    /// What one report of a pair at least must answer to; nil takes all.
    public var question: Question?
    /// The most pairs to return; 0 returns all.
    public var limit = 20
    /// The most pieces of text that are counted one by one: a power of two, a byte each.
    ///
    /// Of a larger index a sample is counted, and where boilerplate begins and ends is told to some
    /// signs.
    public var mostPieces = 1 << 26

    /// Makes a request with the defaults above.
    public init() {}
}

/// The answer about copies.
public struct CopiesResult: Sendable {
    /// The pairs, the highest share first, as many as were asked for.
    public let pairs: [CopiedPair]
    /// How many pairs there are.
    public let total: Int
    /// How many reports were compared.
    public let reports: Int
    /// How many reports were left out because another file is the same report or its newer version.
    public let duplicates: Int
    /// Text that more agencies than this have was set aside.
    public let boilerplateAgencies: Int
}

extension Searcher {
    /// The pairs of reports of which one has much of the other's text.
    ///
    /// What more than some agencies have — the law, the form, standing phrases — is set aside. All
    /// texts are read once, to count that and to keep some fingerprints of each; reports that have
    /// enough of these in common are then compared whole. It takes some hundred microseconds a report.
    /// Memory: ``CopiesRequest/mostPieces`` bytes, up to four times as much for the fingerprints of a
    /// very large index, and some dozen bytes a report.
    public func copiedPairs(_ request: CopiesRequest) throws(SearchError) -> CopiesResult {
        do {
            var wanted: Set<UInt64>?
            if let question = request.question {
                wanted = Set(try reports(matching: question).map(\.head.idNumber))
            }
            return try CopySearch(of: reader, request, wanted: wanted).result()
        } catch let error as SearchError {
            throw error
        } catch {
            throw SearchError(.damaged, path: reader.folder, detail: "\(error)")
        }
    }
}
