import ChineseText

/// The title of a report and what it says of agency and year.
struct Title {
    /// The title as printed, without spaces.
    let text: String
    /// The text before and after the year, up to the words 政府信息公开…; empty when none, or when it
    /// names nobody.
    let agency: String
    /// Whether the agency's end was shared with the title's tail or added by rule.
    let isAgencyInferred: Bool
    /// What stands where the agency belongs but names none, such as 我局; nil otherwise.
    let rejected: String?
    /// The year that the title names; nil when it names none.
    let year: Int?
    /// The indices of the lines that hold nothing but the title.
    let lines: [Int]
    /// The index of the line on which the title begins.
    let line: Int

    /// A title stands within this many non-blank lines of the start, even after a heading.
    private static let searchedLines = 60
    /// A title is never longer than this, in characters.
    static let longest = 90
    /// A piece of a title that is split over lines is never longer than this.
    private static let longestPiece = 40
    /// A title is split over no more lines than this.
    private static let mostPieces = 4

    /// The title among the first lines of a file, or nil when there is none.
    ///
    /// Of several the one that says most wins: that names an agency, one of a known place, a year.
    /// A title inside a sentence, 现发布《…》, counts only when no line is one; a tail with a slip of
    /// the pen only when none is without.
    init?(in lines: [SourceLine], wording: FormWording, gazetteer: Gazetteer) {
        let search = TitleSearch(
            lines: lines,
            positions: Array(
                lines.indices.lazy.filter { !lines[$0].isBlank }.prefix(Self.searchedLines)),
            wording: wording, gazetteer: gazetteer)
        for tail in [TitleSearch.TailKind.exact, .quoted, .misspelt] {
            let titles = search.titles(tail)
            guard let best = titles.map(\.rank).max() else { continue }
            let ranked = titles.filter { $0.rank == best }
            guard let first = ranked.first else { continue }
            // 某县卫生健康委 and 某县卫生健康委员会 are one agency, and the longer form its name.
            self =
                ranked.last { $0.agency.hasPrefix(first.agency) && $0.agency != first.agency }
                ?? first
            return
        }
        return nil
    }

    /// The title that a document gives of itself outside its text; nil when it is no report's.
    init?(named name: String, wording: FormWording, gazetteer: Gazetteer) {
        // The site's name may stand after a space.
        let titles = ([name] + name.spacedWords.map { String($0) }).lazy.compactMap { part in
            let text = TextRepair.repaired(part).titlePiece.withoutSite
            return TitleTail(of: text, wording: wording).flatMap {
                Title(
                    text, tail: $0, lines: [], line: 0, wording: wording, gazetteer: gazetteer)
            }
        }
        guard let title = titles.first(where: { !$0.agency.isEmpty }) else { return nil }
        self = title
    }

    /// How much the title says.
    var rank: Int {
        (agency.isEmpty ? 0 : 4) + (year == nil ? 0 : 2) + (rejected == nil ? 1 : 0)
    }

    /// Whether a line could be a whole title or a piece of one: short, unnumbered, no sentence.
    static func mayHold(_ line: SourceLine, piece: String? = nil, pieces: Int) -> Bool {
        let text = piece ?? line.text.trimmingTitleSigns
        // 标题：某局2022年… has its colon before the title.
        let holdsSentence =
            line.signs.contains(.sentence)
            && text.unicodeScalars.contains {
                switch $0 {
                case "，", "。", "；", "！", "？", "：", ":", ">", "〉", "|": true
                default: false
                }
            }
        return line.length <= (pieces == 1 ? longest : longestPiece) && !holdsSentence
            && ItemMark(text) == nil
    }

    /// Reads a text that ends in a tail.
    init?(
        _ text: String, tail: TitleTail, lines: [Int], line: Int, wording: FormWording,
        gazetteer: Gazetteer
    ) {
        let scalars = text.scalars()
        let head = scalars[..<tail.start]
        let (found, year) = Self.nameAndYear(wording.aligned(Array(head)))
        var name = String(scalars: head[found])
        var inferred = false
        var rejected: String?
        // A lone character is what a break left of 政府信息公开.
        if name.unicodeScalars.count < 2 { name = "" }
        let remark = String(scalars: tail.remark)
        if name.isEmpty, AgencyName.isLikely(remark) { name = remark }
        let isMasked = AgencyName.isMasked(name)
        if !name.isEmpty, isMasked || !Self.isName(wording.simplified(name), gazetteer: gazetteer) {
            rejected = name
            name = ""
        } else if tail.startsWithGovernment, name.hasSuffix("人民") {
            name += "政府"
            inferred = true
        } else if !name.isEmpty, gazetteer.isPlace(wording.simplified(name)) {
            // 衡阳市政府信息公开… shares its 政府; 晋安区2016年… names no agency at all.
            let isShared =
                tail.startsWithGovernment && tail.start > 0
                && CalendarYear.digit(scalars[tail.start - 1]) == nil
                && scalars[tail.start - 1] != "年" && scalars[tail.start - 1] != "度"
            name += isShared ? "政府" : "人民政府"
            inferred = true
        }
        self.text = text.withoutRemark
        self.agency = name
        self.isAgencyInferred = inferred
        self.rejected = rejected
        // A form that was never filled in is of no year.
        self.year = isMasked ? nil : year ?? tail.year
        self.lines = lines
        self.line = line
    }

    /// Whether a text that stands where the agency belongs is a name: no spam stands before its place.
    private static func isName(_ name: String, gazetteer: Gazetteer) -> Bool {
        let scalars = name.scalars()
        guard AgencyName.isPlausible(scalars) else { return false }
        guard let first = scalars.first, AgencyName.isLetter(first) else { return true }
        // bet88官方网站
        let letters = scalars.prefix { (0x61...0x7A).contains($0.value) }
        if letters.count >= fewestSpamLetters { return false }
        return !(1..<scalars.count).contains { gazetteer.match(in: scalars, at: $0) != nil }
    }

    /// No name of an agency begins with so many small letters.
    private static let fewestSpamLetters = 3

    /// Splits 孟津区…局2022年 or 2022年…局 into the name and the year.
    static func nameAndYear(
        _ head: [Unicode.Scalar]
    ) -> (name: Range<Int>, year: Int?) {
        guard let first = CalendarYear.first(in: head, needsSuffix: false) else {
            return (trimmed(head[...]), nil)
        }
        // 某市2022冬奥场馆管理中心2023年: what ends the head is the year.
        let next = head[first.range.upperBound...]
        if head[first.range.upperBound - 1].isDigit, next.count > 6, next.first?.isHan == true,
            let last = CalendarYear.first(in: next, needsSuffix: true),
            last.range.upperBound == head.count
        {
            return (trimmed(head[..<last.range.lowerBound]), last.year)
        }
        let before = trimmed(head[..<first.range.lowerBound])
        let after = trimmed(head[first.range.upperBound...])
        return (before.isEmpty ? after : before, first.year)
    }

    private static func trimmed(_ name: ArraySlice<Unicode.Scalar>) -> Range<Int> {
        var name = name
        for word in leadingWords where name.starts(with: word) { name = name.dropFirst(word.count) }
        // （某局）2022年…
        if let first = name.first, let last = name.last, "（(".unicodeScalars.contains(first),
            "）)".unicodeScalars.contains(last),
            !name.dropFirst().contains(where: { "（(".unicodeScalars.contains($0) })
        {
            name = name.dropFirst().dropLast()
        }
        while let first = name.first, "（(）)-—_·:：".unicodeScalars.contains(first) {
            name.removeFirst()
        }
        // 《某县志》编纂办公室 has book marks of its own.
        if name.first == "《", !name.contains("》") { name.removeFirst() }
        var count = 0
        while count != name.count {
            count = name.count
            for word in trailingWords where name.ends(with: word) {
                name = name.dropLast(word.count)
            }
            while let last = name.last, "《（(-—_·:：".unicodeScalars.contains(last) {
                name.removeLast()
            }
        }
        return name.prefix(AgencyName.lengthWithoutRemark(name)).indices
    }

    private static let leadingWords = [
        "关于印发", "关于公布", "关于发布", "关于", "现发布", "现公布", "现将", "《关于", "发布", "公布",
    ].map { $0.scalars() }
    private static let trailingWords = ["关于", "的", "编制", "发布", "公布", "公开", "报送", "印发", "上报", "呈报"]
        .map { $0.scalars() }
}
