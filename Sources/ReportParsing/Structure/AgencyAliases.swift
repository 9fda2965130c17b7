import ChineseText
import ReportModel

/// The other names that a report gives its agency.
struct AgencyAliases {
    let reader: AgencyNameReader

    /// Other names that a report's narrative gives its agency.
    ///
    /// A name counts when it ends in the agency's own last characters, begins with the agency's
    /// place or the word for its level (市, 县, 区…) and is the agency's name but for a few
    /// characters: 市政务服务和大数据管理局 for 卫辉市政务和大数据管理局. The full form of a name that
    /// begins with the level is given with the place, so that both can be searched for. What the
    /// text calls 以下简称 is a name too.
    func aliases(of agency: String, region: Region, in passages: [FoldedScalars]) -> [String] {
        let name = agency.scalars()
        var found: [String] = []
        func add(_ alias: [Unicode.Scalar]) {
            let text = String(scalars: alias)
            if text != agency, !found.contains(text) { found.append(text) }
        }
        for passage in passages {
            if let alias = shortened(name, in: passage) { add(alias) }
        }
        // 某区人民政府及其办公室 are two agencies with one report.
        let office = name + Array("及其办公室".unicodeScalars)
        if passages.contains(where: { $0.scalars.offset(of: office) != nil }) {
            add(name + Array("办公室".unicodeScalars))
        }
        guard name.count >= 6 else { return found }
        let place = Self.placeLength(of: name, region: region)
        let level: Unicode.Scalar? = place > 0 ? name[place - 1] : nil
        let ending = Array(name.suffix(3))
        for text in passages.map(\.scalars) {
            var searched = 0
            while let met = text.offset(of: ending, from: searched) {
                searched = met + 1
                let end = met + ending.count
                for start in max(0, end - name.count - 8)..<met {
                    let candidate = Array(text[start..<end])
                    if candidate.count > name.count,
                        candidate.suffix(name.count).elementsEqual(name),
                        Self.isPlace(candidate.dropLast(name.count), in: region)
                    {
                        add(candidate)
                    } else if let level, candidate.first == level,
                        start == 0 || !Self.isPartOfPlace(text, start, region: region)
                    {
                        let own = Array(name[(place - 1)...])
                        let distance = editDistance(candidate, own)
                        if distance <= max(1, own.count / 4), candidate.count >= 5 {
                            add(Array(name[..<(place - 1)]) + candidate)
                            add(candidate)
                        }
                    }
                }
            }
        }
        return found
    }

    private static let called: WordList = ["以下简称", "简称"]

    /// The other name of an agency where the text says 某市应急管理局（以下简称市应急局）; nil elsewhere.
    private func shortened(
        _ name: [Unicode.Scalar], in text: FoldedScalars
    ) -> [Unicode.Scalar]? {
        let scalars = text.folded
        guard let met = scalars.matches(of: Self.called).first,
            let open = scalars[..<met.lowerBound].lastIndex(of: "("),
            let close = scalars[met.upperBound...].firstIndex(where: {
                "),。".unicodeScalars.contains($0)
            })
        else { return nil }
        let short = text.scalars[met.upperBound..<close].filter {
            !"“”\"「」‘’：:".unicodeScalars.contains($0)
        }
        // The full name ends at the bracket; it begins where a place does.
        let start = (max(0, open - AgencyNameReader.longest)..<open).first {
            reader.length(of: scalars[$0..<open]) == open - $0
        }
        guard let start else { return nil }
        let full = Array(text.scalars[start..<open])
        if short == name { return full }
        return full == name && AgencyName.isPlausible(short) ? short : nil
    }

    /// How many leading scalars of a name are its place.
    private static func placeLength(of name: [Unicode.Scalar], region: Region) -> Int {
        var length = 0
        for place in region.names {
            let place = place.scalars()
            if name[length...].starts(with: place) { length += place.count }
        }
        return length
    }

    private static func isPlace(
        _ text: ArraySlice<Unicode.Scalar>, in region: Region
    ) -> Bool {
        let text = String(scalars: text)
        let names = region.names
        return names.indices.contains { names[$0...].joined() == text }
            || names.contains(text)
            || names.indices.contains { names[...$0].joined() == text }
    }

    /// Whether the scalar at `start` is the end of the place's own name (the 市 of 卫辉市).
    private static func isPartOfPlace(
        _ text: [Unicode.Scalar], _ start: Int, region: Region
    ) -> Bool {
        region.names.contains { place in
            let stem = Array(place.unicodeScalars.dropLast())
            return start >= stem.count && text[(start - stem.count)..<start].elementsEqual(stem)
        }
    }
}
