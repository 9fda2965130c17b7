import Platform

/// The entries of a list of files, kept as the lines they are written as: what a file costs in memory
/// is its line, about a hundred bytes, and eight bytes more.
///
/// Entries have indices, from 0, in the order in which they stand in the list.
public struct FileTable: Sendable {
    private let lines: [UInt8]
    /// Where each line begins.
    private var starts: [Int] = []
    /// How paths stand in the lines.
    public let paths: StoredPath

    /// Makes a table without entries.
    public init(_ paths: StoredPath) { (lines, self.paths) = ([], paths) }

    /// The table of a list's bytes; nil when a line is no entry.
    public init?(_ bytes: [UInt8], _ paths: StoredPath) {
        self.paths = paths
        lines = bytes
        starts.reserveCapacity(bytes.count { $0 == FileList.newline })
        var start = 0
        var tabs = 0
        for (index, byte) in bytes.enumerated() {
            if byte == FileList.tab { tabs += 1 }
            guard byte == FileList.newline else { continue }
            guard tabs == FileList.fieldCount - 1 else { return nil }
            starts.append(start)
            start = index + 1
            tabs = 0
        }
        guard start == bytes.count else { return nil }
    }

    /// How many entries there are.
    public var count: Int { starts.count }

    /// The entry at an index; nil when its line is damaged.
    public subscript(index: Int) -> FileEntry? {
        let line = range(of: index)
        var fields: [Range<Int>] = []
        fields.reserveCapacity(FileList.fieldCount)
        var start = line.lowerBound
        for index in line where lines[index] == FileList.tab || lines[index] == FileList.newline {
            fields.append(start..<index)
            start = index + 1
        }
        return FileList.entry(lines.span, fields, paths)
    }

    /// The id of the report of the entry at an index as a number; nil when it has none.
    public func report(at index: Int) -> UInt64? { FileList.report(ofLine: line(at: index)) }

    /// The indices of the entries with a report, in a table of a list, which is sorted.
    public func indices(ofReport id: String) -> Range<Int> {
        let field = Array(id.utf8) + [FileList.tab]
        func firstIndex(where isAfter: (ArraySlice<UInt8>) -> Bool) -> Int {
            var low = 0
            var high = count
            while low < high {
                let middle = (low + high) / 2
                if isAfter(lines[range(of: middle)].prefix(field.count)) {
                    high = middle
                } else {
                    low = middle + 1
                }
            }
            return low
        }
        let first = firstIndex { !$0.lexicographicallyPrecedes(field) }
        return first..<max(first, firstIndex { field.lexicographicallyPrecedes($0) })
    }

    // MARK: Lines

    func range(of index: Int) -> Range<Int> {
        starts[index]..<(index + 1 < starts.count ? starts[index + 1] : lines.count)
    }

    func line(at index: Int) -> ArraySlice<UInt8> { lines[range(of: index)] }

    private func reportField(of index: Int) -> Range<Int> {
        let line = range(of: index)
        return line.lowerBound..<(lines[line].firstIndex(of: FileList.tab) ?? line.upperBound)
    }

    /// The indices of the entries with some bytes in their path, such as those of files in archives.
    public func indices(withPathContaining part: [UInt8]) -> [Int] {
        (0..<count).filter { index in
            let path = pathField(of: index)
            return path.indices.contains { path[$0] == part[0] && path[$0...].starts(with: part) }
        }
    }

    func pathField(of index: Int) -> ArraySlice<UInt8> {
        let line = range(of: index)
        let start = min(reportField(of: index).upperBound + 1, line.upperBound)
        let rest = lines[start..<line.upperBound]
        return rest.prefix { $0 != FileList.tab }
    }
}

/// Finds the indices of files in a table by their paths.
public struct FileIndices: Sendable {
    private let table: FileTable
    /// Indices, one higher, or 0; a power of two of them.
    private var slots: [UInt32]

    /// Prepares for finding the files of a table.
    public init(of table: FileTable) {
        self.table = table
        let room = max(2, table.count + table.count / 2)
        slots = Array(repeating: 0, count: 1 << (Int.bitWidth - (room - 1).leadingZeroBitCount))
        for index in 0..<table.count {
            var slot = slot(of: table.pathField(of: index))
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(index + 1)
        }
    }

    /// The index of a file; nil when the table does not have it.
    public func index(of path: String) -> Int? {
        let field = FileList.field(ofPath: path, table.paths)
        var slot = slot(of: field[...])
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if table.pathField(of: index).elementsEqual(field) { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Where to look first.
    private func slot(of field: ArraySlice<UInt8>) -> Int {
        ByteHash.value(of: field) & (slots.count - 1)
    }
}
