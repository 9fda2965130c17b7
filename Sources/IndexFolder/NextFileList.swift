public import Platform
public import SystemPackage

/// The list of files that a run leaves, made of the one that it found: which of its entries stay,
/// and which are new.
///
///     var next = NextFileList(after: table)
///     next.keep(3)
///     next.add(entry)
///     try next.forEachPiece { try write($0) }
///
/// New entries take some megabytes of memory, however many they are.
public struct NextFileList: Sendable {
    private let old: FileTable
    private var fates: [Fate]
    private var new: SortedLines

    private enum Fate: UInt8, Sendable {
        case open, kept, dropped
    }

    /// The bytes that are handed over together.
    private static let piece = 1 << 20

    /// Begins a list; of the entries there are, none stays unless it is kept.
    ///
    /// - Parameter folder: on whose disk new entries wait when they are many.
    public init(after old: FileTable, near folder: OpenFolder? = nil) {
        self.old = old
        new = SortedLines(near: folder)
        fates = Array(repeating: .open, count: old.count)
    }

    /// The indices of the old entries of which nothing was said yet.
    public var openIndices: [Int] { fates.indices.filter { fates[$0] == .open } }

    /// Keeps the old entry at an index.
    public mutating func keep(_ index: Int) { fates[index] = .kept }

    /// Drops the old entry at an index.
    public mutating func drop(_ index: Int) { fates[index] = .dropped }

    /// Keeps all old entries.
    public mutating func keepAll() { fates = Array(repeating: .kept, count: old.count) }

    /// Adds an entry.
    public mutating func add(_ entry: FileEntry) {
        let paths = old.paths
        new.add { FileList.append(entry, to: &$0, paths) }
    }

    /// Whether it is another list than the old one.
    public var isChange: Bool { new.count > 0 || fates.contains { $0 != .kept } }

    // MARK: Reports

    /// The ids of the reports of the old list that the new one does not have, as numbers.
    public func reportsGone() throws(Errno) -> Set<UInt64> {
        var gone: Set<UInt64> = []
        for index in fates.indices where fates[index] != .kept {
            if let report = old.report(at: index) { gone.insert(report) }
        }
        guard !gone.isEmpty else { return [] }
        try forEachLine { line throws(Errno) in
            if let report = FileList.report(ofLine: line) { gone.remove(report) }
        }
        return gone
    }

    /// The number of reports, each counted once however many files hold it.
    public func reportCount() throws(Errno) -> Int {
        var count = 0
        var last: UInt64?
        try forEachLine { line throws(Errno) in
            guard let report = FileList.report(ofLine: line) else { return }
            if report != last { count += 1 }
            last = report
        }
        return count
    }

    // MARK: Writing

    /// Hands over the bytes of the list, a megabyte at a time.
    public func forEachPiece(_ body: ([UInt8]) throws(Errno) -> Void) throws(Errno) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.piece)
        try forEachLine { line throws(Errno) in
            bytes += line
            if bytes.count >= Self.piece {
                try body(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try body(bytes)
    }

    /// Calls `body` with each line of the new list, in their order.
    private func forEachLine(_ body: (ArraySlice<UInt8>) throws(Errno) -> Void) throws(Errno) {
        var added = try new.reader()
        var next = try added.next()
        for index in fates.indices where fates[index] == .kept {
            let line = old.line(at: index)
            while let new = next, new.lexicographicallyPrecedes(line) {
                try body(new[...])
                next = try added.next()
            }
            try body(line)
        }
        while let new = next {
            try body(new[...])
            next = try added.next()
        }
    }
}
