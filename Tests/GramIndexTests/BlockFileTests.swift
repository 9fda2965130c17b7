import Foundation
import GramIndex
import TestSupport
import Testing

@Suite("Block files") struct BlockFileTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func written(_ columns: [[UInt8]]) throws -> String {
        let path = scratch.path("columns")
        var writer = try BlockFileWriter(creatingAt: path, columns: columns.count)
        for (index, column) in columns.enumerated() {
            // In two pieces, as a merge does.
            let middle = column.count / 2
            let head = Array(column[..<middle])
            let tail = Array(column[middle...])
            try writer.append(head.span, to: index)
            try writer.append(tail.span, to: index)
        }
        try writer.finish()
        return path
    }

    private let columns: [[UInt8]] = [
        Array(0..<100), [], [1, 2, 3], [0, 0, 0, 0, 0, 3, 0, 0, 0, 0], [9],
    ]

    @Test("A file gives back its columns")
    func roundTrip() throws {
        let file = try BlockFile(path: written(columns))
        for (index, column) in columns.enumerated() {
            #expect(file[index].count == column.count)
            #expect(file[index].bytes(0..<column.count) == column)
            #expect(file[index].withSpan { $0.count } == column.count)
        }
        #expect(file[5].count == 0 && file[-1].count == 0)
        #expect(file[0].number(at: 3, size: 2) == 0x0403)
        #expect(file[0].number(at: 99, size: 1) == 99)
        #expect(file[0].number(at: 99, size: 2) == nil)
        #expect(file[0].number(at: -1, size: 1) == nil)
        #expect(file[0].number(at: .max, size: 8) == nil)
        #expect(file[0].bytes(99..<101) == nil)
        #expect(file[0].numbers(as: UInt8.self) == columns[0])
        #expect(file[1].numbers(as: UInt64.self) == [] && file[2].numbers(as: UInt32.self) == [])
        #expect(file[2].numbers(as: UInt16.self) == [0x0201])
        #expect(
            file[0].numbers(as: UInt64.self)
                == (0..<12).map { file[0].number(at: 8 * $0, size: 8) })
        #expect(file[0].firstOffset(of: [50, 51]) == 50)
        #expect(file[0].firstOffset(of: [50, 51], from: 51) == nil)
        #expect(file[0].firstOffset(of: []) == nil)
        #expect(file.element(0, of: 2, starts: 3) == [1, 2, 3])
        #expect(file.element(1, of: 2, starts: 3) == nil)
    }

    @Test("A set of all numbers has each below its limit", arguments: 0..<20)
    func all(limit: Int) {
        #expect(BitSet(allBelow: limit) == BitSet(below: limit) { _ in true })
    }

    @Test("The numbers of a column that lie in a range are found", arguments: [1, 2, 4, 8])
    func numbersInRange(size: Int) throws {
        var random = SeededGenerator(seed: UInt64(size))
        let most = UInt64.max >> UInt64(64 - 8 * size)
        let numbers = (0..<1_003).map { index -> UInt64 in
            index % 3 == 0 ? random.next() & most : [0, 1, 5, 6, most - 1, most][index % 6]
        }
        let bytes: [UInt8] = numbers.flatMap { number in
            (0..<size).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
        }
        let file = try BlockFile(path: written([[7] + bytes]))
        let middle = most / 2 + 1
        for range in [
            0...0, 1...5, 0...most, most...most, 6...most - 1, middle...most, 3...middle, 2...4,
            0...UInt64.max, UInt64.max...UInt64.max,
        ] {
            let known = BitSet(below: 1_000) { $0 % 100 == 0 }
            var found = known
            found.formUnion(ofNumbersIn: range, file[0], from: 1, size: size)
            let right = BitSet(below: 1_000) { known[$0] || range.contains(numbers[$0]) }
            #expect(found == right, "\(range)")
        }
        // Fewer numbers than there could be members, and no offset in the column.
        var found = BitSet(below: 2_000)
        found.formUnion(ofNumbersIn: 0...most, file[0], from: 1, size: size)
        #expect(found.count == 1_003)
        found = BitSet(below: 2_000)
        found.formUnion(ofNumbersIn: 0...most, file[0], from: bytes.count + 2, size: size)
        #expect(found.count == 0)
    }

    @Test("Sets join, meet and lose as sets do", arguments: 0..<20)
    func sets(_ limit: Int) {
        var random = SeededGenerator(seed: UInt64(limit))
        let limit = limit * 13
        let one = Set((0..<limit).filter { _ in Bool.random(using: &random) })
        let other = Set((0..<limit).filter { _ in Bool.random(using: &random) })
        func bits(_ set: Set<Int>) -> BitSet { BitSet(below: limit) { set.contains($0) } }
        #expect(bits(one).count == one.count)
        var changed = bits(one)
        changed.formUnion(bits(other))
        #expect(changed == bits(one.union(other)))
        changed = bits(one)
        changed.formUnion(other.map(UInt32.init)[...])
        #expect(changed == bits(one.union(other)))
        changed = bits(one)
        changed.formIntersection(bits(other))
        #expect(changed == bits(one.intersection(other)))
        changed = bits(one)
        changed.subtract(bits(other))
        #expect(changed == bits(one.subtracting(other)))
        changed = bits(one)
        changed.formFilter { other.contains($0) }
        #expect(changed == bits(one.intersection(other)))
    }

    @Test("What is there is not overwritten, and what was not finished cannot be opened")
    func unfinished() throws {
        let path = try written(columns)
        #expect(
            gramIndexError { _ = try BlockFileWriter(creatingAt: path, columns: 1) }?.code
                == .notCreated)
        let other = scratch.path("unfinished")
        var writer = try BlockFileWriter(creatingAt: other, columns: 1)
        let bytes = columns[0]
        try writer.append(bytes.span, to: 0)
        _ = consume writer
        #expect(gramIndexError { _ = try BlockFile(path: other) }?.code == .damaged)
        #expect(
            gramIndexError { _ = try BlockFile(path: scratch.path("none")) }?.code
                == .notOpened)
    }

    @Test("Columns may come in any order, each in one go")
    func order() throws {
        let path = scratch.path("columns")
        var writer = try BlockFileWriter(creatingAt: path, columns: 3)
        let bytes: [UInt8] = [1, 2]
        try writer.append(bytes.span, to: 2)
        try writer.append(bytes.span, to: 0)
        try writer.append(bytes.span, to: 0)
        do {
            try writer.append(bytes.span, to: 2)
            Issue.record("A column was written in two goes")
        } catch {
            #expect(error.code == .refused)
        }
        try writer.finish()
        let file = try BlockFile(path: path)
        #expect((0...2).map { file[$0].bytes(0..<file[$0].count) } == [[1, 2, 1, 2], [], [1, 2]])
    }

    @Test("A file that was forgotten is read again")
    func forget() throws {
        let file = try BlockFile(path: written(columns))
        for _ in 0..<2 {
            for (index, column) in columns.enumerated() {
                #expect(file[index].bytes(0..<column.count) == column)
            }
            file.forget()
        }
    }

    @Test("A file that was cut short or lengthened is refused")
    func cut() throws {
        let whole = try Data(contentsOf: URL(filePath: written(columns)))
        let path = scratch.path("cut")
        for length in Array(0..<whole.count) + [whole.count + 1] {
            var data = whole.prefix(length)
            if length > whole.count { data.append(0) }
            try data.write(to: URL(filePath: path))
            #expect(gramIndexError { _ = try BlockFile(path: path) }?.code == .damaged)
        }
    }

    @Test("A file that begins with another word, or has more columns than any, is refused")
    func heads() throws {
        let whole = try Data(contentsOf: URL(filePath: written(columns)))
        let path = scratch.path("other")
        for offset in 0..<8 {
            var data = whole
            data[offset] ^= 1
            try data.write(to: URL(filePath: path))
            #expect(gramIndexError { _ = try BlockFile(path: path) }?.code == .damaged)
        }
        // Its third word counts the columns; there is room for the heads of no more than 256.
        var crowded = Data(whole.prefix(8)) + Data(count: 16)
        crowded.append(Data(count: 257 * 16))
        crowded.replaceSubrange(
            8..<10, with: [UInt8(crowded.count & 0xFF), UInt8(crowded.count >> 8)])
        crowded.replaceSubrange(16..<18, with: [1, 1])
        try crowded.write(to: URL(filePath: path))
        #expect(gramIndexError { _ = try BlockFile(path: path) }?.code == .damaged)
    }

    @Test("A file is mapped by its descriptor, and may have had no name")
    func descriptors() throws {
        let path = scratch.path("columns")
        #expect(FileManager.default.createFile(atPath: path, contents: nil))
        let file = try FileHandle(forUpdating: URL(filePath: path))
        var writer = try BlockFileWriter(
            descriptor: file.fileDescriptor, columns: columns.count)
        for (index, column) in columns.enumerated() { try writer.append(column.span, to: index) }
        try writer.finish()
        let mapped = try BlockFile(descriptor: file.fileDescriptor)
        try file.close()
        #expect(columns.indices.map { contents(mapped[$0]) } == columns)
        let error = gramIndexError { _ = try BlockFile(descriptor: -1, name: "texts") }
        #expect(error?.code == .notOpened && error?.path == "texts")
    }

    @Test("A link, a pipe and a folder are no files")
    func links() throws {
        let path = try written(columns)
        let link = scratch.path("link")
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
        #expect(gramIndexError { _ = try BlockFile(path: link) }?.code == .notOpened)
        #expect(
            gramIndexError { _ = try BlockFileWriter(creatingAt: link, columns: 1) }?.code
                == .notCreated)
        let pipe = scratch.path("pipe")
        #expect(unsafe mkfifo(pipe, 0o600) == 0)
        #expect(gramIndexError { _ = try BlockFile(path: pipe) }?.code == .damaged)
        #expect(gramIndexError { _ = try BlockFile(path: scratch.folder.path) }?.code == .damaged)
        #expect(gramIndexError { _ = try BlockFile(path: "a\0b") }?.code == .refused)
    }

    @Test("A disk that is full is an error")
    func full() throws {
        try #require(FileManager.default.fileExists(atPath: "/dev/full"))
        let file = try FileHandle(forWritingTo: URL(filePath: "/dev/full"))
        var writer = try BlockFileWriter(descriptor: file.fileDescriptor, columns: 1)
        let bytes = [UInt8](repeating: 1, count: 100)
        try writer.append(bytes.span, to: 0)
        do {
            try writer.finish()
            Issue.record("Nothing was written")
        } catch {
            #expect(error.code == .notWritten)
        }
    }
}
