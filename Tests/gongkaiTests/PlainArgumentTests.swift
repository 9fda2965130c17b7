import ArgumentParser
import TestSupport
import Testing

@testable import gongkai

@Suite("Plain arguments of a search are read as ArgumentParser reads them")
struct PlainArgumentTests {
    private static let pieces = [
        ["停车"], ["\"政策 解读\""], [""], ["-"], ["a=b"], ["help"], ["--all"], ["--count"], ["-l"],
        ["--files"], ["--explain"], ["-q"], ["--quiet"], ["--verbose"], ["--no-pager"],
        ["--agency", "洛阳"], ["--agency=洛阳"], ["--agency=", "孟津"], ["--region", "-"],
        ["--year", "2020..2023"], ["--section", "5"], ["--form", "none"], ["--where", "新收>=10"],
        ["--match", "any"], ["--match=phrase"], ["--match", "other"], ["--sort", "-新收"],
        ["--sort", "year"], ["--sort=--x"], ["--limit", "3"], ["--limit=0"], ["--limit", "-1"],
        ["--limit", "three"], ["--limit", "+4"], ["--offset", "2"], ["--per-report", "1"],
        ["--per-report=0"], ["--context", "1"], ["--facet", "agency,year"], ["--batch", "-"],
        ["--index", "a"], ["--index=b"], ["--format", "json"], ["--format", "xml"],
        ["--color", "never"], ["--hyperlink=always"], ["-词"], ["-lq"], ["--all=1"], ["--"],
        ["--help"], ["-h"], ["--version"], ["--agency"], ["--limit"], ["--sort"],
        ["--agenzy", "x"],
    ]

    @Test("Whatever is read is what ArgumentParser reads", arguments: [1, 2])
    func sameReading(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        var plain = 0
        for _ in 0..<200 {
            let arguments = (0..<Int.random(in: 0...4, using: &generator)).flatMap { _ in
                Self.pieces.randomElement(using: &generator) ?? []
            }
            guard let search = try? Search(plain: arguments[...]) else { continue }
            plain += 1
            let parsed = try #require(
                Gongkai.parseAsRoot(["search"] + arguments) as? SearchCommand)
            #expect("\(search)" == "\(parsed.search)", "\(arguments)")
        }
        #expect(plain > 50)
    }

    @Test("Every option that the help lists is plain")
    func everyOption() throws {
        let help = try #require(
            CommandHelp.tool().commands.first { $0.commandName == "search" })
        let names = help.shown.flatMap { $0.names ?? [] }.map(\.text)
            .filter { !["--help", "-h", "--version"].contains($0) }
        #expect(names.count > 20)
        for name in names {
            let isPlain = [[], ["1"], ["auto"], ["text"], ["-l"]].contains { value in
                (try? Search(plain: [name] + value)) != nil
            }
            #expect(isPlain, "\(name)")
        }
    }
}
