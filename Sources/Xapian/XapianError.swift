internal import CXapian

/// What went wrong in libxapian, or was refused before it was asked.
///
/// No message holds a term, a key or document text.
public struct XapianError: Error, Sendable, Equatable {
    /// What kind of failure it was, and so what can be done about it.
    public enum Code: Sendable, Hashable, CaseIterable {
        /// libxapian found a mistake of its own ("AssertionError").
        case assertionFailed
        /// libxapian was given something it does not accept ("InvalidArgumentError").
        case invalidArgument
        /// The operation makes no sense now ("InvalidOperationError").
        case invalidOperation
        /// libxapian cannot do this at all ("UnimplementedError").
        case unimplemented
        /// Reading or writing the database failed, as on a full disk ("DatabaseError").
        case databaseFailed
        /// The database is damaged ("DatabaseCorruptError").
        case databaseCorrupt
        /// The database cannot be made, or something is there already ("DatabaseCreateError").
        case databaseNotCreated
        /// Another writer has the database ("DatabaseLockError").
        case databaseLocked
        /// A writer overwrote what was being read ("DatabaseModifiedError").
        case databaseModified
        /// A file cannot be opened, as without permission ("DatabaseOpeningError").
        case databaseNotOpened
        /// Another version of libxapian wrote the database ("DatabaseVersionError").
        case databaseVersion
        /// There is no database at the path ("DatabaseNotFoundError").
        case databaseNotFound
        /// The database was closed ("DatabaseClosedError").
        case databaseClosed
        /// No document has this id ("DocNotFoundError").
        case documentNotFound
        /// This database cannot do it, as without term lists ("FeatureUnavailableError").
        case featureUnavailable
        /// libxapian reached a state it should not ("InternalError").
        case internalFailure
        /// A remote database failed ("NetworkError").
        case networkFailed
        /// A remote database did not answer in time ("NetworkTimeoutError").
        case networkTimedOut
        /// Query text cannot be parsed ("QueryParserError").
        case queryNotParsed
        /// Stored or sent bytes have the wrong form ("SerialisationError").
        case serialisation
        /// A number is out of bounds ("RangeError").
        case outOfRange
        /// A wildcard matches too many terms ("WildcardError").
        case wildcardTooWide
        /// Memory ran out ("std::bad_alloc").
        case outOfMemory
        /// The C++ library threw ("std::exception").
        case standardException
        /// An exception this layer does not know; ``XapianError/className`` names it.
        case other
        /// An argument was refused before libxapian saw it; nothing was changed.
        case refused
        /// A query has too many parts or levels.
        case tooComplex
        /// An earlier write failed, so this writer goes no further.
        case writerUnusable
    }

    /// The kind of failure.
    public let code: Code

    /// The name of the C++ class behind it, such as "DatabaseLockError".
    public let className: String

    /// What libxapian says, in English, without a final stop.
    public let message: String

    /// The database's folder; nil when the failure belongs to none.
    public let path: String?

    /// Which element of what was passed in is at fault, from 0; nil when none is.
    public let index: Int?
}

extension XapianError: CustomStringConvertible {
    /// The message, after the path when it does not name the path itself.
    public var description: String {
        var text = message
        if let path, !message.contains(path) { text = "\(path): \(text)" }
        if let index { text += " (element \(index))" }
        return code == .other ? "\(className): \(text)" : text
    }
}

extension XapianError {
    /// Makes a Swift error from what a C function left behind.
    init(status: cx_status, details: cx_error, path: String?) {
        code = Code(status)
        className = unsafe withUnsafeBytes(of: details.type) {
            unsafe String(decoding: $0.prefix(details.type_length), as: UTF8.self)
        }
        message = unsafe withUnsafeBytes(of: details.message) {
            unsafe String(decoding: $0.prefix(details.message_length), as: UTF8.self)
        }
        self.path = path
        index = details.index < 0 ? nil : Int(details.index)
    }
}

extension XapianError.Code {
    /// The case for a status; a status made after this table is `other`.
    init(_ status: cx_status) {
        self =
            switch status {
            case CX_ASSERTION: .assertionFailed
            case CX_INVALID_ARGUMENT: .invalidArgument
            case CX_INVALID_OPERATION: .invalidOperation
            case CX_UNIMPLEMENTED: .unimplemented
            case CX_DATABASE: .databaseFailed
            case CX_DATABASE_CORRUPT: .databaseCorrupt
            case CX_DATABASE_CREATE: .databaseNotCreated
            case CX_DATABASE_LOCKED: .databaseLocked
            case CX_DATABASE_MODIFIED: .databaseModified
            case CX_DATABASE_OPENING: .databaseNotOpened
            case CX_DATABASE_VERSION: .databaseVersion
            case CX_DATABASE_NOT_FOUND: .databaseNotFound
            case CX_DATABASE_CLOSED: .databaseClosed
            case CX_DOCUMENT_NOT_FOUND: .documentNotFound
            case CX_FEATURE_UNAVAILABLE: .featureUnavailable
            case CX_INTERNAL: .internalFailure
            case CX_NETWORK: .networkFailed
            case CX_NETWORK_TIMEOUT: .networkTimedOut
            case CX_QUERY_PARSER: .queryNotParsed
            case CX_SERIALISATION: .serialisation
            case CX_RANGE: .outOfRange
            case CX_WILDCARD: .wildcardTooWide
            case CX_OUT_OF_MEMORY: .outOfMemory
            case CX_STANDARD: .standardException
            case CX_REFUSED: .refused
            case CX_TOO_COMPLEX: .tooComplex
            case CX_WRITER_UNUSABLE: .writerUnusable
            default: .other
            }
    }
}
