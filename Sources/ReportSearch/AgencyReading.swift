import SegmentStore

/// Finds the agencies of the index that a run names.
struct AgencyReading {
    let segments: [Segment]
    let scalars: [Unicode.Scalar]

    /// The characters with which names of agencies end; where a run has none, none is looked for.
    static let endings: Set<Unicode.Scalar> = Set(
        "局办委府厅院署处站会社司所部校心关队团室乡镇道行学馆庭".unicodeScalars)
    /// What stands before the part of a name that tells the office, in bytes.
    private static let places: [[UInt8]] = placeEndings.map { Array(String($0).utf8) }
    /// The same as characters.
    static let placeEndings = Set("省市区县旗州盟乡镇".unicodeScalars)
    /// The shortest part of a name that is a name, in characters.
    static let shortest = 3
    /// Of a part of names that more reports have than one in so many, the name alone tells little.
    private static let telling = 50

    private static let shortForms = ShortForms.table.map { (Array($0.short.utf8), $0.official) }

    /// The agencies by the index at which their names begin.
    func found() throws -> [Int: NameReading.Found] {
        var found: [Int: NameReading.Found] = [:]
        for end in scalars.indices.dropFirst() where Self.endings.contains(scalars[end]) {
            if let name = shortForm(endingAt: end) ?? name(endingAt: end) {
                let start = name.range.lowerBound
                if name.range.count > found[start]?.range.count ?? 0 { found[start] = name }
            }
        }
        return found
    }

    /// The longest name, or part of one behind a place, that ends at a character.
    private func name(endingAt end: Int) -> NameReading.Found? {
        let text = scalars[...end]
        let bytes = NameReading.bytes(text)
        var longest = 0
        for segment in segments {
            longest = max(
                longest, segment.agencies.longestEnding(of: bytes, behind: Self.places))
        }
        let count = String(decoding: bytes.suffix(longest), as: UTF8.self).unicodeScalars.count
        guard count >= Self.shortest else { return nil }
        return agency(end + 1 - count..<end + 1, names: [Array(bytes.suffix(longest))])
    }

    /// A short form that ends at a character, when the index has an agency that it stands for.
    private func shortForm(endingAt end: Int) -> NameReading.Found? {
        let bytes = NameReading.bytes(scalars[...end])
        for (short, official) in Self.shortForms {
            guard bytes.suffix(short.count).elementsEqual(short) else { continue }
            let names = official.map { Array($0.utf8) }.filter { name in
                segments.contains { $0.agencies.holds(name) }
            }
            let count = String(decoding: short, as: UTF8.self).unicodeScalars.count
            if !names.isEmpty { return agency(end + 1 - count..<end + 1, names: names) }
        }
        return nil
    }

    private func agency(_ range: Range<Int>, names: [[UInt8]]) -> NameReading.Found {
        var (reports, all) = (0, 0)
        for segment in segments {
            all += segment.reportCount
            for name in names { reports += segment.agencies.reports(holding: name).count }
        }
        return NameReading.Found(
            range: range, field: .agency,
            value: names.first.map { String(decoding: $0, as: UTF8.self) } ?? "", names: names,
            isTelling: reports <= max(3, all / Self.telling))
    }
}
