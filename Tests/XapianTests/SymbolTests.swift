import Foundation
import Testing

@Suite("Symbols of CXapian") struct SymbolTests {
    static let readelf = "/usr/bin/readelf"

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

    @Test(
        "CXapian exports what its header declares, and nothing else",
        .enabled(if: FileManager.default.isExecutableFile(atPath: readelf) && objects != nil))
    func symbols() throws {
        let folder = try #require(Self.objects)
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".o") }
        #expect(files.count >= 6)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Self.readelf)
        process.arguments = ["--symbols", "--wide"] + files.map { folder.path + "/" + $0 }
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(
            decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        // Number, value, size, type, binding, visibility, section, name. Weak symbols are
        // templates of the C++ library; two underscores belong to the compiler.
        var exported: Set<String> = []
        for line in output.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count >= 8, fields[4] == "GLOBAL", fields[5] == "DEFAULT",
                fields[6] != "UND", !fields[7].hasPrefix("__")
            else { continue }
            exported.insert(String(fields[7]))
        }

        let header = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("CXapian/include/CXapian.h")
        var code = ""
        for line in try String(contentsOf: header, encoding: .utf8).split(separator: "\n") {
            code += (line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line) + "\n"
        }
        let declared = Set(code.matches(of: /\b(\w+)\(/).map { String($0.1) })
        #expect(declared.allSatisfy { $0.hasPrefix("cx_") })
        #expect(exported == declared)
    }
}
