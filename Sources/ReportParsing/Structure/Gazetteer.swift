import ChineseText
import ReportModel

/// The administrative divisions of China, and the region that a name lies in.
struct Gazetteer: Sendable {
    /// The divisions compiled into the program.
    static let national = Gazetteer(table: divisionsTable)

    /// A name and the regions that bear it.
    private struct Name {
        let scalars: [Unicode.Scalar]
        let regions: [Region]
    }

    /// The names by their first two scalars, the longest first; nearly every other position in a text
    /// shows by them that no name begins there.
    private let names: [UInt64: [Name]]
    /// 湖北 and the like, which name a province only before a place in it: 湖南镇 lies in 浙江.
    private let provinceStems: [[Unicode.Scalar]: Region]

    /// Entries of the official list that stand for "directly under the level above".
    private static let directlyUnder: Set<String> = [
        "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划",
    ]

    /// Reads a table of names in the form of ``divisionsTable``.
    init(table: String) {
        var regions: [String: [Region]] = [:]
        var province: String?
        var city: String?
        for line in table.utf8.split(separator: 0x0A) {
            let level = line.prefix { $0 == 0x2E }.count
            let name = String(decoding: line.dropFirst(level), as: UTF8.self)
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
        var stems: [[Unicode.Scalar]: Region] = [:]
        for (name, found) in regions
        where found.contains(where: { $0.city == nil && $0.county == nil }) {
            if name.hasSuffix("省") { stems[Array(name.unicodeScalars.dropLast())] = found[0] }
        }
        OtherPlaceNames.add(to: &regions)
        provinceStems = stems
        let all = regions.map { Name(scalars: $0.key.scalars(), regions: $0.value) }
        var names = Dictionary(grouping: all) { Self.beginning(of: $0.scalars, at: 0) }
            .mapValues { $0.sorted { $0.scalars.count > $1.scalars.count } }
        for stem in stems.keys { names[Self.beginning(of: stem, at: 0), default: []] += [] }
        self.names = names
    }

    private static func beginning(of scalars: [Unicode.Scalar], at index: Int) -> UInt64 {
        UInt64(scalars[index].value) << 32 | UInt64(scalars[index + 1].value)
    }

    // MARK: Names of places

    /// The number of scalars that names of divisions, one inside the other, take at a position in a
    /// text; nil when none begins there.
    func placeLength(in scalars: [Unicode.Scalar], at start: Int) -> Int? {
        var end = start
        while let next = match(in: scalars, at: end) { end += next.length }
        return end > start ? end - start : nil
    }

    /// Whether a text is nothing but a place: divisions, or a town or township with or without
    /// the divisions that it lies in.
    func isPlace(_ text: String) -> Bool {
        let scalars = text.scalars()
        let length = placeLength(in: scalars, at: 0) ?? 0
        if length == scalars.count { return length > 0 }
        let rest = String(scalars: scalars[length...])
        return (2...8).contains(scalars.count - length)
            && ["镇", "乡", "苏木"].contains(where: rest.hasSuffix)
    }

    /// The longest division whose name begins at a position in a text.
    func match(
        in scalars: [Unicode.Scalar], at start: Int
    ) -> (length: Int, regions: [Region])? {
        guard start + 1 < scalars.count,
            let known = names[Self.beginning(of: scalars, at: start)]
        else { return nil }
        if let name = known.first(where: { scalars.matches($0.scalars, at: start) }) {
            return (name.scalars.count, name.regions)
        }
        for length in 2...3 where start + length < scalars.count {
            if let province = provinceStems[Array(scalars[start..<(start + length)])],
                let next = match(in: scalars, at: start + length),
                next.regions.contains(where: { Self.contains(province, $0) })
            {
                return (length, [province])
            }
        }
        return nil
    }

    /// The place that a name begins with, read with one character wrong, as scanners read 沐阳县 for
    /// 沭阳县, where a text has the whole name right.
    func misread(
        _ name: [Unicode.Scalar], in text: [Unicode.Scalar]
    ) -> [Unicode.Scalar]? {
        guard name.count >= Self.shortestMisread, text.count >= name.count else { return nil }
        for start in 0...(text.count - name.count) {
            var wrong = -1
            var isNear = true
            for index in name.indices where name[index] != text[start + index] {
                if wrong >= 0 {
                    isNear = false
                    break
                }
                wrong = index
            }
            if isNear, wrong >= 0, let place = match(in: text, at: start), wrong < place.length {
                return Array(text[start..<(start + name.count)])
            }
        }
        return nil
    }

    /// A shorter name may be that of another agency.
    private static let shortestMisread = 5

    // MARK: Regions

    /// What is certain of the region that an agency's name tells.
    ///
    /// A name that several provinces share is settled by a province or city that stands before it
    /// or in `evidence`, which is asked for only then; otherwise only the levels on which all agree
    /// are given.
    func region(of name: String, evidence: @autoclosure () -> [String]) -> Region {
        let scalars = name.scalars()
        var candidates: [Region] = []
        var index = 0
        while index < scalars.count {
            guard let (length, found) = match(in: scalars, at: index) else {
                // Divisions stand together; what follows the first gap is the agency's own name.
                if !candidates.isEmpty {
                    candidates = branch(of: candidates, in: scalars, from: index) ?? candidates
                    break
                }
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
        if candidates.isEmpty, let zone = zone(scalars) { return zone }
        return candidates.count < 2
            ? candidates.first ?? .unknown : Self.settled(candidates, evidence: evidence())
    }

    /// Where a bureau's branch is that its name tells, as in 某市公安局某区分局; nil when none does.
    private func branch(
        of candidates: [Region], in name: [Unicode.Scalar], from start: Int
    ) -> [Region]? {
        for index in start..<name.count
        where index > start && Self.bodyEnds.contains(name[index - 1]) {
            guard
                let found = match(in: name, at: index).flatMap({ $0.length >= 3 ? $0.regions : nil }
                )
                    ?? shortPlace(in: name, at: index)
            else { continue }
            let inside = found.filter { region in
                candidates.contains { Self.contains($0, region) }
            }
            if !inside.isEmpty { return inside }
        }
        return nil
    }

    /// The divisions that a branch names without their level: 某市公安局涧西分局.
    private func shortPlace(in name: [Unicode.Scalar], at start: Int) -> [Region]? {
        for word in Self.branchEnds {
            guard let end = name.offset(of: word, from: start), (2...4).contains(end - start) else {
                continue
            }
            let found = ["区", "县", "市", "旗"].flatMap { level -> [Region] in
                let whole = Array(name[start..<end]) + level.scalars()
                return match(in: whole, at: 0).flatMap {
                    $0.length == whole.count ? $0.regions : nil
                }
                    ?? []
            }
            if !found.isEmpty { return found }
        }
        return nil
    }

    private static let branchEnds = ["分局", "大队", "管理处", "管理站"].map { $0.scalars() }

    /// Characters that end the name of a body before that of its branch.
    private static let bodyEnds: Set<Unicode.Scalar> = [
        "局", "院", "队", "处", "会", "司", "部", "心", "关", "署", "社", "行", "站",
    ]

    private static let zoneWords = [
        "高新", "经济", "经开", "开发", "保税", "综合", "临空", "空港", "自贸", "自由贸易", "新区",
    ]
    .map { Array($0.unicodeScalars) }
    private static let zones: WordList = ["高新区", "新区", "开发区", "园区", "示范区"]

    /// The city of a zone that leaves out 市, as 郑州高新技术产业开发区 and 晋中云岭高新区 do.
    private func zone(_ name: [Unicode.Scalar]) -> Region? {
        let end = Self.zones.first(in: name[...].prefix(16), from: 0)?.lowerBound
        for length in 2...4 where length < name.count {
            let rest = name[length...]
            let isZone =
                Self.zoneWords.contains(where: rest.starts(with:))
                || end.map { $0 > length } == true
            guard isZone else { continue }
            let city = Array(name[..<length]) + ["市"]
            if let found = match(in: city, at: 0), found.length == city.count,
                found.regions.count == 1, found.regions[0].county == nil
            {
                return found.regions[0]
            }
        }
        return nil
    }

    private static func settled(_ candidates: [Region], evidence: [String]) -> Region {
        guard candidates.count > 1, let first = candidates.first else {
            return candidates.first ?? .unknown
        }
        let texts = evidence.map { Array($0.unicodeScalars) }
        let supported = candidates.filter { region in
            region.names.dropLast().contains { larger in
                let larger = larger.scalars()
                return texts.contains { $0.offset(of: larger) != nil }
            }
        }
        if supported.count == 1 { return supported[0] }
        if let numbered = DocumentNumbers(in: texts).only(of: candidates) { return numbered }
        let current = candidates.filter { !OtherPlaceNames.isFormer($0) }
        if current.count == 1 { return current[0] }
        var region = Region()
        if candidates.allSatisfy({ $0.province == first.province }) {
            region.province = first.province
            if candidates.allSatisfy({ $0.city == first.city }) { region.city = first.city }
        }
        if candidates.allSatisfy({ $0.county == first.county }) { region.county = first.county }
        return region
    }

    private static func contains(_ larger: Region, _ smaller: Region) -> Bool {
        larger.province == smaller.province && (larger.city == nil || larger.city == smaller.city)
            && larger.county == nil && smaller != larger
    }
}
