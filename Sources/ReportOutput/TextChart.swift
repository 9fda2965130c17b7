import ReportSearch

/// A chart in lines of text for a terminal.
///
/// Wide characters take two columns and no line is longer than asked for, so that everything stands
/// under each other.
public struct TextChart {
    /// A part of a line, and how it may look.
    public struct Piece: Sendable, Hashable {
        /// What a part is.
        public enum Role: Sendable, Hashable {
            /// A title.
            case title
            /// A bar, a line, a box.
            case mark
            /// Anything else.
            case plain
        }
        /// The text.
        public let text: String
        /// What it is.
        public let role: Role
    }

    private let chart: Chart
    private let columns: Int

    /// The lowest and highest width that is drawn in, in columns.
    private static let widths = 40...200
    /// How high lines over years are.
    private static let height = 10

    /// A chart in so many columns, of which 40 to 200 are used.
    public init(_ chart: Chart, columns: Int) {
        self.chart = chart
        self.columns = min(max(columns, Self.widths.lowerBound), Self.widths.upperBound)
    }

    /// The lines, each in its parts.
    public var lines: [[Piece]] {
        chart.panels.enumerated().flatMap { index, panel -> [[Piece]] in
            (index > 0 ? [[]] : []) + [
                [Piece(text: cut(panel.title, toColumns: columns), role: .title)]
            ]
                + content(panel)
        }
    }

    private func content(_ panel: Chart.Panel) -> [[Piece]] {
        switch panel.content {
        case .bars(let items): rows(panel, items, bar)
        case .dots(let items): rows(panel, items, dot)
        case .boxes(let items): rows(panel, items, box)
        case .lines(let series): graph(panel, series)
        }
    }

    // MARK: Rows

    /// A label, a drawing and a value a line, in three columns.
    private func rows(
        _ panel: Chart.Panel, _ items: [Chart.Item],
        _ draw: (Chart.Item, ClosedRange<Double>, Int) -> String
    ) -> [[Piece]] {
        let values = items.map(\.text).map { width(of: $0) }.max() ?? 0
        let labels = min(items.map { width(of: $0.label) }.max() ?? 0, columns / 2)
        let room = max(8, columns - labels - values - 4)
        return items.map { item in
            let label = cut(item.label, toColumns: labels)
            let drawn = padded(draw(item, panel.range, room), room)
            let text = String(repeating: " ", count: max(0, values - width(of: item.text)))
            return [
                Piece(text: padded(label, labels) + "  ", role: .plain),
                Piece(text: drawn, role: .mark),
                Piece(text: "  " + text + item.text, role: .plain),
            ]
        }
    }

    /// The column of a value, from 0, when a range takes some columns.
    private func position(_ value: Double, _ range: ClosedRange<Double>, _ room: Int) -> Int {
        let part = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
        return min(room - 1, max(0, Int((part * Double(room - 1)).rounded())))
    }

    private func bar(_ item: Chart.Item, _ range: ClosedRange<Double>, _ room: Int) -> String {
        guard let value = item.value else { return "" }
        let (zero, end) = (position(0, range, room), position(value, range, room))
        let (low, high) = (min(zero, end), max(zero, end))
        if value == 0 { return String(repeating: " ", count: zero) + "|" }
        return String(repeating: " ", count: low) + String(repeating: "#", count: high - low + 1)
    }

    private func dot(_ item: Chart.Item, _ range: ClosedRange<Double>, _ room: Int) -> String {
        guard let value = item.value else { return "" }
        var line = [Character](repeating: " ", count: room)
        if let interval = item.interval {
            let low = position(interval.lowerBound, range, room)
            let high = position(interval.upperBound, range, room)
            for column in low...max(low, high) { line[column] = "-" }
            line[low] = "|"
            line[high] = "|"
        }
        line[position(value, range, room)] = "o"
        return String(line)
    }

    private func box(_ item: Chart.Item, _ range: ClosedRange<Double>, _ room: Int) -> String {
        guard item.box.count == 5 else { return "" }
        let positions = item.box.map { position($0, range, room) }
        var line = [Character](repeating: " ", count: room)
        for column in positions[0]...positions[4] { line[column] = "-" }
        for column in positions[1]...positions[3] { line[column] = "=" }
        line[positions[0]] = "|"
        line[positions[4]] = "|"
        line[positions[1]] = "["
        line[positions[3]] = "]"
        line[positions[2]] = "O"
        return String(line)
    }

    // MARK: Lines over years

    private static let marks: [Character] = ["*", "o", "x", "+", "@", "%", "&", "$"]

    private func graph(_ panel: Chart.Panel, _ series: [Chart.Series]) -> [[Piece]] {
        let years = series.flatMap { $0.points.map(\.year) }
        guard let first = years.min(), let last = years.max() else { return [] }
        let range = panel.range
        let ticks = [range.upperBound, (range.lowerBound + range.upperBound) / 2, range.lowerBound]
            .map(panel.shown)
        let left = ticks.map { width(of: $0) }.max() ?? 0
        let room = max(8, columns - left - 2)
        let span = Double(max(1, last - first))
        func column(_ year: Double) -> Int {
            Int(((year - Double(first)) / span * Double(room - 5)).rounded()) + 2
        }
        func row(_ value: Double) -> Int { Self.height - 1 - position(value, range, Self.height) }
        var cells = [[Character]](
            repeating: [Character](repeating: " ", count: room), count: Self.height)
        for one in series {
            for run in one.runs {
                for (start, end) in zip(run, run.dropFirst()) {
                    let (from, to) = (column(Double(start.year)), column(Double(end.year)))
                    for x in from...to where to > from {
                        let part = Double(x - from) / Double(to - from)
                        let value = start.value + (end.value - start.value) * part
                        if cells[row(value)][x] == " " { cells[row(value)][x] = "." }
                    }
                }
            }
        }
        for (number, one) in series.enumerated() {
            for point in one.points {
                cells[row(point.value)][column(Double(point.year))] =
                    Self.marks[number % Self.marks.count]
            }
        }
        let middle = Self.height / 2
        var lines = cells.enumerated().map { index, row -> [Piece] in
            let tick =
                index == 0
                ? ticks[0]
                : index == middle
                    ? ticks[1]
                    : index == Self.height - 1
                        ? ticks[2] : ""
            let space = String(repeating: " ", count: max(0, left - width(of: tick)))
            return [
                Piece(text: space + tick + " |", role: .plain),
                Piece(text: String(row), role: .mark),
            ]
        }
        lines.append(axis(first, last, left, room, column))
        if series.count > 1 || series.first.map({ !["all", "全部"].contains($0.label) }) ?? false {
            lines += series.enumerated().map { number, one in
                let mark = String(Self.marks[number % Self.marks.count])
                return [
                    Piece(text: "  " + mark, role: .mark),
                    Piece(text: " " + cut(one.label, toColumns: columns - 4), role: .plain),
                ]
            }
        }
        return lines
    }

    /// The years below the graph, as many as have room.
    private func axis(
        _ first: Int, _ last: Int, _ left: Int, _ room: Int, _ column: (Double) -> Int
    ) -> [Piece] {
        var line = [Character](repeating: " ", count: room)
        var free = 0
        for year in first...last {
            let start = min(max(0, column(Double(year)) - 2), room - 4)
            guard start >= free else { continue }
            for (offset, digit) in String(year).enumerated() where start + offset < room {
                line[start + offset] = digit
            }
            free = start + 6
        }
        return [Piece(text: String(repeating: " ", count: left + 2) + String(line), role: .plain)]
    }

    // MARK: Widths

    private func padded(_ text: String, _ columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(of: text)))
    }
}
