import QueryLanguage
import ReportModel
import ReportSearch

/// A chart as SVG: self-contained, for black and white and for screen readers.
///
/// It has a title, a description, and the figures as a table below the drawing. Nothing in it moves
/// or is fetched, and the same chart gives the same bytes.
public struct ChartSVG {
    private let chart: Chart
    private let table: [[String]]

    /// Draws a chart.
    ///
    /// - Parameter table: the figures as rows of texts, their heads first.
    public init(_ chart: Chart, table: [[String]]) { (self.chart, self.table) = (chart, table) }

    /// The width in pixels.
    private static let width = 760.0
    private static let rowHeight = 22.0
    private static let graphHeight = 240.0
    /// Of a half-width character, roughly; one of full width is two.
    private static let letter = 7.0
    /// The most rows of the table that are drawn.
    private static let mostRows = 200

    /// The document.
    public var text: String {
        var body = ""
        var top = 40.0
        for panel in chart.panels {
            let (drawn, height) = self.drawn(panel, top)
            body += drawn
            top += height + 24
        }
        let (rows, height) = tableText(top)
        body += rows
        top += height + 12
        let title = Markup.escaped(chart.title)
        let summary = Markup.escaped(chart.summary)
        let language = chart.language == .chinese ? "zh" : "en"
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <svg xmlns="http://www.w3.org/2000/svg" xml:lang="\(language)" \
            viewBox="0 0 \(Self.number(Self.width)) \(Self.number(top))" \
            width="\(Self.number(Self.width))" height="\(Self.number(top))" role="img" \
            aria-labelledby="title desc" font-family="sans-serif" font-size="13" fill="#111">
            <title id="title">\(title)</title>
            <desc id="desc">\(summary)</desc>
            <rect width="100%" height="100%" fill="#fff"/>
            <text x="12" y="24" font-size="16" font-weight="bold">\(title)</text>
            \(body)</svg>

            """
    }

    // MARK: Panels

    private func drawn(_ panel: Chart.Panel, _ top: Double) -> (text: String, height: Double) {
        let head =
            "<text x=\"12\" y=\"\(Self.number(top + 14))\" font-weight=\"bold\">"
            + Markup.escaped(panel.title) + "</text>\n"
        let (text, height) =
            switch panel.content {
            case .bars(let items): rows(panel, items, top + 24, bar)
            case .dots(let items): rows(panel, items, top + 24, dot)
            case .boxes(let items): rows(panel, items, top + 24, box)
            case .lines(let series): graph(panel, series, top + 34)
            }
        return ("<g>\n" + head + text + "</g>\n", height + 34)
    }

    /// From where to where values lie, in pixels.
    private struct Axis {
        let range: ClosedRange<Double>
        let start: Double
        let length: Double

        func position(_ value: Double) -> Double {
            start + (value - range.lowerBound) / (range.upperBound - range.lowerBound) * length
        }
    }

    private func rows(
        _ panel: Chart.Panel, _ items: [Chart.Item], _ top: Double,
        _ draw: (Chart.Item, Axis, _ middle: Double) -> String
    ) -> (text: String, height: Double) {
        let labels = min(
            Self.width * 0.4, (items.map { Self.length($0.label) }.max() ?? 0) + 24)
        let values = (items.map { Self.length($0.text) }.max() ?? 0) + 24
        let axis = Axis(
            range: panel.range, start: labels, length: max(60, Self.width - labels - values))
        let bottom = top + Double(items.count) * Self.rowHeight
        var text = Self.line(axis.position(0), top, axis.position(0), bottom, "#999")
        for (index, item) in items.enumerated() {
            let middle = top + (Double(index) + 0.5) * Self.rowHeight
            text += Self.label(item.label, Self.number(labels - 8), middle + 4, "end", labels - 16)
            text += draw(item, axis, middle)
            text += Self.label(item.text, Self.number(Self.width - 12), middle + 4, "end", values)
        }
        return (text, bottom - top)
    }

    private func bar(_ item: Chart.Item, _ axis: Axis, _ middle: Double) -> String {
        guard let value = item.value else { return "" }
        let (zero, end) = (axis.position(0), axis.position(value))
        return "<rect x=\"\(Self.number(min(zero, end)))\" y=\"\(Self.number(middle - 7))\" "
            + "width=\"\(Self.number(max(1, abs(end - zero))))\" height=\"14\" fill=\"#456\"/>\n"
    }

    private func dot(_ item: Chart.Item, _ axis: Axis, _ middle: Double) -> String {
        guard let value = item.value else { return "" }
        var text = ""
        if let interval = item.interval {
            let low = axis.position(interval.lowerBound)
            let high = axis.position(interval.upperBound)
            text += Self.line(low, middle, high, middle, "#456")
            for end in [low, high] { text += Self.line(end, middle - 4, end, middle + 4, "#456") }
        }
        return text
            + "<circle cx=\"\(Self.number(axis.position(value)))\" cy=\"\(Self.number(middle))\" "
            + "r=\"4\" fill=\"#111\"/>\n"
    }

    private func box(_ item: Chart.Item, _ axis: Axis, _ middle: Double) -> String {
        guard item.box.count == 5 else { return "" }
        let stops = item.box.map(axis.position)
        return Self.line(stops[0], middle, stops[4], middle, "#456")
            + Self.line(stops[0], middle - 4, stops[0], middle + 4, "#456")
            + Self.line(stops[4], middle - 4, stops[4], middle + 4, "#456")
            + "<rect x=\"\(Self.number(stops[1]))\" y=\"\(Self.number(middle - 7))\" "
            + "width=\"\(Self.number(max(1, stops[3] - stops[1])))\" height=\"14\" fill=\"#dde\" "
            + "stroke=\"#456\"/>\n"
            + "<line x1=\"\(Self.number(stops[2]))\" y1=\"\(Self.number(middle - 7))\" "
            + "x2=\"\(Self.number(stops[2]))\" y2=\"\(Self.number(middle + 7))\" stroke=\"#111\" "
            + "stroke-width=\"3\"/>\n"
    }

    // MARK: Lines over years

    /// How lines differ without colours.
    private static let dashes = ["", "7 3", "2 3", "9 3 2 3", "4 4", "12 4", "2 6", "6 2 2 2 2 2"]

    private func graph(
        _ panel: Chart.Panel, _ series: [Chart.Series], _ top: Double
    ) -> (text: String, height: Double) {
        let years = series.flatMap { $0.points.map(\.year) }
        guard let first = years.min(), let last = years.max() else { return ("", 0) }
        let ticks = AxisTicks(over: panel.range).values
        let left = (ticks.map { Self.length(panel.shown($0)) }.max() ?? 0) + 24
        let across = Axis(
            range: Double(first)...Double(max(last, first + 1)), start: left + 16,
            length: Self.width - left - 60)
        let bottom = top + Self.graphHeight
        let up = Axis(
            range: ticks[0]...ticks[ticks.count - 1], start: bottom, length: -Self.graphHeight)
        var text = ""
        for tick in ticks {
            let y = up.position(tick)
            text += Self.line(left, y, Self.width - 12, y, "#ddd")
            text += Self.label(panel.shown(tick), Self.number(left - 6), y + 4, "end", left)
        }
        let step = max(1, (last - first + 1 + 15) / 16)
        for year in stride(from: first, through: last, by: step) {
            text += Self.label(
                String(year), Self.number(across.position(Double(year))), bottom + 18, "middle", 60)
        }
        for (number, one) in series.enumerated() { text += drawn(one, number, across, up) }
        var height = Self.graphHeight + 26
        for (number, one) in series.enumerated() where series.count > 1 || one.label.count > 3 {
            let y = top + height + 8
            text += Self.dashed(left, y, left + 44, y, number)
            text += Self.marker(number, left + 22, y)
            text += Self.label(one.label, Self.number(left + 52), y + 4, "start", 600)
            height += 20
        }
        return (text, height)
    }

    private func drawn(_ one: Chart.Series, _ number: Int, _ across: Axis, _ up: Axis) -> String {
        var text = ""
        for run in one.runs {
            for (start, end) in zip(run, run.dropFirst()) {
                text += Self.dashed(
                    across.position(Double(start.year)), up.position(start.value),
                    across.position(Double(end.year)), up.position(end.value), number)
            }
            for point in run {
                text += Self.marker(
                    number, across.position(Double(point.year)), up.position(point.value))
            }
        }
        return text
    }

    private static func dashed(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ number: Int
    ) -> String {
        let dash = dashes[number % dashes.count]
        return "<line x1=\"\(self.number(x1))\" y1=\"\(self.number(y1))\" "
            + "x2=\"\(self.number(x2))\" y2=\"\(self.number(y2))\" stroke=\"#111\" "
            + "stroke-width=\"1.6\""
            + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"") + "/>\n"
    }

    /// A circle, a square, a triangle, a diamond, filled or not.
    private static func marker(_ number: Int, _ x: Double, _ y: Double) -> String {
        let fill = number / 4 % 2 == 0 ? "#111" : "#fff"
        let points: [(Double, Double)] =
            switch number % 4 {
            case 1: [(-4, -4), (4, -4), (4, 4), (-4, 4)]
            case 2: [(0, -5), (5, 4), (-5, 4)]
            case 3: [(0, -5), (5, 0), (0, 5), (-5, 0)]
            default: []
            }
        if points.isEmpty {
            return "<circle cx=\"\(self.number(x))\" cy=\"\(self.number(y))\" r=\"4\" "
                + "fill=\"\(fill)\" stroke=\"#111\"/>\n"
        }
        let path = points.map { "\(self.number(x + $0.0)),\(self.number(y + $0.1))" }
        return "<polygon points=\"\(path.joined(separator: " "))\" fill=\"\(fill)\" "
            + "stroke=\"#111\"/>\n"
    }

    // MARK: The table

    private func tableText(_ top: Double) -> (text: String, height: Double) {
        guard let heads = table.first else { return ("", 0) }
        let shown = table.prefix(Self.mostRows + 1)
        let longest = heads.indices.map { column in
            shown.map { Self.length($0[column]) }.max() ?? 0
        }
        // Columns that are too long together give way alike.
        let gap = 14.0
        let wanted = longest.reduce(0) { $0 + $1 + gap }
        let scale = min(1, (Self.width - 24) / max(1, wanted))
        var starts = [12.0]
        for length in longest { starts.append(starts[starts.count - 1] + (length + gap) * scale) }
        var text = "<g role=\"table\" font-size=\"11\">\n"
        for (index, row) in shown.enumerated() {
            let y = top + Double(index) * 16 + 12
            text += "<g role=\"row\"\(index == 0 ? " font-weight=\"bold\"" : "")>"
            for (column, cell) in row.enumerated() {
                let room = (longest[column] + gap) * scale - 4
                text +=
                    "<text role=\"\(index == 0 ? "columnheader" : "cell")\" "
                    + "x=\"\(Self.number(starts[column]))\" y=\"\(Self.number(y))\">"
                    + Markup.escaped(Self.fitting(cell, room)) + "</text>"
            }
            text += "</g>\n"
        }
        let rest = table.count - shown.count
        if rest > 0 {
            let more = chart.language == .chinese ? "另有 \(rest) 行" : "and \(rest) more rows"
            text += Self.label(
                more, "12", top + Double(shown.count) * 16 + 12, "start", Self.width)
        }
        return (text + "</g>\n", Double(shown.count + (rest > 0 ? 1 : 0)) * 16 + 8)
    }

    // MARK: Elements

    private static func length(_ text: String) -> Double {
        Double(ReportSearch.width(of: text)) * letter
    }

    /// A text in no more room, with … where something is left out.
    private static func fitting(_ text: String, _ room: Double) -> String {
        guard length(text) > room else { return text }
        var cut = ""
        for character in text {
            if length(cut) + letter * 3 > room { break }
            cut.append(character)
        }
        return cut + "…"
    }

    private static func label(
        _ text: String, _ x: String, _ y: Double, _ anchor: String, _ room: Double
    ) -> String {
        "<text x=\"\(x)\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">"
            + Markup.escaped(fitting(text, max(room, 30))) + "</text>\n"
    }

    private static func line(
        _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ colour: String
    ) -> String {
        "<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" "
            + "stroke=\"\(colour)\"/>\n"
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() ? String(Int(value)) : value.fixed(decimals: 1)
    }
}
