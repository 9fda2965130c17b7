import ChineseText
import ReportModel

/// The sections of a finished segment.
public struct SegmentTableSource {
    /// Calls a closure with the bytes of a section.
    private let visit: (SegmentSection, (Span<UInt8>) -> Void) -> Void

    /// Makes a source of something that calls a closure, once, with the bytes of a section.
    public init(visit: @escaping (SegmentSection, (Span<UInt8>) -> Void) -> Void) {
        self.visit = visit
    }

    /// Calls `body` with the bytes of a section.
    func withSection<Result>(
        _ section: SegmentSection, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        var result: Result?
        visit(section) { result = body($0) }
        guard let result else { preconditionFailure("A source calls its closure") }
        return result
    }

    /// The length of a section in bytes.
    func count(_ section: SegmentSection) -> Int { withSection(section) { $0.count } }

    /// Calls `body` with the bytes of a section, a megabyte at a time, in multiples of `unit`.
    func forEachPiece<Failure: Error>(
        _ section: SegmentSection, unit: Int, _ body: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let count = count(section) / unit * unit
        let step = max(1, (1 << 20) / unit) * unit
        for start in stride(from: 0, to: count, by: step) {
            let end = min(start + step, count)
            try body(withSection(section) { bytes in (start..<end).map { bytes[$0] } })
        }
    }
}

/// The tables of segments put one after the other, without reading what they hold.
///
/// Memory: some megabytes, and the names of agencies and regions.
public struct MergedTables {
    private let sources: [SegmentTableSource]
    /// The grams that are frequent in all sources: what is indexed alike in each of them.
    public let frequent: FrequentGramSet
    private let agencies: (names: NameTable, numbers: [[UInt32]])
    private let regions: (names: NameTable, numbers: [[UInt32]])

    /// Prepares for putting the tables of some segments together, in their order.
    public init(_ sources: [SegmentTableSource]) {
        self.sources = sources
        frequent = Self.frequent(sources)
        agencies = Self.names(sources, .agencyNames, .agencyNameStarts)
        regions = Self.names(sources, .regionNames, .regionNameStarts)
    }

    /// The number of reports.
    public var reportCount: Int { sources.reduce(0) { $0 + Self.reports($1) } }

    /// The number of documents of each source: its reports and passages.
    public var documentCounts: [Int] { sources.map { $0.count(.labels) } }

    /// The number of passages.
    public var passageCount: Int { sources.reduce(0) { $0 + Self.total($1, 0) } }

    /// The names of all sources, and the number that each source's numbers become.
    private static func names(
        _ sources: [SegmentTableSource], _ names: SegmentSection, _ starts: SegmentSection
    ) -> (names: NameTable, numbers: [[UInt32]]) {
        var table = NameTable()
        let numbers = sources.map { source -> [UInt32] in
            source.withSection(names) { names in
                source.withSection(starts) { starts in
                    (0..<max(0, starts.count / 4 - 1)).map { group -> UInt32 in
                        let start = Int(starts.number(at: 4 * group, size: 4))
                        let end = Int(starts.number(at: 4 * group + 4, size: 4))
                        guard start <= end, end <= names.count else { return 0 }
                        return table.number(of: (start..<end).map { names[$0] })
                    }
                }
            }
        }
        return (table, numbers)
    }

    private static func reports(_ source: SegmentTableSource) -> Int {
        source.count(.reportStarts) / 4
    }

    private static func total(_ source: SegmentTableSource, _ which: Int) -> Int {
        source.withSection(.totals) { bytes in
            bytes.count >= 8 * which + 8
                ? Int(clamping: bytes.number(at: 8 * which, size: 8)) : 0
        }
    }

    /// Hands over the bytes of each section, in their order, piece by piece.
    public func forEachPart<Failure: Error>(
        _ body: (SegmentSection, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        for section in SegmentSection.allCases {
            switch section {
            case .recordStarts:
                try shifted(section, size: 5, by: .records, body)
                try body(section, [0, 0, 0])
            case .entryStarts: try shifted(section, size: 5, by: .entries, body)
            case .reportStarts:
                var documents = 0
                for source in sources {
                    try mapped(source, section, size: 4, body) { $0 + UInt64(documents) }
                    documents += source.count(.labels)
                }
            case .agencies: try renumbered(section, agencies.numbers, body)
            case .agencyNames: try body(section, agencies.names.bytes)
            case .agencyNameStarts: try body(section, agencies.names.starts)
            case .regions: try renumbered(section, regions.numbers, body)
            case .regionNames: try body(section, regions.names.bytes)
            case .regionNameStarts: try body(section, regions.names.starts)
            case .statisticSizes: try body(section, sizes.map(UInt8.init))
            case .statistics: try statistics(body)
            case .frequentGrams:
                var bytes: [UInt8] = []
                for hash in frequent.grams.hashes { bytes.append(hash, size: 8) }
                try body(section, bytes)
            case .listedGrams:
                var bytes: [UInt8] = []
                for number in frequent.storedNumbers { bytes.append(number, size: 8) }
                try body(section, bytes)
            case .totals:
                var bytes: [UInt8] = []
                for which in 0...1 {
                    let sum = sources.reduce(0) { $0 + Self.total($1, which) }
                    bytes.append(UInt64(sum), size: 8)
                }
                try body(section, bytes)
            case .records, .lengths, .labels, .entries, .reportIDs, .years, .forms:
                for source in sources {
                    try source.forEachPiece(section, unit: 1) { piece throws(Failure) in
                        try body(section, piece)
                    }
                }
            }
        }
    }

    /// Hands over the first numbers of a section, each changed.
    private func mapped<Failure: Error>(
        _ source: SegmentTableSource, _ section: SegmentSection, size: Int, count: Int = .max,
        _ body: (SegmentSection, [UInt8]) throws(Failure) -> Void,
        _ change: (UInt64) -> UInt64
    ) throws(Failure) {
        var left = count
        try source.forEachPiece(section, unit: size) { piece throws(Failure) in
            var changed: [UInt8] = []
            changed.reserveCapacity(piece.count)
            for index in 0..<min(left, piece.count / size) {
                let number = piece.span.number(at: size * index, size: size)
                changed.append(change(number), size: size)
            }
            left -= changed.count / size
            try body(section, changed)
        }
    }

    /// Hands over where things begin, and the end of all.
    private func shifted<Failure: Error>(
        _ section: SegmentSection, size: Int, by content: SegmentSection,
        _ body: (SegmentSection, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var base = 0
        for source in sources {
            // The last one is the end, and padding may follow.
            let count = max(0, source.count(section) / size - 1)
            try mapped(source, section, size: size, count: count, body) { $0 + UInt64(base) }
            base += source.count(content)
        }
        var end: [UInt8] = []
        end.append(UInt64(base), size: size)
        try body(section, end)
    }

    private func renumbered<Failure: Error>(
        _ section: SegmentSection, _ numbers: [[UInt32]],
        _ body: (SegmentSection, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        for (source, numbers) in zip(sources, numbers) {
            try mapped(source, section, size: 4, body) { number in
                number < UInt64(numbers.count) ? UInt64(numbers[Int(number)]) : 0
            }
        }
    }

    // MARK: Statistics

    private static func sizes(_ source: SegmentTableSource) -> [Int] {
        source.withSection(.statisticSizes) { bytes in
            StatisticField.all.indices.map { $0 < bytes.count ? Int(bytes[$0]) : 0 }
        }
    }

    /// The size of a value of each statistic: what the largest needs.
    private var sizes: [Int] {
        sources.map(Self.sizes).reduce(StatisticField.all.map { _ in 0 }) { sizes, more in
            zip(sizes, more).map(max)
        }
    }

    private func statistics<Failure: Error>(
        _ body: (SegmentSection, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let sizes = sizes
        let stored = sources.map(Self.sizes)
        var places = sources.map { _ in 0 }
        for (field, size) in sizes.enumerated() where size > 0 {
            for (index, source) in sources.enumerated() {
                let count = Self.reports(source)
                let own = stored[index][field]
                let values = source.withSection(.statistics) { bytes in
                    StatisticColumn.values(bytes, from: places[index], size: own, count: count)
                }
                places[index] += own * count
                try body(.statistics, StatisticColumn.encoded(values, size: size))
            }
        }
    }

    private static func frequent(_ sources: [SegmentTableSource]) -> FrequentGramSet {
        let sets = sources.map { source in
            FrequentGramSet(
                hashes: numbers(source, .frequentGrams), listed: numbers(source, .listedGrams))
        }
        guard let first = sets.first else { return .none }
        return sets.dropFirst().reduce(first) { $0.intersection($1) }
    }

    private static func numbers(
        _ source: SegmentTableSource, _ section: SegmentSection
    ) -> [UInt64] {
        source.withSection(section) { bytes in
            (0..<bytes.count / 8).map { bytes.number(at: 8 * $0, size: 8) }
        }
    }
}

extension Span<UInt8> {
    /// A number of some bytes, the lowest first.
    func number(at place: Int, size: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in (place..<place + size).reversed() {
            number = number << 8 | UInt64(self[index])
        }
        return number
    }
}
