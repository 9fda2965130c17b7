import ReportModel
import SegmentStore

/// A field by which reports are grouped, as a number for each report.
struct GroupCodes {
    let field: GroupField
    /// The number of each report's value; 0 where it is unknown.
    let codes: [Int32]
    private let columns: ReportColumns
    /// The values of a statistic, by number from 1.
    private let values: [Double]

    init(_ field: GroupField, _ columns: ReportColumns, _ operands: OperandColumns) throws {
        self.field = field
        self.columns = columns
        var values: [Double] = []
        switch field {
        case .year:
            codes = columns.years.map(Int32.init)
        case .level:
            codes = columns.traits.map { Int32($0 >> 3 & 7) }
        case .form:
            codes = columns.forms.map { Int32($0) + 1 }
        case .scope:
            codes = columns.traits.map { Int32($0 >> 1 & 3) + 1 }
        case .agency:
            codes = columns.agencies.map { $0 + 1 }
        case .region:
            codes = columns.regions
        case .province, .city, .county:
            let parts = columns.places.parts.map { part in
                (field == .province ? part.province : field == .city ? part.city : part.county) + 1
            }
            codes = columns.regions.map { parts[Int($0)] }
        case .statistic(let statistic):
            let numbers = try operands.values(of: statistic.formula)
            var known: [Double: Int32] = [:]
            for index in numbers.indices where columns.isReport[index] && !numbers[index].isNaN {
                known[numbers[index]] = 0
            }
            values = known.keys.sorted()
            for (index, value) in values.enumerated() { known[value] = Int32(index) + 1 }
            codes = numbers.map { $0.isNaN ? 0 : known[$0] ?? 0 }
        }
        self.values = values
    }

    /// What groups are sorted by: the numbers of their values in the order of these, the unknown one
    /// last.
    ///
    /// - Parameter used: the numbers that are needed, each with the index of a report that has it.
    func order(_ used: [Int32: Int32]) -> [Int32: Int32] {
        func key(_ code: Int32, _ index: Int32) -> [UInt8] {
            switch field {
            case .agency:
                guard code > 0 else { return [0xFF] }
                let name = columns.agencyNames[Int(columns.nameOfAgency[Int(code - 1)])]
                return name + [0] + columns.places.path(of: columns.regions[Int(index)], depth: 3)
            case .region: return columns.places.path(of: code, depth: 3)
            case .province: return columns.places.path(of: columns.regions[Int(index)], depth: 1)
            case .city: return columns.places.path(of: columns.regions[Int(index)], depth: 2)
            case .county: return columns.places.path(of: columns.regions[Int(index)], depth: 3)
            default: return []
            }
        }
        let sorted: [Int32]
        switch field {
        case .year, .level, .form, .scope, .statistic:
            sorted = used.keys.sorted()
        default:
            sorted = used.map { ($0.key, key($0.key, $0.value)) }
                .sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
        }
        let last = sorted.filter { $0 == 0 }
        return Dictionary(
            uniqueKeysWithValues: (sorted.filter { $0 != 0 } + last).enumerated().map {
                ($1, Int32($0))
            })
    }

    /// The value with a number, as a report prints it.
    ///
    /// - Parameters:
    ///   - report: the index of a report that has the value.
    ///   - isWhole: whether places and agencies are named with all that they lie in.
    func value(_ code: Int32, report: Int32, isWhole: Bool) throws -> GroupValue {
        guard code > 0 else { return .unknown }
        switch field {
        case .year: return GroupValue(text: String(code), number: Double(code))
        case .level: return GroupValue(text: Self.element(AgencyLevel.allCases, code)?.rawValue)
        case .form: return GroupValue(text: Self.element(OfficialForm.allCases, code)?.rawValue)
        case .scope: return GroupValue(text: Self.element(ReportScope.allCases, code)?.rawValue)
        case .statistic(let statistic):
            let value = values[Int(code - 1)]
            return GroupValue(text: statistic.shown(value), number: value)
        case .agency, .region, .province, .city, .county:
            let head = try columns.head(of: Int(report))
            let region = head.region
            let parts: [String?] =
                switch field {
                case .agency: isWhole ? [head.agency] + region.names : [head.agency]
                case .province: [region.province]
                case .city: isWhole ? [region.province, region.city] : [region.city]
                case .county: isWhole ? region.names : [region.county]
                default: region.names
                }
            let text = parts.compactMap(\.self).joined(separator: " ")
            return GroupValue(text: text.isEmpty ? nil : text)
        }
    }

    private static func element<Element>(_ all: [Element], _ code: Int32) -> Element? {
        Int(code) <= all.count ? all[Int(code) - 1] : nil
    }
}

/// Reports in groups.
struct Grouping {
    /// The group of each report; -1 of those that are in none.
    private(set) var groups: [Int32]
    /// The numbers of each group's values.
    private(set) var codes: [[Int32]] = []
    /// A report of each group.
    private(set) var firsts: [Int32] = []

    /// How many groups there are.
    var count: Int { codes.count }

    /// The most combinations of values for which a table is made of all.
    private static let mostDense = 1 << 22

    /// Groups those reports that are wanted.
    init(_ fields: [GroupCodes], where isWanted: [Bool]) {
        groups = [Int32](repeating: -1, count: isWanted.count)
        let columns = fields.map(\.codes)
        // Of each column only the numbers between the least and the greatest in use count.
        let spans = columns.map { Self.span(of: $0, where: isWanted) }
        guard !spans.contains(nil) else { return }
        var size = 1
        for span in spans.compactMap(\.self) {
            let (product, overflow) = size.multipliedReportingOverflow(by: span.count)
            size = overflow ? .max : product
        }
        if size <= Self.mostDense {
            group(columns, spans.compactMap(\.self), size: size, where: isWanted)
        } else {
            group(columns, where: isWanted)
        }
    }

    /// The least and the greatest number in use; nil when nothing is wanted.
    private static func span(of column: [Int32], where isWanted: [Bool]) -> ClosedRange<Int32>? {
        var (least, greatest) = (Int32.max, Int32.min)
        for index in isWanted.indices where isWanted[index] {
            least = min(least, column[index])
            greatest = max(greatest, column[index])
        }
        return least <= greatest ? least...greatest : nil
    }

    /// Groups by a table of all combinations.
    private mutating func group(
        _ columns: [[Int32]], _ spans: [ClosedRange<Int32>], size: Int, where isWanted: [Bool]
    ) {
        // Column by column: a row by itself would hold and let go of each column.
        var numbers = [Int32](repeating: 0, count: isWanted.count)
        for (column, span) in zip(columns, spans) {
            let (first, count) = (span.lowerBound, Int32(span.count))
            for index in isWanted.indices where isWanted[index] {
                numbers[index] = numbers[index] * count + (column[index] - first)
            }
        }
        var known = [Int32](repeating: -1, count: size)
        for index in isWanted.indices where isWanted[index] {
            let number = Int(numbers[index])
            if known[number] < 0 {
                known[number] = Int32(codes.count)
                codes.append(columns.map { $0[index] })
                firsts.append(Int32(index))
            }
            groups[index] = known[number]
        }
    }

    /// Groups where there may be more combinations than a table of them all has room for.
    private mutating func group(_ columns: [[Int32]], where isWanted: [Bool]) {
        var known: [[Int32]: Int32] = [:]
        for index in isWanted.indices where isWanted[index] {
            let key = columns.map { $0[index] }
            if let group = known[key] {
                groups[index] = group
                continue
            }
            known[key] = Int32(codes.count)
            groups[index] = Int32(codes.count)
            codes.append(key)
            firsts.append(Int32(index))
        }
    }
}

/// How many agencies there are in each group.
struct AgencyCounter {
    private let agencies: Int
    private var bits: [UInt64]
    private var pairs: Set<Int> = []
    private(set) var counts: [Int32]

    /// The most pairs of groups and agencies for which a bit each is kept.
    private static let mostBits = 1 << 26

    init(groups: Int, agencies: Int) {
        self.agencies = agencies
        counts = [Int32](repeating: 0, count: groups)
        let (size, overflow) = groups.multipliedReportingOverflow(by: agencies)
        bits = overflow || size > Self.mostBits ? [] : [UInt64](repeating: 0, count: size / 64 + 1)
    }

    /// Counts a report's agency in its group; one without a name counts each time.
    mutating func add(_ agency: Int32, to group: Int32) {
        if agency < 0 {
            counts[Int(group)] += 1
            return
        }
        let pair = Int(group) * agencies + Int(agency)
        if bits.isEmpty {
            if pairs.insert(pair).inserted { counts[Int(group)] += 1 }
        } else if bits[pair / 64] >> UInt64(pair % 64) & 1 == 0 {
            bits[pair / 64] |= 1 << UInt64(pair % 64)
            counts[Int(group)] += 1
        }
    }
}
