import Documents
import Foundation
import TestSupport
import Testing

@Suite("Archives are read within limits")
struct ZipArchiveTests {
    @Test("Parts are found by name, stored or compressed")
    func parts() throws {
        let text = Array(String(repeating: "政务公开目录", count: 100).utf8)
        var zip = ZipBuilder()
        zip.add("a.txt", text)
        zip.add("b/c.xml", text, compressed: ZipBuilder.stored(text))
        let archive = try ZipArchive(zip.bytes)
        #expect(archive.names == ["a.txt", "b/c.xml"])
        #expect(try archive.part("a.txt") == text)
        #expect(try archive.part("b/c.xml") == text)
        #expect(try archive.part("none") == nil)
    }

    @Test("An encrypted part is refused as such")
    func encrypted() throws {
        var zip = ZipBuilder()
        zip.add("a", [1, 2, 3], flags: 1)
        let archive = try ZipArchive(zip.bytes)
        #expect(throws: ArchiveProblem.encrypted) { try archive.part("a") }
    }

    @Test("A part that claims or is more than the limits is not expanded")
    func bombs() throws {
        // A run of zeros that DEFLATE stores in a thousandth of its size.
        var zip = ZipBuilder()
        zip.add("claims", [], compressed: [3, 0], claiming: 65 << 20)
        zip.add("ratio", [], compressed: [3, 0], claiming: 2 << 20)
        zip.add(
            "lies", [], compressed: ZipBuilder.stored(Array(repeating: 7, count: 5_000)),
            claiming: 10)
        let archive = try ZipArchive(zip.bytes)
        #expect(throws: ArchiveProblem.overLimits) { try archive.part("claims") }
        #expect(throws: ArchiveProblem.overLimits) { try archive.part("ratio") }
        #expect(throws: ArchiveProblem.damaged) { try archive.part("lies") }
    }

    @Test("Too many parts are refused")
    func many() {
        var zip = ZipBuilder()
        for number in 0...1_000 { zip.add("\(number)", []) }
        #expect(throws: ArchiveProblem.overLimits) { try ZipArchive(zip.bytes) }
    }

    @Test("An archive cut or changed anywhere is read or refused, never more")
    func damaged() throws {
        let text = Array("政务公开目录与渡口班次".utf8)
        var zip = ZipBuilder()
        zip.add("a", text)
        zip.add("b", text, compressed: ZipBuilder.stored(text))
        let whole = zip.bytes
        for length in whole.indices {
            guard let archive = try? ZipArchive(Array(whole[..<length])) else { continue }
            for name in archive.names { _ = try? archive.part(name) }
        }
        for offset in whole.indices {
            for value: UInt8 in [0, 0x7F, 0xFF] {
                var changed = whole
                changed[offset] = value
                guard let archive = try? ZipArchive(changed) else { continue }
                for name in archive.names { _ = try? archive.part(name) }
            }
        }
        #expect(throws: ArchiveProblem.damaged) { try ZipArchive([]) }
        #expect(throws: ArchiveProblem.damaged) { try ZipArchive(Array(whole.dropLast(10))) }
    }
}
