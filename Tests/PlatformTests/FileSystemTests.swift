import Foundation
import Platform
import SystemPackage
import Testing

@Suite("Files and folders stand as Foundation sees them")
struct FileSystemTests {
    private let folder =
        FileManager.default.temporaryDirectory.path
        + "/gongkai-files-\(UUID().uuidString)"
    private let manager = FileManager.default

    @Test("Folders are made with those above them, listed, measured and removed")
    func folders() throws {
        defer { try? manager.removeItem(atPath: folder) }
        try FileSystem.makeFolder(folder + "/a/b/c")
        try FileSystem.makeFolder(folder + "/a/b")
        #expect(manager.fileExists(atPath: folder + "/a/b/c"))
        try Data("政策".utf8).write(to: URL(filePath: folder + "/a/文件.txt"))
        try Data(count: 700_000).write(to: URL(filePath: folder + "/a/b/c/large"))
        try manager.createSymbolicLink(
            atPath: folder + "/a/link", withDestinationPath: folder + "/a/b")
        let open = try OpenFolder(at: folder + "/a")
        #expect(try open.names() == manager.contentsOfDirectory(atPath: folder + "/a").sorted())
        #expect(try open.file(named: "文件.txt").bytes(limit: 100) == Array("政策".utf8))
        #expect(try open.file(named: "文件.txt").bytes(limit: 2) == Array("政策".utf8.prefix(2)))
        let inner = try open.folder(named: Array("b".utf8), follows: false)
            .folder(named: Array("c".utf8), follows: false)
        #expect(try inner.file(named: "large").bytes(limit: .max).count == 700_000)
        let link = try #require(
            manager.attributesOfItem(atPath: folder + "/a/link")[.size] as? Int64)
        #expect(try OpenFolder(at: folder).size() == 6 + 700_000 + link)
        // The link goes, what it leads to does not.
        try open.remove("link")
        #expect(FileSystem.exists(folder + "/a/b/c/large"))
        try open.remove("b")
        #expect(!manager.fileExists(atPath: folder + "/a/b") && FileSystem.exists(folder + "/a"))
    }

    @Test("A folder that is open stays the one it is, whatever is put in its place")
    func replaced() throws {
        defer { try? manager.removeItem(atPath: folder) }
        try FileSystem.makeFolder(folder + "/mine")
        try FileSystem.makeFolder(folder + "/other")
        let open = try OpenFolder(at: folder + "/mine")
        try FileSystem.rename(folder + "/mine", to: folder + "/moved")
        try manager.createSymbolicLink(
            atPath: folder + "/mine", withDestinationPath: folder + "/other")
        try open.makeFile(named: "file").close()
        _ = try open.makeFolder(named: "inner")
        try Data("x".utf8).write(to: URL(filePath: open.pathForLibraries + "/library"))
        #expect(
            try manager.contentsOfDirectory(atPath: folder + "/moved").sorted()
                == ["file", "inner", "library"])
        #expect(try manager.contentsOfDirectory(atPath: folder + "/other").isEmpty)
    }

    @Test("No link is followed where none may be, and nothing is waited for")
    func links() throws {
        defer { try? manager.removeItem(atPath: folder) }
        try FileSystem.makeFolder(folder + "/other")
        try Data("x".utf8).write(to: URL(filePath: folder + "/other/file"))
        try manager.createSymbolicLink(
            atPath: folder + "/folder", withDestinationPath: folder + "/other")
        try manager.createSymbolicLink(
            atPath: folder + "/file", withDestinationPath: folder + "/other/file")
        let made = unsafe mkfifo(folder + "/pipe", 0o600)
        try #require(made == 0)
        let open = try OpenFolder(at: folder)
        #expect(throws: (any Error).self) { try open.file(named: "file").status() }
        #expect(throws: (any Error).self) { try open.fileForWriting(named: "file") }
        #expect(throws: (any Error).self) { try open.fileForWriting(named: "pipe") }
        #expect(throws: (any Error).self) { try open.makeFile(named: "file") }
        #expect(throws: (any Error).self) {
            try open.folder(named: Array("folder".utf8), follows: false)
        }
        #expect(try open.file(named: "pipe").status().kind == .other)
        try open.rename("pipe", to: "file")
        #expect(try Data(contentsOf: URL(filePath: folder + "/other/file")) == Data("x".utf8))
    }

    @Test("What cannot be done says so and changes nothing")
    func failures() throws {
        defer { try? manager.removeItem(atPath: folder) }
        try FileSystem.makeFolder(folder)
        try Data().write(to: URL(filePath: folder + "/file"))
        let open = try OpenFolder(at: folder)
        #expect(throws: (any Error).self) { try FileSystem.makeFolder(folder + "/file") }
        #expect(throws: (any Error).self) { try FileSystem.makeFolder(folder + "/file/inside") }
        #expect(throws: (any Error).self) { try OpenFolder(at: folder + "/none") }
        #expect(throws: (any Error).self) { try OpenFolder(at: folder + "/file") }
        #expect(throws: (any Error).self) { try open.file(named: "none").status() }
        #expect(throws: (any Error).self) { try open.makeFile(named: "file") }
        #expect(throws: (any Error).self) { try open.makeFolder(named: "file") }
        #expect(throws: (any Error).self) { try open.remove("none") }
        #expect(throws: (any Error).self) { try open.rename("none", to: "file") }
        #expect(throws: (any Error).self) { try FileSystem.rename(folder + "/none", to: folder) }
        #expect(try open.names() == ["file"])
    }

    @Test("Times, room, owners, the working folder and the environment are the system's")
    func system() throws {
        defer { try? manager.removeItem(atPath: folder) }
        try FileSystem.makeFolder(folder)
        let open = try OpenFolder(at: folder)
        let file = try open.makeFile(named: "file")
        try file.writeAll("ab".utf8)
        try file.setModified(to: 1_700_000_000_123_456_000)
        try file.synchronise()
        try file.close()
        try open.synchronise()
        let attributes = try manager.attributesOfItem(atPath: folder + "/file")
        let date = try #require(attributes[.modificationDate] as? Date)
        #expect(abs(date.timeIntervalSince1970 - 1_700_000_000.123456) < 1e-5)
        #expect(abs(Double(FileSystem.now) / 1e9 - Date().timeIntervalSince1970) < 5)
        #expect(open.freeBytes ?? 0 > 0)
        let owner = FileSystem.status(of: folder + "/file", follows: false)?.owner
        #expect(owner == (attributes[.ownerAccountID] as? NSNumber)?.uint32Value)
        #expect(owner == FileSystem.user)
        #expect(FileSystem.workingFolder == manager.currentDirectoryPath)
        #expect(Environment["PATH"] == ProcessInfo.processInfo.environment["PATH"])
        #expect(Environment["GONGKAI_NEVER_SET"] == nil)
        #expect(Environment.arguments == Array(CommandLine.arguments.dropFirst()))
        #expect(Environment.processID == Int(ProcessInfo.processInfo.processIdentifier))
        #expect(try MappedFile(open.file(named: "file")).withSpan { $0.count } == 2)
        try Data().write(to: URL(filePath: folder + "/file"))
        #expect(try MappedFile(open.file(named: "file")).withSpan { $0.isEmpty })
    }

    @Test("A hash is that of the standard's examples")
    func hash() throws {
        #expect(
            try SHA256.hexadecimal(of: Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            try SHA256.hexadecimal(of: [])
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
