import SegmentStore

/// Measures how much of a text stands in another, boilerplate aside.
struct CopyMeasure {
    /// The fingerprints that are boilerplate.
    private let boilerplate: Set<UInt32>
    private var table: [UInt64] = []

    /// How much of a report's text another one has; counts are of letters, ideographs and numbers.
    struct Share {
        /// Of what is no boilerplate, what both have.
        var shared = 0
        /// What is no boilerplate.
        var own = 0
        /// What is.
        var boilerplate = 0

        /// The share, from 0 to 1.
        var value: Double { own == 0 ? 0 : Double(shared) / Double(own) }
    }

    /// A stretch that two reports share.
    struct Run {
        let length: Int
        /// The passage that holds it, from 0, and where in its folded text.
        let passage: Int
        let folded: Range<Int>
        /// The passage of the other report that holds its beginning, from 0.
        let otherPassage: Int
    }

    init(boilerplate: Set<UInt32>) { self.boilerplate = boilerplate }

    /// How much of a text's folded passages another one has.
    mutating func share(_ text: [[UInt32]], _ other: [[UInt32]]) -> Share {
        fill(other)
        var share = Share()
        for passage in text {
            let signs = Fingerprints.signs(of: passage).values
            let hashes = Fingerprints.hashes(of: signs)
            let isCommon = isBoilerplate(hashes, count: signs.count)
            var isShared = [Bool](repeating: false, count: signs.count)
            for run in stretches(hashes) { for place in run { isShared[place] = true } }
            for place in signs.indices {
                if isCommon[place] {
                    share.boilerplate += 1
                } else {
                    share.own += 1
                    if isShared[place] { share.shared += 1 }
                }
            }
        }
        return share
    }

    /// The stretches of a text that another one has and that are not boilerplate for the greater part,
    /// longest first.
    mutating func runs(_ text: [[UInt32]], _ other: [[UInt32]]) -> [Run] {
        fill(other)
        var whereFirst: [UInt64: Int] = [:]
        for (number, passage) in other.enumerated() {
            for hash in Fingerprints.hashes(of: Fingerprints.signs(of: passage).values)
            where whereFirst[hash] == nil {
                whereFirst[hash] = number
            }
        }
        var runs: [Run] = []
        for (number, passage) in text.enumerated() {
            let (signs, places) = Fingerprints.signs(of: passage)
            let hashes = Fingerprints.hashes(of: signs)
            let isCommon = isBoilerplate(hashes, count: signs.count)
            for run in stretches(hashes) where 2 * run.count(where: { isCommon[$0] }) < run.count {
                guard let target = whereFirst[hashes[run.lowerBound]] else { continue }
                runs.append(
                    Run(
                        length: run.count, passage: number,
                        folded: places[run.lowerBound]..<places[run.upperBound - 1] + 1,
                        otherPassage: target))
            }
        }
        return runs.sorted {
            ($1.length, $0.passage, $0.folded.lowerBound)
                < ($0.length, $1.passage, $1.folded.lowerBound)
        }
    }

    /// The signs of a passage whose pieces the other text has, as stretches that are long enough.
    private func stretches(_ hashes: [UInt64]) -> [Range<Int>] {
        var stretches: [Range<Int>] = []
        var start: Int?
        for place in 0...hashes.count {
            let isThere = place < hashes.count && contains(hashes[place])
            if isThere {
                start = start ?? place
            } else if let first = start {
                let end = place + Fingerprints.length - 1
                if end - first >= Self.shortest { stretches.append(first..<end) }
                start = nil
            }
        }
        return stretches
    }

    /// A stretch of fewer signs is no copy.
    private static let shortest = 10

    /// For each sign of a passage whether it is boilerplate: what the nearest fingerprint says.
    private func isBoilerplate(_ hashes: [UInt64], count: Int) -> [Bool] {
        var isCommon = [Bool](repeating: false, count: count)
        guard !boilerplate.isEmpty else { return isCommon }
        var last: (place: Int, isCommon: Bool)?
        var reached = 0
        func mark(to end: Int, _ value: Bool) {
            for place in reached..<max(reached, end) { isCommon[place] = value }
            reached = max(reached, end)
        }
        for (place, hash) in hashes.enumerated() where Fingerprints.isKept(hash) {
            let value = boilerplate.contains(Fingerprints.stored(hash))
            if let last {
                let end = last.place + Fingerprints.length
                mark(to: end + max(0, place - end) / 2, last.isCommon)
            }
            mark(to: place, value)
            last = (place, value)
        }
        if let last { mark(to: count, last.isCommon) }
        return isCommon
    }

    // MARK: The pieces of the other text

    /// Puts the hashes of a text's pieces into the table: open addressing, 0 for an empty slot.
    private mutating func fill(_ passages: [[UInt32]]) {
        let hashes = passages.flatMap { Fingerprints.hashes(of: Fingerprints.signs(of: $0).values) }
        var size = 1_024
        while size < 2 * hashes.count { size *= 2 }
        table = Array(repeating: 0, count: size)
        for hash in hashes where hash != 0 {
            var slot = Int(truncatingIfNeeded: hash) & (size - 1)
            while table[slot] != 0, table[slot] != hash { slot = (slot + 1) & (size - 1) }
            table[slot] = hash
        }
    }

    private func contains(_ hash: UInt64) -> Bool {
        var slot = Int(truncatingIfNeeded: hash) & (table.count - 1)
        while table[slot] != 0 {
            if table[slot] == hash { return true }
            slot = (slot + 1) & (table.count - 1)
        }
        return false
    }
}
