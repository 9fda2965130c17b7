import ReportModel

/// The rows of the third table as a program prints them that reads a page column by column, as
/// `pdftotext` does without `-layout`: each number on a line of its own, labels away from theirs.
///
/// The numbers of a row follow each other and the rows stand in the order of the form; the labels
/// do neither. So the order of the numbers counts where every sum of the table proves it, and a
/// label proves nothing.
struct ScatteredRows {
    private let rows: [TableRow]
    private let official: [FormRow]

    /// - Parameters:
    ///   - rows: the rows of the second and third table.
    ///   - start: the line of the file on which the third table begins.
    init(_ rows: [TableRow], from start: Int, to official: [FormRow]) {
        self.rows = rows.filter { row in
            row.cells.first.map { $0.line >= start } ?? false
        }
        self.official = official.filter { $0.section == 3 }
    }

    private static let width = ApplicantColumn.allCases.count

    /// Whether each number of a row stands on a line of its own, and none beside the label.
    private static func isStream(_ row: TableRow) -> Bool {
        guard !row.isBesideLabel, row.cells.count > 1 else { return false }
        return row.cells[0].line != row.cells[1].line
            && row.cells.allSatisfy { $0.position == nil && $0.columns == nil }
    }

    /// The lines of the numbers that stand so.
    var lines: Set<Int> {
        Set(rows.lazy.filter(Self.isStream).flatMap { $0.cells.map(\.line) })
    }

    /// What the labels show.
    enum Labels {
        /// Each may stand above its numbers.
        case placed
        /// Some have the numbers of several rows below them.
        case lacking
        /// They stand away from their numbers: out of the form's order, or some with too few numbers
        /// below them and some with those of several rows.
        case scattered
    }

    /// What the labels show.
    var labels: Labels {
        var last = -1
        var (hasFew, hasMany) = (false, false)
        for row in rows where Self.isStream(row) {
            let own = RowLabel.named(in: row.label).compactMap { name in
                official.firstIndex { $0.label == name && !$0.isOptional }
            }
            for index in own where !official[index].isShort {
                if index < last { return .scattered }
                last = index
            }
            let printed = row.numberCount / Self.width
            if printed >= 1, own.count > printed { hasFew = true }
            if printed > max(1, own.count) { hasMany = true }
        }
        return hasMany ? hasFew ? .scattered : .lacking : .placed
    }

    /// The numbers by the rows of the form, in order; nil when there are not as many as it has, or
    /// the heads have another order.
    var inOrder: [(row: FormRow, cells: ArraySlice<TableRow.PrintedCell>)]? {
        let cells = rows.flatMap { $0.cells.filter { !$0.value.isBlank } }
        let keys = official.first?.keys
        let isReordered = rows.contains { row in
            guard let heads = row.heads, heads.isOrdered, heads.keys.count == Self.width else {
                return false
            }
            return heads.keys != keys
        }
        if isReordered { return nil }
        let whole = official.filter { !$0.isOptional }
        let single = official.filter { $0.isOptional || $0.official.group != "其他处理" }
        guard
            let own = [whole, single].first(where: { $0.count * Self.width == cells.count })
        else { return nil }
        return own.enumerated().map { index, row in
            (row, cells[(index * Self.width)..<((index + 1) * Self.width)])
        }
    }
}

/// How they become cells.
extension OfficialTables {
    /// Reads the third table again where its labels stand away from the numbers, by order where the
    /// sums prove it; else takes back what was read.
    mutating func settleScattered(_ scattered: ScatteredRows, _ official: [FormRow]) {
        let labels = scattered.labels
        guard labels != .placed else { return }
        let fields = official.filter { $0.section == 3 }.flatMap(\.fields)
        let lines = scattered.lines
        if let ordered = scattered.inOrder {
            var other = self
            for field in fields { other.statistics[field] = nil }
            for (row, cells) in ordered {
                for (column, cell) in zip(row.fields.indices, cells) {
                    other.read(cell, as: row, column: column)
                }
            }
            if other.isProven {
                statistics = other.statistics
                forget(lines)
                record(
                    "rows_by_order", line: lines.min(),
                    "labels stand away from their numbers; the rows are taken in the order of the "
                        + "form, as every sum proves")
                return
            }
        }
        guard labels == .scattered else { return }
        for field in fields {
            if let line = statistics[field]?.line, lines.contains(line) { statistics[field] = nil }
        }
        record(
            "rows_untold", line: lines.min(),
            "labels stand away from their numbers, and no sums prove which belong together; these "
                + "rows are not read")
    }

    /// Whether every sum of the third table holds.
    private var isProven: Bool {
        form.identities.allSatisfy { identity in
            if identity.id.hasPrefix("disputes:") { return true }
            let state = identity.result(in: statistics).state
            // One row may stand instead of three.
            return state == .holds || state == .unknown && identity.id.hasPrefix("row:")
        }
    }
}
