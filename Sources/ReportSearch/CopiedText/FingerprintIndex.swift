/// Which reports have which fingerprints, to find the pairs that are worth comparing.
///
/// A fingerprint is a piece of text that is kept because of its own hash, so that every text that holds
/// the piece has the fingerprint: such a sample tells without bias how much of one text stands in
/// another (Broder, "On the resemblance and containment of documents", 1997).
struct FingerprintIndex {
    /// For each report how many fingerprints it has.
    private var own: [UInt32]
    /// The reports of each shared fingerprint, end to end, ascending.
    private var holders: [UInt32] = []
    private var starts: [Int] = [0]

    /// - Parameters:
    ///   - entries: the lower 32 bits of a fingerprint above the number of a report that has it.
    ///   - count: how many reports there are.
    init(_ entries: consuming [UInt64], count: Int) {
        own = [UInt32](repeating: 0, count: count)
        entries.sort()
        var start = 0
        while start < entries.count {
            let print = entries[start] >> 32
            let first = holders.count
            var end = start
            while end < entries.count, entries[end] >> 32 == print {
                let report = UInt32(truncatingIfNeeded: entries[end])
                if holders.count == first || holders[holders.count - 1] != report {
                    holders.append(report)
                    own[Int(report)] += 1
                }
                end += 1
            }
            start = end
            if holders.count > first + 1 {
                starts.append(holders.count)
            } else {
                holders.removeLast(holders.count - first)
            }
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
        let (groups, firsts) = groupsByReport
        var shared = [UInt16](repeating: 0, count: own.count)
        var met: [Int] = []
        for report in own.indices {
            for index in firsts[report]..<firsts[report + 1] {
                let group = Int(groups[index])
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
                let fewest = Int(min(own[report], own[other]))
                if Int(shared[other]) >= (fewest < Self.few ? 1 : 2),
                    Double(shared[other]) >= least * Double(fewest)
                {
                    try body(report, other)
                }
                shared[other] = 0
            }
            met.removeAll(keepingCapacity: true)
        }
    }

    /// Of a report with fewer fingerprints one that is shared is enough.
    private static let few = 12

    /// The shared fingerprints of each report, end to end, and where those of each begin.
    private var groupsByReport: (groups: [UInt32], firsts: [Int]) {
        var firsts = [Int](repeating: 0, count: own.count + 1)
        for report in holders { firsts[Int(report) + 1] += 1 }
        for report in own.indices { firsts[report + 1] += firsts[report] }
        var next = firsts
        var groups = [UInt32](repeating: 0, count: holders.count)
        for group in 0..<starts.count - 1 {
            for index in starts[group]..<starts[group + 1] {
                let report = Int(holders[index])
                groups[next[report]] = UInt32(group)
                next[report] += 1
            }
        }
        return (groups, firsts)
    }
}
