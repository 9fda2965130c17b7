package import Platform
package import SystemPackage

/// What an index consists of at one moment: the one file that readers begin with.
///
/// The file is text, one fact a line, in this order; the last line is the checksum of all before
/// it. Whatever departs from it is damage.
///
///     gongkai index 10
///     analysis folding 1, grams 1
///     parser 1
///     generation 12
///     files files-000012 18232 1764060000123456789 0a3b6f51d8e999ef 44bc2cf5ad770999
///     run 7 1764060000123456789
///     root 7265706f727473
///     changes changes-000008 912 1764050000123456789 2b7a9fa08e3c6f1d 999ef46db3751d8e
///     segment 000005 40 312
///     file 000005.glass 81920 1764050000123456789 9fa08e3c6f1d2b7a ef46db3751d8e999
///     file 000005.tables 20480 1764050000123456789 51d8e999ef46db37 0a3b6f51d8e999ef
///     hidden 3 17-20
///     end 9fa08e3c6f1d2b7a
///
/// The numbers of a file are its size in bytes, the time of its last change in nanoseconds since
/// 1970, and the ``ContentChecksum`` of its first bytes and of all; those of a segment count its reports and passages, hidden
/// ones too. Hidden reports are named by their index in the segment, from 0. A run has its number and
/// the time of its end in nanoseconds since 1970; its roots are the paths that it was given, as
/// ``StoredPath`` has them, their bytes in hexadecimal digits.
public struct Manifest: Sendable, Hashable {
    /// The version of all that an index holds: its folder, its files, and what its segments store.
    ///
    /// An index of another version is not read.
    public static let version = 10

    /// How text was cut into terms; see ``TextAnalysis/version``.
    public var analysis: String
    /// The version of the reading rules that made the reports.
    public var parser: Int
    /// Counts the runs that changed the index, from 1; 0 before the first.
    public var generation: Int
    /// The list of files, in the index folder; nil before the first run.
    public var files: StoredFile?
    /// The last run of `index` that finished; nil before the first.
    public var lastRun: Run?
    /// The files and folders that the last run was given, as ``StoredPath`` has them; none where
    /// they were more than ``mostRoots``, or no run told.
    public var roots: [[UInt8]]
    /// What the last runs changed, ``keptRuns`` at most, oldest first: ``RunChangesFile``.
    public var changes: [StoredFile]
    /// The segments, oldest first.
    public var segments: [Segment]

    /// A run of `index`.
    public struct Run: Sendable, Hashable {
        /// Counts the runs, from 1; those that changed nothing too.
        public var number: Int
        /// When it ended, in nanoseconds since 1970.
        public var time: Int64

        /// Makes an entry.
        public init(number: Int, time: Int64) { (self.number, self.time) = (number, time) }
    }

    /// A file as it was when it was written.
    public struct StoredFile: Sendable, Hashable {
        /// The file's name in its folder.
        public var name: String
        /// The size in bytes.
        public var size: Int64
        /// The time of the last change in nanoseconds since 1970.
        ///
        /// A file that has another time is believed only when its checksum holds: it may be a copy.
        public var modified: Int64
        /// The ``ContentChecksum`` of its first bytes; see ``ContentDigest``.
        public var head: UInt64
        /// The ``ContentChecksum`` of its bytes.
        public var checksum: UInt64

        /// Makes an entry.
        public init(name: String, size: Int64, modified: Int64, head: UInt64, checksum: UInt64) {
            self.name = name
            self.size = size
            self.modified = modified
            self.head = head
            self.checksum = checksum
        }
    }

    /// Some files that were written together and never change.
    public struct Segment: Sendable, Hashable {
        /// The segment's number: with ``database`` and ``tables`` behind it the names of its files.
        public var name: String
        /// The number of reports, hidden ones too.
        public var reports: Int
        /// The number of passages, hidden ones too.
        public var passages: Int
        /// The reports that were replaced or removed: their indices in the segment, from 0,
        /// ascending.
        public var hidden: [UInt32]
        /// Every file of the segment, in the order of their names.
        public var files: [StoredFile]

        /// What the name of the database ends with, libxapian's, in one file.
        public static let database = ".glass"
        /// What the name of the file of texts and tables ends with.
        public static let tables = ".tables"

        /// Makes an entry.
        public init(
            name: String, reports: Int, passages: Int, hidden: [UInt32] = [],
            files: [StoredFile]
        ) {
            self.name = name
            self.reports = reports
            self.passages = passages
            self.hidden = hidden
            self.files = files
        }
    }

    /// The file's name in the index folder.
    public static let fileName = "manifest"
    /// The name under which the next manifest is written begins so.
    public static let nextPrefix = "manifest-"
    /// The beginning of the name of the folder in which a writer builds.
    public static let buildingPrefix = "building-"
    /// The beginning of the names of lists of files.
    public static let filesPrefix = "files-"
    /// The beginning of the names of what runs changed.
    public static let changesPrefix = "changes-"
    /// Of so many runs an index keeps what they changed.
    public static let keptRuns = 50
    /// The most roots of a run that an index keeps.
    public static let mostRoots = 1_000
    /// The most bytes of a root.
    public static let longestRoot = 4_096
    /// The first words of a manifest of any version.
    static let firstWords = "gongkai index "
    /// The most bytes of a manifest: its indices of hidden reports are some bytes each.
    static let largest = 64 << 20
    /// The most bytes of a list of files: some hundred for each.
    public static let largestList = 2 << 30

    /// Whether the program may have made something of this name: letters and digits that it puts
    /// together, never a name from elsewhere.
    public static func isOwnName(_ name: String) -> Bool {
        let endings = [Segment.database, Segment.tables]
        let beginnings = [filesPrefix, changesPrefix, nextPrefix, buildingPrefix]
        let number =
            endings.first(where: name.hasSuffix).map { name.dropLast($0.count) }
            ?? beginnings.first(where: name.hasPrefix).map { name.dropFirst($0.count) }
        guard let number else { return false }
        return (1...19).contains(number.utf8.count)
            && number.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    /// The number in a name of the program's own; nil when it is none.
    public static func number(in name: String) -> Int? {
        guard isOwnName(name) else { return nil }
        return Int(name.filter { ("0"..."9").contains($0) })
    }

    /// The highest number in a name that a writer gave; 0 when there is none.
    package static func highestNumber(in folder: OpenFolder) throws(Errno) -> Int {
        try folder.names().compactMap(number).filter { $0 < 1 << 40 }.max() ?? 0
    }

    /// The names of all files that it names.
    public var names: [String] {
        segments.flatMap { $0.files.map(\.name) } + changes.map(\.name)
            + (files.map { [$0.name] } ?? [])
    }

    /// An index without reports.
    public init(analysis: String, parser: Int) {
        self.analysis = analysis
        self.parser = parser
        generation = 0
        files = nil
        lastRun = nil
        roots = []
        changes = []
        segments = []
    }
}

/// Why a manifest is of no use.
public enum ManifestError: Error, Sendable, Hashable {
    /// The bytes are not what was written.
    case damaged
    /// Another version of the index format, which cannot be read.
    case schema(Int)
}

// MARK: As text

extension Manifest {
    /// The manifest as bytes.
    public var encoded: [UInt8] {
        var text = "\(Self.firstWords)\(Self.version)\n"
        text += "analysis \(analysis)\nparser \(parser)\ngeneration \(generation)\n"
        if let files { text += "files \(Self.line(of: files))\n" }
        if let lastRun { text += "run \(lastRun.number) \(lastRun.time)\n" }
        for root in roots { text += "root \(Self.hexadecimal(root))\n" }
        for file in changes { text += "changes \(Self.line(of: file))\n" }
        for segment in segments {
            text += "segment \(segment.name) \(segment.reports) \(segment.passages)\n"
            for file in segment.files { text += "file \(Self.line(of: file))\n" }
            if !segment.hidden.isEmpty {
                text += "hidden" + Self.ranges(of: segment.hidden) + "\n"
            }
        }
        var bytes = Array(text.utf8)
        bytes += "end \(Self.hexadecimal(ContentChecksum.of(bytes.span)))\n".utf8
        return bytes
    }

    private static func line(of file: StoredFile) -> String {
        "\(file.name) \(file.size) \(file.modified) \(hexadecimal(file.head)) "
            + hexadecimal(file.checksum)
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Ascending numbers, runs of them as first and last: ` 3 17-20`.
    private static func ranges(of numbers: [UInt32]) -> String {
        var text = ""
        var index = 0
        while index < numbers.count {
            var last = index
            while last + 1 < numbers.count, numbers[last + 1] == numbers[last] + 1 { last += 1 }
            text += " \(numbers[index])"
            if last > index { text += "-\(numbers[last])" }
            index = last + 1
        }
        return text
    }

    /// Reads a manifest's bytes.
    public init(_ bytes: [UInt8]) throws(ManifestError) {
        var lines = ManifestLines(bytes)
        try lines.expect(Self.firstWords)
        let schema = try lines.number(endingWith: .newline)
        guard schema == Self.version else { throw .schema(schema) }
        // Only whole bytes are read further, so that the rest cannot surprise anyone.
        try lines.checkEnd()
        try lines.expect("analysis ")
        analysis = try lines.text()
        try lines.expect("parser ")
        parser = try lines.number(endingWith: .newline)
        try lines.expect("generation ")
        generation = try lines.number(endingWith: .newline, below: 1 << 53)
        files = lines.takes("files ") ? try lines.file() : nil
        lastRun = nil
        if lines.takes("run ") {
            lastRun = Run(
                number: try lines.number(endingWith: .space, below: 1 << 53),
                time: Int64(try lines.number(endingWith: .newline)))
        }
        roots = []
        while roots.count < Self.mostRoots, lines.takes("root ") {
            roots.append(try lines.root())
        }
        changes = []
        while changes.count < Self.keptRuns, lines.takes("changes ") {
            changes.append(try lines.file())
        }
        segments = []
        while lines.takes("segment ") { segments.append(try lines.segment()) }
        guard lines.isAtEnd else { throw .damaged }
    }
}

/// Reads the lines of a manifest; every departure is damage.
private struct ManifestLines {
    private let bytes: [UInt8]
    private var offset = 0
    /// Where the last line begins.
    private var end: Int

    /// What stands after a word.
    enum Separator: UInt8 {
        case space = 0x20
        case newline = 0x0A
    }

    /// How many more reports may be hidden: a line of a few bytes can name billions.
    private var hiddenLeft = 1 << 24

    /// The length of the last line: `end`, a space, 16 digits, the end of the line.
    private static let lastLine = 21

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        end = bytes.count
    }

    var isAtEnd: Bool { offset == end }

    mutating func checkEnd() throws(ManifestError) {
        let start = bytes.count - Self.lastLine
        guard start >= offset else { throw .damaged }
        var last = self
        last.offset = start
        try last.expect("end ")
        let stored = try last.checksum(endingWith: .newline)
        guard stored == ContentChecksum.of(bytes.span.extracting(0..<start)) else {
            throw .damaged
        }
        end = start
    }

    /// Whether the next bytes are these, which are then behind.
    mutating func takes(_ word: String) -> Bool {
        let word = word.utf8
        guard offset + word.count <= end, bytes[offset..<(offset + word.count)].elementsEqual(word)
        else { return false }
        offset += word.count
        return true
    }

    mutating func expect(_ word: String) throws(ManifestError) {
        guard takes(word) else { throw .damaged }
    }

    private mutating func separator() -> Separator? {
        guard offset < end, let separator = Separator(rawValue: bytes[offset]) else { return nil }
        offset += 1
        return separator
    }

    /// A number without sign or leading zeros.
    private mutating func number() throws(ManifestError) -> Int {
        let start = offset
        var number = 0
        while offset < end, (0x30...0x39).contains(bytes[offset]), offset - start < 19 {
            number = number &* 10 &+ Int(bytes[offset] - 0x30)
            offset += 1
        }
        let isPlain = offset - start == 1 || (offset > start && bytes[start] != 0x30)
        guard isPlain, number >= 0 else { throw .damaged }
        return number
    }

    /// A number and what stands after it; sums of some of these are reckoned with.
    mutating func number(
        endingWith wanted: Separator, below limit: Int = .max
    ) throws(ManifestError) -> Int {
        let number = try number()
        guard separator() == wanted, number < limit else { throw .damaged }
        return number
    }

    /// The rest of a line.
    mutating func text() throws(ManifestError) -> String {
        guard let newline = bytes[offset..<end].firstIndex(of: Separator.newline.rawValue) else {
            throw .damaged
        }
        let text = String(decoding: bytes[offset..<newline], as: UTF8.self)
        offset = newline + 1
        return text
    }

    /// A file's name: never a path, so that nothing outside the folder is meant.
    private mutating func name() throws(ManifestError) -> String {
        let start = offset
        while offset < end, bytes[offset] > 0x20, bytes[offset] < 0x7F, bytes[offset] != 0x2F {
            offset += 1
        }
        guard offset > start, bytes[start] != 0x2E else { throw .damaged }
        let name = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard separator() == .space else { throw .damaged }
        return name
    }

    /// The name of a file, as the program gives them.
    private mutating func fileName() throws(ManifestError) -> String {
        let name = try name()
        guard Manifest.isOwnName(name) else { throw .damaged }
        return name
    }

    /// The rest of a line, bytes in hexadecimal digits: one or more.
    mutating func root() throws(ManifestError) -> [UInt8] {
        var root: [UInt8] = []
        while let high = digit() {
            guard let low = digit(), root.count < Manifest.longestRoot else { throw .damaged }
            root.append(high << 4 | low)
        }
        guard !root.isEmpty, !root.contains(0), separator() == .newline else { throw .damaged }
        return root
    }

    /// The value of the next byte as a hexadecimal digit, which is then behind; nil when it is none.
    private mutating func digit() -> UInt8? {
        guard offset < end else { return nil }
        switch bytes[offset] {
        case 0x30...0x39: offset += 1
        case 0x61...0x66: offset += 1
        default: return nil
        }
        let byte = bytes[offset - 1]
        return byte < 0x61 ? byte - 0x30 : byte - 0x61 + 10
    }

    private mutating func checksum(
        endingWith wanted: Separator
    ) throws(ManifestError) -> UInt64 {
        guard offset + 17 <= end else { throw .damaged }
        var value: UInt64 = 0
        for _ in 0..<16 {
            guard let digit = digit() else { throw .damaged }
            value = value << 4 | UInt64(digit)
        }
        guard separator() == wanted else { throw .damaged }
        return value
    }

    mutating func file() throws(ManifestError) -> Manifest.StoredFile {
        Manifest.StoredFile(
            name: try fileName(), size: Int64(try number(endingWith: .space, below: 1 << 44)),
            modified: Int64(try number(endingWith: .space)),
            head: try checksum(endingWith: .space), checksum: try checksum(endingWith: .newline))
    }

    mutating func segment() throws(ManifestError) -> Manifest.Segment {
        var segment = Manifest.Segment(
            name: try name(), reports: try number(endingWith: .space, below: 1 << 32),
            passages: try number(endingWith: .newline, below: 1 << 32), files: [])
        guard Manifest.isOwnName(segment.name + Manifest.Segment.tables) else { throw .damaged }
        while takes("file ") { segment.files.append(try file()) }
        if takes("hidden") { segment.hidden = try hidden(of: segment.reports) }
        return segment
    }

    private mutating func hidden(of reports: Int) throws(ManifestError) -> [UInt32] {
        var hidden: [UInt32] = []
        var next = 0
        while let separator = separator() {
            if separator == .newline { return hidden }
            let first = try number()
            let last = takes("-") ? try number() : first
            guard next <= first, first <= last, last < reports, last - first < hiddenLeft else {
                throw .damaged
            }
            hiddenLeft -= last - first + 1
            hidden += UInt32(first)...UInt32(last)
            next = last + 1
        }
        throw .damaged
    }
}
