import GramIndex

/// The names that belong to reports: those of agencies, or of regions.
public final class NameColumn {
    /// For each report the number of its names.
    private let groupColumn: BlockFile.Column
    /// The names by number, folded, each ended by a zero byte.
    private let names: BlockFile.Column
    /// Where the names of each number begin.
    private let starts: BlockFile.Column
    private let reportCount: Int

    init(
        groups: BlockFile.Column, names: BlockFile.Column, starts: BlockFile.Column,
        reportCount: Int
    ) {
        groupColumn = groups
        self.names = names
        self.starts = starts
        self.reportCount = reportCount
    }

    /// The number of a report's names.
    public func group(ofReport report: Int) -> Int? {
        groupColumn.number(at: 4 * report, size: 4).map(Int.init)
    }

    /// The number of the names of each report.
    public var groups: [UInt32] { groupColumn.numbers(as: UInt32.self) }

    /// Calls `body` with the names of a number, each ended by a zero byte; nil when there are none.
    public func withNames<Result>(
        ofGroup group: Int, _ body: (Span<UInt8>) -> Result
    ) -> Result? {
        guard let range = range(ofGroup: group), range.upperBound <= names.count else {
            return nil
        }
        return names.withSpan { body($0.extracting(range)) }
    }

    /// Where the names of a number stand.
    private func range(ofGroup group: Int) -> Range<Int>? {
        guard let start = starts.number(at: 4 * group, size: 4),
            let end = starts.number(at: 4 * group + 4, size: 4), start <= end
        else { return nil }
        return Int(start)..<Int(end)
    }

    /// All names, folded, as UTF-8: as text they would be compared by their normal forms.
    public var all: Set<[UInt8]> {
        names.withSpan { bytes in
            var all: Set<[UInt8]> = []
            var name: [UInt8] = []
            for index in bytes.indices {
                if bytes[index] == 0 {
                    all.insert(name)
                    name.removeAll(keepingCapacity: true)
                } else {
                    name.append(bytes[index])
                }
            }
            return all
        }
    }

    /// Whether a name with some number holds a folded text; no text stands for no name at all.
    public func group(_ group: Int, holds wanted: [UInt8]) -> Bool {
        guard let range = range(ofGroup: group) else { return false }
        if wanted.isEmpty { return range.isEmpty }
        return names.firstOffset(of: wanted, from: range.lowerBound, before: range.upperBound)
            != nil
    }

    /// Whether some name holds a folded text.
    public func holds(_ wanted: [UInt8]) -> Bool { names.firstOffset(of: wanted) != nil }

    // MARK: Names in a text

    /// A bit for each hash of how some name begins.
    private lazy var beginnings = marks { start, end in start..<min(end, start + Self.beginning) }

    /// A bit for each hash of how some name ends.
    private lazy var endings = marks { start, end in max(start, end - Self.beginning)..<end }

    /// A bit for each hash of a part of the names.
    ///
    /// - Parameter part: the bytes of a name, from its start to its end, that are hashed.
    private func marks(_ part: (Int, Int) -> Range<Int>) -> [UInt64] {
        names.withSpan { bytes in
            var marks = [UInt64](repeating: 0, count: 1024)
            var start = 0
            while start < bytes.count {
                var end = start
                while end < bytes.count, bytes[end] != 0 { end += 1 }
                var hash: UInt64 = 0
                for index in part(start, end) { hash = Self.hash(hash, bytes[index]) }
                marks[Self.word(of: hash)] |= Self.bit(of: hash)
                start = end + 1
            }
            return marks
        }
    }

    private static func word(of hash: UInt64) -> Int { Int(hash >> 54) }
    private static func bit(of hash: UInt64) -> UInt64 { 1 << (hash >> 48 & 63) }

    private static func isMarked(_ text: ArraySlice<UInt8>, in marks: [UInt64]) -> Bool {
        let value = text.reduce(0, Self.hash)
        return marks[word(of: value)] & bit(of: value) != 0
    }

    /// The bytes of a name that are its beginning: two ideographs.
    private static let beginning = 6

    private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
    }

    /// Whether some name may begin with two ideographs; when false, none does.
    public func mayHaveName(beginning start: [UInt8]) -> Bool {
        guard start.count == Self.beginning else { return false }
        return Self.isMarked(start[...], in: beginnings)
    }

    /// The different names that begin with some bytes.
    public func names(beginning start: [UInt8]) -> Set<[UInt8]> {
        var found: Set<[UInt8]> = []
        var next = 0
        while let offset = names.firstOffset(of: start, from: next) {
            next = offset + start.count
            guard offset == 0 || names.number(at: offset - 1, size: 1) == 0,
                let end = names.firstOffset(of: [0], from: next),
                let name = names.bytes(offset..<end)
            else { continue }
            found.insert(name)
            next = end
        }
        return found
    }

    /// How many bytes of the end of a folded text are the end of a name, and either all of the name
    /// or what stands in it behind one of some characters; 0 when there is no such name.
    ///
    /// - Parameter characters: of three bytes each.
    public func longestEnding(of text: [UInt8], behind characters: [[UInt8]]) -> Int {
        let wanted = Array(text.suffix(Self.beginning)) + [0]
        guard wanted.count == Self.beginning + 1,
            Self.isMarked(wanted.dropLast(), in: endings)
        else { return 0 }
        var longest = 0
        var next = 0
        while let offset = names.firstOffset(of: wanted, from: next) {
            next = offset + wanted.count
            let end = next - 1
            longest = names.withSpan { bytes in
                var longest = longest
                var count = Self.beginning
                while true {
                    let start = end - count
                    if count > longest, Self.isStart(start, in: bytes, behind: characters) {
                        longest = count
                    }
                    guard start > 0, count < text.count,
                        bytes[start - 1] == text[text.count - 1 - count]
                    else { return longest }
                    count += 1
                }
            }
        }
        return longest
    }

    private static func isStart(
        _ offset: Int, in bytes: Span<UInt8>, behind characters: [[UInt8]]
    ) -> Bool {
        if offset == 0 || bytes[offset - 1] == 0 { return true }
        guard offset >= 3 else { return false }
        return characters.contains { character in
            bytes[offset - 3] == character[0] && bytes[offset - 2] == character[1]
                && bytes[offset - 1] == character[2]
        }
    }

    /// Where the names of a number begin; beyond all when there is no such number.
    private func start(ofGroup group: Int) -> Int {
        group < groupCount
            ? Int(clamping: starts.number(at: 4 * group, size: 4) ?? .max) : .max
    }

    /// How many numbers there are.
    public var groupCount: Int { max(0, starts.count / 4 - 1) }

    // What was asked for last and the numbers that it has: one question asks for the same names several
    // times. Long lists are not kept.
    private var knownGroups: [[UInt8]: [Int]] = [:]
    private static let (mostKnown, mostKept) = (16, 1_024)

    /// The numbers that have a name holding a folded text; no text stands for no name at all.
    private func groups(holding wanted: [UInt8]) -> [Int] {
        if let known = knownGroups[wanted] { return known }
        let found = groupsRead(holding: wanted)
        if found.count <= Self.mostKept {
            if knownGroups.count == Self.mostKnown { knownGroups.removeAll() }
            knownGroups[wanted] = found
        }
        return found
    }

    private func groupsRead(holding wanted: [UInt8]) -> [Int] {
        if wanted.isEmpty {
            return (0..<groupCount).filter { range(ofGroup: $0)?.isEmpty ?? false }
        }
        var found: [Int] = []
        var next = 0
        while let name = names.firstOffset(of: wanted, from: next) {
            // The number whose names reach over it: in steps that double, then in halves.
            var low = found.last ?? 0
            var step = 1
            while start(ofGroup: low + step) <= name { (low, step) = (low + step, 2 * step) }
            var high = min(groupCount, low + step)
            while low + 1 < high {
                let middle = (low + high) / 2
                if start(ofGroup: middle) <= name { low = middle } else { high = middle }
            }
            guard low < groupCount, let range = range(ofGroup: low), range.upperBound > name else {
                break
            }
            found.append(low)
            next = range.upperBound
        }
        return found
    }

    /// The reports in the order of their numbers, and for each number where its reports begin: names
    /// that are asked for are those of few reports.
    private lazy var reportsByGroup: (reports: [UInt32], starts: [Int]) = {
        var starts = [Int](repeating: 0, count: groupCount + 1)
        let known = (0..<reportCount).map { report -> Int? in
            group(ofReport: report).flatMap { $0 < groupCount ? $0 : nil }
        }
        for case let group? in known { starts[group + 1] += 1 }
        for group in 0..<groupCount { starts[group + 1] += starts[group] }
        var ends = starts
        var reports = [UInt32](repeating: 0, count: starts[groupCount])
        for (report, group) in known.enumerated() {
            guard let group else { continue }
            reports[ends[group]] = UInt32(report)
            ends[group] += 1
        }
        return (reports, starts)
    }()

    /// The reports that have a name holding a folded text.
    public func reports(holding wanted: [UInt8]) -> ReportSet {
        var found = ReportSet(below: reportCount)
        let (reports, starts) = reportsByGroup
        for group in groups(holding: wanted) {
            found.formUnion(reports[starts[group]..<starts[group + 1]])
        }
        return found
    }
}
