import PlainXapian
import SegmentStore

/// The names that reports on servers go by, by which words of a question are told that may name
/// reports.
///
/// Which of them do, an index tells by how many reports and passages have each; that would take a
/// question for every name. So such words are not asked of servers: see ``SearchError/namesReports(_:_:)``.
struct ServerNames {
    private let regions: [[Unicode.Scalar]]
    private let agencies: [String]
    private let years: Set<Int>
    private let analysis = TextAnalysis()

    /// The most names of a kind that are listed.
    private static let most = 200_000

    /// Lists the names of servers, and of folders that are asked together with them.
    init(_ servers: borrowing PlainServers, beside folders: IndexReader?) throws {
        func values(
            _ servers: borrowing PlainServers, _ prefix: ReportDocument.Prefix
        ) throws -> [String] {
            guard let values = try servers.values(prefix, limit: Self.most) else {
                throw SearchError.notOnServers("unquoted text (too many names to look through)")
            }
            return values
        }
        var regions: Set<String> = []
        for prefix in [ReportDocument.Prefix.province, .city, .county] {
            regions.formUnion(try values(servers, prefix))
        }
        func own(_ kind: Vocabulary) throws -> [String] { try folders?.vocabulary(kind) ?? [] }
        regions.formUnion(try own(.region))
        self.regions = regions.map { Array($0.unicodeScalars) }
        agencies = try values(servers, .agency) + values(servers, .alias) + own(.agency)
        years = Set((try values(servers, .year) + own(.year)).compactMap(Int.init))
    }

    /// The first words of a run that may name reports; nil when none do.
    func words(naming run: String) -> String? {
        let text = analysis.folded(run)
        let scalars = Array(text.unicodeScalars)
        for index in scalars.indices {
            if let year = YearReading.year(in: scalars, at: index, isKnown: years.contains) {
                return NameReading.string(scalars[year.range])
            }
            for name in regions {
                let length = NameReading.length(ofName: name, in: scalars[index...])
                if length >= 2 { return NameReading.string(scalars[index..<index + length]) }
            }
        }
        return agency(in: text)
    }

    private func agency(in text: String) -> String? {
        guard text.unicodeScalars.contains(where: AgencyReading.endings.contains) else {
            return nil
        }
        for name in agencies {
            let scalars = Array(name.unicodeScalars)
            guard let last = scalars.last, AgencyReading.endings.contains(last) else { continue }
            for start in scalars.indices
            where scalars.count - start >= AgencyReading.shortest
                && (start == 0 || AgencyReading.placeEndings.contains(scalars[start - 1]))
            {
                let part = NameReading.string(scalars[start...])
                if text.contains(part) { return part }
            }
        }
        return ShortForms.table.first { short, official in
            text.contains(short)
                && official.contains { name in agencies.contains { $0.contains(name) } }
        }?.short
    }
}
