import Foundation
import GramIndex

/// A folder that goes when the value goes.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("GramIndexTests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}

/// A document of a test.
struct TestDocument {
    var text: [UInt8] = []
    /// Its length in terms; the number of bytes of the text when nil.
    var length: Int?
    var label: UInt8 = 0
    /// Its terms, each as often as it holds it, with positions where they are known.
    var terms: [(term: [UInt8], position: Int?)] = []
}

extension Scratch {
    /// Writes an index into a new file.
    ///
    /// - Parameters:
    ///   - groupStarts: the first document of each group; every document has its own when nil.
    ///   - isBare: whether records are texts alone.
    ///   - postings: writes the columns of terms; those of the documents when nil.
    func write(
        _ name: String, _ documents: [TestDocument], groupStarts: [Int]? = nil,
        isBare: Bool = false, postings: ((inout BlockFileWriter) throws -> Void)? = nil
    ) throws -> BlockFile {
        let path = path(name)
        try? FileManager.default.removeItem(atPath: path)
        var writer = try BlockFileWriter(creatingAt: path, columns: IndexColumn.count)
        for (column, bytes) in Self.columns(documents, groupStarts, isBare).enumerated() {
            try writer.append(bytes.span, to: column)
        }
        if let postings {
            try postings(&writer)
        } else {
            var lists = try PostingsWriter()
            var terms = DocumentTerms()
            for (index, document) in documents.enumerated() {
                terms.set(document.terms.flatMap(\.term))
                var start = 0
                for (term, position) in document.terms {
                    terms.add(at: start..<start + term.count, position: position)
                    start += term.count
                }
                try lists.add(terms, toDocument: UInt32(index + 1))
            }
            try lists.write(to: &writer, documentCount: documents.count)
        }
        try writer.finish()
        return try BlockFile(path: path)
    }

    private static func columns(
        _ documents: [TestDocument], _ groupStarts: [Int]?, _ isBare: Bool
    ) -> [[UInt8]] {
        var starts: [UInt8] = []
        var records: [UInt8] = []
        for document in documents {
            starts += number(records.count, 5)
            precondition(document.text.count < 1 << (isBare ? 7 : 14), "One or two bytes of length")
            let low = UInt8(document.text.count & 0x7F)
            records += isBare ? [low] : [low | 0x80, UInt8(document.text.count >> 7)]
            records += document.text + (isBare ? [] : [7, 200])
        }
        starts += number(records.count, 8)
        return [
            starts, records, documents.flatMap { number($0.length ?? $0.text.count, 2) },
            documents.map(\.label),
            (groupStarts ?? Array(1..<documents.count + 1)).flatMap { number($0, 4) },
        ]
    }
}

/// A number as little-endian bytes.
func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// All of a column.
func contents(_ column: BlockFile.Column) -> [UInt8] { column.bytes(0..<column.count) ?? [] }

/// The error that `body` throws; nil when it throws none or another kind.
func gramIndexError(_ body: () throws -> Void) -> GramIndexError? {
    do {
        try body()
        return nil
    } catch {
        return error as? GramIndexError
    }
}
