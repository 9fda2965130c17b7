import GramIndex
import Xapian

/// What the errors of a segment's two stores have in common.
enum StoreError {
    /// Whether a file could not be opened, which may be whole.
    static func isOfOpening(_ error: any Error) -> Bool {
        (error as? XapianError)?.code == .databaseNotOpened
            || (error as? GramIndexError)?.code == .notOpened
    }

    /// Whether what is stored could not be read, rather than something written.
    static func isOfReading(_ error: any Error) -> Bool {
        if let error = error as? GramIndexError {
            return [.notOpened, .damaged].contains(error.code)
        }
        switch (error as? XapianError)?.code {
        case .databaseCorrupt, .databaseNotOpened, .databaseVersion, .databaseNotFound,
            .documentNotFound, .serialisation, .outOfRange:
            return true
        default: return false
        }
    }

    /// What a store says of a report that it does not take; nil of any other error.
    static func refusal(_ error: any Error) -> String? {
        if let error = error as? GramIndexError, error.code == .refused { return error.message }
        if let error = error as? XapianError, error.code == .refused { return error.message }
        return nil
    }

    /// What a store says, without the file that it says it of; nil of any other error.
    static func words(of error: any Error) -> String? {
        (error as? XapianError)?.message ?? (error as? GramIndexError)?.message
    }
}
