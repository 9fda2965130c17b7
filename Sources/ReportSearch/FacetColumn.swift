/// The values of a field, by the codes that stand for them in a column.
///
/// Several codes may stand for one spelling, and several spellings are one value where they differ only
/// in their script.
struct FacetColumn {
    /// The number of each code's spelling.
    private var numbers: [Int32] = []
    /// The spellings; nil is that of an unknown value.
    private var labels: [String?] = []
    /// For each spelling the number of its value.
    private var values: [Int32] = []
    private var valueCount = 0
    /// The rank of each spelling among all in their order; not of all when some were added since.
    private var ranks: [Int32] = []
    private var numberOfLabel: [String?: Int32] = [:]
    private var valueOfName: [String?: Int32] = [:]

    /// A column with a code for each label, from 0.
    init(_ labels: [String?] = []) {
        for label in labels { append(label) }
    }

    /// How many codes there are.
    var count: Int { numbers.count }

    /// Adds the label of the next code.
    mutating func append(_ label: String?) {
        if let number = numberOfLabel[label] { return numbers.append(number) }
        let name = label.map(folded)
        let value = valueOfName[name] ?? Int32(valueOfName.count)
        valueOfName[name] = value
        append(label, value: value)
        numberOfLabel[label] = numbers.last
    }

    /// Adds the label of the next code, which no other code has, and the number of its value.
    mutating func append(_ label: String?, value: Int32) {
        numbers.append(Int32(labels.count))
        labels.append(label)
        values.append(value)
        valueCount = max(valueCount, Int(value) + 1)
    }

    /// Puts all spellings in order, so that many of them are sorted faster.
    mutating func rank() {
        guard ranks.count < labels.count else { return }
        let order = inOrder(Array(labels.indices))
        ranks = [Int32](repeating: 0, count: labels.count)
        for (rank, label) in order.enumerated() { ranks[label] = Int32(rank) }
    }

    /// Some spellings in order, the unknown one last.
    private func inOrder(_ some: [Int]) -> [Int] {
        if ranks.count == labels.count { return some.sorted { ranks[$0] < ranks[$1] } }
        return NameOrder.sorted(some.map { labels[$0] }).map { some[$0] }
    }

    /// Counts reports by their values, each under the spelling that most passages have; in the order
    /// of these, the unknown one last.
    ///
    /// - Parameters:
    ///   - reports: reports, each with the number of its passages that match.
    ///   - code: the code of the report with an index, below ``count``.
    func counts(of reports: [ReportMatch], code: (Int) -> Int) -> [Facet.Count] {
        var tallies = [Tally](repeating: Tally(), count: labels.count)
        for report in reports {
            let number = Int(numbers[code(report.index)])
            tallies[number].passages += report.passages
            tallies[number].reports += 1
        }
        return counts(of: tallies)
    }

    /// Adds up what was counted of different reports, in the order of ``counts(of:code:)``.
    static func sum(_ counts: [Facet.Count]) -> [Facet.Count] {
        let spellings = counts.flatMap { $0.spellings.isEmpty ? [$0] : $0.spellings }
        let column = FacetColumn(spellings.map(\.value))
        var tallies = [Tally](repeating: Tally(), count: column.labels.count)
        for (number, count) in zip(column.numbers, spellings) {
            tallies[Int(number)].passages += count.passages
            tallies[Int(number)].reports += count.reports
        }
        return column.counts(of: tallies)
    }

    /// What has a spelling.
    private struct Tally {
        var passages = 0
        var reports = 0
    }

    private func counts(of tallies: [Tally]) -> [Facet.Count] {
        // For each value its spelling, one more than its number, and what all its spellings have.
        var chosen = [Int](repeating: 0, count: valueCount)
        var sums = [Tally](repeating: Tally(), count: valueCount)
        var spellings: [Int: [Int]] = [:]
        for number in labels.indices where tallies[number].reports > 0 {
            let value = Int(values[number])
            sums[value].passages += tallies[number].passages
            sums[value].reports += tallies[number].reports
            if chosen[value] == 0 {
                chosen[value] = number + 1
                continue
            }
            spellings[value, default: [chosen[value] - 1]].append(number)
            if isBetter(number, than: chosen[value] - 1, tallies) { chosen[value] = number + 1 }
        }
        func count(_ label: Int, _ tally: Tally) -> Facet.Count {
            Facet.Count(value: labels[label], passages: tally.passages, reports: tally.reports)
        }
        return inOrder(chosen.filter { $0 > 0 }.map { $0 - 1 }).map { label in
            let value = Int(values[label])
            var sum = count(label, sums[value])
            sum.spellings = spellings[value, default: []].map { count($0, tallies[$0]) }
            return sum
        }
    }

    /// Whether more passages have a spelling than another; of equals the first in order.
    private func isBetter(_ one: Int, than other: Int, _ tallies: [Tally]) -> Bool {
        tallies[one].passages != tallies[other].passages
            ? tallies[one].passages > tallies[other].passages
            : (labels[one] ?? "") < (labels[other] ?? "")
    }
}
