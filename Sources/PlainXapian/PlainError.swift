/// Why a plain database could not be written.
public struct PlainError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or folder that it is about.
    public let path: String
    /// What is wrong and what to do, for a person.
    public let detail: String
    /// The same in Chinese.
    public let chinese: String

    init(_ path: String, _ detail: String, _ chinese: String) {
        self.path = path
        self.detail = detail
        self.chinese = chinese
    }

    /// Something the system refused.
    init(_ path: String, _ reason: String) {
        self.init(path, "cannot be written (\(reason))", "无法写入（\(reason)）")
    }

    /// What is wrong and where, in English.
    public var description: String { "\(path): \(detail)" }
}
