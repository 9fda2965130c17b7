import ChineseText
import ReportModel

/// The columns of a finished segment.
struct SegmentTableSource {
    /// Calls a closure with the bytes of a column.
    private let visit: (SegmentColumn, (Span<UInt8>) -> Void) -> Void

    /// Makes a source of something that calls a closure, once, with the bytes of a column.
    init(visit: @escaping (SegmentColumn, (Span<UInt8>) -> Void) -> Void) {
        self.visit = visit
    }

    /// Calls `body` with the bytes of a column.
    func withColumn<Result>(
        _ column: SegmentColumn, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        var result: Result?
        visit(column) { result = body($0) }
        guard let result else { preconditionFailure("A source calls its closure") }
        return result
    }

    /// The length of a column in bytes.
    func count(_ column: SegmentColumn) -> Int { withColumn(column) { $0.count } }

    /// Calls `body` with the bytes of a column, a megabyte at a time, in multiples of `unit`.
    func forEachPiece<Failure: Error>(
        _ column: SegmentColumn, unit: Int, _ body: ([UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let count = count(column) / unit * unit
        let step = max(1, (1 << 20) / unit) * unit
        for start in stride(from: 0, to: count, by: step) {
            let end = min(start + step, count)
            try body(withColumn(column) { bytes in (start..<end).map { bytes[$0] } })
        }
    }
}

/// The tables of segments put one after the other, without reading what they hold.
///
/// Memory: some megabytes, and the names of agencies and regions.
struct MergedTables {
    private let sources: [SegmentTableSource]
    /// The grams that are frequent in all sources: what is indexed alike in each of them.
    let frequent: FrequentGramSet
    private let agencies: (names: NameTable, numbers: [[UInt32]])
    private let regions: (names: NameTable, numbers: [[UInt32]])

    /// Prepares for putting the tables of some segments together, in their order.
    init(_ sources: [SegmentTableSource]) {
        self.sources = sources
        frequent = Self.frequent(sources)
        agencies = Self.names(sources, .agencyNames, .agencyNameStarts)
        regions = Self.names(sources, .regionNames, .regionNameStarts)
    }

    /// The number of reports.
    var reportCount: Int { sources.reduce(0) { $0 + Self.reports($1) } }

    /// The number of passages.
    var passageCount: Int { sources.reduce(0) { $0 + Self.total($1, 0) } }

    /// The names of all sources, and the number that each source's numbers become.
    private static func names(
        _ sources: [SegmentTableSource], _ names: SegmentColumn, _ starts: SegmentColumn
    ) -> (names: NameTable, numbers: [[UInt32]]) {
        var table = NameTable()
        let numbers = sources.map { source -> [UInt32] in
            source.withColumn(names) { names in
                source.withColumn(starts) { starts in
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
        source.withColumn(.totals) { bytes in
            bytes.count >= 8 * which + 8
                ? Int(clamping: bytes.number(at: 8 * which, size: 8)) : 0
        }
    }

    /// Hands over the bytes of each column, in their order, piece by piece.
    func forEachPart<Failure: Error>(
        _ body: (SegmentColumn, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        for column in SegmentColumn.allCases {
            switch column {
            case .recordStarts:
                try shifted(column, size: 5, by: .records, body)
                try body(column, [0, 0, 0])
            case .entryStarts: try shifted(column, size: 5, by: .entries, body)
            case .detailStarts: try shifted(column, size: 5, by: .details, body)
            case .reportStarts:
                var passages = 0
                for source in sources {
                    try mapped(source, column, size: 4, body) { $0 + UInt64(passages) }
                    passages += source.count(.labels)
                }
            case .agencies: try renumbered(column, agencies.numbers, body)
            case .agencyNames: try body(column, agencies.names.bytes)
            case .agencyNameStarts: try body(column, agencies.names.starts)
            case .regions: try renumbered(column, regions.numbers, body)
            case .regionNames: try body(column, regions.names.bytes)
            case .regionNameStarts: try body(column, regions.names.starts)
            case .statisticSizes: try body(column, sizes.map(UInt8.init))
            case .statistics: try statistics(body)
            case .frequentGrams:
                var bytes: [UInt8] = []
                for hash in frequent.grams.hashes { bytes.append(hash, size: 8) }
                try body(column, bytes)
            case .totals:
                var bytes: [UInt8] = []
                for which in 0...1 {
                    let sum = sources.reduce(0) { $0 + Self.total($1, which) }
                    bytes.append(UInt64(sum), size: 8)
                }
                try body(column, bytes)
            case .records, .lengths, .labels, .entries, .details, .reportIDs, .years, .forms,
                .traits:
                for source in sources {
                    try source.forEachPiece(column, unit: 1) { piece throws(Failure) in
                        try body(column, piece)
                    }
                }
            }
        }
    }

    /// Hands over the first numbers of a column, each changed.
    private func mapped<Failure: Error>(
        _ source: SegmentTableSource, _ column: SegmentColumn, size: Int, count: Int = .max,
        _ body: (SegmentColumn, [UInt8]) throws(Failure) -> Void,
        _ change: (UInt64) -> UInt64
    ) throws(Failure) {
        var left = count
        try source.forEachPiece(column, unit: size) { piece throws(Failure) in
            var changed: [UInt8] = []
            changed.reserveCapacity(piece.count)
            for index in 0..<min(left, piece.count / size) {
                let number = piece.span.number(at: size * index, size: size)
                changed.append(change(number), size: size)
            }
            left -= changed.count / size
            try body(column, changed)
        }
    }

    /// Hands over where things begin, and the end of all.
    private func shifted<Failure: Error>(
        _ column: SegmentColumn, size: Int, by content: SegmentColumn,
        _ body: (SegmentColumn, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        var base = 0
        for source in sources {
            // The last one is the end, and padding may follow.
            let count = max(0, source.count(column) / size - 1)
            try mapped(source, column, size: size, count: count, body) { $0 + UInt64(base) }
            base += source.count(content)
        }
        var end: [UInt8] = []
        end.append(UInt64(base), size: size)
        try body(column, end)
    }

    private func renumbered<Failure: Error>(
        _ column: SegmentColumn, _ numbers: [[UInt32]],
        _ body: (SegmentColumn, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        for (source, numbers) in zip(sources, numbers) {
            try mapped(source, column, size: 4, body) { number in
                number < UInt64(numbers.count) ? UInt64(numbers[Int(number)]) : 0
            }
        }
    }

    // MARK: Statistics

    private static func sizes(_ source: SegmentTableSource) -> [Int] {
        source.withColumn(.statisticSizes) { bytes in
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
        _ body: (SegmentColumn, [UInt8]) throws(Failure) -> Void
    ) throws(Failure) {
        let sizes = sizes
        let stored = sources.map(Self.sizes)
        var offsets = sources.map { _ in 0 }
        for (field, size) in sizes.enumerated() where size > 0 {
            for (index, source) in sources.enumerated() {
                let count = Self.reports(source)
                let own = stored[index][field]
                let values = source.withColumn(.statistics) { bytes in
                    StatisticColumn.values(bytes, from: offsets[index], size: own, count: count)
                }
                offsets[index] += own * count
                try body(.statistics, StatisticColumn.encoded(values, size: size))
            }
        }
    }

    private static func frequent(_ sources: [SegmentTableSource]) -> FrequentGramSet {
        let sets = sources.map { source in
            FrequentGramSet(hashes: numbers(source, .frequentGrams))
        }
        guard let first = sets.first else { return .none }
        return sets.dropFirst().reduce(first) { $0.intersection($1) }
    }

    private static func numbers(
        _ source: SegmentTableSource, _ column: SegmentColumn
    ) -> [UInt64] {
        source.withColumn(column) { bytes in
            (0..<bytes.count / 8).map { bytes.number(at: 8 * $0, size: 8) }
        }
    }
}

extension Span<UInt8> {
    /// A number of some bytes, the lowest first.
    func number(at offset: Int, size: Int) -> UInt64 {
        var number: UInt64 = 0
        for index in (offset..<offset + size).reversed() {
            number = number << 8 | UInt64(self[index])
        }
        return number
    }
}
