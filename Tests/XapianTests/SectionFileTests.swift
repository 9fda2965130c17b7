import Foundation
import Testing
import Xapian

@Suite("Files of sections") struct SectionFileTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func written(_ sections: [[UInt8]]) throws -> String {
        let path = scratch.path("sections")
        var writer = try SectionFileWriter(creatingAt: path, sections: sections.count)
        for (index, section) in sections.enumerated() {
            // In two pieces, as a merge does.
            let middle = section.count / 2
            let head = Array(section[..<middle])
            let tail = Array(section[middle...])
            try writer.append(head.span, to: index)
            try writer.append(tail.span, to: index)
        }
        try writer.finish()
        return path
    }

    private let sections: [[UInt8]] = [
        Array(0..<100), [], [1, 2, 3], [0, 0, 0, 0, 0, 3, 0, 0, 0, 0], [9],
    ]

    @Test("A file gives back its sections")
    func roundTrip() throws {
        let file = try SectionFile(path: written(sections))
        for (index, section) in sections.enumerated() {
            #expect(file[index].count == section.count)
            #expect(file[index].bytes(0..<section.count) == section)
            #expect(file[index].withSpan { $0.count } == section.count)
        }
        #expect(file[5].count == 0 && file[-1].count == 0)
        #expect(file[0].number(at: 3, size: 2) == 0x0403)
        #expect(file[0].number(at: 99, size: 1) == 99)
        #expect(file[0].number(at: 99, size: 2) == nil)
        #expect(file[0].number(at: -1, size: 1) == nil)
        #expect(file[0].number(at: .max, size: 8) == nil)
        #expect(file[0].bytes(99..<101) == nil)
        #expect(file[0].firstPlace(of: [50, 51]) == 50)
        #expect(file[0].firstPlace(of: [50, 51], from: 51) == nil)
        #expect(file[0].firstPlace(of: []) == nil)
        #expect(file.element(0, of: 2, starts: 3) == [1, 2, 3])
        #expect(file.element(1, of: 2, starts: 3) == nil)
    }

    @Test("The numbers of a section that lie in a range are found", arguments: [1, 2, 4, 8])
    func numbersInRange(size: Int) throws {
        var random = SystemRandomNumberGenerator()
        let most = UInt64.max >> UInt64(64 - 8 * size)
        let numbers = (0..<1_003).map { index -> UInt64 in
            index % 3 == 0 ? random.next() & most : [0, 1, 5, 6, most - 1, most][index % 6]
        }
        let bytes: [UInt8] = numbers.flatMap { number in
            (0..<size).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
        }
        let file = try SectionFile(path: written([[7] + bytes]))
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
        // Fewer numbers than there could be members, and no place in the section.
        var found = BitSet(below: 2_000)
        found.formUnion(ofNumbersIn: 0...most, file[0], from: 1, size: size)
        #expect(found.count == 1_003)
        found = BitSet(below: 2_000)
        found.formUnion(ofNumbersIn: 0...most, file[0], from: bytes.count + 2, size: size)
        #expect(found.count == 0)
    }

    @Test("Sets join, meet and lose as sets do", arguments: 0..<20)
    func sets(_ limit: Int) {
        let limit = limit * 13
        let one = Set((0..<limit).filter { _ in Bool.random() })
        let other = Set((0..<limit).filter { _ in Bool.random() })
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
        let path = try written(sections)
        #expect(
            xapianError { _ = try SectionFileWriter(creatingAt: path, sections: 1) }?.code
                == .databaseNotCreated)
        let other = scratch.path("unfinished")
        var writer = try SectionFileWriter(creatingAt: other, sections: 1)
        let bytes = sections[0]
        try writer.append(bytes.span, to: 0)
        _ = consume writer
        #expect(xapianError { _ = try SectionFile(path: other) }?.code == .databaseCorrupt)
        #expect(
            xapianError { _ = try SectionFile(path: scratch.path("none")) }?.code
                == .databaseNotOpened)
    }

    @Test("Sections may come in any order, each in one go")
    func order() throws {
        let path = scratch.path("sections")
        var writer = try SectionFileWriter(creatingAt: path, sections: 3)
        let bytes: [UInt8] = [1, 2]
        try writer.append(bytes.span, to: 2)
        try writer.append(bytes.span, to: 0)
        try writer.append(bytes.span, to: 0)
        do {
            try writer.append(bytes.span, to: 2)
            Issue.record("A section was written in two goes")
        } catch {
            #expect(error.code == .refused)
        }
        try writer.finish()
        let file = try SectionFile(path: path)
        #expect((0...2).map { file[$0].bytes(0..<file[$0].count) } == [[1, 2, 1, 2], [], [1, 2]])
    }

    @Test("A file that was forgotten is read again")
    func forget() throws {
        let file = try SectionFile(path: written(sections))
        for _ in 0..<2 {
            for (index, section) in sections.enumerated() {
                #expect(file[index].bytes(0..<section.count) == section)
            }
            file.forget()
        }
    }

    @Test("A file that was cut short or lengthened is refused")
    func cut() throws {
        let whole = try Data(contentsOf: URL(filePath: written(sections)))
        let path = scratch.path("cut")
        for length in Array(0..<whole.count) + [whole.count + 1] {
            var data = whole.prefix(length)
            if length > whole.count { data.append(0) }
            try data.write(to: URL(filePath: path))
            #expect(xapianError { _ = try SectionFile(path: path) }?.code == .databaseCorrupt)
        }
    }

    @Test("Changed bytes give an error or other bytes, never a look outside", arguments: 0..<10)
    func damage(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let texts = (0..<30).map { index in
            (0..<index).map { _ in UInt8.random(in: 40...60, using: &random) } + [50]
        }
        let path = try scratch.database("index", count: texts.count) { _, batch in
            batch.addTerm(bytes("t"), frequency: 1)
        }
        _ = try scratch.open(path, texts: texts, groupStarts: [1, 11, 21])
        let whole = try Data(contentsOf: URL(filePath: path + ".sections"))
        for round in 0..<100 {
            var data = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                // Mostly where places are kept.
                let place = Int.random(
                    in: 0..<(round.isMultiple(of: 4) ? data.count : 420), using: &random)
                data[place] = UInt8.random(in: 0...255, using: &random)
            }
            let file = scratch.path("damaged")
            try data.write(to: URL(filePath: file))
            do throws(XapianError) {
                let database = try Database(path: path, texts: SectionFile(path: file))
                var groups = BitSet(below: 3)
                groups[1] = true
                let text = try GramQuery.text(
                    TextMatch(parts: [.init(bytes: [50, 50], grams: [.init(bytes("t"))])]))
                for query in [text, try .all([text, .documents(inGroups: groups)])] {
                    let page = try database.search(query, limit: 10, order: .relevance)
                    #expect(page.totalCount <= texts.count)
                }
            } catch {
                #expect([.databaseCorrupt, .refused].contains(error.code))
            }
        }
    }
}
