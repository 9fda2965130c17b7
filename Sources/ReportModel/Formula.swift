/// How an indicator follows from the numbers of reports.
///
///     (予以公开 + 部分公开) ÷ 办理总计
///
/// Over several reports a formula is computed from the sums of its operands, so that a quotient is a
/// ratio of sums.
public indirect enum Formula: Sendable, Hashable {
    /// A number of a report.
    case operand(Operand)
    /// A constant.
    case number(Double)
    /// One and another together.
    case sum(Formula, Formula)
    /// One less another.
    case difference(Formula, Formula)
    /// One times another.
    case product(Formula, Formula)
    /// One in relation to another, which must be above 0.
    case quotient(Formula, Formula)

    /// A number of a report.
    public enum Operand: Sendable, Hashable {
        /// A sum of cells.
        case cells(CellSum)
        /// 1 where a sum of cells is 0, and 0 where it is another number.
        case isZero(CellSum)
        /// A sum of cells in the report of the same agency for the calendar year before.
        case yearBefore(CellSum)
        /// 1: so that reports are counted.
        case reports
        /// The fee for processing information that section 6 tells of, in 元.
        case processingFee
        /// The population of the group's place in the report's year, from the user's table.
        case population
    }

    /// Cells that are added.
    public struct CellSum: Sendable, Hashable {
        /// The Chinese name of the statistic.
        public let name: String
        /// The fields that are added; the first alternative of which every field is known counts,
        /// since the two forms print some numbers in different cells.
        public let alternatives: [[Int]]
        /// The unit; nil where the official form states none.
        public let unit: String?

        /// The sum over fields that are looked up one by one; nil when one of them is not known.
        public func value(ofField: (Int) -> Double?) -> Double? {
            for fields in alternatives {
                var sum = 0.0
                var isKnown = true
                for field in fields {
                    guard let value = ofField(field) else {
                        isKnown = false
                        break
                    }
                    sum += value
                }
                if isKnown { return sum }
            }
            return nil
        }
    }

    /// The numbers of reports that the formula needs, each once, in their order.
    public var operands: [Operand] {
        var operands: [Operand] = []
        collect(into: &operands)
        return operands
    }

    private func collect(into operands: inout [Operand]) {
        switch self {
        case .operand(let operand): if !operands.contains(operand) { operands.append(operand) }
        case .number: break
        case .sum(let one, let other), .difference(let one, let other),
            .product(let one, let other),
            .quotient(let one, let other):
            one.collect(into: &operands)
            other.collect(into: &operands)
        }
    }

    /// The value; nil when an operand is not known, or what a quotient divides by is not above 0.
    public func value(of operand: (Operand) -> Double?) -> Double? {
        switch self {
        case .operand(let one): return operand(one)
        case .number(let number): return number
        case .sum(let one, let other):
            guard let one = one.value(of: operand), let other = other.value(of: operand) else {
                return nil
            }
            return one + other
        case .difference(let one, let other):
            guard let one = one.value(of: operand), let other = other.value(of: operand) else {
                return nil
            }
            return one - other
        case .product(let one, let other):
            guard let one = one.value(of: operand), let other = other.value(of: operand) else {
                return nil
            }
            return one * other
        case .quotient(let one, let other):
            // Nothing out of nothing is no share.
            guard let one = one.value(of: operand), let other = other.value(of: operand), other > 0
            else { return nil }
            return one / other
        }
    }

    /// What the formula divides by what, constant factors aside; nil when it is no quotient.
    public var quotient: (numerator: Formula, denominator: Formula)? {
        switch self {
        case .quotient(let one, let other): (one, other)
        case .product(let one, .number), .product(.number, let one): one.quotient
        default: nil
        }
    }

    /// Every field that the value may need.
    public var fields: [Int] {
        operands.flatMap { $0.cells.map { $0.alternatives.flatMap(\.self) } ?? [] }
    }

    /// The forms that have every cell the formula needs.
    public var forms: [OfficialForm] {
        [OfficialForm.form2021, .form2019].filter { form in
            operands.allSatisfy { $0.isIn(form) }
        }
    }

    /// The unit of the value: that of its parts where all have the same; nil when it has none.
    ///
    /// - Throws: ``MixedUnits`` when numbers of different units are added.
    public func unit() throws(MixedUnits) -> String? {
        switch self {
        case .operand(let operand): return operand.unit
        case .number: return nil
        case .sum(let one, let other), .difference(let one, let other):
            let (first, second) = (try one.unit(), try other.unit())
            if let first, let second, first != second { throw MixedUnits(units: [first, second]) }
            return first ?? second
        case .product(let one, let other):
            let (first, second) = (try one.unit(), try other.unit())
            return first ?? second
        case .quotient(let one, let other):
            let (first, second) = (try one.unit(), try other.unit())
            guard let first, first != second else { return nil }
            return second.map { "\(first)/\($0)" } ?? first
        }
    }

    /// Numbers of different units, such as 件 and 万元, that a formula adds.
    public struct MixedUnits: Error, Sendable, Hashable {
        /// The units.
        public let units: [String]
    }
}

extension Formula.Operand {
    /// The cells of the report itself, or of the one before, that the number comes from; nil when it
    /// comes of none.
    public var cells: Formula.CellSum? {
        switch self {
        case .cells(let cells), .isZero(let cells), .yearBefore(let cells): cells
        case .reports, .processingFee, .population: nil
        }
    }

    /// The number over the fields of one report; nil when it is not known from that report's cells.
    public func value(ofField: (Int) -> Double?) -> Double? {
        switch self {
        case .cells(let cells): cells.value(ofField: ofField)
        case .isZero(let cells): cells.value(ofField: ofField).map { $0 == 0 ? 1 : 0 }
        case .reports: 1
        case .yearBefore, .processingFee, .population: nil
        }
    }

    /// Whether a form has the cells of some alternative.
    public func isIn(_ form: OfficialForm) -> Bool {
        guard let cells else { return true }
        return cells.alternatives.contains { $0.allSatisfy(form.has) }
    }

    fileprivate var unit: String? {
        switch self {
        case .cells(let cells), .yearBefore(let cells): cells.unit
        case .isZero, .reports: "份"
        case .processingFee: "元"
        case .population: "人"
        }
    }
}

extension OfficialForm {
    private static let sets: [OfficialForm: Set<Int>] = [
        .form2021: Set(form2021.fields), .form2019: Set(form2019.fields),
    ]

    /// Whether the form has the cell with a field number.
    public func has(_ field: Int) -> Bool { Self.sets[self]?.contains(field) ?? false }
}

// MARK: Printing

extension Formula: CustomStringConvertible {
    /// The formula as a person reads it: `(予以公开 + 部分公开) ÷ 办理总计`.
    public var description: String { written(inside: 0) }

    private func written(inside strength: Int) -> String {
        let (own, text): (Int, String) =
            switch self {
            case .operand(let operand): (9, operand.description)
            case .number(let number): (9, number.figure)
            case .sum(let one, let other):
                (1, one.written(inside: 1) + " + " + other.written(inside: 1))
            case .difference(let one, let other):
                (1, one.written(inside: 1) + " − " + other.written(inside: 2))
            case .product(let one, let other):
                (2, one.written(inside: 2) + " × " + other.written(inside: 2))
            case .quotient(let one, let other):
                (2, one.written(inside: 2) + " ÷ " + other.written(inside: 3))
            }
        return own < strength ? "(\(text))" : text
    }
}

extension Formula.Operand: CustomStringConvertible {
    /// The number's name.
    public var description: String {
        switch self {
        case .cells(let cells): cells.name
        case .isZero(let cells): "\(cells.name)为0的报告"
        case .yearBefore(let cells): "上一年度的\(cells.name)"
        case .reports: "报告"
        case .processingFee: "信息处理费"
        case .population: "常住人口"
        }
    }
}
