import CXapian
import CXapianTesting
import Foundation
import Testing

@testable import Xapian

@Suite("Exceptions to errors") struct ErrorTests {
    /// Every status but CX_OK, with its case and the name of its class.
    static let table: [(status: UInt32, code: XapianError.Code, name: String)] = [
        (1, .assertionFailed, "AssertionError"),
        (2, .invalidArgument, "InvalidArgumentError"),
        (3, .invalidOperation, "InvalidOperationError"),
        (4, .unimplemented, "UnimplementedError"),
        (5, .databaseFailed, "DatabaseError"),
        (6, .databaseCorrupt, "DatabaseCorruptError"),
        (7, .databaseNotCreated, "DatabaseCreateError"),
        (8, .databaseLocked, "DatabaseLockError"),
        (9, .databaseModified, "DatabaseModifiedError"),
        (10, .databaseNotOpened, "DatabaseOpeningError"),
        (11, .databaseVersion, "DatabaseVersionError"),
        (12, .databaseNotFound, "DatabaseNotFoundError"),
        (13, .databaseClosed, "DatabaseClosedError"),
        (14, .documentNotFound, "DocNotFoundError"),
        (15, .featureUnavailable, "FeatureUnavailableError"),
        (16, .internalFailure, "InternalError"),
        (17, .networkFailed, "NetworkError"),
        (18, .networkTimedOut, "NetworkTimeoutError"),
        (19, .queryNotParsed, "QueryParserError"),
        (20, .serialisation, "SerialisationError"),
        (21, .outOfRange, "RangeError"),
        (22, .wildcardTooWide, "WildcardError"),
        (23, .outOfMemory, "bad_alloc"),
        (24, .standardException, "exception"),
        (25, .other, "NovelError"),
        (26, .refused, "Refusal"),
        (27, .tooComplex, "Refusal"),
        (28, .writerUnusable, "Refusal"),
    ]

    @Test("Each status has a case, and its class keeps its name", arguments: table)
    func translates(status: UInt32, code: XapianError.Code, name: String) throws {
        let error = try #require(
            xapianError {
                try unsafe call { unsafe cxt_throw(cx_status(rawValue: status), $0) }
            })
        #expect(error.code == code)
        #expect(error.className == name)
        #expect(!error.message.isEmpty)
        #expect(error.index == (status >= 26 ? 7 : nil))
    }

    @Test("Every case of the error code comes from one status")
    func covers() {
        #expect(Set(Self.table.map(\.code)) == Set(XapianError.Code.allCases))
        #expect(Self.table.count == XapianError.Code.allCases.count)
    }

    @Test("What is thrown without a class is still an error")
    func number() throws {
        let error = try #require(
            xapianError { try unsafe call { unsafe cxt_throw_number($0) } })
        #expect(error.code == .other)
    }

    @Test("A message never holds the term it is about")
    func discretion() throws {
        let error = try #require(
            xapianError { try unsafe call { unsafe cxt_throw_long_term($0) } })
        #expect(error.code == .invalidArgument)
        #expect(error.message == "Term too long")
    }

    @Test("The system's reason is part of the message")
    func reason() throws {
        let error = try #require(
            xapianError {
                try unsafe call { unsafe cxt_throw(CX_DATABASE_OPENING, $0) }
            })
        #expect(error.message == "made up (Permission denied)")
    }

    @Test("An error is described with its path, once")
    func description() throws {
        let error = try #require(
            xapianError {
                try unsafe call(path: "a/b") { unsafe cxt_throw(CX_REFUSED, $0) }
            })
        #expect(error.description == "a/b: made up (element 7)")
    }
}
