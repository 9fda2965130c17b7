public import SegmentStore
import Xapian

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Servers of plain databases, asked as one.
///
/// Stock servers, which `xapian-tcpsrv` runs; each may have several databases. Nothing that comes from
/// them is believed to have a size or a form: data are read by ``PlainPassage``.
public struct PlainServers: ~Copyable {
    private let database: Database
    private let addresses: [ServerAddress]
    private let limit = Limit()

    /// Until when servers are asked; a class, since asking does not change them.
    private final class Limit {
        var end: ContinuousClock.Instant?
    }

    /// The servers that were left out, with the reason.
    public let missing: [ServerError]
    /// How many servers were asked for.
    public var serverCount: Int { addresses.count }

    /// The number of documents: passages and reports.
    private let documentCount: Int
    /// The number of passages.
    public let passageCount: Int
    /// The sum of the lengths of all passages, in word characters.
    public let totalLength: Double

    /// What all servers together are called.
    public var name: String { Self.name(of: addresses) }

    /// Connects to servers.
    ///
    /// - Parameters:
    ///   - addresses: the servers, at least one, each once.
    ///   - timeout: how long a question may take: a server may take most of it for an answer, with
    ///     `mayMiss` a small part, so that the others can be asked again.
    ///   - mayMiss: whether servers that do not answer are left out, as long as one does.
    public init(
        _ addresses: [ServerAddress], timeout: Duration, mayMiss: Bool
    ) throws(ServerError) {
        // Of servers asked in turn each gets its part. Where one may be missing there must be time to
        // ask the others again without it.
        let each = mayMiss ? timeout / (4 * addresses.count) : timeout * 0.9
        var missing: [ServerError] = []
        let all = try Self.connected(
            to: addresses, opening: each, mayMiss: mayMiss, missing: &missing)
        let passages = try Self.attempting(Self.name(of: addresses)) { () throws(XapianError) in
            try all.termFrequency(of: PlainSchema.term(.kind, PlainSchema.Kind.passage.rawValue))
        }
        documentCount = all.documentCount
        passageCount = passages
        totalLength = Double(all.totalLength) / Double(PlainSchema.lengthFactor)
        self.addresses = addresses
        self.missing = missing
        database = all
    }

    private static func name(of addresses: [ServerAddress]) -> String {
        addresses.map(\.description).joined(separator: ", ")
    }

    private static func connected(
        to addresses: [ServerAddress], opening: Duration, mayMiss: Bool,
        missing: inout [ServerError]
    ) throws(ServerError) -> Database {
        var database = try attempting(name(of: addresses)) { () throws(XapianError) in
            try Database()
        }
        for address in addresses {
            do throws(ServerError) {
                let one = try opened(address, opening: opening)
                do throws(XapianError) {
                    try database.add(one)
                } catch {
                    throw ServerError(error, address.description)
                }
            } catch {
                guard mayMiss else { throw error }
                missing.append(error)
            }
        }
        if missing.count == addresses.count { throw missing[0] }
        return database
    }

    private static func attempting<Result: ~Copyable>(
        _ server: String, _ body: () throws(XapianError) -> Result
    ) throws(ServerError) -> Result {
        do throws(XapianError) {
            return try body()
        } catch {
            throw ServerError(error, server)
        }
    }

    /// Connects to one server, which must have this schema.
    private static func opened(
        _ address: ServerAddress, opening: Duration
    ) throws(ServerError) -> Database {
        let name = address.description
        // A server that takes connections and says nothing is waited for in here too.
        let database = try attempting(name) { () throws(XapianError) in
            try Database(
                host: address.host, port: address.port, timeout: opening, connectTimeout: opening)
        }
        let (schema, slots) = try attempting(name) { () throws(XapianError) in
            (
                try database.metadata(forKey: PlainSchema.MetadataKey.schema.rawValue),
                try database.metadata(forKey: PlainSchema.MetadataKey.slots.rawValue)
            )
        }
        guard schema == Array(PlainSchema.name.utf8) else {
            throw ServerError(
                .otherSchema, name,
                schema.map { String(decoding: $0.prefix(80), as: UTF8.self) } ?? "")
        }
        guard slots == Array(PlainSchema.slots.utf8) else {
            throw ServerError(.otherSchema, name, "other statistics")
        }
        return database
    }

    /// Begins a question: what is asked when so much time has passed is an error, until the next begins.
    ///
    /// An answer that is waited for by then is waited for.
    public func begin(within timeout: Duration) { limit.end = .now + timeout }

    private func asking<Result>(
        _ body: () throws(XapianError) -> Result
    ) throws(ServerError) -> Result {
        if let end = limit.end, end < .now { throw ServerError(.late, name) }
        do throws(XapianError) {
            return try body()
        } catch {
            throw ServerError(error, server(toldOfBy: error))
        }
    }

    /// The server that an error is about: all of them where its words do not tell.
    private func server(toldOfBy error: XapianError) -> String {
        let told = addresses.first { error.message.contains("\($0.host):\($0.port)") }
        return told?.description ?? name
    }

    // MARK: Terms

    /// How many passages have a character, or two side by side.
    public func frequency(ofTerm term: [UInt8]) throws(ServerError) -> Int {
        try asking { () throws(XapianError) in try database.termFrequency(of: term) }
    }

    /// How many passages have a word character, as an index counts it.
    ///
    /// A passage counts for each word character that stands behind it, and once when the row ends.
    public func frequency(ofBeginning character: [UInt8]) throws(ServerError) -> Int {
        var sum = try frequency(ofEnd: character)
        return try asking { () throws(XapianError) in
            let pairs = try database.terms(withPrefix: character, limit: Self.mostPairs)
            for pair in pairs.elements where PlainGrams.isWordPair(pair.term) {
                sum = min(sum + pair.frequency, passageCount)
            }
            return sum
        }
    }

    /// How many passages have a word character at the end of a row of them.
    public func frequency(ofEnd character: [UInt8]) throws(ServerError) -> Int {
        try frequency(
            ofTerm: PlainSchema.term(.rowEnd, String(decoding: character, as: UTF8.self)))
    }

    /// The most pairs that begin with one character and are looked at.
    private static let mostPairs = 4_000

    /// The values of a boolean term, folded, at most so many; nil when there are more.
    public func values(
        _ prefix: ReportDocument.Prefix, limit: Int
    ) throws(ServerError) -> [String]? {
        let start = Array(prefix.rawValue.utf8)
        let found = try asking { () throws(XapianError) in
            try database.terms(withPrefix: start, limit: limit)
        }
        guard found.isComplete else { return nil }
        return found.elements.map {
            String(decoding: $0.term.dropFirst(start.count), as: UTF8.self)
        }.filter { value in
            // A value is folded, a longer prefix is not.
            value.utf8.first.map { !(0x41...0x5A).contains($0) } ?? false
        }
    }

    // MARK: Searching

    /// Which hits are wanted of a query, in which order.
    public struct Request: Sendable {
        /// Which passages.
        public var query: PlainQuery
        /// What they weigh.
        public var weights: [PlainWeight] = []
        /// BM25's k1 and b.
        public var k1 = 1.2
        /// BM25's b.
        public var b = 0.75
        /// The mean length of passages that lengths are compared with; nil for that of the servers.
        public var averageLength: Double?
        /// What they are sorted by before their weight; nil for the weight alone.
        public var key: PlainKey?
        /// How many hits to pass over.
        public var offset = 0
        /// The most hits to return.
        public var limit = 0
        /// Whether of each report only the first hit is kept.
        public var isByReport = false
        /// Whether the documents of reports are asked instead of those of passages; they have the terms
        /// and numbers of reports, and no texts.
        public var isOfReportDocuments = false
        /// The slots of which the values are read.
        public var slots: [UInt32] = []
        /// What matches are counted by.
        public var counted: [CountedBy] = []

        /// Makes a request that only counts.
        public init(_ query: PlainQuery) { self.query = query }
    }

    /// What matches are counted by.
    public enum CountedBy: Sendable, Hashable {
        /// Reports.
        case reports
        /// Reports with who and what they are: see ``CountedReport``.
        case heads
        /// Sections and reports.
        case sections
    }

    /// A report, and how many of its passages match.
    public struct CountedReport: Sendable, Hashable {
        /// What the counted slot has of it, in parts: its id; or with ``CountedBy/heads`` its id, agency,
        /// province, city, county, year and form, empty where not known; or with
        /// ``CountedBy/sections`` the section and its id.
        public let parts: [String]
        /// How many passages.
        public let passages: Int
    }

    /// A passage that was found.
    public struct Hit: Sendable {
        /// The most that it can weigh.
        public let bound: Double
        /// Its key; nil when it has none.
        public let key: Double?
        /// What is stored of it.
        public let passage: PlainPassage
        /// The numbers in the slots asked for.
        public let numbers: [UInt32: Double]
    }

    /// The hits, and how many there are.
    public struct Page: Sendable {
        /// How many passages match, exactly.
        public let total: Int
        /// The hits.
        public let hits: [Hit]
        /// The counts, in the order of ``Request/counted``.
        public let counts: [[CountedReport]]
    }

    /// Finds passages.
    public func search(_ request: Request) throws(ServerError) -> Page {
        let options = options(request)
        let found = try asking { () throws(XapianError) in
            try database.search(weighed(request), options)
        }
        // Of reports the passages that stand for them are counted; nobody asks for that.
        guard let exact = request.isByReport ? found.count.estimate : found.count.exact else {
            throw ServerError(.wrongAnswer, name, "the number of matches is not exact")
        }
        var hits: [Hit] = []
        for match in found.matches {
            guard let passage = PlainPassage(match.data) else {
                throw ServerError(.wrongAnswer, name, "the data of a document are no passage")
            }
            var numbers: [UInt32: Double] = [:]
            for slot in request.slots {
                if let number = match.number(inSlot: slot), number.isFinite {
                    numbers[slot] = number
                }
            }
            hits.append(
                Hit(
                    bound: match.weight,
                    key: request.key.flatMap { match.number(inSlot: $0.slot) }, passage: passage,
                    numbers: numbers))
        }
        return Page(
            total: exact, hits: hits,
            counts: found.valueCounts.map { $0.elements.map(CountedReport.init) })
    }

    /// A report that was found.
    public struct FoundReport: Sendable {
        /// What is stored of it.
        public let report: PlainReport
        /// The numbers in the slots asked for.
        public let numbers: [UInt32: Double]
    }

    /// Finds reports, by documents of their own or by passages of theirs.
    public func reports(_ request: Request) throws(ServerError) -> [FoundReport] {
        let options = options(request)
        let found = try asking { () throws(XapianError) in
            try database.search(weighed(request), options)
        }
        var reports: [FoundReport] = []
        for match in found.matches {
            guard let report = PlainReport(match.data) else {
                throw ServerError(.wrongAnswer, name, "the data of a document are no report")
            }
            var numbers: [UInt32: Double] = [:]
            for slot in request.slots {
                if let number = match.number(inSlot: slot), number.isFinite {
                    numbers[slot] = number
                }
            }
            reports.append(FoundReport(report: report, numbers: numbers))
        }
        return reports
    }

    /// The ids of reports that begin so, ascending; at most so many.
    public func ids(beginning start: String, limit: Int) throws(ServerError) -> [String] {
        let prefix = PlainSchema.term(.group, start)
        return try asking { () throws(XapianError) in
            try database.terms(withPrefix: prefix, limit: limit).elements.map {
                String(decoding: $0.term.dropFirst(), as: UTF8.self)
            }
        }
    }

    private func options(_ request: Request) -> SearchOptions {
        var options = SearchOptions(offset: request.offset, limit: request.limit)
        let long = request.k1 * request.b * lengthRatio(request)
        let k1 = request.k1 * (1 - request.b) + long
        options.weighting =
            request.weights.isEmpty
            ? .boolean
            : .bm25(k1: k1, k2: 0, k3: 0, b: k1 > 0 ? long / k1 : 0, minimumNormalizedLength: 0)
        if let key = request.key {
            options.order = .keysThenRelevance([
                SortKey(
                    slot: key.slot, isDescending: key.isDescending,
                    isMissingLast: key.isDescending)
            ])
        }
        options.checkAtLeast = .max
        options.fetchesData = request.limit > 0
        options.fetchedSlots = request.slots + (request.key.map { [$0.slot] } ?? [])
        options.countedSlots = request.counted.map { counted in
            switch counted {
            case .reports: PlainSchema.Slot.report
            case .heads: PlainSchema.Slot.head
            case .sections: PlainSchema.Slot.section
            }
        }
        if request.isByReport { options.collapse = .init(slot: PlainSchema.Slot.report) }
        return options
    }

    /// The mean length that libxapian divides by, of all documents, of which reports have none, beside
    /// that which is asked for.
    private func lengthRatio(_ request: Request) -> Double {
        let ratio = Double(max(1, passageCount)) / Double(max(1, documentCount))
        guard let wanted = request.averageLength, wanted > 0, totalLength > 0 else { return ratio }
        return ratio * (totalLength / Double(max(1, passageCount))) / wanted
    }

    /// The query with its weights: those of terms, scaled so that an occurrence weighs what it should.
    private func weighed(_ request: Request) throws(XapianError) -> Query {
        let query = try request.query.xapian(
            of: request.isOfReportDocuments ? .report : .passage)
        guard !request.weights.isEmpty else { return query }
        var terms: [Query] = []
        let k1 =
            request.k1 * (1 - request.b) + request.k1 * request.b * lengthRatio(request)
        for weight in request.weights {
            let own = Self.rarity(of: weight.frequency, in: documentCount) * (k1 + 1)
            guard own > 0, weight.weight > 0 else { continue }
            terms.append(
                try .scale(.term(weight.term), by: weight.weight * (request.k1 + 1) / own))
        }
        let filter = try Query.scale(query, by: 0)
        return terms.isEmpty ? filter : try .andMaybe(filter, .or(terms))
    }

    /// The rarity of a term as libxapian's BM25 reckons it.
    private static func rarity(of frequency: Int, in documents: Int) -> Double {
        let ratio = (Double(documents - frequency) + 0.5) / (Double(frequency) + 0.5)
        return log(ratio < 2 ? ratio / 2 + 1 : ratio)
    }
}

extension PlainServers.CountedReport {
    /// What stands in a slot.
    fileprivate init(_ counted: ValueCounts.Element) {
        let text = String(decoding: counted.value, as: UTF8.self)
        parts = text.unicodeScalars.split(
            separator: PlainSchema.separator, omittingEmptySubsequences: false
        ).map { String($0) }
        passages = counted.count
    }
}
