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
    /// The place of each spelling among all in their order; not of all when some were added since.
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
        let keys = some.map { labels[$0].map { SortedName($0) } }
        return some.indices.sorted { one, other in
            guard let key = keys[one], let otherKey = keys[other] else { return keys[one] != nil }
            return key < otherKey
        }.map { some[$0] }
    }

    /// Counts reports by their values, each under the spelling that most passages have; in the order
    /// of these, the unknown one last.
    ///
    /// - Parameters:
    ///   - reports: reports, each with the number of its passages that match.
    ///   - code: the code of a report at a place, below ``count``.
    func counts(of reports: [ReportMatch], code: (Int) -> Int) -> [Facet.Count] {
        var passages = [Int](repeating: 0, count: labels.count)
        var counts = passages
        for report in reports {
            let number = Int(numbers[code(report.place)])
            passages[number] += report.passages
            counts[number] += 1
        }
        // For each value its spelling, one more than its number, and what all its spellings have.
        var chosen = [Int](repeating: 0, count: valueCount)
        var sums = [(passages: Int, reports: Int)](
            repeating: (0, 0), count: valueCount)
        for number in labels.indices where counts[number] > 0 {
            let value = Int(values[number])
            sums[value].passages += passages[number]
            sums[value].reports += counts[number]
            if chosen[value] == 0 || isBetter(number, than: chosen[value] - 1, passages) {
                chosen[value] = number + 1
            }
        }
        return inOrder(chosen.filter { $0 > 0 }.map { $0 - 1 }).map { label in
            let sum = sums[Int(values[label])]
            return Facet.Count(
                value: labels[label], passages: sum.passages, reports: sum.reports)
        }
    }

    /// Whether more passages have a spelling than another; of equals the first in order.
    private func isBetter(_ one: Int, than other: Int, _ passages: [Int]) -> Bool {
        passages[one] != passages[other]
            ? passages[one] > passages[other] : (labels[one] ?? "") < (labels[other] ?? "")
    }
}
