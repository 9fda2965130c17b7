import ChineseText

/// Lines that a page prints around the text of a report.
enum DateLine {
    private static let lengths = 8...24

    /// Whether a line is nothing but a date, with or without a time.
    static func matches(_ line: SourceLine, wording: FormWording) -> Bool {
        guard lengths.contains(line.length), let first = line.text.firstScalar,
            CalendarYear.digit(first) != nil
        else { return false }
        let scalars = wording.aligned(line.text)
        guard CalendarYear.leading(scalars[...]) != nil else { return false }
        return scalars.allSatisfy {
            CalendarYear.digit($0) != nil || "年月日时分十-/.: ".unicodeScalars.contains($0)
        }
    }
}
