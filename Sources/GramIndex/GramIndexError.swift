internal import CGramIndex

/// What went wrong with a block file, an index or a query.
///
/// No message holds a term or a text.
public struct GramIndexError: Error, Sendable, Equatable {
    /// What kind of failure it was, and so what can be done about it.
    public enum Code: Sendable, Hashable, CaseIterable {
        /// A file cannot be opened, as without permission.
        case notOpened
        /// A file cannot be made, or something is there already.
        case notCreated
        /// Writing failed, as on a full disk.
        case notWritten
        /// A file is not what a writer finished: damaged, or made by someone else.
        case damaged
        /// An argument was refused; nothing was changed.
        case refused
        /// A query has too many parts or levels.
        case tooComplex
        /// Memory ran out.
        case outOfMemory
        /// The C++ library threw.
        case other
    }

    /// The kind of failure.
    public let code: Code

    /// What happened, in English, without a final stop.
    public let message: String

    /// The file; nil when the failure belongs to none, or the file was opened elsewhere.
    public let path: String?

    /// Which element of what was passed in is at fault, from 0; nil when none is.
    public let index: Int?
}

extension GramIndexError: CustomStringConvertible {
    /// The message, after the path when it does not name the path itself.
    public var description: String {
        var text = message
        if let path, !message.contains(path) { text = "\(path): \(text)" }
        if let index { text += " (element \(index))" }
        return text
    }
}

extension GramIndexError {
    /// Makes a Swift error from what a C function left behind.
    init(status: cg_status, details: cg_error, path: String?) {
        code = Code(status)
        message = unsafe withUnsafeBytes(of: details.message) {
            unsafe String(decoding: $0.prefix(details.message_length), as: UTF8.self)
        }
        self.path = path
        index = details.index < 0 ? nil : Int(details.index)
    }
}

extension GramIndexError.Code {
    /// The case for a status; a status made after this table is `other`.
    init(_ status: cg_status) {
        self =
            switch status {
            case CG_NOT_OPENED: .notOpened
            case CG_NOT_CREATED: .notCreated
            case CG_NOT_WRITTEN: .notWritten
            case CG_DAMAGED: .damaged
            case CG_REFUSED: .refused
            case CG_TOO_COMPLEX: .tooComplex
            case CG_OUT_OF_MEMORY: .outOfMemory
            default: .other
            }
    }
}
