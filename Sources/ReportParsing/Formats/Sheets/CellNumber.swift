/// Numbers as cells of a workbook print them.
enum CellNumber {
    /// What a cell's format makes of its number.
    enum Format {
        case number
        case percent
        case date
    }

    /// The formats that every workbook has by number.
    static func format(builtIn number: Int) -> Format {
        switch number {
        case 9, 10: .percent
        case 14...17, 22, 27...31, 36, 50...54, 57, 58: .date
        default: .number
        }
    }

    /// The format that a code stands for, as `0.0%` or `yyyy"年"m"月"d"日"`.
    static func format(code: String) -> Format {
        var isQuoted = false
        var isEscaped = false
        var plain = ""
        for character in code.lowercased().prefix(while: { $0 != ";" }) {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                isQuoted.toggle()
            } else if !isQuoted {
                plain.append(character)
            }
        }
        if plain.contains("%") { return .percent }
        return plain.contains("yy") || plain.contains("d") && plain.contains("m") ? .date : .number
    }

    /// The most digits that a workbook keeps of a number.
    private static let digits = 15

    /// A number as it is printed.
    ///
    /// - Parameter countsFrom1904: whether days are counted from 1904, as some workbooks do.
    static func text(_ value: Double, _ format: Format, countsFrom1904: Bool = false) -> String {
        guard value.isFinite else { return "" }
        switch format {
        case .number: return plain(value)
        case .percent: return plain(value * 100) + "%"
        case .date: return date(value, countsFrom1904) ?? plain(value)
        }
    }

    private static func plain(_ value: Double) -> String {
        if value == value.rounded(), abs(value) < 1e15 { return "\(Int(value))" }
        let text = value.description
        guard let point = text.firstIndex(of: "."), !text.contains("e"),
            text.count(where: \.isNumber) > digits
        else { return text }
        // What a computation left beyond the digits that count is rounded away.
        let whole = text[..<point].count(where: { $0.isNumber })
        let decimals = max(0, digits - (text.hasPrefix("0.") || text.hasPrefix("-0.") ? 0 : whole))
        let power = (0..<min(decimals, 15)).reduce(1.0) { power, _ in power * 10 }
        let rounded = (value * power).rounded() / power
        return rounded == rounded.rounded() && abs(rounded) < 1e15
            ? "\(Int(rounded))" : rounded.description
    }

    /// The day of a number of days, as 2023-01-05; nil when it is none.
    private static func date(_ value: Double, _ countsFrom1904: Bool) -> String? {
        guard value >= 1, value < 2_958_466 else { return nil }
        // Days since 1 March of the year 0; the workbook's day 60 is one that never was.
        let days = Int(value) + (countsFrom1904 ? 695_361 : 693_899)
        let era = days / 146_097
        let day = days % 146_097
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365
        let ofYear = day - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let ofMonth = ofYear - (153 * month + 2) / 5 + 1
        let calendarMonth = month < 10 ? month + 3 : month - 9
        let calendarYear = era * 400 + year + (calendarMonth <= 2 ? 1 : 0)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(calendarYear)-\(two(calendarMonth))-\(two(ofMonth))"
    }
}
