package import Platform
package import SystemPackage

/// Lines in any number, added in any order and read in the order of their bytes.
///
/// Memory is that of the lines added last, some megabytes: they are sorted when they become more, and
/// wait with others in a file. Reading merges what waits.
package struct SortedLines: Sendable {
    private let mostKept: Int
    /// The lines added last, and where each begins.
    private var lines: [UInt8] = []
    private var starts: [Int] = []
    /// Those before, in runs that are sorted each.
    private var waiting: SpilledBytes
    private var runs: [Range<Int>] = []

    /// How many lines there are.
    package private(set) var count = 0

    /// No lines.
    ///
    /// - Parameters:
    ///   - folder: on whose disk lines wait.
    ///   - mostKept: how many bytes of lines are in memory.
    package init(near folder: OpenFolder?, mostKept: Int = 4 << 20) {
        self.mostKept = mostKept
        waiting = SpilledBytes(near: folder, mostKept: 0)
    }

    /// Adds a line.
    ///
    /// - Parameter write: appends the line, which ends with the only line end in it.
    package mutating func add(_ write: (inout [UInt8]) -> Void) {
        if lines.count > mostKept {
            let sorted = sortedLines()
            runs.append(waiting.count..<waiting.count + sorted.count)
            waiting.append(sorted)
            lines.removeAll(keepingCapacity: true)
            starts.removeAll(keepingCapacity: true)
        }
        starts.append(lines.count)
        write(&lines)
        count += 1
    }

    /// The lines added last, in their order.
    private func sortedLines() -> [UInt8] {
        let ends = starts.dropFirst() + [lines.count]
        var keys = zip(starts, ends).map { start, end in
            // Most lines differ in their first bytes.
            var first: UInt64 = 0
            for index in start..<start + 8 {
                first = first << 8 | UInt64(index < end ? lines[index] : 0)
            }
            return (first: first, line: start..<end)
        }
        keys.sort { one, other in
            one.first == other.first
                ? lines[one.line].lexicographicallyPrecedes(lines[other.line])
                : one.first < other.first
        }
        var sorted: [UInt8] = []
        sorted.reserveCapacity(lines.count)
        for key in keys { sorted += lines[key.line] }
        return sorted
    }

    /// Begins to read the lines.
    package func reader() throws(Errno) -> Reader {
        var all = runs.map { Run(of: $0) }
        if !lines.isEmpty { all.append(Run(sortedLines())) }
        return try Reader(all, in: waiting)
    }

    /// Lines one after the other.
    package struct Reader {
        private let waiting: SpilledBytes
        private var runs: [Run]
        /// The runs with lines left, the one whose line is the next last.
        private var order: [Int] = []

        fileprivate init(_ runs: [Run], in waiting: SpilledBytes) throws(Errno) {
            self.waiting = waiting
            self.runs = runs
            for run in runs.indices { try advance(run) }
        }

        /// The next line; nil when there are no more.
        package mutating func next() throws(Errno) -> [UInt8]? {
            guard let run = order.popLast() else { return nil }
            let line = Array(runs[run].line)
            try advance(run)
            return line
        }

        /// Lets a run stand at its next line, and puts it where that belongs.
        private mutating func advance(_ run: Int) throws(Errno) {
            guard try runs[run].advance(in: waiting) else { return }
            var low = 0
            var high = order.count
            while low < high {
                let middle = (low + high) / 2
                if runs[run].line.lexicographicallyPrecedes(runs[order[middle]].line) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            order.insert(run, at: low)
        }
    }

    /// Sorted lines being read.
    fileprivate struct Run {
        /// What was read of them.
        private var bytes: [UInt8]
        private var current = 0..<0
        /// What was not read.
        private var rest: Range<Int>

        private static let piece = 64 << 10

        /// Those in a part of what waits.
        init(of rest: Range<Int>) { (bytes, self.rest) = ([], rest) }

        /// Those of some bytes.
        init(_ bytes: [UInt8]) { (self.bytes, rest) = (bytes, 0..<0) }

        /// The line at which the reading stands.
        var line: ArraySlice<UInt8> { bytes[current] }

        /// Goes to the next line; false when there is none.
        mutating func advance(in waiting: SpilledBytes) throws(Errno) -> Bool {
            while true {
                let left = bytes[current.upperBound...]
                if let end = left.firstIndex(of: FileList.newline) {
                    current = left.startIndex..<end + 1
                    return true
                }
                guard !rest.isEmpty else { return false }
                let count = min(rest.count, Self.piece)
                bytes = Array(left)
                bytes += try waiting.bytes(at: rest.lowerBound, count: count)
                rest = rest.dropFirst(count)
                current = 0..<0
            }
        }
    }
}
