public import QueryLanguage
import ReportModel
public import ReportSearch

/// What of an answer is drawn: a panel for each field and unit.
public struct Chart: Sendable {
    /// One row: a bar, a dot with its interval, or a box.
    struct Item: Sendable {
        let label: String
        /// nil where no value can be told.
        let value: Double?
        /// The value as a person reads it.
        let text: String
        let interval: ClosedRange<Double>?
        /// P10, P25, P50, P75 and P90; none of other rows.
        var box: [Double] = []
    }

    /// Values over years.
    struct Series: Sendable {
        let label: String
        /// The values by year; a year without one is a gap.
        let points: [(year: Int, value: Double)]

        /// The points in runs of consecutive years: no line crosses a gap.
        var runs: [[(year: Int, value: Double)]] {
            var runs: [[(year: Int, value: Double)]] = []
            for point in points {
                if let last = runs.last?.last, last.year + 1 == point.year {
                    runs[runs.count - 1].append(point)
                } else {
                    runs.append([point])
                }
            }
            return runs
        }
    }

    /// What one panel draws.
    enum Content: Sendable {
        case bars([Item])
        case dots([Item])
        case boxes([Item])
        case lines([Series])
    }

    /// A drawing with an axis of its own.
    struct Panel: Sendable {
        let title: String
        let content: Content
        /// A number of the axis as a person reads it.
        let shown: @Sendable (Double) -> String

        /// The values that the axis must hold, 0 among them unless they are lines far above it.
        var range: ClosedRange<Double> {
            let values: [Double] =
                switch content {
                case .bars(let items): items.compactMap(\.value)
                case .dots(let items):
                    items.flatMap { [$0.value, $0.interval?.lowerBound, $0.interval?.upperBound] }
                        .compactMap(\.self)
                case .boxes(let items): items.flatMap(\.box)
                case .lines(let series): series.flatMap { $0.points.map(\.value) }
                }
            let low = min(0, values.min() ?? 0)
            let high = max(0, values.max() ?? 0)
            return low...(high > low ? high : low + 1)
        }
    }

    /// The title.
    public let title: String
    /// One sentence that says what is drawn.
    public let summary: String
    let panels: [Panel]
    let language: QuerySyntaxError.Language

    /// The most rows of a panel that are drawn; the table has all.
    static let mostItems = 60
    /// The most lines of a panel.
    static let mostSeries = 8

    /// A chart of some panels.
    init(title: String, summary: String, panels: [Panel], language: QuerySyntaxError.Language) {
        (self.title, self.summary, self.panels, self.language) = (title, summary, panels, language)
    }

    /// Draws an answer.
    ///
    /// - Parameters:
    ///   - kind: how; ``ChartKind/auto`` takes what suits the figures.
    ///   - title: what was asked, as the reader would put it.
    public init(
        _ answer: StatisticsAnswer, kind: ChartKind, title: String,
        language: QuerySyntaxError.Language
    ) {
        var panels: [Panel] = []
        var order: [[String]] = []
        var groups: [[String]: [StatisticsRow]] = [:]
        for row in answer.rows {
            let key = [row.field.key, Self.isQuantile(row.aggregate) ? "" : row.aggregate.rawValue]
            if groups[key] == nil { order.append(key) }
            groups[key, default: []].append(row)
        }
        for key in order {
            let rows = groups[key] ?? []
            // What several years come to has another unit, and stands in the table.
            let means: Set<Aggregate> = [.meanGrowth, .meanPoints, .threeYearMean]
            guard let first = rows.first, !means.contains(first.aggregate) else { continue }
            panels.append(Self.panel(rows, first, answer, kind, language))
        }
        let count = panels.reduce(0) { $0 + $1.count }
        let by = answer.groups.map { language == .chinese ? $0.names[1] : $0.key }
        let names = panels.map(\.title).joined(separator: language == .chinese ? "、" : ", ")
        let summary =
            language == .chinese
            ? "\(names)\(by.isEmpty ? "" : "，按" + by.joined(separator: "、"))；共 \(count) 个数值。"
            : "\(names)\(by.isEmpty ? "" : " by " + by.joined(separator: ", ")); \(count) values."
        self.init(
            title: Self.plain(title), summary: summary, panels: panels, language: language)
    }

    private static func isQuantile(_ aggregate: Aggregate) -> Bool {
        [.p10, .p25, .p50, .p75, .p90, .decileRange, .quartileRange].contains(aggregate)
    }

    /// A text without what could turn or command what is drawn.
    static func plain(_ text: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069,
                0xFEFF:
                plain.append("\u{FFFD}")
            default: plain.append(scalar)
            }
        }
        return String(plain)
    }

    private static func panel(
        _ rows: [StatisticsRow], _ first: StatisticsRow, _ answer: StatisticsAnswer,
        _ kind: ChartKind, _ language: QuerySyntaxError.Language
    ) -> Panel {
        // A concentration is about all values of the last field, and has none of its own.
        let year = answer.groups.firstIndex(of: .year).flatMap { year in
            rows.allSatisfy { $0.group.indices.contains(year) } ? year : nil
        }
        let isBox = isQuantile(first.aggregate)
        let title =
            (isBox ? first.field.names[0] : first.name(in: language))
            + (first.unit.map { $0 == "ratio" ? "" : " (\($0))" } ?? "")
        let content: Content
        if isBox || kind == .box {
            content = .boxes(boxes(rows, answer, language))
        } else if let year, kind == .line || kind == .auto && spansYears(rows, year) {
            content = .lines(series(rows, year, answer, language))
        } else {
            let items = rows.prefix(mostItems).map { row in
                Item(
                    label: label(row, answer, language), value: row.value,
                    text: row.value.map(row.shown) ?? "–", interval: row.interval)
            }
            let isDot = kind == .dot || kind == .auto && items.contains { $0.interval != nil }
            content = isDot ? .dots(items) : .bars(items)
        }
        return Panel(title: plain(title), content: content, shown: { first.shown($0) })
    }

    /// Whether some series has a value in more than one year.
    private static func spansYears(_ rows: [StatisticsRow], _ year: Int) -> Bool {
        guard rows.allSatisfy({ $0.bin == nil && $0.report == nil }) else { return false }
        return Set(rows.compactMap { $0.value == nil ? nil : $0.group[year].number }).count > 1
    }

    private static func label(
        _ row: StatisticsRow, _ answer: StatisticsAnswer, _ language: QuerySyntaxError.Language,
        without field: Int? = nil
    ) -> String {
        var parts = zip(answer.groups, row.group).enumerated().filter { $0.offset != field }.map {
            $0.element.1.name(of: $0.element.0, in: language)
        }
        if row.bin != nil { parts.append(row.binText) }
        if let head = row.report {
            parts += [head.agency, head.year.map(String.init)].compactMap(\.self)
        }
        if parts.isEmpty { parts = [language == .chinese ? "全部" : "all"] }
        return plain(parts.joined(separator: " "))
    }

    private static func series(
        _ rows: [StatisticsRow], _ year: Int, _ answer: StatisticsAnswer,
        _ language: QuerySyntaxError.Language
    ) -> [Series] {
        var order: [String] = []
        var points: [String: [(year: Int, value: Double)]] = [:]
        for row in rows {
            let label = label(row, answer, language, without: year)
            if points[label] == nil { order.append(label) }
            points[label, default: []] += zip([row.group[year].number], [row.value]).compactMap {
                guard let year = $0, let value = $1 else { return nil }
                return (Int(year), value)
            }
        }
        return order.prefix(mostSeries).map { label in
            Series(label: label, points: (points[label] ?? []).sorted { $0.year < $1.year })
        }
    }

    private static func boxes(
        _ rows: [StatisticsRow], _ answer: StatisticsAnswer, _ language: QuerySyntaxError.Language
    ) -> [Item] {
        var order: [String] = []
        var values: [String: [Aggregate: StatisticsRow]] = [:]
        for row in rows {
            let label = label(row, answer, language)
            if values[label] == nil { order.append(label) }
            values[label, default: [:]][row.aggregate] = row
        }
        return order.prefix(mostItems).map { label in
            let parts: [Aggregate] = [.p10, .p25, .p50, .p75, .p90]
            let box = parts.compactMap { values[label]?[$0]?.value }
            let median = values[label]?[.p50]
            return Item(
                label: label, value: median?.value,
                text: median.flatMap { row in row.value.map(row.shown) } ?? "–", interval: nil,
                box: box.count == parts.count ? box : [])
        }
    }
}

extension Chart.Panel {
    /// How many values are drawn.
    fileprivate var count: Int {
        switch content {
        case .bars(let items), .dots(let items), .boxes(let items):
            items.count { $0.value != nil }
        case .lines(let series): series.reduce(0) { $0 + $1.points.count }
        }
    }
}
