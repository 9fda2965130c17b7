import ReportModel
import TestSupport

/// The cells of one report: what is true, and how the file prints it.
struct Figures {
    /// What a file prints in one cell, and what is read from it.
    struct Printed {
        /// The cell's text.
        var text: String
        /// The value that the file prints; nil for a blank.
        var value: Double?
        /// The value that is true, which a blank hides.
        var actual: Double?
        /// Whether a note stands with the number.
        var isAnnotated = false
    }

    /// The cells by field.
    var cells: [Int: Printed] = [:]

    init(form: OfficialForm, layout: ValueLayout, using random: inout SeededGenerator) {
        if layout != .zero {
            fillProactive(form, layout, using: &random)
            fillRequests(form, layout, using: &random)
            fillDisputes(form, using: &random)
        }
        for field in form.fields where cells[field] == nil {
            cells[field] = Printed(text: "0", value: 0)
        }
        dress(form, layout, using: &random)
    }

    private mutating func set(_ field: Int, _ value: Double) {
        cells[field] = Printed(text: value.figure, value: value)
    }

    private func value(_ field: Int) -> Double { cells[field]?.value ?? 0 }

    /// Mostly small numbers, now and then a large one.
    private static func count(_ most: Int, using random: inout SeededGenerator) -> Int {
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<5: 0
        case 5..<8: Int.random(in: 0...max(1, most / 20), using: &random)
        default: Int.random(in: 0...most, using: &random)
        }
    }

    private mutating func fillProactive(
        _ form: OfficialForm, _ layout: ValueLayout, using random: inout SeededGenerator
    ) {
        let most = layout == .large ? 20_000_000 : 3000
        for row in form.rows where row.section == 2 {
            for field in OfficialForm.fields(of: row) {
                set(field, Double(Self.count(most, using: &random)))
            }
        }
        let amounts = ["proactive.fees.amount", "proactive19.procurement.amount"]
        for key in amounts where layout == .decimals || layout == .units {
            guard let field = StatisticField.index(ofKey: key), form.fields.contains(field) else {
                continue
            }
            set(field, Double(Int.random(in: 1...9_999_999, using: &random)) / 10_000)
        }
    }

    /// Rows of the third table that are neither income nor sums.
    private static func outcomes(_ form: OfficialForm) -> [OfficialRow] {
        let others = ["new", "carried_in", "results_total", "carried_out"].map { "requests.\($0)" }
        return form.rows.filter { $0.section == 3 && !others.contains($0.key) }
    }

    private mutating func fillRequests(
        _ form: OfficialForm, _ layout: ValueLayout, using random: inout SeededGenerator
    ) {
        let rows = Dictionary(
            uniqueKeysWithValues: form.rows.map { ($0.key, OfficialForm.fields(of: $0)) })
        let outcomes = Self.outcomes(form).map(OfficialForm.fields(of:))
        guard let new = rows["requests.new"], let carriedIn = rows["requests.carried_in"],
            let total = rows["requests.results_total"],
            let carriedOut = rows["requests.carried_out"]
        else { return }
        for column in 0..<6 {
            let most = column == 0 ? (layout == .large ? 30_000 : 300) : 30
            let incoming = Self.count(most, using: &random)
            let earlier = Self.count(max(1, most / 10), using: &random)
            let left = Self.count(max(1, (incoming + earlier) / 6), using: &random)
            var rest = max(0, incoming + earlier - left)
            let handled = rest
            for row in outcomes { set(row[column], 0) }
            while rest > 0 {
                let share = Int.random(in: 1...rest, using: &random)
                let row = outcomes[Int.random(in: 0..<outcomes.count, using: &random)]
                set(row[column], value(row[column]) + Double(share))
                rest -= share
            }
            set(new[column], Double(incoming))
            set(carriedIn[column], Double(earlier))
            set(total[column], Double(handled))
            set(carriedOut[column], Double(incoming + earlier - handled))
        }
        for row in [new, carriedIn, total, carriedOut] + outcomes {
            set(row[6], row.prefix(6).reduce(0) { $0 + value($1) })
        }
    }

    private mutating func fillDisputes(_ form: OfficialForm, using random: inout SeededGenerator) {
        for row in form.disputeRows {
            let fields = OfficialForm.fields(of: row)
            for field in fields.dropLast() { set(field, Double(Self.count(20, using: &random))) }
            set(fields[4], fields.prefix(4).reduce(0) { $0 + value($1) })
        }
    }

    // MARK: Dress

    /// Prints the values as the layout has it; blanks lose theirs.
    private mutating func dress(
        _ form: OfficialForm, _ layout: ValueLayout, using random: inout SeededGenerator
    ) {
        let requests = form.rows.filter { $0.section == 3 }.map(OfficialForm.fields(of:))
        switch layout {
        case .plain, .zero, .large, .decimals, .single: break
        case .blanks:
            // One column blank in most rows, as in a page that lost its 自然人 or 总计.
            let column = Int.random(in: 0..<7, using: &random)
            for row in requests where some(80, using: &random) { blank(row[column]) }
        case .blankTotals:
            for row in requests where some(90, using: &random) { blank(row[6]) }
        case .dashes, .slashes:
            let signs = layout == .dashes ? ["-", "－", "--"] : ["/", "—", "无", "空"]
            let sign = signs[Int.random(in: 0..<signs.count, using: &random)]
            for row in form.rows where some(25, using: &random) {
                for field in OfficialForm.fields(of: row) where value(field) == 0 {
                    blank(field, text: sign)
                }
            }
        case .circles:
            for field in form.fields where value(field) == 0 { cells[field]?.text = "〇" }
        case .units: addUnits(form, using: &random)
        case .signs:
            for field in form.fields where StatisticField.all[field].key.hasSuffix("items_change") {
                let change = Int.random(in: -40...40, using: &random)
                cells[field] = Printed(
                    text: change > 0 ? "+\(change)" : "\(change)", value: Double(change))
            }
        case .notes:
            for row in form.rows where row.section == 2 && some(50, using: &random) {
                guard let field = OfficialForm.fields(of: row).last, value(field) > 1 else {
                    continue
                }
                let note = "（其中修订\(Int(value(field) / 2))件）"
                cells[field]?.text += note
                cells[field]?.isAnnotated = true
            }
        case .allBlank:
            for field in form.fields { blank(field) }
        }
        if layout == .large { groupDigits(form, using: &random) }
    }

    private func some(_ share: Int, using random: inout SeededGenerator) -> Bool {
        Int.random(in: 0..<100, using: &random) < share
    }

    /// Prints units behind numbers, and some amounts of money in another one.
    private mutating func addUnits(_ form: OfficialForm, using random: inout SeededGenerator) {
        for field in form.fields where some(60, using: &random) {
            let unit = StatisticField.all[field].unit ?? "万元"
            if unit == "万元", some(40, using: &random), StatisticField.all[field].unit != nil {
                let yuan = (value(field) * 10_000).rounded()
                cells[field] = Printed(text: yuan.figure + "元", value: yuan / 10_000)
            } else {
                let text = value(field).figure + unit
                cells[field]?.text = text
            }
        }
    }

    /// Prints large numbers in groups of three digits.
    private mutating func groupDigits(_ form: OfficialForm, using random: inout SeededGenerator) {
        for field in form.fields where value(field) >= 1000 && some(60, using: &random) {
            let digits = value(field).figure
            guard !digits.contains(".") else { continue }
            let groups = stride(from: digits.count, to: 0, by: -3).map { end in
                String(digits.prefix(end).suffix(3))
            }
            let sign = some(50, using: &random) ? "," : "，"
            cells[field]?.text = groups.reversed().joined(separator: sign)
        }
    }

    private mutating func blank(_ field: Int, text: String = "") {
        cells[field] = Printed(text: text, value: nil, actual: value(field))
    }
}
