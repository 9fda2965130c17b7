import Foundation
import QueryLanguage
import ReportModel
import ReportSearch
import TestSupport
import Testing

@testable import ReportOutput

@Suite("Charts stand under each other and are valid")
struct ChartTests {
    /// A label of characters of all widths.
    private static func label(_ random: inout SeededGenerator) -> String {
        let pieces = [
            "孟津区", "ABC", "ｱｲｳ", "Ａ", "e\u{301}", "😀", "—", "·", "𠀀", " ", "\u{202E}", "é", "（一）",
            "\u{1}",
            "<&>\"'",
        ]
        return (0..<Int.random(in: 0...9, using: &random))
            .map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    }

    private static func chart(_ content: Chart.Content) -> Chart {
        Chart(
            title: "标题 <&>", summary: "说明",
            panels: [Chart.Panel(title: "新收", content: content, shown: FigureText.rounded)],
            language: .chinese)
    }

    @Test("10,000 labels of mixed width leave every column where it is")
    func alignment() {
        var random = SeededGenerator(seed: 20)
        for round in 0..<100 {
            let items = (0..<100).map { _ in
                Chart.Item(
                    label: Chart.plain(Self.label(&random)),
                    value: Double(Int.random(in: -20...500, using: &random)), text: "1",
                    interval: nil)
            }
            let columns = 40 + round * 160 / 99
            let lines = TextChart(Self.chart(.bars(items)), columns: columns).lines.dropFirst()
            let labels = Set(lines.map { width(of: $0[0].text) })
            let drawings = Set(lines.map { width(of: $0[0].text) + width(of: $0[1].text) })
            #expect(lines.count == 100 && labels.count == 1 && drawings.count == 1)
            #expect(lines.allSatisfy { $0.reduce(0) { $0 + width(of: $1.text) } <= columns })
        }
    }

    private static let contents: [Chart.Content] = [
        .bars([
            Chart.Item(label: "甲", value: -3, text: "-3", interval: nil),
            Chart.Item(label: "乙", value: nil, text: "–", interval: nil),
        ]),
        .dots([Chart.Item(label: "甲", value: 0.3, text: "30%", interval: 0.2...0.5)]),
        .boxes([
            Chart.Item(label: "甲", value: 3, text: "3", interval: nil, box: [1, 2, 3, 4, 9])
        ]),
        .lines([
            Chart.Series(label: "甲局", points: [(2019, 1), (2020, 2), (2023, 5), (2024, 4)]),
            Chart.Series(label: "乙局", points: [(2023, 5)]),
        ]), .bars([]), .lines([]),
    ]

    @Test("A gap between years is a gap in the line")
    func gaps() {
        guard case .lines(let series) = Self.contents[3] else { return }
        #expect(series[0].runs.map { $0.map(\.year) } == [[2019, 2020], [2023, 2024]])
        let lines = TextChart(Self.chart(Self.contents[3]), columns: 60).lines
        let drawn = lines.map { $0.map(\.text).joined() }
        // Between 2020 and 2023 nothing is drawn in any row.
        let year = drawn.last { $0.contains("2019") } ?? ""
        let start = year.distance(
            from: year.startIndex, to: year.firstRange(of: "2021")?.lowerBound ?? year.startIndex)
        #expect(start > 0)
        for line in drawn.dropFirst().prefix(10) {
            #expect(line.dropFirst(start + 1).prefix(4).allSatisfy { $0 == " " }, "\(line)")
        }
    }

    /// Reads drawings with nothing but Python's own library.
    private static let reader = """
        import sys, xml.etree.ElementTree as tree
        n = "{http://www.w3.org/2000/svg}"
        for name in sys.argv[1:]:
            root = tree.parse(name).getroot()
            roles = [e.get("role") for e in root.iter()]
            print(root.tag == n + "svg", len(root.findall(n + "title")), len(root.findall(n + "desc")),
                  roles.count("table"), roles.count("row"), roles.count("columnheader"),
                  roles.count("cell"))
        """

    @Test("Every drawing is XML with a title, a description and a table")
    func svg() throws {
        let folder = try TemporaryFolder()
        let table = [["年", "新收 <1>"], ["2023", "5 & \u{1}"]]
        for (index, content) in Self.contents.enumerated() {
            let chart = Self.chart(content)
            let text = ChartSVG(chart, table: table).text
            #expect(text == ChartSVG(chart, table: table).text)
            #expect(!text.contains("nan") && !text.contains("inf") && !text.contains("\u{1}"))
            try folder.write(text, to: "\(index).svg")
            let page = ChartPage(chart, table: [["年"], ["<2023>"]], notes: ["a & b"]).text
            #expect(page.contains("<td>&lt;2023&gt;</td>") && page.contains("a &amp; b"))
        }
        let python = URL(filePath: "/usr/bin/python3")
        guard FileManager.default.isExecutableFile(atPath: python.path) else { return }
        let process = Process()
        process.executableURL = python
        process.arguments =
            ["-c", Self.reader] + Self.contents.indices.map { folder.path("\($0).svg") }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(
            decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(
            output == String(repeating: "True 1 1 1 2 2 2\n", count: Self.contents.count))
    }

    @Test(
        "An axis has round numbers, whole ones between whole numbers, and holds every value",
        arguments: [
            (0...190, [0, 50, 100, 150, 200]), (0...8, [0, 2, 4, 6, 8]), (0...3, [0, 1, 2, 3]),
            (0...0.799, [0, 0.2, 0.4, 0.6, 0.8]), (-30...120, [-50, 0, 50, 100, 150]),
            (0...1, [0, 0.5, 1]), (0...12_345, [0, 5_000, 10_000, 15_000]),
        ] as [(ClosedRange<Double>, [Double])])
    func ticks(range: ClosedRange<Double>, wanted: [Double]) {
        let ticks = AxisTicks(over: range).values
        #expect(ticks.map { ($0 * 1e6).rounded() } == wanted.map { ($0 * 1e6).rounded() })
    }
}
