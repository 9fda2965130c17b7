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
    func database(at path: String, texts: SectionFile? = nil) throws -> Database {
        var isFolder: ObjCBool = false
        let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        if exists, isFolder.boolValue { return try Database(path: path, texts: texts) }
        return try Database(descriptor: descriptor(of: path), name: path, texts: texts)
    }

    /// The descriptor of a new file.
    static func made(_ path: String) throws -> CInt {
        let descriptor = newDescriptor(of: path)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteFileExists) }
        return descriptor
    }

    /// Writes the texts of a database's documents, and opens it with them.
    ///
    /// - Parameters:
    ///   - lengths: the documents' lengths; the number of bytes of the texts when nil.
    ///   - labels: the documents' labels; 0 when nil.
    ///   - groupStarts: the first document of each group; every document has its own when nil.
    ///   - lists: writes posting lists into the file with the texts.
    func open(
        _ path: String, texts: [[UInt8]], lengths: [Int]? = nil, labels: [UInt8]? = nil,
        groupStarts: [Int]? = nil, lists: (inout SectionFileWriter) throws -> Void = { _ in }
    ) throws -> Database {
        func number(_ value: Int, _ size: Int) -> [UInt8] {
            (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var starts: [UInt8] = []
        var records: [UInt8] = []
        for text in texts {
            starts += number(records.count, 5)
            precondition(text.count < 1 << 14, "Two bytes of length")
            records += [UInt8(text.count & 0x7F) | 0x80, UInt8(text.count >> 7)]
            records += text + [7, 200]
        }
        starts += number(records.count, 8)
        let sections: [[UInt8]] = [
            starts, records, (lengths ?? texts.map(\.count)).flatMap { number($0, 2) },
            labels ?? texts.map { _ in 0 },
            (groupStarts ?? Array(1..<texts.count + 1)).flatMap { number($0, 4) },
        ]
        let file = path + ".sections"
        try? FileManager.default.removeItem(atPath: file)
        var writer = try SectionFileWriter(
            creatingAt: file, sections: PostingListSection.all.upperBound + 1)
        for (index, section) in sections.enumerated() {
            try writer.append(section.span, to: index)
        }
        try lists(&writer)
        try writer.finish()
        return try database(at: path, texts: SectionFile(path: file))
    }
}

/// The posting lists of terms in some documents, and how often each is in which; for a file of
/// their own.
struct ListedTerms {
    /// The terms, in byte order.
    var terms: [[UInt8]]
    /// For each document the places of its terms, as often as it holds them.
    var documents: [[UInt32]] = []

    init(_ terms: some Sequence<[UInt8]>) {
        self.terms = terms.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Adds a document that holds a term; false when the term has no list.
    mutating func add(_ term: [UInt8], count: Int) -> Bool {
        guard let place = terms.firstIndex(of: term) else { return false }
        documents[documents.count - 1] += [UInt32](repeating: UInt32(place), count: count)
        return true
    }

    func write(to file: inout SectionFileWriter) throws {
        var lists = try PostingLists(of: terms)
        for (index, terms) in documents.enumerated() {
            try lists.add(terms, inDocument: UInt32(index + 1))
        }
        try lists.write(to: &file)
    }

    func file(_ path: String) throws -> SectionFile {
        var writer = try SectionFileWriter(
            creatingAt: path, sections: PostingListSection.all.upperBound + 1)
        try write(to: &writer)
        try writer.finish()
        return try SectionFile(path: path)
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
