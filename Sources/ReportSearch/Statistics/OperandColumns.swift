import ReportModel
import SegmentStore

/// The numbers of all reports that formulas need, side by side; NaN where one is not known.
final class OperandColumns {
    private let columns: ReportColumns
    private let reader: IndexReader
    private var operands: [Formula.Operand: [Double]] = [:]
    /// For each report the index of its agency's report for the calendar year before; -1 when there
    /// is none.
    private lazy var indicesOfYearBefore = makeIndicesOfYearBefore()

    init(_ columns: ReportColumns, reader: IndexReader) {
        (self.columns, self.reader) = (columns, reader)
    }

    /// The values of an operand; that of a population is 1, since it belongs to a group.
    func values(of operand: Formula.Operand) throws -> [Double] {
        if let known = operands[operand] { return known }
        let values: [Double]
        switch operand {
        case .cells(let cells): values = sum(of: cells)
        case .isZero(let cells):
            values = sum(of: cells).map { $0.isNaN ? .nan : $0 == 0 ? 1 : 0 }
        case .reports, .population: values = [Double](repeating: 1, count: columns.count)
        case .yearBefore(let cells):
            let own = sum(of: cells)
            values = indicesOfYearBefore.map { $0 < 0 ? .nan : own[Int($0)] }
        case .processingFee: values = try processingFees()
        }
        operands[operand] = values
        return values
    }

    /// The value of each report: the first alternative of which every field is known.
    private func sum(of cells: Formula.CellSum) -> [Double] {
        var values = [Double](repeating: .nan, count: columns.count)
        for (index, fields) in cells.alternatives.enumerated() {
            guard let more = sum(of: fields) else { continue }
            if index == 0 {
                values = more
            } else {
                for report in values.indices where values[report].isNaN {
                    values[report] = more[report]
                }
            }
        }
        return values
    }

    /// The sum of some fields in each report; nil when one of them is known nowhere.
    private func sum(of fields: [Int]) -> [Double]? {
        for field in fields
        where !columns.segments.contains(where: { $0.hasValues(of: field) }) {
            return nil
        }
        var sums = [Double](repeating: 0, count: columns.count)
        for field in fields { add(field, to: &sums) }
        return sums
    }

    /// Adds the values of a field.
    private func add(_ field: Int, to sums: inout [Double]) {
        for (segment, start) in zip(columns.segments, columns.starts) {
            segment.add(field, to: &sums, from: start)
        }
    }

    private func processingFees() throws -> [Double] {
        let fees = try reader.judgements().processingFees
        return try (0..<columns.count).map { index in
            guard columns.isReport[index] else { return .nan }
            let (segment, report) = columns.segment(of: index)
            return fees[try segment.id(ofReport: report)] ?? .nan
        }
    }

    private func makeIndicesOfYearBefore() -> [Int32] {
        var indices: [Int: Int32] = [:]
        func key(_ index: Int, _ year: Int) -> Int { Int(columns.agencies[index]) << 16 | year }
        func isAsked(_ index: Int) -> Bool {
            columns.isReport[index] && columns.agencies[index] >= 0 && columns.years[index] > 0
        }
        for index in 0..<columns.count where isAsked(index) {
            let key = key(index, Int(columns.years[index]))
            // Of two reports of a year the one that gives the agency's own figures.
            if let known = indices[key], !columns.isRolledUp(Int(known)) { continue }
            indices[key] = Int32(index)
        }
        return (0..<columns.count).map { index in
            isAsked(index) ? indices[key(index, Int(columns.years[index]) - 1)] ?? -1 : -1
        }
    }

    // MARK: Sums that do not hold

    /// The reports in which an identity that holds one of some fields does not hold.
    func failing(_ fields: Set<Int>) -> [Bool] {
        var fails = [Bool](repeating: false, count: columns.count)
        for (number, form) in OfficialForm.allCases.enumerated() {
            guard columns.forms.contains(UInt8(number)) else { continue }
            for identity in form.identities
            where isAbout(identity, fields) {
                judge(identity, form: UInt8(number), &fails)
            }
        }
        return fails
    }

    private func isAbout(_ identity: Identity, _ fields: Set<Int>) -> Bool {
        (identity.left + identity.right).contains(where: fields.contains)
            || identity.mergedFields.map { fields.contains($0.whole) } ?? false
    }

    private func judge(_ identity: Identity, form: UInt8, _ fails: inout [Bool]) {
        guard let right = sum(of: identity.right) else { return }
        let merged = identity.mergedFields
        let plain = identity.left.filter { !(merged?.parts.contains($0) ?? false) }
        guard var left = sum(of: plain) else { return }
        if let merged {
            let parts = sum(of: merged.parts)
            let whole = sum(of: [merged.whole])
            for index in left.indices {
                let part = parts?[index] ?? .nan
                let one = whole?[index] ?? .nan
                left[index] += !one.isNaN && hasNone(of: merged.parts, index) ? one : part
            }
        }
        let isColumn = identity.id.hasPrefix("col:")
        for index in left.indices where columns.forms[index] == form {
            // Not a number differs from none.
            if abs(left[index] - right[index]) >= 1e-6,
                !(isColumn && ReportTraits(bits: columns.traits[index]).hasExtraRows)
            {
                fails[index] = true
            }
        }
    }

    private func hasNone(of fields: [Int], _ index: Int) -> Bool {
        let (segment, report) = columns.segment(of: index)
        return fields.allSatisfy { segment.number(ofField: $0, inReport: report).isNaN }
    }

    /// How many of some fields a report has a value of.
    func knownCount(of fields: Set<Int>, _ index: Int) -> Int {
        let (segment, report) = columns.segment(of: index)
        return fields.count { !segment.number(ofField: $0, inReport: report).isNaN }
    }
}
