/// The list of files that a run leaves, made of the one that it found: which of its entries stay,
/// and which are new.
///
///     var next = NextFileList(after: table)
///     next.keep(3)
///     next.add(entry)
///     try next.forEachPiece { try write($0) }
public struct NextFileList: Sendable {
    private let old: FileTable
    private var fates: [Fate]
    private var new: FileTable

    private enum Fate: UInt8, Sendable {
        case open, kept, dropped
    }

    /// The bytes that are handed over together.
    private static let piece = 1 << 20

    /// Begins a list; of the entries there are, none stays unless it is kept.
    public init(after old: FileTable) {
        self.old = old
        new = FileTable(old.paths)
        fates = Array(repeating: .open, count: old.count)
    }

    /// The places of the old entries of which nothing was said yet.
    public var openPlaces: [Int] { fates.indices.filter { fates[$0] == .open } }

    /// Keeps the old entry at a place.
    public mutating func keep(_ place: Int) { fates[place] = .kept }

    /// Drops the old entry at a place.
    public mutating func drop(_ place: Int) { fates[place] = .dropped }

    /// Keeps all old entries.
    public mutating func keepAll() { fates = Array(repeating: .kept, count: old.count) }

    /// Adds an entry.
    public mutating func add(_ entry: FileEntry) { new.append(entry) }

    /// Whether it is another list than the old one.
    public var isChange: Bool { new.count > 0 || fates.contains { $0 != .kept } }

    // MARK: Reports

    /// The ids of the reports of the old list that the new one does not have, as numbers.
    public func reportsGone() -> Set<UInt64> {
        var gone: Set<UInt64> = []
        var stay: Set<UInt64> = []
        for place in fates.indices {
            guard let report = old.report(at: place) else { continue }
            if fates[place] == .kept { stay.insert(report) } else { gone.insert(report) }
        }
        guard !gone.isEmpty else { return [] }
        gone.subtract(stay)
        for place in 0..<new.count {
            if let report = new.report(at: place) { gone.remove(report) }
        }
        return gone
    }

    /// The number of reports, each counted once however many files hold it.
    public func reportCount() -> Int {
        var count = 0
        var last: UInt64?
        forEachLine { table, place in
            guard let report = table.report(at: place) else { return }
            if report != last { count += 1 }
            last = report
        }
        return count
    }

    // MARK: Writing

    /// Hands over the bytes of the list, a megabyte at a time.
    public func forEachPiece<Failure: Error>(
        _ body: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.piece)
        try forEachLine { table, place throws(Failure) in
            bytes += table.line(at: place)
            if bytes.count >= Self.piece {
                try body(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        try body(bytes)
    }

    /// Calls `body` with each entry of the new list, in their order.
    private func forEachLine<Failure: Error>(
        _ body: (FileTable, Int) throws(Failure) -> Void
    ) throws(Failure) {
        let added = (0..<new.count).map(UInt32.init).sorted {
            new.line(at: Int($0)).lexicographicallyPrecedes(new.line(at: Int($1)))
        }
        var next = 0
        for place in fates.indices where fates[place] == .kept {
            while next < added.count,
                new.line(at: Int(added[next])).lexicographicallyPrecedes(old.line(at: place))
            {
                try body(new, Int(added[next]))
                next += 1
            }
            try body(old, place)
        }
        for place in added[next...] { try body(new, Int(place)) }
    }
}
