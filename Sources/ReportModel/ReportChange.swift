/// What became of one file in a run of `index`, down to the cell.
public struct ReportChange: Sendable, Hashable {
    /// The kinds that are told apart.
    public enum Kind: String, Sendable, CaseIterable {
        /// The file is new to the index.
        case added
        /// The file holds another report than before.
        case changed
        /// The file is gone, or holds no report any more.
        case removed
        /// The same report is in another file than before.
        case moved
    }

    /// A report before or after the run.
    public struct Version: Sendable, Hashable {
        /// The report's id.
        public let id: String
        /// The agency, or the title where it is unknown; nil when both are.
        public let name: String?
        /// The year that the report is about; nil when unknown.
        public let year: Int?

        /// A report of which only the id is known.
        public init(id: String) { (self.id, name, year) = (id, nil, nil) }

        /// The report with a head.
        public init(_ head: ReportHead) {
            (id, name, year) = (head.id, head.agency ?? head.title, head.year)
        }

        /// A report by what is known of it.
        public init(id: String, name: String?, year: Int?) {
            (self.id, self.name, self.year) = (id, name, year)
        }
    }

    /// Something of the report's head that differs, such as `title` or `year`.
    public struct Field: Sendable, Hashable {
        /// The key, as `gongkai.report/1` has it.
        public let key: String
        /// What it was; nil when it was unknown.
        public let old: String?
        /// What it is; nil when it is unknown.
        public let new: String?

        /// Makes a difference.
        public init(key: String, old: String?, new: String?) {
            (self.key, self.old, self.new) = (key, old, new)
        }
    }

    /// A cell that has another value, or whose value was come by in another way.
    public struct CellChange: Sendable, Hashable {
        /// The number of the field.
        public let field: Int
        /// The cell as it was; nil when the file had none.
        public let old: Cell?
        /// The cell as it is; nil when the file has none.
        public let new: Cell?

        /// Makes a difference.
        public init(field: Int, old: Cell?, new: Cell?) {
            (self.field, self.old, self.new) = (field, old, new)
        }
    }

    /// A paragraph that only one of the two versions has.
    public struct Paragraph: Sendable, Hashable {
        /// The official section.
        public let section: Int
        /// Its first line in the file, from 1.
        public let line: Int
        /// Its text.
        public let text: String

        /// Makes a paragraph.
        public init(section: Int, line: Int, text: String) {
            (self.section, self.line, self.text) = (section, line, text)
        }
    }

    /// A check that came out otherwise.
    public struct Rule: Sendable, Hashable {
        /// The rule's name, such as `row:new`.
        public let name: String
        /// How it came out before; nil when it was not judged.
        public let old: CheckResult.State?
        /// How it comes out now; nil when it is not judged.
        public let new: CheckResult.State?

        /// Makes a difference.
        public init(name: String, old: CheckResult.State?, new: CheckResult.State?) {
            (self.name, self.old, self.new) = (name, old, new)
        }
    }

    /// What became of the file.
    public let kind: Kind
    /// The file's path, absolute; nil when a run changed so many files that
    /// only their reports were noted.
    public var path: String?
    /// Where a moved report was before; nil for the others.
    public let earlierPath: String?
    /// The report that the file held before; nil when it held none.
    public let old: Version?
    /// The report that the file holds now; nil when it holds none.
    public let new: Version?
    /// Whether the two versions were compared: not where the old one could not be read any more.
    public var isCompared = false
    /// What of the head differs.
    public var fields: [Field] = []
    /// The cells that differ, by field number.
    public var cells: [CellChange] = []
    /// The paragraphs that only the old version has, in file order.
    public var removedText: [Paragraph] = []
    /// The paragraphs that only the new version has, in file order.
    public var addedText: [Paragraph] = []
    /// The number of paragraphs that were too much text to be noted.
    public var omittedText = 0
    /// The checks that came out otherwise; of an added report those that fail.
    public var rules: [Rule] = []

    /// A change of which no more is known than the file and its reports.
    public init(
        _ kind: Kind, path: String?, earlierPath: String? = nil, old: Version? = nil,
        new: Version? = nil, failing rules: [String] = []
    ) {
        self.kind = kind
        self.path = path
        self.earlierPath = earlierPath
        self.old = old
        self.new = new
        self.rules = rules.map { Rule(name: $0, old: nil, new: .fails) }
    }
}

/// What one run of `index` changed.
///
/// A run may change a million files, so their changes are read from its file when they are asked for,
/// one at a time.
public struct RunChanges {
    /// The run's number, from 1.
    public let run: Int
    /// When the run ended, in seconds since 1970.
    public let time: Int
    /// How many files there are of each kind.
    public let counts: [ReportChange.Kind: Int]
    private let find: () -> Changes

    /// What became of each file, in the order in which their paths are stored; those without a path
    /// last.
    public struct Changes: RandomAccessCollection {
        private let change: (Int) -> ReportChange

        /// How many changes there are.
        public let endIndex: Int
        /// The number of the first change: 0.
        public var startIndex: Int { 0 }

        /// - Parameter change: the change with a number, from 0.
        public init(count: Int, change: @escaping (Int) -> ReportChange) {
            (endIndex, self.change) = (count, change)
        }

        /// Reads a change.
        public subscript(position: Int) -> ReportChange { change(position) }
    }

    /// - Parameter finding: finds the changes, each time they are asked for.
    public init(
        run: Int, time: Int, counts: [ReportChange.Kind: Int],
        finding: @escaping () -> Changes
    ) {
        (self.run, self.time, self.counts, find) = (run, time, counts, finding)
    }

    /// Finds what became of each file, which takes a look at the whole file of the run.
    public func changes() -> Changes { find() }

    /// The reports that files hold since this run, and held not before; told by
    /// ``ReportHead/idNumber``.
    public var newReports: Set<UInt64> {
        Set(
            changes().lazy.compactMap { change in
                change.kind == .added || change.kind == .changed
                    ? change.new.flatMap { UInt64($0.id, radix: 16) } : nil
            })
    }
}

// MARK: Comparing

extension ReportChange {
    /// The most bytes of text that are noted of one report.
    private static let mostText = 64 << 10

    /// A change of a file's report, down to its cells, paragraphs and checks.
    public init(
        path: String, from old: (head: ReportHead, report: Report),
        to new: (head: ReportHead, report: Report)
    ) {
        self.init(.changed, path: path, old: Version(old.head), new: Version(new.head))
        compare(old.report, new.report)
    }

    /// Notes everything in which two versions differ.
    public mutating func compare(_ old: Report, _ new: Report) {
        isCompared = true
        fields = Self.fields(from: old, to: new)
        cells = Self.cells(from: old.statistics, to: new.statistics)
        rules = Self.rules(from: old, to: new)
        var room = Self.mostText
        removedText = noted(Self.paragraphs(of: old.passages, without: new.passages), &room)
        addedText = noted(Self.paragraphs(of: new.passages, without: old.passages), &room)
    }

    /// The cells that have another value, or whose value was come by in another way.
    public static func cells(
        from old: StatisticTable, to new: StatisticTable
    ) -> [CellChange] {
        StatisticField.all.indices.compactMap { field in
            let (one, other) = (old[field], new[field])
            guard one?.value != other?.value || one?.status != other?.status else { return nil }
            return CellChange(field: field, old: one, new: other)
        }
    }

    private static func fields(from old: Report, to new: Report) -> [Field] {
        func values(_ report: Report) -> [(String, String?)] {
            [
                ("title", report.title), ("agency", report.agency),
                ("year", report.year.map(String.init)), ("kind", report.kind.rawValue),
                ("form", report.form.rawValue), ("scope", report.scope.rawValue),
                ("region", report.region.names.joined(separator: " ")),
                ("encoding", report.encoding),
            ]
        }
        return zip(values(old), values(new)).filter { $0.1 != $1.1 }
            .map { Field(key: $0.0, old: $0.1, new: $1.1) }
    }

    private static func rules(from old: Report, to new: Report) -> [Rule] {
        let before = Dictionary(
            old.ruleStates.map { ($0.rule, $0.state) }, uniquingKeysWith: { one, _ in one })
        let after = Dictionary(
            new.ruleStates.map { ($0.rule, $0.state) }, uniquingKeysWith: { one, _ in one })
        func isBroken(_ state: CheckResult.State?) -> Bool { state == .fails || state == .differs }
        return Set(before.keys).union(after.keys).sorted().compactMap { name in
            let (one, other) = (before[name], after[name])
            guard one != other, isBroken(one) || isBroken(other) else { return nil }
            return Rule(name: name, old: one, new: other)
        }
    }

    /// The paragraphs that others do not have, each as often as it is there more often.
    private static func paragraphs(
        of passages: [Passage], without others: [Passage]
    ) -> [Paragraph] {
        var counts: [String: Int] = [:]
        for passage in others { counts[passage.text, default: 0] += 1 }
        return passages.filter { passage in
            guard let count = counts[passage.text], count > 0 else { return true }
            counts[passage.text] = count - 1
            return false
        }.map { Paragraph(section: $0.section, line: $0.lines.lowerBound, text: $0.text) }
    }

    /// The paragraphs for which there is room; the others are counted.
    private mutating func noted(_ paragraphs: [Paragraph], _ room: inout Int) -> [Paragraph] {
        var noted: [Paragraph] = []
        for paragraph in paragraphs {
            let size = paragraph.text.utf8.count + 16
            guard size <= room else {
                omittedText += 1
                continue
            }
            room -= size
            noted.append(paragraph)
        }
        return noted
    }
}
