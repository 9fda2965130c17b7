/// The values of reports in one field: a number for each spelling.
struct FacetColumn {
    /// The number of a report whose value is not known yet.
    static let unread: Int32 = -1

    /// The number of each report's spelling.
    private(set) var numbers: [Int32]
    /// The spellings; nil is that of an unknown value.
    private var labels: [String?] = []
    /// For each spelling the number of its value: names that differ only in their script are one.
    private var values: [Int32] = []
    private var numberOfLabel: [String?: Int32] = [:]
    private var valueOfName: [String?: Int32] = [:]

    /// A column of which nothing is known.
    init(reportCount: Int) {
        numbers = [Int32](repeating: Self.unread, count: reportCount)
    }

    /// A column of which everything is known.
    init(_ labels: [String?]) {
        self.init(reportCount: labels.count)
        for (place, label) in labels.enumerated() { set(label, at: place) }
    }

    /// A column of values that are stored as numbers.
    init(_ stored: [Int], label: (Int) -> String?) {
        self.init(reportCount: stored.count)
        var known: [Int: Int32] = [:]
        for (place, value) in stored.enumerated() {
            if let number = known[value] {
                numbers[place] = number
            } else {
                set(label(value), at: place)
                known[value] = numbers[place]
            }
        }
    }

    /// Sets the value of a report.
    mutating func set(_ label: String?, at place: Int) {
        if let number = numberOfLabel[label] {
            numbers[place] = number
            return
        }
        let number = Int32(labels.count)
        let name = label.map(folded)
        let value = valueOfName[name] ?? Int32(valueOfName.count)
        valueOfName[name] = value
        numberOfLabel[label] = number
        labels.append(label)
        values.append(value)
        numbers[place] = number
    }

    /// Counts reports by their values, each under the spelling that most passages have.
    ///
    /// - Parameter reports: the places of reports whose values are known, each with the number of
    ///   its passages that match.
    func counts(of reports: [(place: Int, passages: Int)]) -> [Facet.Count] {
        var passages = [Int](repeating: 0, count: labels.count)
        var counts = passages
        for report in reports {
            let number = Int(numbers[report.place])
            passages[number] += report.passages
            counts[number] += 1
        }
        var spellings = [[Int]](repeating: [], count: valueOfName.count)
        for number in labels.indices where counts[number] > 0 {
            spellings[Int(values[number])].append(number)
        }
        return spellings.compactMap { numbers in
            let most = numbers.max { one, other in
                passages[one] != passages[other]
                    ? passages[one] < passages[other]
                    : (labels[other] ?? "") < (labels[one] ?? "")
            }
            guard let most else { return nil }
            return Facet.Count(
                value: labels[most], passages: numbers.reduce(0) { $0 + passages[$1] },
                reports: numbers.reduce(0) { $0 + counts[$1] })
        }
    }
}
