import ChineseText

/// Lines that a page prints around the text of a report.
enum DateLine {
    /// Whether a line is nothing but a date, with or without a time.
    static func matches(_ scalars: [Unicode.Scalar]) -> Bool {
        guard (8...24).contains(scalars.count), CalendarYear.leading(scalars[...]) != nil else {
            return false
        }
        return scalars.allSatisfy {
            CalendarYear.digit($0) != nil || "年月日时分十-/.: ".unicodeScalars.contains($0)
        }
    }
}
