import GramIndex

/// The names that belong to reports.
final class NameColumn {
    /// For each report the number of its names.
    private let groups: BlockFile.Column
    /// The names by number, folded, each ended by a zero byte.
    private let names: BlockFile.Column
    /// Where the names of each number begin.
    private let starts: BlockFile.Column
    private let reportCount: Int

    init(
        groups: BlockFile.Column, names: BlockFile.Column, starts: BlockFile.Column,
        reportCount: Int
    ) {
        self.groups = groups
        self.names = names
        self.starts = starts
        self.reportCount = reportCount
    }

    /// The number of a report's names.
    func group(ofReport report: Int) -> Int? {
        groups.number(at: 4 * report, size: 4).map(Int.init)
    }

    func range(ofGroup group: Int) -> Range<Int>? {
        guard let start = starts.number(at: 4 * group, size: 4),
            let end = starts.number(at: 4 * group + 4, size: 4), start <= end
        else { return nil }
        return Int(start)..<Int(end)
    }

    /// All names, folded, as UTF-8: as text they would be compared by their normal forms.
    var all: Set<[UInt8]> {
        names.withSpan { bytes in
            var all: Set<[UInt8]> = []
            var name: [UInt8] = []
            for index in bytes.indices {
                if bytes[index] == 0 {
                    all.insert(name)
                    name.removeAll(keepingCapacity: true)
                } else {
                    name.append(bytes[index])
                }
            }
            return all
        }
    }

    /// Whether a name with some number holds a folded text; no text stands for no name at all.
    func group(_ group: Int, holds wanted: [UInt8]) -> Bool {
        guard let range = range(ofGroup: group) else { return false }
        if wanted.isEmpty { return range.isEmpty }
        return names.firstOffset(of: wanted, from: range.lowerBound, before: range.upperBound)
            != nil
    }

    /// Where the names of a number begin; beyond all when there is no such number.
    private func start(ofGroup group: Int) -> Int {
        group < groupCount
            ? Int(clamping: starts.number(at: 4 * group, size: 4) ?? .max) : .max
    }

    /// How many numbers there are.
    var groupCount: Int { max(0, starts.count / 4 - 1) }

    /// The numbers that have a name holding a folded text; no text stands for no name at all.
    private func groups(holding wanted: [UInt8]) -> [Int] {
        if wanted.isEmpty {
            return (0..<groupCount).filter { range(ofGroup: $0)?.isEmpty ?? false }
        }
        var found: [Int] = []
        var place = 0
        while let name = names.firstOffset(of: wanted, from: place) {
            // The number whose names reach over the place: in steps that double, then in halves.
            var low = found.last ?? 0
            var step = 1
            while start(ofGroup: low + step) <= name { (low, step) = (low + step, 2 * step) }
            var high = min(groupCount, low + step)
            while low + 1 < high {
                let middle = (low + high) / 2
                if start(ofGroup: middle) <= name { low = middle } else { high = middle }
            }
            guard low < groupCount, let range = range(ofGroup: low), range.upperBound > name else {
                break
            }
            found.append(low)
            place = range.upperBound
        }
        return found
    }

    /// The reports in the order of their numbers, and for each number where its reports begin: names
    /// that are asked for are those of few reports.
    private lazy var reportsByGroup: (reports: [UInt32], starts: [Int]) = {
        var starts = [Int](repeating: 0, count: groupCount + 1)
        let known = (0..<reportCount).map { report -> Int? in
            group(ofReport: report).flatMap { $0 < groupCount ? $0 : nil }
        }
        for case let group? in known { starts[group + 1] += 1 }
        for group in 0..<groupCount { starts[group + 1] += starts[group] }
        var ends = starts
        var reports = [UInt32](repeating: 0, count: starts[groupCount])
        for (report, group) in known.enumerated() {
            guard let group else { continue }
            reports[ends[group]] = UInt32(report)
            ends[group] += 1
        }
        return (reports, starts)
    }()

    /// The reports that have a name holding a folded text.
    func reports(holding wanted: [UInt8]) -> BitSet {
        var found = BitSet(below: reportCount)
        let (reports, starts) = reportsByGroup
        for group in groups(holding: wanted) {
            found.formUnion(reports[starts[group]..<starts[group + 1]])
        }
        return found
    }
}
