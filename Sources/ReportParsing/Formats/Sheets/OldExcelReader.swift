import ChineseText
import Documents
import ReportModel

/// A workbook of Excel 97 to 2003 or of Kingsoft's Spreadsheets as lines: one a row.
struct OldExcelReader {
    private(set) var content = WorkbookContent([], hidden: [])

    private let records: OldExcelRecords
    private var strings: [String] = []
    private var formats: [Int: String] = [:]
    private var cells: [(format: CellNumber.Format, font: Int)] = []
    private var struckFonts: [Bool] = []
    private var countsFrom1904 = false
    private var tabs: [(name: String, offset: Int, isHidden: Bool, isSheet: Bool)] = []

    private static let name = "an old Excel workbook"
    /// A larger workbook, in bytes, is refused.
    private static let largest = 32 << 20
    private static let mostTabs = 200
    private static let mostStyles = 100_000

    /// Reads the stream of a workbook.
    init(_ file: CompoundFile) throws(UndecodableText) {
        let stream: [UInt8]
        do throws(ArchiveProblem) {
            guard let found = try file.stream("Workbook") else { throw .damaged }
            guard found.count <= Self.largest else { throw .overLimits }
            stream = found
        } catch {
            throw UndecodableText(reason: error.reason(of: Self.name))
        }
        records = OldExcelRecords(stream)
        try readGlobals()
        var sheets: [Sheet] = []
        var left = Sheet.mostWeight
        for tab in tabs where tab.isSheet && !tab.isHidden {
            let sheet = sheet(tab.name, at: tab.offset, atMost: left)
            left -= sheet.weight
            guard left > 0 else {
                throw UndecodableText(reason: .overLimits(Self.name))
            }
            sheets.append(sheet)
        }
        content = WorkbookContent(
            sheets, hidden: tabs.filter { $0.isSheet && $0.isHidden }.map(\.name))
    }

    // MARK: What sheets share

    private mutating func readGlobals() throws(UndecodableText) {
        var records = records
        guard let start = records.next(), start.type == 0x0809 else {
            throw UndecodableText(reason: .damaged(Self.name))
        }
        guard start.bytes.number(at: 0, bytes: 2) == 0x0600 else {
            throw UndecodableText(reason: .format("an Excel workbook of before 1997"))
        }
        while let record = records.next(), record.type != 0x000A {
            let bytes = record.bytes
            switch record.type {
            case 0x002F: throw UndecodableText(reason: .encrypted(Self.name))
            case 0x0022: countsFrom1904 = bytes.number(at: 0, bytes: 2) == 1
            case 0x0085: takeTab(bytes)
            case 0x0031:
                if struckFonts.count < Self.mostStyles {
                    struckFonts.append((bytes.number(at: 2, bytes: 2) ?? 0) & 8 != 0)
                }
            case 0x041E:
                if let number = bytes.number(at: 0, bytes: 2), formats.count < Self.mostStyles {
                    var text = OldExcelString(bytes.dropFirst(2), lengthBytes: 2)
                    formats[number] = text.read()
                }
            case 0x00E0: takeStyle(bytes)
            case 0x00FC:
                strings = OldExcelString.table(
                    [bytes] + records.continuations())
            default: break
            }
        }
    }

    private mutating func takeTab(_ bytes: ArraySlice<UInt8>) {
        guard tabs.count < Self.mostTabs, let offset = bytes.number(at: 0, bytes: 4),
            let state = bytes.number(at: 4, bytes: 1), let kind = bytes.number(at: 5, bytes: 1)
        else { return }
        var name = OldExcelString(bytes.dropFirst(6), lengthBytes: 1)
        tabs.append((name.read(), offset, state & 3 != 0, kind == 0))
    }

    private mutating func takeStyle(_ bytes: ArraySlice<UInt8>) {
        guard cells.count < Self.mostStyles, let font = bytes.number(at: 0, bytes: 2),
            let format = bytes.number(at: 2, bytes: 2)
        else { return }
        cells.append(
            (
                formats[format].map(CellNumber.format(code:))
                    ?? CellNumber.format(builtIn: format),
                // There is no font with the number 4.
                font > 4 ? font - 1 : font
            ))
    }

    // MARK: Sheets

    private func sheet(_ name: String, at offset: Int, atMost most: Int) -> Sheet {
        var sheet = Sheet(name)
        var records = records.from(offset)
        guard records.next()?.type == 0x0809 else { return sheet }
        /// How many parts of the workbook are open in this one, as charts are.
        var inner = 0
        var formula: (row: Int, column: Int, style: Int)?
        while let record = records.next(), sheet.weight <= most {
            if record.type == 0x0809 { inner += 1 }
            if record.type == 0x000A {
                if inner == 0 { break }
                inner -= 1
            }
            guard inner == 0 else { continue }
            if record.type == 0x0207, let cell = formula {
                var text = OldExcelString(record.bytes, lengthBytes: 2)
                set(&sheet, cell, text.read())
            }
            if record.type != 0x0207 { formula = nil }
            take(record, &sheet, &formula)
        }
        return sheet
    }

    private func take(
        _ record: OldExcelRecords.Record, _ sheet: inout Sheet,
        _ formula: inout (row: Int, column: Int, style: Int)?
    ) {
        let bytes = record.bytes
        guard let row = bytes.number(at: 0, bytes: 2), let column = bytes.number(at: 2, bytes: 2)
        else { return }
        let cell = (row: row, column: column, style: bytes.number(at: 4, bytes: 2) ?? 0)
        switch record.type {
        case 0x00FD:
            let number = bytes.number(at: 6, bytes: 4) ?? -1
            if strings.indices.contains(number) { set(&sheet, cell, strings[number]) }
        case 0x0204, 0x00D6:
            var text = OldExcelString(bytes.dropFirst(6), lengthBytes: 2)
            set(&sheet, cell, text.read())
        case 0x0203: if let value = Self.double(bytes, at: 6) { set(&sheet, cell, value) }
        case 0x027E: if let value = Self.compact(bytes, at: 6) { set(&sheet, cell, value) }
        case 0x00BD:
            for index in 0..<max(0, (bytes.count - 6) / 6) {
                guard let style = bytes.number(at: 4 + 6 * index, bytes: 2),
                    let value = Self.compact(bytes, at: 6 + 6 * index)
                else { break }
                set(&sheet, (row, column + index, style), value)
            }
        case 0x0006:
            if bytes.number(at: 12, bytes: 2) != 0xFFFF {
                if let value = Self.double(bytes, at: 6) { set(&sheet, cell, value) }
            } else if bytes.number(at: 6, bytes: 1) == 0 {
                formula = cell
            }
        case 0x00E5:
            for index in 0..<min(row, bytes.count / 8) {
                let numbers = (0..<4).compactMap {
                    bytes.number(at: 2 + 8 * index + 2 * $0, bytes: 2)
                }
                guard numbers.count == 4, numbers[0] <= numbers[1], numbers[2] <= numbers[3] else {
                    continue
                }
                sheet.merge(rows: numbers[0]...numbers[1], columns: numbers[2]...numbers[3])
            }
        case 0x0208:
            if (bytes.number(at: 12, bytes: 2) ?? 0) & 0x20 != 0 { sheet.hide(row: row) }
        case 0x007D:
            if (bytes.number(at: 8, bytes: 2) ?? 0) & 1 != 0, row <= column {
                sheet.hide(columns: row...column)
            }
        default: break
        }
    }

    private func set(
        _ sheet: inout Sheet, _ cell: (row: Int, column: Int, style: Int), _ value: Double
    ) {
        let format = cells.indices.contains(cell.style) ? cells[cell.style].format : .number
        set(&sheet, cell, CellNumber.text(value, format, countsFrom1904: countsFrom1904))
    }

    private func set(
        _ sheet: inout Sheet, _ cell: (row: Int, column: Int, style: Int), _ text: String
    ) {
        var text = text.trimmingSpaces
        if !text.isEmpty, cells.indices.contains(cell.style),
            struckFonts.indices.contains(cells[cell.style].font),
            struckFonts[cells[cell.style].font]
        {
            text = StruckText.sign + text + StruckText.sign
        }
        sheet.set(row: cell.row, column: cell.column, text)
    }

    private static func double(_ bytes: ArraySlice<UInt8>, at offset: Int) -> Double? {
        guard let low = bytes.number(at: offset, bytes: 4),
            let high = bytes.number(at: offset + 4, bytes: 4)
        else { return nil }
        return Double(bitPattern: UInt64(high) << 32 | UInt64(low))
    }

    /// A number in four bytes: the upper half of one in eight, or a whole one; a hundredth when so
    /// marked.
    private static func compact(_ bytes: ArraySlice<UInt8>, at offset: Int) -> Double? {
        guard let number = bytes.number(at: offset, bytes: 4) else { return nil }
        let value =
            number & 2 != 0
            ? Double(Int32(bitPattern: UInt32(number)) >> 2)
            : Double(bitPattern: UInt64(number & ~3) << 32)
        return number & 1 != 0 ? value / 100 : value
    }
}
