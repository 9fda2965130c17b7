/// Which reports have which fingerprints, without those of one report alone and those that very many
/// agencies have.
///
/// Fingerprints are sorted some millions at a time, by parts of their range, so that memory does not
/// grow with what is dropped.
struct FingerprintIndex {
    /// The fingerprints that more agencies have than are allowed.
    private(set) var boilerplate: Set<UInt32> = []
    /// For each report how many fingerprints it has that are no boilerplate.
    private var own: [UInt32]
    /// The reports of each shared fingerprint, end to end, ascending.
    private var holders: [UInt32] = []
    private var starts: [Int] = [0]

    init(
        count: Int, agency: (Int) -> Int, mostAgencies: Int, mostAtOnce: Int,
        fingerprints: (Int) -> [UInt32]
    ) {
        own = Array(repeating: 0, count: count)
        // The sample is even over the range of stored hashes.
        var total = 0
        for report in 0..<count { total += fingerprints(report).count }
        let parts = UInt64(max(1, (total + mostAtOnce - 1) / mostAtOnce))
        for part in 0..<parts {
            var entries: [UInt64] = []
            entries.reserveCapacity(total / Int(parts) + 1_024)
            for report in 0..<count {
                for print in fingerprints(report) where (UInt64(print) &* parts) >> 32 == part {
                    entries.append(UInt64(print) << 32 | UInt64(report))
                }
            }
            entries.sort()
            take(entries, agency, mostAgencies)
        }
    }

    /// Takes the sorted fingerprints of a part of the range.
    private mutating func take(
        _ entries: [UInt64], _ agency: (Int) -> Int, _ mostAgencies: Int
    ) {
        var start = 0
        while start < entries.count {
            let print = UInt32(entries[start] >> 32)
            var end = start
            var reports: [UInt32] = []
            var agencies: Set<Int> = []
            while end < entries.count, UInt32(entries[end] >> 32) == print {
                let report = UInt32(truncatingIfNeeded: entries[end])
                if reports.last != report {
                    reports.append(report)
                    if agencies.count <= mostAgencies { agencies.insert(agency(Int(report))) }
                }
                end += 1
            }
            start = end
            if agencies.count > mostAgencies {
                boilerplate.insert(print)
                continue
            }
            for report in reports { own[Int(report)] += 1 }
            guard reports.count > 1 else { continue }
            holders += reports
            starts.append(holders.count)
        }
    }

    /// Calls `body` with each pair of reports that share at least a part of the fingerprints of one of
    /// them, the lower one first.
    ///
    /// - Parameters:
    ///   - isWanted: whether two reports are to be compared.
    ///   - least: the least part, from 0 to 1.
    func forEachPair(
        where isWanted: (Int, Int) -> Bool, least: Double, _ body: (Int, Int) throws -> Void
    ) rethrows {
        let count = own.count
        // Of each report the shared fingerprints that it holds.
        var places = [Int](repeating: 0, count: count + 1)
        for report in holders { places[Int(report) + 1] += 1 }
        for report in 0..<count { places[report + 1] += places[report] }
        var next = places
        var groups = [UInt32](repeating: 0, count: holders.count)
        for group in 0..<starts.count - 1 {
            for place in starts[group]..<starts[group + 1] {
                let report = Int(holders[place])
                groups[next[report]] = UInt32(group)
                next[report] += 1
            }
        }
        var shared = [UInt16](repeating: 0, count: count)
        var met: [Int] = []
        for report in 0..<count {
            for place in places[report]..<places[report + 1] {
                let group = Int(groups[place])
                for holder in starts[group]..<starts[group + 1] {
                    let other = Int(holders[holder])
                    guard other > report, shared[other] > 0 || isWanted(report, other) else {
                        continue
                    }
                    if shared[other] == 0 { met.append(other) }
                    if shared[other] < .max { shared[other] += 1 }
                }
            }
            for other in met.sorted() {
                let fewest = min(own[report], own[other])
                if shared[other] >= 2, Double(shared[other]) >= least * Double(fewest) {
                    try body(report, other)
                }
                shared[other] = 0
            }
            met.removeAll(keepingCapacity: true)
        }
    }
}
