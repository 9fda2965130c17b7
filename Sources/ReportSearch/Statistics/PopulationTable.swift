import SegmentStore

/// How many people live in a place in a year, as a user's table says.
public struct PopulationTable: Sendable {
    /// Why a line is none of a table.
    public enum Problem: Sendable, Hashable {
        /// It has not three values: a place, a year and a number.
        case columns
        /// The year is none.
        case year(String)
        /// The number is none above 0.
        case number(String)
        /// The place and year stand in an earlier line too, with another number.
        case twice(String)
    }

    /// A line that cannot be read, from 1.
    public struct Failure: Error, Sendable, Hashable {
        /// The line.
        public let line: Int
        /// What is wrong with it.
        public let problem: Problem
    }

    private var numbers: [String: [Int: Double]] = [:]

    /// Reads a table of CSV, `region,year,value` a line, the number of people.
    ///
    /// A first line of names is passed over. A region is a name such as 洛阳市, or all names from the province down with
    /// spaces between them where one name is that of several places.
    public init(csv text: String) throws(Failure) {
        let analysis = TextAnalysis()
        for (index, line) in text.split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
        ).enumerated() {
            let fields = line.split(
                omittingEmptySubsequences: false, whereSeparator: { ",，;；\t".contains($0) }
            ).map { analysis.folded(Self.bare($0)) }
            if fields.allSatisfy(\.isEmpty) { continue }
            guard fields.count == 3 else { throw Failure(line: index + 1, problem: .columns) }
            guard let year = Int(fields[1].filter { $0 != "年" }) else {
                if index == 0 { continue }
                throw Failure(line: index + 1, problem: .year(fields[1]))
            }
            guard let number = Double(fields[2]), number.isFinite, number > 0 else {
                throw Failure(line: index + 1, problem: .number(fields[2]))
            }
            if let known = numbers[fields[0]]?[year], known != number {
                throw Failure(line: index + 1, problem: .twice(fields[0]))
            }
            numbers[fields[0], default: [:]][year] = number
        }
    }

    /// A value without quotation marks and spaces around it.
    private static func bare(_ field: Substring) -> String {
        var field = field
        let around: (Character) -> Bool = { $0.isWhitespace || $0 == "\"" || $0 == "\u{FEFF}" }
        while let first = field.first, around(first) { field.removeFirst() }
        while let last = field.last, around(last) { field.removeLast() }
        return String(field)
    }

    /// The number of people in a place and year; nil when the table does not tell.
    ///
    /// - Parameter names: the folded names of the place, the most exact first.
    func number(of names: [String], year: Int) -> Double? {
        for name in names {
            if let number = numbers[name]?[year] { return number }
        }
        return nil
    }
}
