import QueryLanguage
import Testing

@Suite("How large a query may be")
struct QueryLimitsTests {
    @Test("The last byte is read and the next refused")
    func bytes() throws {
        let longest = String(repeating: "a", count: QueryLimits.bytes)
        #expect(try QueryTree.parse(longest)?.kind == .run(longest))
        let error = try error(longest + "a")
        #expect(error.reason == .tooLong)
        #expect(error.range == 4_096..<4_096)
    }

    @Test("The position of a query too long is a whole character")
    func bytesInsideCharacter() throws {
        // 1,365 of three bytes are 4,095.
        let error = try error(String(repeating: "政", count: 1_366))
        #expect(error.reason == .tooLong)
        #expect(error.range == 1_365..<1_365)
    }

    @Test(
        "A query of a million characters is refused unread",
        arguments: ["a", "政", "(", "-", "\"", "\u{0}"])
    func million(_ character: String) throws {
        let error = try error(String(repeating: character, count: 1_000_000))
        #expect(error.reason == .tooLong)
        #expect(error.suggestion == nil)
        #expect(error.rendered(in: .chinese).unicodeScalars.count < 500)
    }

    @Test("64 terms are read and the next refused")
    func clauses() throws {
        let terms = Array(repeating: "a", count: QueryLimits.clauses)
        #expect(try QueryTree.parse(terms.joined(separator: " "))?.leaves.count == 64)
        #expect(try QueryTree.parse(terms.joined(separator: " OR "))?.leaves.count == 64)
        let error = try error(terms.joined(separator: " ") + " (新收>=10)")
        #expect(error.reason == .tooManyClauses)
        #expect(error.range == 129..<135)
    }

    @Test("Each text of a nearness is a term")
    func clausesOfNearness() throws {
        let texts = Array(repeating: "a", count: QueryLimits.clauses).joined(separator: " ")
        #expect(try QueryTree.parse("\"\(texts)\"~5")?.leaves.count == 1)
        #expect(try error("\"\(texts) b\"~5").reason == .tooManyClauses)
        #expect(try error("x \"\(texts)\"~5").reason == .tooManyClauses)
    }

    @Test(
        "32 levels are read and the next refused",
        arguments: [("(", ")"), ("-", ""), ("NOT ", ""), ("（", "）")])
    func depth(_ opening: String, _ closing: String) throws {
        func nested(_ levels: Int) -> String {
            String(repeating: opening, count: levels) + "a"
                + String(repeating: closing, count: levels)
        }
        #expect(try QueryTree.parse(nested(QueryLimits.depth)) != nil)
        let error = try error(nested(QueryLimits.depth + 1))
        #expect(error.reason == .tooDeep)
        #expect(error.range.lowerBound == QueryLimits.depth * opening.unicodeScalars.count)
        #expect(try self.error(nested(600)).reason == .tooDeep)
    }

    @Test("Levels beside each other do not add up")
    func depthBeside() throws {
        let query = Array(repeating: "((-a))", count: 60).joined(separator: " ")
        #expect(try QueryTree.parse(query)?.leaves.count == 60)
    }

    private func error(_ query: String) throws -> QuerySyntaxError {
        try #require(throws: QuerySyntaxError.self) { try QueryTree.parse(query) }
    }
}
