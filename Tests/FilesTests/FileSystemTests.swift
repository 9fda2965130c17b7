import Files
import Foundation
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
        try Data(count: 70_000).write(to: URL(filePath: folder + "/a/b/c/large"))
        try manager.createSymbolicLink(
            atPath: folder + "/a/link", withDestinationPath: folder + "/a/b")
        #expect(
            try FileSystem.names(in: folder + "/a")
                == manager.contentsOfDirectory(atPath: folder + "/a").sorted())
        #expect(try FileSystem.bytes(of: folder + "/a/文件.txt") == Array("政策".utf8))
        #expect(try FileSystem.bytes(of: folder + "/a/b/c/large").count == 70_000)
        let link = try #require(
            manager.attributesOfItem(atPath: folder + "/a/link")[.size] as? Int64)
        #expect(FileSystem.size(of: folder) == 6 + 70_000 + link)
        // The link goes, what it leads to does not.
        try FileSystem.remove(folder + "/a/link")
        #expect(FileSystem.exists(folder + "/a/b/c/large"))
        try FileSystem.remove(folder)
        #expect(!manager.fileExists(atPath: folder) && !FileSystem.exists(folder))
    }

    @Test("What cannot be done says so and changes nothing")
    func failures() throws {
        defer { try? manager.removeItem(atPath: folder) }
        try FileSystem.makeFolder(folder)
        try Data().write(to: URL(filePath: folder + "/file"))
        #expect(throws: (any Error).self) { try FileSystem.makeFolder(folder + "/file") }
        #expect(throws: (any Error).self) { try FileSystem.makeFolder(folder + "/file/inside") }
        #expect(throws: (any Error).self) { try FileSystem.bytes(of: folder + "/none") }
        #expect(throws: (any Error).self) { try FileSystem.bytes(of: folder) }
        #expect(throws: (any Error).self) { try FileSystem.names(in: folder + "/file") }
        #expect(throws: (any Error).self) { try FileSystem.remove(folder + "/none") }
        #expect(throws: (any Error).self) { try FileSystem.rename(folder + "/none", to: folder) }
        #expect(throws: (any Error).self) { try MappedFile(folder + "/none") }
        #expect(try FileSystem.names(in: folder) == ["file"])
    }

    @Test("Times, room, the working folder and the environment are the system's")
    func system() throws {
        defer { try? manager.removeItem(atPath: folder) }
        try FileSystem.makeFolder(folder)
        let file = folder + "/file"
        try Data("ab".utf8).write(to: URL(filePath: file))
        try FileSystem.setModified(file, to: 1_700_000_000_123_456_000)
        let date = try #require(
            manager.attributesOfItem(atPath: file)[.modificationDate] as? Date)
        #expect(abs(date.timeIntervalSince1970 - 1_700_000_000.123456) < 1e-5)
        #expect(abs(Double(FileSystem.now) / 1e9 - Date().timeIntervalSince1970) < 5)
        #expect(FileSystem.freeBytes(at: folder) ?? 0 > 0)
        #expect(FileSystem.freeBytes(at: folder + "/none/none") == nil)
        #expect(FileSystem.workingFolder == manager.currentDirectoryPath)
        #expect(Environment["PATH"] == ProcessInfo.processInfo.environment["PATH"])
        #expect(Environment["GONGKAI_NEVER_SET"] == nil)
        #expect(Environment.processID == Int(ProcessInfo.processInfo.processIdentifier))
        #expect(try MappedFile(file).withSpan { $0.count } == 2)
        try Data().write(to: URL(filePath: file))
        #expect(try MappedFile(file).withSpan { $0.isEmpty })
    }

    @Test("A hash is that of the standard's examples")
    func hash() {
        #expect(
            SHA256.hexadecimal(of: Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            SHA256.hexadecimal(of: [])
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
