import Platform

/// A time as people and programs write it.
struct Timestamp {
    /// In seconds since 1970.
    let seconds: Int

    /// The time in UTC, as RFC 3339 has it: `2026-11-29T22:10:05Z`.
    var text: String {
        let (date, time) = Self.parts(of: seconds)
        return "\(date)T\(time)Z"
    }

    /// The time in the user's time zone, to the minute: `2026-11-30 06:10`.
    var local: String {
        let ahead = UserTimeZone.secondsAheadOfUTC(at: seconds)
        let (date, time) = Self.parts(of: seconds + ahead)
        return "\(date) \(time.prefix(5))"
    }

    init(seconds: Int) { self.seconds = seconds }

    /// The beginning of a day in the user's time zone, given as `2026-11-30`; nil for anything else.
    init?(day text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            1970...9999 ~= year, 1...12 ~= month, 1...31 ~= day
        else { return nil }
        let start = Self.days(year, month, day) * 86_400
        seconds = start - UserTimeZone.secondsAheadOfUTC(at: start)
    }

    private static func parts(of seconds: Int) -> (date: String, time: String) {
        func digits(_ number: Int, _ count: Int = 2) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let day = Int((Double(seconds) / 86_400).rounded(.down))
        let rest = seconds - day * 86_400
        let (year, month, date) = civil(day)
        return (
            "\(digits(year, 4))-\(digits(month))-\(digits(date))",
            "\(digits(rest / 3_600)):\(digits(rest / 60 % 60)):\(digits(rest % 60))"
        )
    }

    /// The days from 1970 to a date of the Gregorian calendar: years that begin in March, in eras of
    /// 400 years (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = year / 400
        let ofEra = year - era * 400
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    /// The date that is so many days after 1970 began, by the same reckoning.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let ofEra = shifted - era * 146_097
        let year = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * year + year / 4 - year / 100)
        let month = (5 * ofYear + 2) / 153
        let day = ofYear - (153 * month + 2) / 5 + 1
        let number = month < 10 ? month + 3 : month - 9
        return (year + era * 400 + (number <= 2 ? 1 : 0), number, day)
    }
}
