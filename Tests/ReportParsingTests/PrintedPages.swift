import TestSupport

/// A report printed on pages, as a word processor lays it out.
struct PrintedPages {
    /// How the pages differ from plain ones.
    struct Style: Sendable {
        /// Whether numbers stand in the middle of their row's height, or in its first line.
        var isCentred = false
        /// A text that is printed across each page: its size and direction; nil for none.
        var watermark: (size: Double, direction: (Double, Double))?
        /// Whether pages lie on their side, so that text runs up.
        var isSideways = false
        /// Whether each page has a running head and a number.
        var hasFrame = false
    }

    /// What a watermark says.
    static let watermark = "石桥镇渡口管理所内部稿"

    private let style: Style
    private var pages = PDFBuilder()
    private var fixedLayout = OFDBuilder()
    private var page = 0
    private var y = 0.0

    private static let width = 595.0
    private static let height = 842.0
    private static let left = 80.0
    private static let right = 520.0
    private static let size = 12.0
    private static let pitch = 21.0
    private static let tableSize = 9.0
    private static let tablePitch = 11.0

    init(_ report: RenderedReport, _ style: Style = Style()) {
        self.style = style
        beginPage()
        for block in report.blocks {
            switch block {
            case .title(let text):
                for line in Self.wrapped(text, width: 300 / 16) {
                    printLine(line, x: 140, size: 16)
                }
            case .heading(let text): printLine(text, x: Self.left + 2 * Self.size)
            case .paragraph(let text):
                let room = (Self.right - Self.left) / Self.size
                for (place, line) in Self.wrapped(text, width: room, indent: 2).enumerated() {
                    printLine(line, x: Self.left + (place == 0 ? 2 * Self.size : 0))
                }
            case .table(let rows): printTable(rows)
            }
        }
    }

    /// The pages as a PDF.
    var bytes: [UInt8] { pages.bytes }
    /// The pages as an OFD document.
    var fixedLayoutBytes: [UInt8] { fixedLayout.bytes }

    // MARK: Pages

    private mutating func beginPage() {
        let width = style.isSideways ? Self.height : Self.width
        let height = style.isSideways ? Self.width : Self.height
        pages.addPage(width: width, height: height)
        fixedLayout.addPage(width: width, height: height)
        page += 1
        y = 80
        if let (size, direction) = style.watermark {
            for (x, y) in [(90.0, 400.0), (260.0, 700.0)] {
                put(Self.watermark, x, y, size, direction)
            }
        }
        if style.hasFrame {
            put("政府信息公开年报汇编", 240, 40, 9, (1, 0))
            put("— \(page) —", 285, 815, 9, (1, 0))
        }
    }

    private mutating func put(
        _ text: String, _ x: Double, _ y: Double, _ size: Double, _ direction: (Double, Double)
    ) {
        guard style.isSideways else {
            print(text, x, y, size, direction)
            return
        }
        // The page turned by a right angle against the clock.
        print(text, y, Self.width - x, size, (-direction.1, direction.0))
    }

    private mutating func print(
        _ text: String, _ x: Double, _ y: Double, _ size: Double, _ direction: (Double, Double)
    ) {
        pages.print(text, x: x, y: y, size: size, direction: direction)
        fixedLayout.print(text, x: x, y: y, size: size, direction: direction)
    }

    private mutating func printLine(_ text: String, x: Double, size: Double = Self.size) {
        if y > 770 { beginPage() }
        put(text, x, y, size, (1, 0))
        y += Self.pitch * size / Self.size
    }

    /// A text in lines of so many ems, the first one indented.
    private static func wrapped(_ text: String, width: Double, indent: Double = 0) -> [String] {
        var lines = [""]
        var room = width - indent
        for character in text {
            let taken = PDFBuilder.ems(of: String(character))
            let isMark = "，。；：、）”》".contains(character)
            if taken > room, !isMark {
                lines.append("")
                room = width
            }
            lines[lines.count - 1].append(character)
            room -= taken
        }
        return lines
    }

    // MARK: Tables

    private mutating func printTable(_ rows: [[RenderedReport.Cell]]) {
        let columns = rows.map { $0.reduce(0) { $0 + $1.columns } }.max() ?? 1
        let edges = Self.edges(columns)
        let placed = Self.placed(rows)
        let heights = rows.indices.map { row -> Double in
            let lines = placed.filter { $0.row == row && $0.cell.rows == 1 }.map {
                Self.wrapped($0.cell.text, width: Self.room($0, edges)).count
            }
            return Double(lines.max() ?? 1) * Self.tablePitch + 8
        }
        for row in rows.indices {
            if y + heights[row] > 780 { beginPage() }
            for place in placed where place.row == row {
                let lines = Self.wrapped(place.cell.text, width: Self.room(place, edges))
                let end = min(rows.count, row + place.cell.rows)
                let height = heights[row..<end].reduce(0, +)
                var top = y + Self.tableSize
                if style.isCentred {
                    top += (height - 8 - Double(lines.count) * Self.tablePitch) / 2
                }
                for line in lines {
                    // What a page cannot hold is lost, as with a spanned cell of a long table.
                    if top < 800 {
                        put(line, edges[place.column] + 3, top, Self.tableSize, (1, 0))
                    }
                    top += Self.tablePitch
                }
            }
            y += heights[row]
        }
        y += Self.pitch
    }

    private typealias Place = (row: Int, column: Int, cell: RenderedReport.Cell)

    /// Where the cells stand once those above them have taken their rows.
    private static func placed(_ rows: [[RenderedReport.Cell]]) -> [Place] {
        var taken: [Int: Int] = [:]
        var places: [Place] = []
        for (row, cells) in rows.enumerated() {
            var column = 0
            for cell in cells {
                while let end = taken[column], end > row { column += 1 }
                places.append((row, column, cell))
                for spanned in column..<(column + cell.columns) { taken[spanned] = row + cell.rows }
                column += cell.columns
            }
        }
        return places
    }

    /// The edges of the columns: three of labels and seven of numbers in the third table.
    private static func edges(_ columns: Int) -> [Double] {
        if columns == 10 { return [60, 105, 165, 270] + (1...7).map { 270 + 38 * Double($0) } }
        let step = (right + 20 - 60) / Double(columns)
        return (0...columns).map { 60 + step * Double($0) }
    }

    /// The room of a cell in ems.
    private static func room(_ place: Place, _ edges: [Double]) -> Double {
        let end = min(edges.count - 1, place.column + place.cell.columns)
        return max(1, (edges[end] - edges[place.column] - 6) / tableSize)
    }
}
