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
        for index in groups.indices where groups[index] >= 0 {
            let group = Int(groups[index])
            if !frame.duplicates.isEmpty, let other = frame.duplicates[Int32(index)] {
                tallies[group].duplicate += 1
                let (one, same) = (values[index], values[Int(other)])
                if one != same, !(one.isNaN && same.isNaN) { differing.insert(groups[index]) }
            } else if values[index].isNaN {
                let isKnown = operands.allSatisfy { !$0[index].isNaN }
                let form = Int(frame.columns.forms[index])
                if isKnown {
                    isHere[index] = true
                    tallies[group].undefined += 1
                } else if form < lacks.count, lacks[form] {
                    tallies[group].notInForm += 1
                } else {
                    tallies[group].blank += 1
                }
            } else if frame.isClean, fails[index] {
                tallies[group].failing += 1
            } else {
                isUsed[index] = true
                isHere[index] = true
            }
        }
    }

    /// Leaves out the reports that are compiled from others of the same group and year.
    private mutating func leaveOutRolledUp(_ frame: Frame) throws {
        let columns = frame.columns
        let groups = frame.grouping.groups
        func key(_ index: Int) -> Int { Int(groups[index]) << 16 | Int(columns.years[index]) }
        var wholes: [Int: [Int]] = [:]
        for index in groups.indices where isUsed[index] && columns.isRolledUp(index) {
            wholes[key(index), default: []].append(index)
        }
        guard !wholes.isEmpty else { return }
        /// For each group and year the regions of its reports that give their own figures.
        var own: [Int: Set<Int32>] = [:]
        for index in groups.indices where isUsed[index] && !columns.isRolledUp(index) {
            let key = key(index)
            if wholes[key] != nil { own[key, default: []].insert(columns.regions[index]) }
        }
        var left: [Int] = []
        for (key, indices) in wholes {
            let regions = own[key] ?? []
            let others = Set(indices.map { columns.regions[$0] })
            var seen: Set<Int32> = []
            for index in try indices.sorted(by: columns.precedes) {
                let region = columns.regions[index]
                let holds =
                    regions.contains { columns.places.isInside($0, region) }
                    || others.contains { $0 != region && columns.places.isInside($0, region) }
                    || region != 0 && seen.contains(region)
                if holds { left.append(index) }
                seen.insert(region)
            }
        }
        for index in left {
            isUsed[index] = false
            tallies[Int(groups[index])].rolledUp += 1
        }
    }

    /// Adds up what is used.
    private mutating func add(_ frame: Frame, _ fails: [Bool]) {
        let groups = frame.grouping.groups
        var agencies = AgencyCounter(
            groups: frame.grouping.count, agencies: frame.columns.agencyCount)
        for index in isHere.indices where isHere[index] {
            agencies.add(frame.columns.agencies[index], to: groups[index])
        }
        for index in groups.indices where isUsed[index] {
            let group = Int(groups[index])
            tallies[group].used += 1
            if fails[index] { tallies[group].usedFailing += 1 }
            for operand in sums.indices { sums[operand][group] += operands[operand][index] }
            forms[group] |= 1 << (frame.columns.forms[index] & 7)
            scopes[group] |= frame.columns.isRolledUp(index) ? 2 : 1
        }
        for group in tallies.indices { tallies[group].agencies = Int(agencies.counts[group]) }
    }

    /// The indices of the reports used, by group.
    func indices(in grouping: Grouping) -> [[Int32]] {
        var indices = tallies.map { tally -> [Int32] in
            var list: [Int32] = []
            list.reserveCapacity(tally.used)
            return list
        }
        for index in isUsed.indices where isUsed[index] {
            indices[Int(grouping.groups[index])].append(Int32(index))
        }
        return indices
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
        for index in values.indices { values[index] = join(values[index], others[index]) }
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
        for index in isWanted.indices
        where isWanted[index] && agencies[index] >= 0 && years[index] > 0 {
            let slot =
                (2 * Int(agencies[index]) + (isRolledUp(index) ? 1 : 0)) * span
                + Int(years[index] - first)
            if slots[slot] < 0 {
                slots[slot] = Int32(index)
            } else {
                groups[slot, default: [Int(slots[slot])]].append(index)
            }
        }
        var duplicates: [Int32: Int32] = [:]
        for indices in groups.values {
            var best = indices[0]
            for index in indices.dropFirst() {
                let (one, other) = (knownCount(index), knownCount(best))
                if try one > other || one == other && precedes(index, best) { best = index }
            }
            for index in indices where index != best { duplicates[Int32(index)] = Int32(best) }
        }
        return duplicates
    }
}
