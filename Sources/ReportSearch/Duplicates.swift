import IndexFolder
import Platform
public import ReportModel
import SegmentStore

/// Files whose reports must not be counted twice: the same report in another encoding, script, format
/// or folder, and versions of one agency's report on one year.
public struct DuplicateGroup: Sendable {
    /// A report of the group.
    public struct Member: Sendable {
        /// Who and what the report is.
        public let head: ReportHead
        /// The paths of its files, sorted.
        public let files: [String]
        /// When the file that changed last did so, in nanoseconds since 1970.
        public let modified: Int64
        /// Whether it says the same as the one that counts: the same cells, and nine tenths of the
        /// text; of the one that counts true.
        public let isSame: Bool
        /// The cells in which it differs from the one that counts, which is `new`.
        public let cells: [ReportChange.CellChange]
        /// The share of its text that the one that counts has too, from 0 to 1.
        public let shared: Double
    }

    /// The reports, the one that counts first.
    public let members: [Member]

    /// Whether all say the same.
    public var isSame: Bool { members.allSatisfy(\.isSame) }

    /// The reports that are not to be counted: all but the first.
    public var leftOut: ArraySlice<Member> { members.dropFirst() }
}

extension IndexReader {
    /// The reports that are in the index more than once, by agency and year.
    ///
    /// Files with the same bytes are one report with several paths and so no group. Compared are the
    /// reports of one agency and year, those with the same cells, and, without cells, those with the
    /// same text, unless their years differ; the text is folded, so that script and encoding make no
    /// difference. It takes some
    /// microseconds a report, and reads the text only of those that may be duplicates.
    ///
    /// - Parameter prefers: whether a file is the one that is to count; where none is, the one that
    ///   changed last does, or, of those that say the same as that, the one with the most cells.
    public func duplicates(
        preferring prefers: (_ path: String) -> Bool = { _ in false }
    ) throws(SearchError) -> [DuplicateGroup] {
        try reading { try DuplicateSearch(of: self).groups(preferring: prefers) }
    }

    /// The reports that ``duplicates(preferring:)`` leaves out, by id: what a sum must not add.
    public func duplicateIDs() throws(SearchError) -> Set<String> {
        Set(try duplicates().flatMap { $0.leftOut.map(\.head.id) })
    }
}

/// The search for reports that are there more than once.
private struct DuplicateSearch {
    private let reader: IndexReader
    private var reports: [Candidate] = []

    private struct Candidate {
        let segment: Int
        let index: Int
        let head: ReportHead
        /// Of the values of all cells.
        let cells: UInt64
        /// How many cells are known and not 0.
        let known: Int
    }

    /// With fewer cells that are known and not 0, reports of different agencies may have the same
    /// by chance.
    private static let enoughCells = 10
    /// This much of the text of each must be in the other for them to be the same.
    private static let sameText = 0.9

    init(of reader: IndexReader) throws {
        self.reader = reader
        for (index, segment) in reader.segments.enumerated() {
            var cells = [UInt64](repeating: 0, count: segment.reportCount)
            var known = [Int](repeating: 0, count: segment.reportCount)
            for statistic in Statistic.all where statistic.isCell {
                for (report, value) in segment.numbers(of: statistic).enumerated() {
                    let bits = value.isNaN ? 1 : value.bitPattern
                    cells[report] = (cells[report] ^ bits) &* 0x9E37_79B9_7F4A_7C15
                    cells[report] ^= cells[report] >> 29
                    if !value.isNaN, value != 0 { known[report] += 1 }
                }
            }
            for report in 0..<segment.reportCount where segment.isVisible[report] {
                reports.append(
                    Candidate(
                        segment: index, index: report, head: try segment.head(ofReport: report),
                        cells: cells[report], known: known[report]))
            }
        }
    }

    func groups(preferring prefers: (String) -> Bool) throws -> [DuplicateGroup] {
        var groups = Partition(count: reports.count)
        var texts = Texts()
        // One agency and year: versions, whatever they say.
        let named = Dictionary(
            grouping: reports.indices.filter { isAnnual($0) && reports[$0].head.agency != nil }
        ) { "\(folded(reports[$0].head.agency ?? ""))\n\(reports[$0].head.year ?? 0)" }
        for indices in named.values where indices.count > 1 {
            for (number, one) in indices.enumerated() {
                for other in indices[(number + 1)...]
                where reports[one].head.region.mayHold(reports[other].head.region) {
                    groups.join(one, other)
                }
            }
        }
        // The same cells, under another name or none.
        let withCells = Dictionary(
            grouping: reports.indices.filter { reports[$0].known >= Self.enoughCells }
        ) { reports[$0].cells }
        for indices in withCells.values where indices.count > 1 {
            try joinAlike(indices, &groups, &texts)
        }
        // Pages without cells: the same text.
        let without = reports.indices.filter { reports[$0].known < Self.enoughCells }
        var byText: [UInt64: [Int]] = [:]
        for index in without {
            let hash = try DuplicateText.hash(of: scalars(of: index))
            if let hash { byText[hash, default: []].append(index) }
        }
        for indices in byText.values where indices.count > 1 {
            for (number, one) in indices.enumerated() {
                let next = indices[(number + 1)...].first { mayBeOne(one, $0) }
                if let next { groups.join(one, next) }
            }
        }
        let modified = try modificationTimes()
        return try groups.sets.map { try group($0, modified, prefers, &texts) }
            .sorted { $0.order < $1.order }
    }

    private func isAnnual(_ index: Int) -> Bool {
        reports[index].head.kind == .annualReport && reports[index].head.year != nil
    }

    /// Whether nothing tells that two reports are on different years: who hands in last year's report
    /// again copies, and has two reports.
    private func mayBeOne(_ one: Int, _ other: Int) -> Bool {
        guard let year = reports[one].head.year, let otherYear = reports[other].head.year else {
            return true
        }
        return year == otherYear
    }

    /// Joins those of some reports with the same cells whose text is the same, too.
    private func joinAlike(
        _ indices: [Int], _ groups: inout Partition, _ texts: inout Texts
    ) throws {
        for (number, one) in indices.enumerated() {
            // Of very many with the same cells each is compared with some only.
            for other in indices[(number + 1)...].prefix(20)
            where mayBeOne(one, other) && !groups.areJoined(one, other) {
                let (text, otherText) = (
                    try texts.text(one) { try scalars(of: $0) },
                    try texts.text(other) { try scalars(of: $0) }
                )
                if text.isSame(as: otherText, share: Self.sameText) { groups.join(one, other) }
            }
        }
    }

    private func scalars(of index: Int) throws -> [[UInt32]] {
        let report = reports[index]
        let segment = reader.segments[report.segment]
        guard let ids = segment.passages(ofReport: report.index) else { return [] }
        return try ids.map { try segment.foldedScalars(ofPassage: $0) }
    }

    /// When the file of each report that changed last did so.
    private func modificationTimes() throws -> [String: Int64] {
        var times: [String: Int64] = [:]
        try reader.forEachFile { file in
            guard let report = file.report else { return }
            times[report] = max(times[report] ?? .min, file.modified)
        }
        return times
    }

    private func group(
        _ indices: [Int], _ modified: [String: Int64], _ prefers: (String) -> Bool,
        _ texts: inout Texts
    ) throws -> DuplicateGroup {
        let files = try reader.paths(ofReports: indices.map { reports[$0].head.idNumber })
        func rank(_ index: Int) -> (Int, Int64, Int) {
            let report = reports[indices[index]]
            return (
                files[index].contains(where: prefers) ? 1 : 0, modified[report.head.id] ?? 0,
                report.known
            )
        }
        var order = files.indices.sorted { one, other in
            let (rank, otherRank) = (rank(one), rank(other))
            if rank != otherRank { return rank > otherRank }
            return (files[one].first ?? "") < (files[other].first ?? "")
        }
        let newest = indices[order[0]]
        let isNamed = files[order[0]].contains(where: prefers)
        // Of those that say the same as the newest the one of which most was read counts.
        let best =
            isNamed
            ? order[0]
            : try order.dropFirst().reduce(order[0]) { best, index in
                let isBetter = reports[indices[index]].known > reports[indices[best]].known
                return try isBetter && isSame(indices[index], newest, &texts) ? index : best
            }
        let counted = indices[best]
        order.removeAll { $0 == best }
        order.insert(best, at: 0)
        let table = try statistics(counted)
        let text = try texts.text(counted) { try scalars(of: $0) }
        return DuplicateGroup(
            members: try order.map { index in
                let report = indices[index]
                let other = try texts.text(report) { try scalars(of: $0) }
                let cells =
                    report == counted
                    ? [] : Self.differences(from: try statistics(report), to: table)
                return DuplicateGroup.Member(
                    head: reports[report].head, files: files[index],
                    modified: modified[reports[report].head.id] ?? 0,
                    isSame: report == counted
                        || cells.isEmpty && other.isSame(as: text, share: Self.sameText),
                    cells: cells, shared: other.share(in: text))
            })
    }

    /// The cells of which both reports know the value, and another one: a cell that one of them does
    /// not know is no difference.
    private static func differences(
        from old: StatisticTable, to new: StatisticTable
    ) -> [ReportChange.CellChange] {
        ReportChange.cells(from: old, to: new).filter { cell in
            guard let one = cell.old?.value, let other = cell.new?.value else { return false }
            return one != other
        }
    }

    private func isSame(_ one: Int, _ other: Int, _ texts: inout Texts) throws -> Bool {
        guard Self.differences(from: try statistics(one), to: try statistics(other)).isEmpty else {
            return false
        }
        let text = try texts.text(one) { try scalars(of: $0) }
        let otherText = try texts.text(other) { try scalars(of: $0) }
        return text.isSame(as: otherText, share: Self.sameText)
    }

    private func statistics(_ index: Int) throws -> StatisticTable {
        let report = reports[index]
        return try reader.segments[report.segment].record(ofReport: report.index).report.statistics
    }
}

extension DuplicateGroup {
    /// By agency and year, then by file.
    fileprivate var order: (String, Int, String) {
        let first = members[0]
        return (first.head.agency ?? "~", first.head.year ?? 0, first.files.first ?? "")
    }
}

/// The texts of the reports that were compared last.
private struct Texts {
    private var known: [Int: DuplicateText] = [:]

    /// The most texts that are kept, of some ten thousand bytes each.
    private static let most = 2_000

    mutating func text(
        _ index: Int, scalars: (Int) throws -> [[UInt32]]
    ) rethrows -> DuplicateText {
        if let text = known[index] { return text }
        if known.count >= Self.most { known = [:] }
        let text = DuplicateText(try scalars(index))
        known[index] = text
        return text
    }
}

/// What a report says: its letters, ideographs and digits in pieces of six.
struct DuplicateText {
    private let pieces: Set<UInt64>

    private static let length = 6

    /// The pieces of a report's folded passages.
    init(_ passages: [[UInt32]]) {
        var pieces: Set<UInt64> = []
        for passage in passages {
            let scalars = passage.filter(PassagePrint.says)
            guard scalars.count >= Self.length else { continue }
            for start in 0...(scalars.count - Self.length) {
                pieces.insert(Self.hash(scalars[start..<start + Self.length]))
            }
        }
        self.pieces = pieces
    }

    /// The share of its pieces that another text has, from 0 to 1; 1 of a text without any.
    func share(in other: DuplicateText) -> Double {
        guard !pieces.isEmpty else { return 1 }
        return Double(pieces.count(where: other.pieces.contains)) / Double(pieces.count)
    }

    /// Whether each has so much of the other.
    func isSame(as other: DuplicateText, share: Double) -> Bool {
        self.share(in: other) >= share && other.share(in: self) >= share
    }

    /// A number that stands for all letters, ideographs and digits of a text; nil when there are too
    /// few of them to say anything.
    ///
    /// Characters that a word has in one script alone, as in 答复 and 答覆, are passed over.
    static func hash(of passages: [[UInt32]]) -> UInt64? {
        var hash: UInt64 = 0
        var count = 0
        for passage in passages {
            for scalar in passage
            where PassagePrint.says(scalar) && !TextAnalysis.dependsOnWord(scalar) {
                hash = (hash &* 0x1_0000_0001_B3) ^ UInt64(scalar) &* 0x9E37_79B9_7F4A_7C15
                count += 1
            }
        }
        return count >= 20 ? hash : nil
    }

    private static func hash(_ piece: ArraySlice<UInt32>) -> UInt64 {
        piece.reduce(0) { ($0 &* 0x1_0000_0001_B3) ^ UInt64($1) &* 0x9E37_79B9_7F4A_7C15 }
    }
}

/// Numbers that are joined into sets (union-find).
private struct Partition {
    private var parents: [Int]

    init(count: Int) { parents = Array(0..<count) }

    private mutating func root(_ number: Int) -> Int {
        var root = number
        while parents[root] != root {
            parents[root] = parents[parents[root]]
            root = parents[root]
        }
        return root
    }

    mutating func join(_ one: Int, _ other: Int) {
        let (one, other) = (root(one), root(other))
        if one != other { parents[max(one, other)] = min(one, other) }
    }

    mutating func areJoined(_ one: Int, _ other: Int) -> Bool { root(one) == root(other) }

    /// The sets of more than one number, ascending.
    var sets: [[Int]] {
        var copy = self
        return Dictionary(grouping: parents.indices) { copy.root($0) }.values
            .filter { $0.count > 1 }.map { $0.sorted() }
    }
}
