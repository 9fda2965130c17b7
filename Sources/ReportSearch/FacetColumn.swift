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

    /// Counts reports by their values, each under the spelling that most passages have.
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
        return chosen.indices.filter { chosen[$0] > 0 }.map { value in
            Facet.Count(
                value: labels[chosen[value] - 1], passages: sums[value].passages,
                reports: sums[value].reports)
        }
    }

    /// Whether more passages have a spelling than another; of equals the first in order.
    private func isBetter(_ one: Int, than other: Int, _ passages: [Int]) -> Bool {
        passages[one] != passages[other]
            ? passages[one] > passages[other] : (labels[one] ?? "") < (labels[other] ?? "")
    }
}
