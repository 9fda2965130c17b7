import ReportModel

/// The administrative divisions of China, and the region that a name lies in.
struct Gazetteer: Sendable {
    /// The divisions compiled into the program.
    static let national = Gazetteer(table: divisionsTable)

    private let regions: [String: [Region]]
    private let firstScalars: Set<Unicode.Scalar>
    private let longest: Int

    /// Entries of the official list that stand for "directly under the level above".
    private static let directlyUnder: Set<String> = [
        "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划",
    ]

    /// Reads a table of names in the form of ``divisionsTable``.
    init(table: String) {
        var regions: [String: [Region]] = [:]
        var province: String?
        var city: String?
        for line in table.split(separator: "\n") {
            let level = line.utf8.prefix { $0 == 0x2E }.count
            let name = String(line.dropFirst(level))
            let isDirect = Self.directlyUnder.contains(name)
            let region: Region
            switch level {
            case 0:
                province = name
                city = nil
                region = Region(province: name)
            case 1:
                city = isDirect ? nil : name
                region = Region(province: province, city: name)
            default:
                region = Region(province: province, city: city, county: name)
            }
            if !isDirect { regions[name, default: []].append(region) }
        }
        self.regions = regions
        firstScalars = Set(regions.keys.compactMap(\.unicodeScalars.first))
        longest = regions.keys.map(\.unicodeScalars.count).max() ?? 0
    }

    /// Whether a text is exactly the name of a division.
    func isDivision(_ text: String) -> Bool { regions[text] != nil }

    /// The region that an agency's name tells, or an unknown one.
    ///
    /// A county name that several provinces share is settled by a province or city that stands
    /// before it or in `evidence`; otherwise the region stays unknown.
    func region(of name: String, evidence: [String]) -> Region {
        let scalars = Array(name.unicodeScalars)
        var candidates: [Region] = []
        var index = 0
        while index < scalars.count {
            guard let (length, found) = match(in: scalars, at: index) else {
                // Divisions stand together; what follows the first gap is the agency's own name.
                if !candidates.isEmpty { break }
                index += 1
                continue
            }
            let inside = found.filter { region in
                candidates.isEmpty || candidates.contains { Self.contains($0, region) }
            }
            // 通州区 in 南通市通州区, but the 市 of 洛阳市市场监督管理局 opens no division.
            if inside.isEmpty { break }
            candidates = inside
            index += length
        }
        if candidates.count > 1 {
            let supported = candidates.filter { region in
                region.names.dropLast().contains { larger in
                    evidence.contains { $0.contains(larger) }
                }
            }
            if supported.count == 1 { candidates = supported }
        }
        return candidates.count == 1 ? candidates[0] : .unknown
    }

    /// The longest division whose name begins at a place in a text.
    func match(
        in scalars: [Unicode.Scalar], at start: Int
    ) -> (length: Int, regions: [Region])? {
        guard start < scalars.count, firstScalars.contains(scalars[start]) else { return nil }
        for length in stride(from: min(longest, scalars.count - start), through: 2, by: -1) {
            let text = String(String.UnicodeScalarView(scalars[start..<(start + length)]))
            if let found = regions[text] { return (length, found) }
        }
        return nil
    }

    private static func contains(_ larger: Region, _ smaller: Region) -> Bool {
        larger.province == smaller.province && (larger.city == nil || larger.city == smaller.city)
            && larger.county == nil && smaller != larger
    }
}
