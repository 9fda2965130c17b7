public import ReportModel

/// The figure that a question about named reports asks for: 孟津区2023年收到多少件申请 asks for 新收.
public struct AskedFigure: Sendable {
    /// The statistic's name: as the question has it, or the official one.
    public let name: String
    /// The statistic.
    public let statistic: Statistic
    /// The words that name the reports; their fields are `agency`, `region` and `year`.
    public let reports: [UnderstoodWords]

    /// The figure that a text asks for; nil where it names no statistic, or no reports.
    ///
    /// - Parameter understood: how words of the text were read.
    public init?(_ text: String, understood: [UnderstoodWords]) {
        reports = understood.filter { ["agency", "region", "year"].contains($0.field) }
        guard !reports.isEmpty else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let isOfRequests =
            words.contains { $0.contains("申请") }
            && words.contains { word in Self.quantities.contains { word.contains($0) } }
        let named = words.first { Statistic.named(folded($0)) != nil }
        guard let name = named ?? (isOfRequests ? "新收" : nil),
            let statistic = Statistic.named(folded(name))
        else { return nil }
        (self.name, self.statistic) = (name, statistic)
    }

    /// What asks for a number.
    private static let quantities = ["多少", "几件", "数量"]
}
