import ReportModel
import ReportOutput

/// A judged rule as text: the state, then each side with its cells and where they stand.
struct CheckText {
    let terminal: Terminal
    /// Who reports, by the files of reports.
    let names: [String: CheckTable.ReportName]

    func lines(of result: CheckResult) -> [ShownText] {
        let style: Terminal.Style = result.state == .holds ? .good : .bad
        let sign = Self.sign(of: result)
        let sides = [result.left, result.right].map { side in
            side.value.map { ShownText($0.figure) } ?? Message.unknown.text
        }
        var lines: [ShownText] = [
            terminal.styled(Message.state(result.state).text, style) + "  "
                + terminal.styled(ShownText(result.rule), .strong)
                + "  \(sides[0]) \(sign) \(sides[1])"
        ]
        for side in [result.left, result.right] {
            lines += wrapped(side).map { "  \($0)" }
        }
        return lines
    }

    private static func sign(of result: CheckResult) -> String {
        switch (result.state, result.relation) {
        case (.unknown, _): "?"
        case (.holds, .equal): "="
        case (.holds, .near): "≈"
        case (.holds, .atLeast): "≥"
        case (_, .atLeast): "<"
        case (_, .equal), (_, .near): "≠"
        }
    }

    /// The evidence that matters, grouped by where they stand; zeros are counted, not listed.
    private func wrapped(_ side: CheckResult.Side) -> [ShownText] {
        var lines: [ShownText] = []
        var heading: ShownText?
        var zeros = 0
        for evidence in side.evidence {
            guard evidence.cell?.value != 0 || side.evidence.count == 1 else {
                zeros += 1
                continue
            }
            let file =
                evidence.line.map { terminal.link(evidence.source, line: $0) }
                ?? ShownText(DisplayPath.of(evidence.source))
            let name = ShownText(names[evidence.source]?.text ?? "")
            let here = name.isEmpty ? file : terminal.styled(name, .strong) + "  " + file
            if here != heading { lines.append(here) }
            heading = here
            lines.append("  \(evidence.isSubtracted ? "− " : "")\(Self.text(of: evidence))")
        }
        if zeros > 0 { lines.append("  \(Message.zeros(zeros))") }
        return lines
    }

    private static func text(of evidence: CheckResult.Evidence) -> ShownText {
        if let stated = evidence.stated {
            let about = stated.tolerance > 0 ? Message.about.text : ""
            return "\(evidence.key)  \(about)\(stated.value.figure) “\(stated.sentence)”"
        }
        guard let cell = evidence.cell else { return "\(evidence.key)  \(Message.notInFile)" }
        let value = cell.value.map { ShownText($0.figure) } ?? Message.unknown.text
        return "\(evidence.key)  \(value) \(Message.status(cell.status)) \"\(cell.raw)\""
    }
}
