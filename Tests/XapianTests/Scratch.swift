import Foundation
import Xapian

/// A folder that goes when the value goes.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("XapianTests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    /// Makes a database whose documents come one after the other out of `fill`.
    func database(
        _ name: String, storesTermLists: Bool = false, count: Int,
        fill: (Int, inout DocumentBatch) -> Void
    ) throws -> String {
        let path = path(name)
        var writer = try WritableDatabase(creatingAt: path, storesTermLists: storesTermLists)
        var batch = DocumentBatch()
        for index in 0..<count {
            batch.beginDocument()
            fill(index, &batch)
            if batch.count == 1000 {
                try writer.add(batch)
                batch.removeAll(keepingCapacity: true)
            }
        }
        try writer.add(batch)
        try writer.finish()
        return path
    }
}

/// Opens a file for reading.
func descriptor(of path: String) -> CInt { unsafe open(path, O_RDONLY) }

/// Makes a new file and opens it for reading and writing.
private func newDescriptor(of path: String) -> CInt {
    unsafe open(path, O_RDWR | O_CREAT | O_EXCL, 0o600)
}

extension Scratch {
    /// Makes one database, in one file, of several that each have a folder.
    func merge(_ sources: [String], into path: String) throws {
        let files = try sources.map { source in
            let file = source + ".glass"
            try WritableDatabase(openingAt: source).finish(into: try Self.made(file))
            return descriptor(of: file)
        }
        try WritableDatabase.compact(files, into: try Self.made(path))
    }

    /// Opens a database that has a folder, or is one file.
    func database(at path: String) throws -> Database {
        var isFolder: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if exists, isFolder.boolValue { return try Database(path: path) }
        return try Database(descriptor: descriptor(of: path), name: path)
    }

    /// The descriptor of a new file.
    static func made(_ path: String) throws -> CInt {
        let descriptor = newDescriptor(of: path)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteFileExists) }
        return descriptor
    }
}

/// Numbers that look random and are the same in every run.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// The error that `body` throws; nil when it throws none or another kind.
func xapianError(_ body: () throws -> Void) -> XapianError? {
    do {
        try body()
        return nil
    } catch {
        return error as? XapianError
    }
}
