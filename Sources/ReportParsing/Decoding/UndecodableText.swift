/// Bytes that hold no text that can be read.
public struct UndecodableText: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why not.
    public enum Reason: Sendable, Hashable {
        /// The bytes are malformed in each of these encodings.
        case malformed(tried: [String])
        /// The bytes are of a format that is not read.
        case format(String)
    }

    /// Why the bytes were not read.
    public let reason: Reason

    /// Whether the bytes are no text in any encoding, rather than a format that is not read.
    public var isUndecodable: Bool {
        if case .malformed = reason { true } else { false }
    }

    /// What is wrong and what to do, for a person.
    public var description: String {
        switch reason {
        case .malformed(let tried):
            "not text in \(tried.joined(separator: ", ")); "
                + "convert the file to UTF-8 or name its encoding with --encoding"
        case .format(let name): "\(name), which is not read; save the report as text"
        }
    }
}
