/// Whose figures a report gives.
public enum ReportScope: String, Sendable, CaseIterable {
    /// The agency's own: 本级机关, 结合本局工作实际编制.
    case own
    /// Those of all departments or places below it too: 综合各县区和各部门年度报告编制.
    case rolledUp = "rolled_up"
    /// The report does not say.
    case unknown
}

/// A sentence of a report and where it stands.
public struct StatedSentence: Sendable, Hashable {
    /// The sentence as the report prints it.
    public var text: String
    /// The first line of the file that holds its paragraph, from 1.
    public var line: Int

    /// Makes a sentence.
    public init(text: String, line: Int) {
        self.text = text
        self.line = line
    }
}
