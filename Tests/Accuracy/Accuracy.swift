import ArgumentParser
import Foundation
import GeneratedReports
import ReportParsing
import TestSupport

/// Reads generated reports and prints how much was read rightly, by layout and damage.
@main
struct Accuracy: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accuracy",
        abstract: "How much of generated reports is read rightly, by layout and damage.",
        discussion: """
            Exit status 1 when a share of all reports is below what must hold: cells 99.9 % precise
            and 99.5 % recalled, agency, year, section, subsection, text and scope 99.5 %, noise
            0.2 % at most, and no blank read as 0.
            """)

    @Option(help: "How many reports.")
    var count = 5000

    @Option(help: "The seed; a fresh one by default.")
    var seed: UInt64?

    @Option(help: "Give every report the layout whose name begins so, as S7 or 'E2 traditional'.")
    var layout: String?

    @Option(help: "Print so many reports that were not read rightly, with their mistakes.")
    var mistakes = 0

    @Option(help: "Print the one report with this seed and its mistakes.")
    var show: UInt64?

    func run() throws {
        if let show {
            let report = GeneratedReport(seed: show, layout: layout)
            print(report.text)
            print(report.traits.names.joined(separator: "; "))
            for mistake in score(report).mistakes { print(mistake) }
            return
        }
        let seed = seed ?? UInt64.random(in: 0..<1_000_000_000)
        print("seed \(seed), \(count) reports\(layout.map { " with \($0)" } ?? "")")
        var random = SeededGenerator(seed: seed)
        var all = Score()
        var byName: [String: Score] = [:]
        var shown = 0
        for _ in 0..<count {
            let report = GeneratedReport(seed: random.next() % 1_000_000_000_000, layout: layout)
            let score = score(report)
            all.add(score)
            for name in report.traits.names { byName[name, default: Score()].add(score) }
            if !score.mistakes.isEmpty, shown < mistakes {
                shown += 1
                print("\n\(report.seed): \(report.traits.names.joined(separator: "; "))")
                for mistake in score.mistakes.prefix(6) { print("    \(mistake)") }
            }
        }
        print(Row.head)
        for name in Traits.allNames {
            guard let score = byName[name] else { continue }
            print(Row(name: name, score: score).line)
        }
        print(Row(name: "all", score: all).line)
        if !Row(name: "all", score: all).holds { throw ExitCode(1) }
    }

    private func score(_ report: GeneratedReport) -> Score {
        Score(of: try? ReportParser().report(from: report.bytes), against: report)
    }
}

/// One line of the table.
private struct Row {
    let name: String
    let score: Score

    /// The columns with what must hold of each, in percent; nil where nothing must.
    private static let columns:
        [(name: String, share: any KeyPath<Score, Score.Share> & Sendable, least: Double?)] = [
            ("precise", \.precision, 99.9), ("recalled", \.recall, 99.5),
            ("agency", \.agency, 99.5),
            ("year", \.year, 99.5), ("section", \.section, 99.5), ("text", \.text, 99.5),
            ("region", \.region, nil), ("title", \.title, nil), ("subsec.", \.subsection, 99.5),
            ("no noise", \.pure, 99.8), ("scope", \.scope, 99.5),
        ]

    static var head: String {
        Row.padded("", 36) + " reports" + columns.map { right($0.name, 10) }.joined()
            + right("blank=0", 9)
    }

    var holds: Bool {
        score.blanksAsZero == 0
            && Self.columns.allSatisfy { score[keyPath: $0.share].percent >= $0.least ?? 0 }
    }

    var line: String {
        Self.padded(name, 36) + Self.right("\(score.reports)", 8)
            + Self.columns.map { column in
                let percent = score[keyPath: column.share].percent
                let isLow = percent < column.least ?? 0
                // Rounded down, so that 100 means all.
                let text = String(format: "%.2f", (percent * 100).rounded(.down) / 100)
                return Self.right((isLow ? "!" : "") + text, 10)
            }.joined()
            + Self.right("\(score.blanksAsZero)", 9)
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }

    /// A text filled up to a width in columns of the terminal.
    private static func padded(_ text: String, _ width: Int) -> String {
        let own = text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x1100 ? 2 : 1) }
        return text + String(repeating: " ", count: max(0, width - own))
    }
}
