public import Platform
public import ReportModel

/// Bytes that are looked at where they are.
public protocol ByteHolder {
    /// Calls `body` with the bytes.
    func withSpan<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result
}

extension MappedFile: ByteHolder {}

/// The file of what one run of `index` changed, which nothing after it changes.
///
/// | part | holds |
/// |---|---|
/// | head | `gongkai changes 1` and a line end, then as varints: the run, its time, how many files were added, changed, removed and moved |
/// | entries | for each file the length of its entry, and the entry: a `ReportChange` |
///
/// Numbers are varints and texts in `TextCode`, as in records; paths are the bytes by which the list of
/// files has them. Entries with a path stand before those without, and begin within
/// ``mostDetails``; no entry is longer than ``longestEntry``, and no list in one than ``longestList``.
/// So what is held of a file is bounded, whoever wrote it: four bytes an entry, and one entry.
public enum RunChangesFile {
    /// The most bytes of a file.
    public static let largest = 128 << 20
    /// After so many bytes only the reports of a file are noted, in 20 bytes.
    fileprivate static let mostDetails = 32 << 20
    fileprivate static let longestEntry = 16 << 20
    /// More elements than any list of an entry has: a paragraph of text takes 16 bytes of its 64 KiB.
    fileprivate static let longestList = 4_096
    /// No entry is shorter: it has the id of a report.
    private static let shortestEntry = 16

    fileprivate static let firstWords = Array("gongkai changes 1\n".utf8)

    /// Reads a file, all entries of it once; nil when they are not what was written.
    ///
    /// - Parameter path: the path for which some bytes stand.
    public static func changes(
        in file: some ByteHolder, path: @escaping ([UInt8]) -> String
    ) -> RunChanges? {
        let head: Head? = file.withSpan { bytes in
            guard let head = Head(bytes), isSound(bytes, from: head.end, path) else { return nil }
            return head
        }
        guard let head else { return nil }
        return RunChanges(run: head.run, time: head.time, counts: head.counts) {
            let starts: [UInt32] = file.withSpan { orderedStarts(in: $0, from: head.end) }
            return RunChanges.Changes(count: starts.count) { number in
                var entry: ByteReader = file.withSpan { bytes in
                    Self.entry(at: Int(starts[number]), in: bytes)
                }
                // It was sound before, and is unless somebody writes into the file meanwhile.
                return ReportChange(&entry, path) ?? ReportChange(.removed, path: nil)
            }
        }
    }

    private struct Head {
        let run: Int
        let time: Int
        var counts: [ReportChange.Kind: Int] = [:]
        let end: Int

        init?(_ bytes: Span<UInt8>) {
            let start = copy(bytes, 0..<firstWords.count + 6 * 10)
            guard start.starts(with: firstWords) else { return nil }
            var reader = ByteReader(start, from: firstWords.count)
            guard let run = reader.number(), let time = reader.number(), time < 1 << 40 else {
                return nil
            }
            for kind in ReportChange.Kind.allCases {
                guard let count = reader.count() else { return nil }
                counts[kind] = count
            }
            (self.run, self.time, end) = (run, time, reader.position)
        }
    }

    // MARK: Entries

    /// The bytes of the entry at an offset, without its length; none where there is no entry.
    private static func entry(at offset: Int, in bytes: Span<UInt8>) -> ByteReader {
        guard let range = range(ofEntryAt: offset, in: bytes) else { return ByteReader([]) }
        return ByteReader(copy(bytes, range))
    }

    /// Where the bytes of the entry at an offset stand; nil when it is longer or shorter than any.
    private static func range(ofEntryAt offset: Int, in bytes: Span<UInt8>) -> Range<Int>? {
        var reader = ByteReader(copy(bytes, offset..<offset + 4))
        guard let length = reader.number(), shortestEntry...longestEntry ~= length,
            length <= bytes.count - offset - reader.position
        else { return nil }
        return offset + reader.position..<offset + reader.position + length
    }

    private static func isSound(
        _ bytes: Span<UInt8>, from start: Int, _ path: ([UInt8]) -> String
    ) -> Bool {
        var offset = start
        while offset < bytes.count {
            var entry = entry(at: offset, in: bytes)
            guard let change = ReportChange(&entry, path),
                change.path == nil || offset - start < mostDetails,
                let range = range(ofEntryAt: offset, in: bytes)
            else { return false }
            offset = range.upperBound
        }
        return true
    }

    /// Where the entries begin, in the order of the bytes of their paths; those without one last.
    private static func orderedStarts(in bytes: Span<UInt8>, from start: Int) -> [UInt32] {
        var named: [(path: [UInt8], start: UInt32)] = []
        var nameless: [UInt32] = []
        var offset = start
        while offset < bytes.count, let range = range(ofEntryAt: offset, in: bytes) {
            if offset - start < mostDetails, let path = pathBytes(ofEntryAt: offset, in: bytes) {
                named.append((path, UInt32(offset)))
            } else {
                nameless.append(UInt32(offset))
            }
            offset = range.upperBound
        }
        named.sort { one, other in
            one.path == other.path
                ? one.start < other.start : one.path.lexicographicallyPrecedes(other.path)
        }
        return named.map(\.start) + nameless
    }

    /// The bytes of an entry's path; nil when it has none.
    private static func pathBytes(ofEntryAt offset: Int, in bytes: Span<UInt8>) -> [UInt8]? {
        var reader = entry(at: offset, in: bytes)
        guard reader.number() != nil, reader.version() != nil, reader.version() != nil,
            let length = reader.number(), length > 0, let range = reader.range(length - 1)
        else { return nil }
        return Array(reader.bytes[range])
    }

    /// A copy of some bytes, as far as there are any.
    private static func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var copy: [UInt8] = []
        let range = range.clamped(to: 0..<bytes.count)
        copy.reserveCapacity(range.count)
        for offset in range { copy.append(bytes[offset]) }
        return copy
    }
}

/// Gathers what a run changes, as the bytes of its file; most of them wait in a file.
///
/// Copies share that file, so that only one of them may be added to.
public struct RunChangesWriter: Sendable {
    private let pathBytes: @Sendable (String) -> [UInt8]
    /// The entries, which stand behind the head.
    public private(set) var entries: SpilledBytes
    private var counts: [ReportChange.Kind: Int] = [:]

    /// A file without changes.
    ///
    /// - Parameters:
    ///   - folder: on whose disk entries wait.
    ///   - pathBytes: the bytes that stand for a path.
    public init(
        near folder: OpenFolder? = nil, pathBytes: @escaping @Sendable (String) -> [UInt8]
    ) {
        self.pathBytes = pathBytes
        entries = SpilledBytes(near: folder)
    }

    /// Whether changes are still noted with what they are.
    public var hasRoom: Bool { entries.count < RunChangesFile.mostDetails }

    /// Whether nothing was added.
    public var isEmpty: Bool { entries.count == 0 }

    /// Adds what became of a file.
    public mutating func add(_ change: ReportChange) {
        counts[change.kind, default: 0] += 1
        var writer = ByteWriter()
        change.encode(in: &writer, pathBytes, withDetails: hasRoom)
        if writer.bytes.count > RunChangesFile.longestEntry {
            writer = ByteWriter()
            change.encode(in: &writer, pathBytes, withDetails: false)
        }
        var length: [UInt8] = []
        ByteWriter.append(writer.bytes.count, to: &length)
        entries.append(length)
        entries.append(writer.bytes)
    }

    /// The head of the file.
    public func head(run: Int, time: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.bytes = RunChangesFile.firstWords
        writer.add(run)
        writer.add(time)
        for kind in ReportChange.Kind.allCases { writer.add(counts[kind] ?? 0) }
        return writer.bytes
    }
}

// MARK: Entries as bytes

extension ReportChange {
    fileprivate func encode(
        in writer: inout ByteWriter, _ pathBytes: (String) -> [UInt8], withDetails: Bool
    ) {
        writer.add(Kind.allCases.firstIndex(of: kind) ?? 0)
        writer.add(old, withDetails)
        writer.add(new, withDetails)
        guard withDetails else { return writer.add(path: nil, pathBytes) }
        writer.add(path: path, pathBytes)
        writer.add(path: earlierPath, pathBytes)
        writer.add(isCompared ? 1 : 0)
        writer.add(fields.count)
        for field in fields {
            writer.add(field.key)
            writer.add(field.old)
            writer.add(field.new)
        }
        writer.add(cells.count)
        for cell in cells {
            writer.add(cell.field)
            writer.add(cell.old)
            writer.add(cell.new)
        }
        for paragraphs in [removedText, addedText] {
            writer.add(paragraphs.count)
            for paragraph in paragraphs {
                writer.add(paragraph.section)
                writer.add(paragraph.line)
                writer.add(paragraph.text)
            }
        }
        writer.add(omittedText)
        writer.add(rules.count)
        for rule in rules {
            writer.add(rule.name)
            writer.add(rule.old?.rawValue)
            writer.add(rule.new?.rawValue)
        }
    }

    fileprivate init?(_ reader: inout ByteReader, _ text: ([UInt8]) -> String) {
        guard let kind = reader.number(), Kind.allCases.indices.contains(kind),
            let old = reader.version(), let new = reader.version(), old != nil || new != nil,
            let path = reader.path(text)
        else { return nil }
        guard path != nil else {
            self.init(Kind.allCases[kind], path: nil, old: old, new: new)
            return
        }
        let most = RunChangesFile.longestList
        guard let earlierPath = reader.path(text), let isCompared = reader.number(),
            let fields = reader.list(
                atMost: most,
                { reader -> Field? in
                    guard let key = reader.text(), let old = reader.optionalText(),
                        let new = reader.optionalText()
                    else { return nil }
                    return Field(key: key, old: old, new: new)
                }),
            let cells = reader.list(
                atMost: most,
                { reader -> CellChange? in
                    guard let field = reader.number(), StatisticField.all.indices.contains(field),
                        let old = reader.cell(), let new = reader.cell()
                    else { return nil }
                    return CellChange(field: field, old: old, new: new)
                }),
            let removed = reader.list(atMost: most, { $0.paragraph() }),
            let added = reader.list(atMost: most, { $0.paragraph() }), let omitted = reader.count(),
            let rules = reader.list(
                atMost: most,
                { reader -> Rule? in
                    guard let name = reader.text(), let old = reader.optionalText(),
                        let new = reader.optionalText()
                    else { return nil }
                    return Rule(
                        name: name, old: old.flatMap(CheckResult.State.init),
                        new: new.flatMap(CheckResult.State.init))
                })
        else { return nil }
        self.init(Kind.allCases[kind], path: path, earlierPath: earlierPath, old: old, new: new)
        self.isCompared = isCompared == 1
        self.fields = fields
        self.cells = cells
        removedText = removed
        addedText = added
        omittedText = omitted
        self.rules = rules
    }
}

extension ByteWriter {
    fileprivate mutating func add(_ version: ReportChange.Version?, _ withDetails: Bool) {
        add(version.map { $0.id })
        guard let version else { return }
        add(withDetails ? version.name : nil)
        add(version.year.map { $0 + 1 } ?? 0)
    }

    fileprivate mutating func add(path: String?, _ pathBytes: (String) -> [UInt8]) {
        guard let path else { return add(0) }
        let bytes = pathBytes(path)
        add(bytes.count + 1)
        self.bytes += bytes
    }

    fileprivate mutating func add(_ cell: Cell?) {
        guard let cell else { return add(0) }
        add(1 + (CellStatus.allCases.firstIndex(of: cell.status) ?? 0))
        add(cell.value.map { "\($0)" })
        add(cell.raw)
        add(cell.line)
        add(cell.inferredFrom)
    }
}

extension ByteReader {
    /// A version, inside an optional: nil when it is damaged.
    fileprivate mutating func version() -> ReportChange.Version?? {
        guard let id = optionalText() else { return nil }
        guard let id else { return .some(nil) }
        guard id.utf8.count == 16, UInt64(id, radix: 16) != nil, let name = optionalText(),
            let year = number(), year == 0 || ReportEntry.years ~= year - 1
        else { return nil }
        return ReportChange.Version(id: id, name: name, year: year > 0 ? year - 1 : nil)
    }

    /// A path, inside an optional: nil when it is damaged.
    fileprivate mutating func path(_ text: ([UInt8]) -> String) -> String?? {
        guard let length = number() else { return nil }
        guard length > 0 else { return .some(nil) }
        guard let range = range(length - 1) else { return nil }
        return .some(text(Array(bytes[range])))
    }

    /// A cell, inside an optional: nil when it is damaged.
    fileprivate mutating func cell() -> Cell?? {
        guard let status = number() else { return nil }
        guard status > 0 else { return .some(nil) }
        guard CellStatus.allCases.indices.contains(status - 1), let value = optionalText(),
            let raw = text(), let line = count(), let rule = optionalText()
        else { return nil }
        let number = value.flatMap(Double.init)
        guard number?.isFinite ?? (value == nil) else { return nil }
        return .some(
            Cell(
                value: number, status: CellStatus.allCases[status - 1], raw: raw, line: line,
                inferredFrom: rule))
    }

    fileprivate mutating func paragraph() -> ReportChange.Paragraph? {
        guard let section = number(), section <= 7, let line = count(), let text = text() else {
            return nil
        }
        return ReportChange.Paragraph(section: section, line: line, text: text)
    }
}
