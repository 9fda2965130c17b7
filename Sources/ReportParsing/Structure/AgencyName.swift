import ChineseText
import ReportModel

/// Names of agencies: how one is told from other words, and the other names a report gives it.
enum AgencyName {
    /// The words that end the name of an agency.
    private static let ends = [
        "局", "委员会", "委", "办公室", "政府", "中心", "厅", "院", "办事处", "管委会", "街道", "镇",
        "乡", "处", "部", "署", "公署", "支队", "大队", "总队", "站", "馆", "会", "办", "苏木",
    ]
    /// Words that name the speaker, not an agency.
    private static let speakers = ["我局", "我镇", "我委", "我区", "我市", "我县", "我办", "我中心", "本机关", "本单位"]

    /// Whether a short line reads as the name of an agency.
    static func isLikely(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        return (4...40).contains(scalars.count) && ItemMark(text) == nil
            && scalars.allSatisfy { $0.isHan || "（）()".unicodeScalars.contains($0) }
            && ends.contains { text.hasSuffix($0) }
            && !speakers.contains { text.hasPrefix($0) }
    }

    /// Words that end an agency's name for certain, the longer ones first.
    private static let strongEnds = [
        "人民政府办公室", "人民政府", "管理委员会", "委员会", "办公室", "办事处", "管委会", "中心", "局", "厅", "院",
    ].map { Array($0.unicodeScalars) }

    /// The agency that opens a narrative: 2024年，某县某局… names 某县某局.
    ///
    /// Only a name that begins with a known division counts; otherwise nil.
    static func opening(_ text: String, gazetteer: Gazetteer) -> String? {
        var scalars = Array(text.unicodeScalars.prefix(60))[...]
        if let year = CalendarYear.first(in: scalars, needsSuffix: true), year.range.lowerBound == 0
        {
            scalars = scalars[year.range.upperBound...]
        }
        while let first = scalars.first, "，, ".unicodeScalars.contains(first) {
            scalars.removeFirst()
        }
        guard let place = gazetteer.match(in: Array(scalars), at: 0)?.length else { return nil }
        let end = scalars.firstIndex { "，。；：（(、".unicodeScalars.contains($0) } ?? scalars.endIndex
        let clause = Array(scalars[..<end])
        var index = place
        while index < clause.count {
            if let word = strongEnds.first(where: { clause[index...].starts(with: $0) }) {
                return String(String.UnicodeScalarView(clause[..<(index + word.count)]))
            }
            index += 1
        }
        return nil
    }

    /// Other names that a report's narrative gives its agency.
    ///
    /// A name counts when it ends in the agency's own last characters, begins with the agency's
    /// place or the word for its level (市, 县, 区…) and is the agency's name but for a few
    /// characters: 市政务服务和大数据管理局 for 卫辉市政务和大数据管理局. The full form of a name that
    /// begins with the level is given with the place, so that both can be searched for.
    static func aliases(
        of agency: String, region: Region, in passages: [Passage]
    ) -> [String] {
        let name = Array(agency.unicodeScalars)
        guard name.count >= 6 else { return [] }
        let place = placeLength(of: name, region: region)
        let level: Unicode.Scalar? = place > 0 ? name[place - 1] : nil
        let ending = Array(name.suffix(3))
        var found: [String] = []
        func add(_ alias: [Unicode.Scalar]) {
            let text = String(String.UnicodeScalarView(alias))
            if text != agency, !found.contains(text) { found.append(text) }
        }
        for passage in passages.prefix(12) {
            let text = Array(passage.text.unicodeScalars)
            var searched = 0
            while let met = text.offset(of: ending, from: searched) {
                searched = met + 1
                let end = met + ending.count
                // （以下简称…） names the alias outright.
                for start in max(0, end - name.count - 8)..<met {
                    let candidate = Array(text[start..<end])
                    if candidate.count > name.count,
                        candidate.suffix(name.count).elementsEqual(name),
                        isPlace(candidate.dropLast(name.count), in: region)
                    {
                        add(candidate)
                    } else if let level, candidate.first == level,
                        start == 0 || !isPartOfPlace(text, start, region: region)
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

    /// How many leading scalars of a name are its place.
    private static func placeLength(of name: [Unicode.Scalar], region: Region) -> Int {
        var length = 0
        for place in region.names {
            let place = Array(place.unicodeScalars)
            if name[length...].starts(with: place) { length += place.count }
        }
        return length
    }

    private static func isPlace(
        _ text: ArraySlice<Unicode.Scalar>, in region: Region
    ) -> Bool {
        let text = String(String.UnicodeScalarView(text))
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
