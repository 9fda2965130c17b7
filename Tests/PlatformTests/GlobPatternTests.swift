import Platform
import Testing

@Suite("Patterns for paths")
struct GlobPatternTests {
    @Test(
        "In a query a pattern matches the end of a path",
        arguments: [
            ("*.txt", "/a/b/c.txt", true), ("*.txt", "/a/b.txt/c.md", false),
            ("c.*", "/a/b/c.txt", true), ("?.txt", "/a/bc.txt", false),
            ("2022/*.txt", "/r/2022/a.txt", true), ("2022/*.txt", "/r/2022/x/a.txt", false),
            ("2022/**", "/r/2022/x/a.txt", true), ("**/draft/**", "/r/draft/a.txt", true),
            ("**/draft/**", "/r/drafts/a.txt", false), ("/r/*.txt", "/r/a.txt", true),
            ("/r/*.txt", "/q/r/a.txt", false), ("报告*", "/r/报告2022.txt", true),
            ("202[0-2].txt", "/r/2021.txt", true), ("202[!0-2].txt", "/r/2021.txt", false),
            ("a\\[1\\].txt", "/r/a[1].txt", true), ("a[1].txt", "/r/a[1].txt", false),
            ("************************a", "/bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", false),
        ])
    func queries(_ pattern: String, _ path: String, _ isMatch: Bool) throws {
        #expect(try GlobPattern(pattern, anchor: .end).matches(path) == isMatch)
    }

    @Test("A character matches itself, however it is composed")
    func composition() throws {
        for (pattern, path) in [("caf\u{E9}*", "cafe\u{301}.txt"), ("[\u{E9}]", "e\u{301}")] {
            #expect(try GlobPattern(pattern, anchor: .start).matches(path))
        }
        #expect(try GlobPattern("re\u{301}sume\u{301}", anchor: .start).matches("r\u{E9}sum\u{E9}"))
        #expect(try !GlobPattern("cafe", anchor: .start).matches("caf\u{E9}"))
    }

    @Test("A pattern in GBK matches names in GBK, whatever UTF-8 makes of their bytes")
    func otherEncodings() throws {
        // 年报.txt, of which the middle three bytes are a character in UTF-8.
        let name = PathText.text(of: [0xC4, 0xEA, 0xB1, 0xA8] + ".txt".utf8)
        let patterns: [([UInt8], Bool)] = [
            ([0xC4, 0xEA] + "*".utf8, true), ("*".utf8 + [0xB1, 0xA8] + ".txt".utf8, true),
            ([0xC4, 0xEA, 0xB1, 0xA8] + ".t?t".utf8, true), ([0xC4, 0xEB] + "*".utf8, false),
        ]
        for (pattern, isMatch) in patterns {
            let glob = try GlobPattern(PathText.text(of: pattern), anchor: .start)
            #expect(glob.matches("folder/" + name) == isMatch)
            #expect(!glob.matches("年报.txt"))
        }
    }

    @Test(
        "What is no pattern is an error that says what to write",
        arguments: [
            ("*.{txt,md}", "--include '*.txt' --include '*.md'"), ("{", "\\{"), ("a{b}", "\\{"),
            ("[", "\\["), ("a[b", "[0-9]"), ("[[:digit:]]", "[0-9]"), ("a\\", "\\\\"),
            ("", "character"),
        ])
    func problems(_ pattern: String, _ advice: String) {
        let problem = #expect(throws: GlobProblem.self) {
            try GlobPattern(pattern, anchor: .start)
        }
        let message = problem?.message(flag: "--include")
        #expect(message?.english.contains(advice) == true, "\(message?.english ?? "")")
    }

    @Test("Stars upon stars take no longer than the product of the lengths")
    func bounded() throws {
        let pattern =
            String(repeating: "*a", count: 300) + "/" + String(repeating: "**/", count: 99)
        let path =
            String(repeating: "a", count: 3_000) + String(repeating: "/a", count: 500) + "b/c"
        // An exponential matcher would not come back.
        #expect(try GlobPattern(pattern + "c", anchor: .start).matches(path))
        #expect(try !GlobPattern(pattern + "d", anchor: .start).matches(path))
    }
}
