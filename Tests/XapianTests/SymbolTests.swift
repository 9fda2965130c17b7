import Foundation
import Testing

@Suite("Symbols of CXapian") struct SymbolTests {
    /// The folder where the build puts the object files of CXapian, beside the test program.
    static var objects: URL? {
        guard
            let program = try? FileManager.default.destinationOfSymbolicLink(
                atPath: "/proc/self/exe")
        else { return nil }
        var folder = URL(fileURLWithPath: program).deletingLastPathComponent()
        for _ in 0..<4 {
            let candidate = folder.appendingPathComponent("CXapian.build")
            if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
            folder.deleteLastPathComponent()
        }
        return nil
    }

    /// The names that a 64-bit ELF object defines with global binding and default visibility.
    ///
    /// Weak symbols are left out, since they are templates of the C++ library, and so are names
    /// with two underscores, which belong to the compiler.
    static func exportedNames(of object: [UInt8]) throws -> Set<String> {
        func number(at offset: Int, bytes: Int) -> Int {
            (0..<bytes).reduce(0) { $0 | Int(object[offset + $1]) << (8 * $1) }
        }
        try #require(Array(object.prefix(6)) == [0x7F, 0x45, 0x4C, 0x46, 2, 1])
        let sections = number(at: 0x28, bytes: 8)
        func section(_ index: Int) -> (type: Int, offset: Int, size: Int, link: Int) {
            let header = sections + index * 64
            return (
                number(at: header + 4, bytes: 4), number(at: header + 24, bytes: 8),
                number(at: header + 32, bytes: 8), number(at: header + 40, bytes: 4)
            )
        }
        var names: Set<String> = []
        for index in 0..<number(at: 0x3C, bytes: 2) {
            let table = section(index)
            guard table.type == 2 else { continue }
            let strings = section(table.link).offset
            for symbol in stride(from: table.offset, to: table.offset + table.size, by: 24) {
                let isGlobal = object[symbol + 4] >> 4 == 1
                let isDefault = object[symbol + 5] & 3 == 0
                let isDefined = number(at: symbol + 6, bytes: 2) != 0
                guard isGlobal, isDefault, isDefined else { continue }
                let start = strings + number(at: symbol, bytes: 4)
                let name = String(
                    decoding: object[start...].prefix { $0 != 0 }, as: UTF8.self)
                if !name.hasPrefix("__") { names.insert(name) }
            }
        }
        return names
    }

    @Test(
        "CXapian exports what its header declares, and nothing else",
        .enabled(if: objects != nil, "the object files are not beside the tests"))
    func symbols() throws {
        let folder = try #require(Self.objects)
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let sources = root.appendingPathComponent("CXapian")
        // An object stays when its source goes.
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { file in
                file.hasSuffix(".o")
                    && FileManager.default.fileExists(
                        atPath: sources.appendingPathComponent(String(file.dropLast(2))).path)
            }
        #expect(files.count >= 6)
        var exported: Set<String> = []
        for file in files {
            let object = try Data(contentsOf: folder.appendingPathComponent(file))
            exported.formUnion(try Self.exportedNames(of: [UInt8](object)))
        }

        let headers = try FileManager.default.contentsOfDirectory(
            at: sources.appendingPathComponent("include"), includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "h" }
        let code = try headers.map { try Self.code(of: $0) }.joined()
        let declared = Set(code.matches(of: /\b(\w+)\(/).map { String($0.1) })
        #expect(declared.allSatisfy { $0.hasPrefix("cx_") })
        #expect(exported == declared)
    }

    /// A file without its line comments.
    static func code(of file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            (line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line) + "\n"
        }.joined()
    }

    @Test("The queries that all threads share are never used")
    func sharedQueries() throws {
        let folder = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("CXapian")
        let files = try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil
        ).filter { $0.pathExtension == "cpp" || $0.pathExtension == "hpp" }
        #expect(files.count >= 4)
        for file in files {
            let code = try Self.code(of: file)
            #expect(!code.contains("MatchAll") && !code.contains("MatchNothing"), "\(file)")
        }
    }
}
