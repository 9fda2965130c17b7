import ReportModel

/// Numbers that a program told from pictures, against the sums of their tables.
///
/// Where a sum is not equal, a cell that stands in another such sum too is the one in doubt; where
/// none does, all cells of the sum are.
enum RecognizedSums {
    /// Takes the values of cells in doubt away, and tells of them.
    static func doubt(_ report: inout Report) {
        let failing = zip(report.form.identities, report.identities).filter {
            $1.state == .fails
        }.map { identity, _ in identity.left(in: report.statistics) + identity.right }
        var counts: [Int: Int] = [:]
        for fields in failing { for field in Set(fields) { counts[field, default: 0] += 1 } }
        var doubtful: Set<Int> = []
        for fields in failing {
            let twice = fields.filter { counts[$0] ?? 0 > 1 }
            doubtful.formUnion(twice.isEmpty ? fields : twice)
        }
        for field in doubtful.sorted() {
            guard let cell = report.statistics[field], cell.value != nil else { continue }
            report.statistics[field] = Cell(
                value: nil, status: .unsure, raw: cell.raw, line: cell.line)
            report.findings.append(
                Finding(
                    code: "cell_unsure", line: cell.line,
                    message:
                        "\(StatisticField.all[field].key): \(cell.raw) was recognised, and the "
                        + "sums of the table say otherwise"))
        }
    }
}
