import Foundation
import TestSupport
import Testing

@testable import ReportIndexing

@Suite("--include and --exclude choose as gitignore does")
struct PathRuleTests {
    private static let git = "/usr/bin/git"
    private static let hasGit = FileManager.default.isExecutableFile(atPath: git)

    /// Folders and files of one letter, and names that patterns are about.
    ///
    /// git counts bytes where we count characters, so no `?` or set meets a letter beyond ASCII; and
    /// its versions disagree on `a**/`, where the manual says that the stars are one.
    private static let names = ["a", "b", "ab", "a.txt", "b.md", "1", "a[b]", "公开"]
    private static let parts = [
        "a", "b", "*", "?", "**", "[ab]", "[!a]", "[a-b]", "[^b]", "[]a]", "*.txt", "*.md", "a*",
        "*b",
        "\\a", "a\\[b\\]", "**b", "[0-9]", "公*", "公开", "***", "[a-]", "[!-b]",
    ]

    /// The files of a folder that git ignores.
    private static func ignored(
        by patterns: [String], of files: [String], in folder: TemporaryFolder
    ) throws -> Set<String> {
        try folder.write(patterns.map { $0 + "\n" }.joined(), to: ".gitignore")
        let process = Process()
        process.executableURL = URL(filePath: git)
        process.arguments = [
            "-C", folder.url.path, "-c", "core.excludesFile=", "check-ignore", "-z", "--stdin",
        ]
        let input = folder.url.appending(path: ".git/paths")
        try Data(files.joined(separator: "\0").utf8).write(to: input)
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Set(data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
    }

    /// The files that a walk leaves out.
    private static func leftOut(by rules: PathRules, of files: [String], in folder: String)
        throws -> Set<String>
    {
        var walk = try FolderWalk(of: [folder], FolderWalk.Choice(exclude: rules))
        var left = Set(files)
        while let found = walk.next() {
            if case .file(let file) = found {
                left.remove(String(file.path.dropFirst(folder.count + 1)))
            }
        }
        return left
    }

    @Test(
        "What is left out is what git ignores",
        .enabled(if: hasGit, "skipped: git is not installed"), arguments: [13, 77])
    func oracle(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let folder = try TemporaryFolder()
        var files: [String] = []
        for outer in Self.names.prefix(3) + ["公开"] {
            for inner in Self.names.prefix(3) {
                for name in Self.names { files.append("\(outer)/\(inner)/\(name)x/\(name)") }
            }
            files.append("\(outer)/1")
        }
        files += ["1", "a.txt", "b.md", "a[b]"]
        for file in files { try folder.write("x", to: file) }
        let begin = Process()
        begin.executableURL = URL(filePath: Self.git)
        begin.arguments = ["-C", folder.url.path, "init", "-q"]
        try begin.run()
        begin.waitUntilExit()
        let root = folder.url.resolvingSymlinksInPath().path
        for _ in 0..<150 {
            let patterns = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                let depth = Int.random(in: 1...3, using: &random)
                let parts = (0..<depth).map { _ in Self.parts.randomElement(using: &random) ?? "a" }
                return (Int.random(in: 0..<4, using: &random) == 0 ? "!" : "")
                    + (Int.random(in: 0..<4, using: &random) == 0 ? "/" : "")
                    + parts.joined(separator: "/")
                    + (Int.random(in: 0..<4, using: &random) == 0 ? "/" : "")
            }
            let rules = try PathRules(patterns, flag: "--exclude")
            let ours = try Self.leftOut(by: rules, of: files, in: root)
            let gits = try Self.ignored(by: patterns, of: files, in: folder)
            #expect(
                ours == gits,
                "seed \(seed), \(patterns): \(ours.symmetricDifference(gits).sorted().prefix(3))")
        }
    }

    @Test("An included folder brings all that is in it, and an exception takes back")
    func including() throws {
        let folder = try TemporaryFolder()
        for file in ["2022/a.txt", "2022/b/c.md", "2023/a.txt", "a.txt"] {
            try folder.write("x", to: file)
        }
        for (patterns, wanted) in [
            (["2022/"], ["2022/a.txt", "2022/b/c.md"]),
            (["*.txt"], ["2022/a.txt", "2023/a.txt", "a.txt"]),
            (["/a.txt"], ["a.txt"]), (["*.txt", "!2023/*"], ["2022/a.txt", "a.txt"]),
        ] {
            let root = folder.url.resolvingSymlinksInPath().path
            let include = try PathRules(patterns, flag: "--include")
            var walk = try FolderWalk(of: [root], FolderWalk.Choice(include: include))
            var found: [String] = []
            while let next = walk.next() {
                if case .file(let file) = next {
                    found.append(String(file.path.dropFirst(root.count + 1)))
                }
            }
            #expect(found == wanted, "\(patterns)")
        }
    }
}
