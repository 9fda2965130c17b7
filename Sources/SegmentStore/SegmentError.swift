import GramIndex
import Xapian

/// What is wrong with a segment, or with what was asked of it or written to it.
public struct SegmentError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of failure it is, and so what can be done about it.
    public enum Kind: Sendable, Hashable {
        /// A file could not be opened, and may be whole.
        case notOpened
        /// What is stored is not what was written.
        case damaged
        /// What was to be stored, or asked, is not taken; nothing was changed.
        case refused
        /// Anything else, such as a full disk.
        case other
    }

    /// What kind of failure it is.
    public let kind: Kind
    /// What happened, in English, without the segment; holds no text of a report.
    public let message: String
    /// The segment; nil when the failure belongs to none.
    public let segment: String?

    init(_ kind: Kind, _ message: String, segment: String? = nil) {
        self.kind = kind
        self.message = message
        self.segment = segment
    }

    /// The message, after the segment.
    public var description: String {
        (segment.map { "segment \($0): " } ?? "") + message
    }
}

extension SegmentError {
    /// What the gram index reports.
    init(_ error: GramIndexError, segment: String? = nil) {
        let kind: Kind =
            switch error.code {
            case .notOpened: .notOpened
            case .damaged: .damaged
            case .refused: .refused
            case .notCreated, .notWritten, .tooComplex, .outOfMemory, .other: .other
            }
        self.init(kind, error.message, segment: segment)
    }

    /// What libxapian reports.
    init(_ error: XapianError) {
        let kind: Kind =
            switch error.code {
            case .databaseNotOpened: .notOpened
            case .databaseCorrupt, .databaseVersion, .databaseNotFound, .documentNotFound,
                .serialisation, .outOfRange:
                .damaged
            case .refused: .refused
            default: .other
            }
        self.init(kind, error.message)
    }
}
