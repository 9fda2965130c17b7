import TestSupport
import Testing

/// A question and the files that answer it.
struct FileRow: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let files: [String]

    init(_ arguments: String..., gives files: [String]) {
        (self.arguments, self.files) = (arguments, files)
    }

    var testDescription: String { arguments.joined(separator: " ") }
}

/// A question and the passages that answer it.
struct PassageRow: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let passages: [String]

    init(_ arguments: String..., gives passages: [String]) {
        (self.arguments, self.passages) = (arguments, passages)
    }

    var testDescription: String { arguments.joined(separator: " ") }
}

extension Workplace {
    /// The files that `search -l` prints, each once, as the tables name them.
    func files(_ arguments: [String]) async throws -> [String] {
        let run = try await run(["search", "-l", "--match", "all"] + arguments)
        #expect(run.status == (run.lines.isEmpty ? 1 : 0), "\(run)")
        #expect(Set(run.lines).count == run.lines.count)
        return run.lines.map(Sample.shortName)
    }

    /// The hits that `search --format jsonl` prints.
    func hits(_ arguments: [String]) async throws -> [HitAnswer] {
        let run = try await run(
            ["search", "--by", "passage", "--format", "jsonl", "--limit", "0"] + arguments)
        #expect(run.status == (run.lines.isEmpty ? 1 : 0), "\(run)")
        return try run.lines.map { try decoded($0) }
    }
}

/// A command line, its exit code, and what it must say.
struct MessageRow: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let status: Int
    let words: [String]

    init(_ arguments: String..., gives status: Int, saying words: String...) {
        (self.arguments, self.status, self.words) = (arguments, status, words)
    }

    var testDescription: String { arguments.joined(separator: " ") }

    /// Checks a run: the code, every word on standard error, no results.
    func check(_ run: BuiltProgram.Run) {
        #expect(run.status == status, "\(run)")
        for word in words { #expect(run.errors.contains(word), "\(run)") }
    }
}
