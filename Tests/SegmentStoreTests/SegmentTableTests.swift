import ReportModel
import TestSupport
import Testing

@testable import SegmentStore

@Suite("The texts and tables of a segment")
struct SegmentTableTests {
    /// The columns of tables, put together.
    private static func columns(_ tables: SegmentTables) -> [SegmentColumn: [UInt8]] {
        var columns: [SegmentColumn: [UInt8]] = [:]
        tables.forEachPart { columns[$0, default: []] += $1 }
        return columns
    }

    private static func number(_ bytes: [UInt8], _ index: Int, _ size: Int) -> Int {
        (0..<size).reduce(0) { $0 | Int(bytes[index * size + $1]) << (8 * $1) }
    }

    private static let pieces: [String] = [
        "全年公开１２条，", "（一）“政策”", "（2022年）,a;b:", "\"x\"", "ＬＥＤ 屏 two  words", "讀臺戶", "，，：；！？",
        "2022，2023", "\u{200B}", "e\u{301}", "😀", "\u{10FFFF}", "。\n", "⼾⼈", "𠀀", "((", "））", "'’",
        "——", "%",
    ]

    @Test("Every text comes back as it was, whatever it holds", arguments: 0..<60)
    func texts(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var report = Report(kind: .other, form: .none, encoding: "utf-8")
        for index in 0..<40 {
            var text = ""
            for _ in 0..<Int.random(in: 0...12, using: &random) {
                text += Self.pieces.randomElement(using: &random) ?? ""
                if Int.random(in: 0..<8, using: &random) == 0,
                    let scalar = Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random))
                {
                    text.unicodeScalars.append(scalar)
                }
            }
            report.passages.append(
                Passage(
                    section: index % 8, subsection: index % 3 == 0 ? nil : "（\(index % 5)）小节",
                    text: text, lines: (index + 1)...(index + 1 + index % 4)))
        }
        let record = ReportRecord(report, sha256: String(repeating: "0f", count: 32))
        let entry = ReportEntry(record)
        var tables = SegmentTables(frequent: .none)
        var cutter = PassageCutter(frequent: .none)
        tables.add(StorableReport(record))
        for passage in report.passages {
            cutter.set(passage.text)
            tables.add(passage, cut: cutter)
        }
        let columns = Self.columns(tables)
        let records = columns[.records] ?? []
        let starts = columns[.recordStarts] ?? []
        let read = try #require(ReportEntry(columns[.entries] ?? []))
        #expect(read == entry)
        for (index, passage) in report.passages.enumerated() {
            let range = Self.number(starts, index, 5)..<Self.number(starts, index + 1, 5)
            let stored = try #require(PassageRecord(Array(records[range])))
            let section = Int(columns[.labels]?[index] ?? 0)
            let back = stored.passage(section: section, in: read)
            // String comparison would take canonically equal texts for the same.
            #expect(back.text.unicodeScalars.elementsEqual(passage.text.unicodeScalars))
            #expect(back.section == passage.section && back.lines == passage.lines)
            #expect(back.subsection == passage.subsection)
            // What stands where a phrase is found folds to the phrase, unless it begins with a mark.
            let scalars = Array(passage.text.unicodeScalars)
            let folded = stored.text.foldedScalars
            let start = Int.random(in: 0...folded.count, using: &random)
            let phrase = Array(folded[start...].prefix(5))
            let ranges = stored.text.occurrences(of: phrase)
            #expect(ranges.isEmpty == phrase.isEmpty)
            guard phrase.first != 0x20, phrase.first != 0x301, phrase.last != 0x20 else { continue }
            for range in ranges {
                let found = String(String.UnicodeScalarView(scalars[range]))
                let back = TextAnalysis().foldedUTF8(of: found)
                #expect(
                    String(decoding: back, as: UTF8.self).unicodeScalars.map(\.value) == phrase)
            }
        }
    }

    /// The shape of a segment with these columns.
    private static func shape(_ columns: [SegmentColumn: [UInt8]]) -> SegmentShape? {
        SegmentShape(
            SegmentTableSource { column, body in
                let bytes = columns[column] ?? []
                body(bytes.span)
            })
    }

    @Test("A segment of which any column is longer or shorter, or counts otherwise, has no shape")
    func shapes() throws {
        var tables = SegmentTables(frequent: .none)
        var cutter = PassageCutter(frequent: .none)
        for number in 0..<3 {
            var report = Report(kind: .annualReport, form: .form2021, encoding: "utf-8")
            report.statistics[number] = Cell(value: 300, status: .printed, raw: "300", line: 1)
            report.passages = (0..<number).map {
                Passage(section: 1, subsection: nil, text: "全年公开\($0)条", lines: 1...1)
            }
            tables.add(
                StorableReport(ReportRecord(report, sha256: String(repeating: "0", count: 64))))
            for passage in report.passages {
                cutter.set(passage.text)
                tables.add(passage, cut: cutter)
            }
        }
        let columns = Self.columns(tables)
        let whole = try #require(Self.shape(columns))
        #expect(whole.reports == 3 && whole.passages == 3 && whole.totalLength == 18)
        #expect(whole.statisticSizes[0..<4] == [2, 2, 2, 0])
        let free: Set<SegmentColumn> = [
            // Whose lengths no other tells; what looks into them asks.
            .records, .entries, .details, .agencyNames, .regionNames,
        ]
        for column in SegmentColumn.allCases where !free.contains(column) {
            var changed = columns
            changed[column, default: []].append(0)
            #expect(Self.shape(changed) == nil, "\(column) longer")
            guard let bytes = columns[column], !bytes.isEmpty else { continue }
            changed[column] = bytes.dropLast()
            #expect(Self.shape(changed) == nil, "\(column) shorter")
        }
        // A value of three bytes, of which the column has as many as there would be.
        var odd = columns
        odd[.statisticSizes]?[0] = 3
        odd[.statistics, default: []] += [0, 0, 0]
        #expect(Self.shape(odd) == nil)
        for (column, byte, value) in [
            (SegmentColumn.statisticSizes, 0, UInt8(3)), (.statisticSizes, 0, 4),
            (.statisticSizes, 9, 200), (.totals, 0, 2), (.totals, 7, 0x7F), (.totals, 10, 3),
        ] {
            var changed = columns
            changed[column]?[byte] = value
            #expect(Self.shape(changed) == nil, "\(column) \(byte)")
        }
    }

    @Test("Ordinary text stores hardly more than its characters")
    func size() {
        let text = "全年共收到政府信息公开申请12件，其中“予以公开”8件（含部分公开2件）；已按时办结：是。"
        var tables = SegmentTables(frequent: .none)
        var cutter = PassageCutter(frequent: .none)
        let report = Report(kind: .other, form: .none, encoding: "utf-8")
        tables.add(
            StorableReport(ReportRecord(report, sha256: String(repeating: "0", count: 64))))
        cutter.set(text)
        tables.add(
            Passage(section: 1, subsection: nil, text: text, lines: 1...1), cut: cutter)
        #expect((Self.columns(tables)[.records] ?? []).count < text.unicodeScalars.count * 3 / 2)
    }

    @Test("A column gives back its numbers, in as few bytes as they need")
    func columns() {
        let columns: [(values: [Double], size: Int)] = [
            ([.nan, .nan], 0), ([0, 254, .nan], 1), ([255, .nan], 2), ([65_535], 4),
            ([4_294_967_294], 4), ([4_294_967_295], 8), ([0.5, .nan], 8), ([-1], 8), ([-0.0], 8),
            ([1e300, .nan], 8),
        ]
        for (values, size) in columns {
            #expect(StatisticColumn.size(of: values) == size)
            guard size > 0 else { continue }
            let bytes = [9] + StatisticColumn.encoded(values, size: size)
            let read = StatisticColumn.values(bytes.span, from: 1, size: size, count: values.count)
            #expect(zip(read, values).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
            let cut = StatisticColumn.values(
                bytes.span, from: 1, size: size, count: values.count + 1)
            #expect(cut.allSatisfy { $0.isNaN })
        }
    }

    @Test("Statistics that are not known are not zero")
    func statistics() {
        var tables = SegmentTables(frequent: .none)
        for value in [3.0, nil, 0] {
            var report = Report(kind: .annualReport, form: .form2021, encoding: "utf-8")
            if let value {
                report.statistics[5] = Cell(value: value, status: .printed, raw: "", line: 1)
            }
            tables.add(
                StorableReport(ReportRecord(report, sha256: String(repeating: "0", count: 64))))
        }
        let columns = Self.columns(tables)
        #expect(columns[.statisticSizes]?.filter { $0 > 0 } == [1])
        #expect(columns[.statistics] == [3, 255, 0])
    }
}
