import ReportModel
import SegmentStore

/// Which reports one field's figures are made of, and what became of the others.
struct FieldSample {
    let field: Statistic
    /// The value of each report; NaN where it is unknown or not defined.
    let values: [Double]
    /// The operands of the formula, a column each.
    let operands: [[Double]]
    /// Whether each report is used.
    private(set) var isUsed: [Bool]
    /// Whether each report tells what is asked, be it that there is nothing to divide by.
    private var isHere: [Bool]
    /// For each group what became of its reports.
    private(set) var tallies: [ReportTally]
    /// For each group the sums of the operands over the reports used.
    private(set) var sums: [[Double]]
    /// For each group the forms of the reports used, a bit each.
    private(set) var forms: [UInt8]
    /// For each group, bit 0: some give their own figures; bit 1: some those of others too.
    private(set) var scopes: [UInt8]
    /// The groups of which some agency has two versions that differ.
    private(set) var differing: Set<Int32> = []

    /// What the samples of all fields have in common.
    struct Frame {
        let columns: ReportColumns
        let operands: OperandColumns
        let grouping: Grouping
        /// The reports that are another version of one that is used, with that one.
        let duplicates: [Int32: Int32]
        let isClean: Bool
    }

    init(_ field: Statistic, _ frame: Frame) throws {
        self.field = field
        let formula = field.formula
        operands = try formula.operands.map { try frame.operands.values(of: $0) }
        values = try frame.operands.values(of: formula)
        let count = frame.grouping.count
        isUsed = [Bool](repeating: false, count: values.count)
        isHere = isUsed
        tallies = [ReportTally](repeating: ReportTally(), count: count)
        sums = operands.map { _ in [Double](repeating: 0, count: count) }
        forms = [UInt8](repeating: 0, count: count)
        scopes = [UInt8](repeating: 0, count: count)
        let fails = frame.operands.failing(Set(field.fields))
        choose(frame, fails)
        try leaveOutRolledUp(frame)
        add(frame, fails)
    }

    /// Tells which reports can be used.
    private mutating func choose(_ frame: Frame, _ fails: [Bool]) {
        let groups = frame.grouping.groups
        let lacks = OfficialForm.allCases.map { form in
            form != .none && !field.formula.operands.allSatisfy { $0.isIn(form) }
        }
        for place in groups.indices where groups[place] >= 0 {
            let group = Int(groups[place])
            if !frame.duplicates.isEmpty, let other = frame.duplicates[Int32(place)] {
                tallies[group].duplicate += 1
                let (one, same) = (values[place], values[Int(other)])
                if one != same, !(one.isNaN && same.isNaN) { differing.insert(groups[place]) }
            } else if values[place].isNaN {
                let isKnown = operands.allSatisfy { !$0[place].isNaN }
                let form = Int(frame.columns.forms[place])
                if isKnown {
                    isHere[place] = true
                    tallies[group].undefined += 1
                } else if form < lacks.count, lacks[form] {
                    tallies[group].notInForm += 1
                } else {
                    tallies[group].blank += 1
                }
            } else if frame.isClean, fails[place] {
                tallies[group].failing += 1
            } else {
                isUsed[place] = true
                isHere[place] = true
            }
        }
    }

    /// Leaves out the reports that are compiled from others of the same group and year.
    private mutating func leaveOutRolledUp(_ frame: Frame) throws {
        let columns = frame.columns
        let groups = frame.grouping.groups
        func key(_ place: Int) -> Int { Int(groups[place]) << 16 | Int(columns.years[place]) }
        var wholes: [Int: [Int]] = [:]
        for place in groups.indices where isUsed[place] && columns.isRolledUp(place) {
            wholes[key(place), default: []].append(place)
        }
        guard !wholes.isEmpty else { return }
        /// For each group and year the regions of its reports that give their own figures.
        var own: [Int: Set<Int32>] = [:]
        for place in groups.indices where isUsed[place] && !columns.isRolledUp(place) {
            let key = key(place)
            if wholes[key] != nil { own[key, default: []].insert(columns.regions[place]) }
        }
        var left: [Int] = []
        for (key, places) in wholes {
            let regions = own[key] ?? []
            let others = Set(places.map { columns.regions[$0] })
            var seen: Set<Int32> = []
            for place in try places.sorted(by: columns.precedes) {
                let region = columns.regions[place]
                let holds =
                    regions.contains { columns.places.isInside($0, region) }
                    || others.contains { $0 != region && columns.places.isInside($0, region) }
                    || region != 0 && seen.contains(region)
                if holds { left.append(place) }
                seen.insert(region)
            }
        }
        for place in left {
            isUsed[place] = false
            tallies[Int(groups[place])].rolledUp += 1
        }
    }

    /// Adds up what is used.
    private mutating func add(_ frame: Frame, _ fails: [Bool]) {
        let groups = frame.grouping.groups
        var agencies = AgencyCounter(
            groups: frame.grouping.count, agencies: frame.columns.agencyCount)
        for place in isHere.indices where isHere[place] {
            agencies.add(frame.columns.agencies[place], to: groups[place])
        }
        for place in groups.indices where isUsed[place] {
            let group = Int(groups[place])
            tallies[group].used += 1
            if fails[place] { tallies[group].usedFailing += 1 }
            for index in sums.indices { sums[index][group] += operands[index][place] }
            forms[group] |= 1 << (frame.columns.forms[place] & 7)
            scopes[group] |= frame.columns.isRolledUp(place) ? 2 : 1
        }
        for group in tallies.indices { tallies[group].agencies = Int(agencies.counts[group]) }
    }

    /// The places of the reports used, by group.
    func places(in grouping: Grouping) -> [[Int32]] {
        var places = tallies.map { tally -> [Int32] in
            var list: [Int32] = []
            list.reserveCapacity(tally.used)
            return list
        }
        for place in isUsed.indices where isUsed[place] {
            places[Int(grouping.groups[place])].append(Int32(place))
        }
        return places
    }
}

extension OperandColumns {
    /// The value of a formula in each report; NaN where it is unknown or not defined.
    func values(of formula: Formula) throws -> [Double] {
        switch formula {
        case .operand(let operand): return try values(of: operand)
        case .number(let number): return try values(of: .reports).map { $0 * number }
        case .sum(let one, let other): return try joined(one, other) { $0 + $1 }
        case .difference(let one, let other): return try joined(one, other) { $0 - $1 }
        case .product(let one, let other): return try joined(one, other) { $0 * $1 }
        case .quotient(let one, let other):
            return try joined(one, other) { $1 > 0 ? $0 / $1 : .nan }
        }
    }

    private func joined(
        _ one: Formula, _ other: Formula, _ join: (Double, Double) -> Double
    ) throws -> [Double] {
        var values = try values(of: one)
        let others = try self.values(of: other)
        for place in values.indices { values[place] = join(values[place], others[place]) }
        return values
    }
}

extension ReportColumns {
    /// Whether one report stands before another: that with the lower id.
    func precedes(_ one: Int, _ other: Int) throws -> Bool {
        let (segment, report) = segment(of: one)
        let (otherSegment, otherReport) = self.segment(of: other)
        return try (segment.idNumber(ofReport: report), one)
            < (otherSegment.idNumber(ofReport: otherReport), other)
    }

    /// The reports that are another version of one of the same agency, place and year, with that
    /// one.
    ///
    /// Kept is the one in which the most of some fields are known, and of equals the one with the
    /// lowest id. Reports that give their own figures are no version of those that are compiled from
    /// others.
    func duplicates(
        among isWanted: [Bool], knownCount: (Int) -> Int
    ) throws -> [Int32: Int32] {
        let known = years.lazy.filter { $0 > 0 }
        guard let first = known.min(), let last = known.max() else { return [:] }
        let span = Int(last - first) + 1
        let size = 2 * agencyCount * span
        // A list of years of strangers may be long.
        guard size <= 1 << 26 else { return [:] }
        var slots = [Int32](repeating: -1, count: size)
        var groups: [Int: [Int]] = [:]
        for place in isWanted.indices
        where isWanted[place] && agencies[place] >= 0 && years[place] > 0 {
            let slot =
                (2 * Int(agencies[place]) + (isRolledUp(place) ? 1 : 0)) * span
                + Int(years[place] - first)
            if slots[slot] < 0 {
                slots[slot] = Int32(place)
            } else {
                groups[slot, default: [Int(slots[slot])]].append(place)
            }
        }
        var duplicates: [Int32: Int32] = [:]
        for places in groups.values {
            var best = places[0]
            for place in places.dropFirst() {
                let (one, other) = (knownCount(place), knownCount(best))
                if try one > other || one == other && precedes(place, best) { best = place }
            }
            for place in places where place != best { duplicates[Int32(place)] = Int32(best) }
        }
        return duplicates
    }
}
