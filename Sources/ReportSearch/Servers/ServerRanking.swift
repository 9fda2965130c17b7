import PlainXapian
import ReportModel
import SegmentStore

/// A passage that servers found.
struct ServerHit {
    /// What is stored of it.
    let stored: PlainPassage
    /// Its text, folded too.
    let text: UnfoldedText
    /// What it weighs.
    let score: Double
    /// What it is sorted by before; nil when it has none.
    let key: Double?
    /// The numbers in the slots asked for.
    let numbers: [UInt32: Double]

    /// The value of a statistic; nil when it is not known.
    func value(of statistic: Statistic) -> Double? {
        guard let slot = PlainSchema.slot(of: statistic) else { return nil }
        return statistic.isCell
            ? stored.value(ofField: Int(slot), stored: numbers[slot]) : numbers[slot]
    }
}

/// Brings the passages that servers find into the order of an index.
///
/// A server weighs a passage by how often a pair of each word's characters stands in it: no less than
/// the words do. So no passage weighs more than the server says, and nothing that it would list later
/// comes before what was read, once that weighs as much: mostly with the first answer.
struct ServerRanking {
    private let request: SearchRequest
    private let isByReport: Bool
    private let slots: [UInt32]
    private let tiers: [Tier]
    /// What passages weigh; nil when they weigh nothing.
    var weights: ServerWeights?

    /// Passages that come before all those of the next tier.
    private struct Tier {
        let query: PlainQuery
        var key: PlainKey?
        /// Whether only words that stand near each other make them weigh more than servers say.
        var isWithoutWhole = false
    }

    /// The most passages that are read beyond those wanted, to find out which are the first; and at
    /// once.
    static let mostRead = 2_000
    /// The fewest hits among which copies are looked for, as an index does.
    private static let leastJoined = 40

    init(
        _ plan: ServerPlan, _ request: SearchRequest, statistics: [Statistic], isByReport: Bool
    ) {
        self.request = request
        self.isByReport = isByReport
        slots = statistics.compactMap(PlainSchema.slot(of:))
        tiers = Self.tiers(plan, request.order)
    }

    private static func tiers(_ plan: ServerPlan, _ order: SortOrder) -> [Tier] {
        func tier(_ query: PlainQuery, _ key: PlainKey? = nil) -> Tier {
            Tier(query: .all([plan.query, query]), key: key)
        }
        switch order {
        case .relevance:
            guard let whole = plan.whole else { return [Tier(query: plan.query)] }
            let first = tier(.text(.passage, whole))
            var second = tier(.not(.text(.passage, whole)))
            second.isWithoutWhole = true
            return [first, second]
        case .year(let isDescending):
            let known = PlainQuery.years(from: nil, through: nil)
            return [tier(known, .year(isDescending: isDescending)), tier(.not(known))]
        case .statistic(let statistic, let isDescending):
            guard let slot = PlainSchema.slot(of: statistic) else { return [] }
            let key = PlainKey(slot: slot, isDescending: isDescending)
            let known = PlainQuery.numbers(slot: slot, from: nil, through: nil)
            guard statistic.isCell else { return [tier(known, key), tier(.not(known))] }
            let positive = tier(.numbers(slot: slot, from: 0, through: nil), key)
            let zero = PlainQuery.zero(cell: Int(slot))
            let negative = tier(.numbers(slot: slot, from: nil, through: 0), key)
            let ranked = [positive, tier(zero), negative]
            return (isDescending ? ranked : ranked.reversed())
                + [tier(.not(.any([known, zero])))]
        }
    }

    /// The first hits, so many that the page is full while there are some; those before the page too
    /// where copies are joined, else only after as many as the offset says.
    ///
    /// - Parameter search: asks the servers.
    func hits(
        _ search: (PlainServers.Request) throws -> PlainServers.Page
    ) throws -> [ServerHit] {
        var wanted =
            request.limit == 0
            ? Int.max : request.offset.addingReportingOverflow(request.limit).partialValue
        if request.joinsCopies, request.limit > 0 {
            wanted = max(Self.leastJoined, min(wanted, .max / 8) * 4)
        }
        var found: [ServerHit] = []
        for tier in tiers where found.count < wanted {
            found += try first(wanted - found.count, of: tier, search)
        }
        return found
    }

    private func first(
        _ wanted: Int, of tier: Tier, _ search: (PlainServers.Request) throws -> PlainServers.Page
    ) throws -> [ServerHit] {
        var asking = PlainServers.Request(tier.query)
        asking.key = tier.key
        asking.slots = slots
        asking.isByReport = isByReport
        asking.weights = weights?.bounds ?? []
        (asking.k1, asking.b) = (Scoring.k1, Scoring.b)
        asking.averageLength = weights?.scoring.averageLength
        asking.limit = min(wanted, Self.mostRead)
        var read: [ServerHit] = []
        while true {
            asking.offset = read.count
            let page = try search(asking)
            read += try page.hits.map(hit)
            let isAll = page.hits.count < asking.limit || read.count >= page.total && !isByReport
            if isAll || settled(read, before: page.hits.last, tier) >= wanted {
                return Array(ordered(read).prefix(wanted))
            }
            let isEnough = read.count >= wanted && read.count - wanted >= Self.mostRead
            if isEnough, weights != nil {
                throw SearchError.tooManyToRank(page.total)
            }
            asking.limit = min(max(10, read.count), Self.mostRead)
        }
    }

    private func hit(_ found: PlainServers.Hit) throws -> ServerHit {
        let text = UnfoldedText(folding: found.passage.passage.text)
        var score = 0.0
        if let weights {
            let folded = String(
                String.UnicodeScalarView(text.foldedScalars.compactMap(Unicode.Scalar.init)))
            score = try weights.weight(
                ofFolded: Array(folded.utf8), length: found.passage.length)
        }
        return ServerHit(
            stored: found.passage, text: text, score: score, key: found.key, numbers: found.numbers)
    }

    /// How many of the hits come before all that were not read.
    private func settled(
        _ read: [ServerHit], before last: PlainServers.Hit?, _ tier: Tier
    ) -> Int {
        guard let weights, let last else { return read.count }
        let boosts =
            tier.isWithoutWhole ? weights.proximityBoosts : weights.boosts
        // What servers reckon is rounded otherwise.
        let most = (last.bound + boosts) * (1 - 1e-9) - 1e-6
        return read.count { $0.key != last.key || $0.score >= most }
    }

    /// The hits in their order: by their keys, which servers keep, then by what they weigh.
    private func ordered(_ read: [ServerHit]) -> [ServerHit] {
        guard weights != nil else { return read }
        var ordered: [ServerHit] = []
        var start = 0
        while start < read.count {
            var end = start + 1
            while end < read.count, read[end].key == read[start].key { end += 1 }
            let run = read.indices[start..<end].sorted { one, other in
                (read[other].score, one) < (read[one].score, other)
            }
            ordered += run.map { read[$0] }
            start = end
        }
        return ordered
    }
}
