import CGramIndex
import Testing

@testable import GramIndex

@Suite("Statuses to errors") struct ErrorTests {
    @Test("Every status of the header has a case of its own")
    func codes() {
        let statuses = [
            CG_NOT_OPENED, CG_NOT_CREATED, CG_NOT_WRITTEN, CG_DAMAGED, CG_REFUSED, CG_TOO_COMPLEX,
            CG_OUT_OF_MEMORY, CG_OTHER,
        ]
        #expect(statuses.map { GramIndexError.Code($0) } == GramIndexError.Code.allCases)
        #expect(GramIndexError.Code(cg_status(rawValue: 99)) == .other)
    }

    @Test("An error says what and where, in one line")
    func descriptions() throws {
        let path = "/no such folder/texts"
        let error = try #require(gramIndexError { _ = try BlockFile(path: path) })
        #expect(error.path == path)
        #expect(error.description == "Cannot open \(path) (No such file or directory)")
        let refused = try #require(
            gramIndexError { _ = try Query.documents(in: [1...2, 0...3]) })
        #expect(refused.description == "A range of documents is empty or holds 0 (element 1)")
    }

    @Test("A long message is cut between two characters")
    func longMessages() throws {
        for length in 480...520 {
            let path =
                "/" + String(repeating: "a", count: length % 3)
                + String(repeating: "政", count: length)
            let error = try #require(gramIndexError { _ = try BlockFile(path: path) })
            #expect(error.message.utf8.count <= 512 && error.message.utf8.count > 500)
            #expect(!error.message.unicodeScalars.contains("\u{FFFD}"))
        }
    }
}
