import ReportModel

/// Gathers what a reader must be told about all figures of an answer.
struct StatisticsNotes {
    private let question: StatisticsQuestion
    /// The most fields that a note names.
    private static let mostNames = 3
    private var fields: [StatisticsNote] = []
    private var whole: [StatisticsNote] = []
    private var (duplicates, rolledUp, leftOut, failing) = (0, 0, 0, 0)
    private var usesRolledUp = false

    init(_ question: StatisticsQuestion) { self.question = question }

    /// Takes in what a field's figures are made of.
    mutating func add(_ sample: FieldSample) {
        let name = sample.field.names.first ?? sample.field.key
        var all = ReportTally()
        for tally in sample.tallies { all.add(tally) }
        add(name, all.blank) { .blanks(field: $0, reports: all.blank) }
        add(name, all.notInForm) { .notInForm(field: $0, reports: all.notInForm) }
        add(name, all.undefined) { .undefined(field: $0, reports: all.undefined) }
        let forms = sample.forms.reduce(0, |).nonzeroBitCount
        add(name, sample.field.isMadeOfCells && forms > 1 ? 1 : 0) { .mixedForms(field: $0) }
        add(name, sample.field.lacksUnit ? 1 : 0) { .noUnit(field: $0) }
        // What is left out of several fields is left out once.
        duplicates = max(duplicates, all.duplicate)
        rolledUp = max(rolledUp, all.rolledUp)
        leftOut = max(leftOut, all.failing)
        failing = max(failing, all.usedFailing)
        usesRolledUp = usesRolledUp || sample.scopes.contains { $0 & 2 != 0 }
        if !sample.differing.isEmpty, !whole.contains(.versionsDiffer) {
            whole.append(.versionsDiffer)
        }
    }

    /// Adds a note about a field; one that says the same of another field is told of both.
    private mutating func add(_ name: String, _ count: Int, _ note: (String) -> StatisticsNote) {
        guard count > 0 else { return }
        if let index = fields.firstIndex(where: { $0 == note($0.fieldNames ?? "") }) {
            let names = fields[index].fieldNames ?? ""
            // Of a composition the first few will do.
            if !names.hasSuffix("…") {
                let count = names.count { $0 == "、" } + 1
                fields[index] = note(count < Self.mostNames ? "\(names)、\(name)" : names + "…")
            }
        } else {
            fields.append(note(name))
        }
    }

    /// Takes in the rows that are shown.
    mutating func add(_ rows: [StatisticsRow]) {
        let marks = Set(rows.flatMap(\.marks))
        let short = rows.filter { $0.marks.contains(.incomplete) }
        if let worst = short.max(by: { Self.missing($0) < Self.missing($1) }) {
            whole.append(
                .coverage(agencies: worst.reports.agencies, known: worst.reports.known))
        }
        if rows.contains(where: { [.meanOfRates, .medianOfRates].contains($0.aggregate) }) {
            whole.append(.meanOfRates)
        }
        let small = rows.count { $0.marks.contains(.smallSample) }
        if small > 0 {
            whole.append(
                .smallSample(
                    minimum: question.minimumSample ?? StatisticsQuestion.leastCases, rows: small))
        }
        if question.comparesYears {
            if rows.contains(where: { $0.change?.points != nil }) { whole.append(.points) }
            if marks.contains(.noYearBefore) { whole.append(.gaps) }
            if marks.contains(.zeroBase) { whole.append(.zeroBase) }
            if marks.contains(.agenciesChanged) { whole.append(.agenciesChanged) }
        }
        if marks.contains(.noPopulation) { whole.append(.noPopulation) }
        var units: [String] = []
        for field in question.fields {
            let unit = field.unit ?? "1"
            if !units.contains(unit) { units.append(unit) }
        }
        if units.count > 1 { whole.append(.units(units)) }
    }

    private static func missing(_ row: StatisticsRow) -> Int {
        row.reports.known - row.reports.agencies
    }

    /// All of them, about fields first.
    var all: [StatisticsNote] {
        var notes = fields
        if duplicates > 0 { notes.append(.duplicates(duplicates)) }
        if rolledUp > 0 { notes.append(.rolledUp(rolledUp)) }
        if usesRolledUp { notes.append(.usedRolledUp) }
        if leftOut > 0 { notes.append(.failing(leftOut, areLeftOut: true)) }
        if failing > 0 { notes.append(.failing(failing, areLeftOut: false)) }
        return notes + whole
    }
}
