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
    /// What stands in the agency's place but names none, such as 我局; nil otherwise.
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
    private static let longest = 90
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
        let text = TextRepair.repaired(name).trimmingTitleSigns
        guard let tail = TitleTail(of: text, wording: wording) else { return nil }
        self.init(text, tail: tail, lines: [], line: 0, wording: wording, gazetteer: gazetteer)
        if agency.isEmpty { return nil }
    }

    /// How much the title says.
    fileprivate var rank: Int {
        (agency.isEmpty ? 0 : 4) + (year == nil ? 0 : 2) + (rejected == nil ? 1 : 0)
    }

    /// Whether a line could be a whole title or a piece of one: short, unnumbered, no sentence.
    static func mayHold(_ line: SourceLine, pieces: Int) -> Bool {
        line.length <= (pieces == 1 ? longest : longestPiece)
            && !line.signs.contains(.sentence)
            && ItemMark(line.text.trimmingTitleSigns) == nil
    }

    /// Reads a text that ends in a tail.
    fileprivate init?(
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
        if !name.isEmpty,
            AgencyName.isMasked(name) || !AgencyName.isPlausible(wording.simplified(name))
        {
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
        self.year = year ?? tail.year
        self.lines = lines
        self.line = line
    }

    /// Splits 孟津区…局2022年 or 2022年…局 into the name and the year.
    private static func nameAndYear(
        _ head: [Unicode.Scalar]
    ) -> (name: Range<Int>, year: Int?) {
        guard let first = CalendarYear.first(in: head, needsSuffix: false) else {
            return (trimmed(head[...]), nil)
        }
        let before = trimmed(head[..<first.range.lowerBound])
        let after = trimmed(head[first.range.upperBound...])
        return (before.isEmpty ? after : before, first.year)
    }

    private static func trimmed(_ name: ArraySlice<Unicode.Scalar>) -> Range<Int> {
        var name = name
        for word in trimmedWords where name.starts(with: word) { name = name.dropFirst(word.count) }
        while let last = name.last, "的关于《（(-—_·".unicodeScalars.contains(last) {
            name.removeLast()
        }
        while let first = name.first, "《（(）)-—_·:：".unicodeScalars.contains(first) {
            name.removeFirst()
        }
        return name.indices
    }

    private static let trimmedWords = ["关于印发", "关于公布", "关于发布", "关于", "现发布", "现公布", "《"]
        .map { Array($0.unicodeScalars) }
}

/// The search for titles in the first lines of a file.
private struct TitleSearch {
    /// Where a title's tail may stand and how it may be written.
    enum TailKind {
        case exact
        case quoted
        case misspelt
    }

    let lines: [SourceLine]
    /// The non-blank lines that are searched.
    let positions: [Int]
    let wording: FormWording
    let gazetteer: Gazetteer

    /// The titles of a kind, in file order.
    func titles(_ kind: TailKind) -> [Title] {
        positions.indices.compactMap { position in
            let line = lines[positions[position]]
            // Every title ends in 报告 or 年报, or in a piece of it.
            guard line.signs.contains(.title) else { return nil }
            return kind == .quoted
                ? quoted(in: line.text, at: positions[position])
                : title(endingAt: position, isMisspelt: kind == .misspelt)
        }
    }

    /// The title whose last line stands at a position.
    ///
    /// Lines above are taken in while the text has no tail or names no agency.
    private func title(endingAt end: Int, isMisspelt: Bool) -> Title? {
        var best: Title?
        var text = ""
        for count in 1...4 where end - count + 1 >= 0 {
            let start = end - count + 1
            let line = lines[positions[start]]
            guard Title.mayHold(line, pieces: count == 1 ? 1 : 2) else { break }
            if DateLine.matches(line, wording: wording) { break }
            let piece = line.text.trimmingTitleSigns
            if count > 1, best != nil || TitleTail(of: piece, wording: wording) != nil {
                guard let known = best, isWorthTaking(piece, above: known) else { break }
            }
            text = piece + text
            guard text.unicodeScalars.count <= 90 else { break }
            let tail =
                TitleTail(of: text, wording: wording)
                ?? (isMisspelt ? TitleTail(misspeltIn: text.withoutSite, wording: wording) : nil)
            guard let tail else {
                if best != nil { break }
                continue
            }
            let title = Title(
                text.withoutSite, tail: tail, lines: Array(positions[start...end]),
                line: positions[start], wording: wording, gazetteer: gazetteer)
            guard let title else { break }
            if let known = best, known.agency == title.agency, known.year == title.year { break }
            best = title
            // A slip of the pen is not looked for across lines.
            if isMisspelt { break }
        }
        return best
    }

    /// Whether the line above a title is a piece of it: an agency when it has none, the beginning
    /// of its agency's name when that begins with no place.
    private func isWorthTaking(_ piece: String, above title: Title) -> Bool {
        // …局2 and 024年…: the year was cut.
        if title.rejected != nil, Punctuation.endsInDigit(piece),
            Punctuation.beginsWithDigit(title.text)
        {
            return true
        }
        var evidence = DocumentEvidence()
        if title.rejected != nil || PageFurniture.takes(piece, into: &evidence) { return false }
        guard TitleTail(of: piece, wording: wording) == nil else { return false }
        let scalars = piece.scalars()
        let body = scalars.filter { CalendarYear.digit($0) == nil || $0.isHan }
        guard body.allSatisfy({ $0.isHan || "（）()".unicodeScalars.contains($0) }) else {
            return false
        }
        if title.agency.isEmpty {
            // …退役军人事务 and 局2021年…, …局2021 and 年…: the cut was before a last character.
            let longer = piece + title.text.prefix(1)
            return AgencyName.isLikely(wording.simplified(piece))
                || AgencyName.isLikely(wording.simplified(longer))
                || CalendarYear.first(in: longer.scalars(), needsSuffix: true) != nil
        }
        let name = wording.simplified(title.agency).scalars()
        let above = wording.aligned(scalars)
        if gazetteer.match(in: name, at: 0) != nil {
            // 某省 stands alone above 某市某局2022年…; 商洛市镇 above 安县某局2022年… was cut.
            guard above.count <= 20, let length = gazetteer.placeLength(in: above, at: 0) else {
                return false
            }
            return length == above.count
                || gazetteer.placeLength(in: above + name, at: 0) ?? 0 > above.count
        }
        let isCutPlace =
            above.count <= 20 && gazetteer.match(in: above, at: 0) == nil
            && gazetteer.match(in: above + name, at: 0) != nil
        if isCutPlace { return true }
        let isWhole = AgencyName.isLikely(wording.simplified(piece))
        if isWhole, AgencyName.isLikely(wording.simplified(title.agency)) { return false }
        return AgencyName.holdsLevel(above.prefix(20))
    }

    private static let nameLabels: WordList = ["名称:", "标题:"]
    private static let announcing: WordList = [
        "发布", "公布", "现将", "编制", "公开", "形成", "撰写", "报告如下",
    ]

    /// The title that a sentence announces, as in 现发布《…》.
    private func quoted(in text: String, at line: Int) -> Title? {
        let scalars = text.scalars(limit: 400)
        let folded = wording.aligned(scalars)
        if let label = folded.places(of: Self.nameLabels).first {
            // 信息名称：某局2022年…, in the data about a page.
            let words = scalars[label.upperBound...].split(whereSeparator: \.isSpace)
            let name = words.first.map { String(scalars: $0) } ?? ""
            if let tail = TitleTail(of: name, wording: wording) {
                return Title(
                    name, tail: tail, lines: [], line: line, wording: wording,
                    gazetteer: gazetteer)
            }
        }
        guard let open = scalars.firstIndex(of: "《") else { return nil }
        var start = open
        while start < scalars.count {
            guard let end = scalars[start...].firstIndex(of: "》") else { return nil }
            let inside = String(scalars: scalars[(start + 1)..<end])
            let before = folded[max(0, start - 14)..<start]
            let isAnnounced = start == 0 || before.holds(anyOf: Self.announcing)
            if isAnnounced, let tail = TitleTail(of: inside, wording: wording),
                let title = Title(
                    inside, tail: tail, lines: end - start + 1 == scalars.count ? [line] : [],
                    line: line, wording: wording, gazetteer: gazetteer), !title.agency.isEmpty
            {
                return title
            }
            guard let next = scalars[end...].firstIndex(of: "《") else { return nil }
            start = next
        }
        return nil
    }
}

/// The end of a title: 政府信息公开工作年度报告 and its many wordings.
struct TitleTail {
    /// The offset of the tail's first scalar.
    let start: Int
    /// Whether the tail begins with 政府, which an agency's name may share.
    let startsWithGovernment: Bool
    /// A year inside the tail; nil when there is none.
    let year: Int?
    /// What stands in brackets after the tail, folded; empty when nothing does.
    let remark: [Unicode.Scalar]

    private static let openers = ["政府信息公开", "政务信息公开", "信息公开", "政务公开"]
        .map { Array($0.unicodeScalars) }
    private static let words = [
        "工作", "年度", "年", "度", "的", "情况", "总结", "暨", "学年", "—", "-", "至", "统计", "依申请公开", "(", ")",
    ].map { Array($0.unicodeScalars) }
    private static let ends = ["报告", "年报"].map { Array($0.unicodeScalars) }
    /// Tails that one with a slip of the pen is compared with.
    private static let models = ["政府信息公开工作年度报告", "政府信息公开年度报告", "信息公开工作年度报告"]
        .map { Array($0.unicodeScalars) }
    /// The most characters that may be wrong, missing or too many.
    private static let mostSlips = 2

    /// The tail of a text that ends in one; the text may go on with a remark in brackets or the
    /// name of the site.
    init?(of text: String, wording: FormWording) {
        let scalars = text.withoutSite.unicodeScalars
        guard scalars.contains(where: { $0 == "报" || $0 == "報" }),
            scalars.contains(where: { $0 == "公" })
        else { return nil }
        let folded = wording.scalars(of: text.withoutSite)
        for opener in Self.openers {
            var from = 0
            while let place = folded.offset(of: opener, from: from) {
                from = place + 1
                guard let tail = Self.tail(of: folded, from: place + opener.count) else { continue }
                start = place
                startsWithGovernment = folded[place] == "政" && opener.count == 6
                year = tail.year
                remark = tail.remark
                return
            }
        }
        return nil
    }

    /// The tail of a text that ends in one but for a slip of the pen.
    init?(misspeltIn text: String, wording: FormWording) {
        let folded = wording.scalars(of: text)
        guard folded.count >= 8, folded.count <= 60 else { return nil }
        var best: (distance: Int, start: Int)?
        for model in Self.models {
            for length in (model.count - Self.mostSlips)...(model.count + Self.mostSlips)
            where length <= folded.count {
                let start = folded.count - length
                guard folded[start] == model[0] else { continue }
                let distance = editDistance(Array(folded[start...]), model)
                if distance <= Self.mostSlips, distance < best?.distance ?? .max {
                    best = (distance, start)
                }
            }
        }
        guard let best else { return nil }
        start = best.start
        startsWithGovernment = folded[best.start] == "政"
        year = nil
        remark = []
    }

    private static func tail(
        of text: [Unicode.Scalar], from start: Int
    ) -> (year: Int?, remark: [Unicode.Scalar])? {
        var rest = text[start...]
        var year: Int?
        var hasEnd = false
        scan: while !rest.isEmpty {
            for end in ends where rest.starts(with: end) {
                rest = rest.dropFirst(end.count)
                hasEnd = true
                continue scan
            }
            // A remark in brackets ends the title.
            if hasEnd, rest.first == "(" { break }
            for word in words where rest.starts(with: word) {
                rest = rest.dropFirst(word.count)
                continue scan
            }
            if let found = CalendarYear.first(in: rest, needsSuffix: false),
                found.range.lowerBound == rest.startIndex
            {
                year = found.year
                rest = rest[found.range.upperBound...]
                continue scan
            }
            break
        }
        if let first = rest.first, first == "》" { rest.removeFirst() }
        var remark: [Unicode.Scalar] = []
        if let first = rest.first, first == "(", rest.last == ")" {
            remark = Array(rest.dropFirst().dropLast())
            rest = []
        }
        // A page may print the date of publication on the same line.
        if hasEnd, rest.allSatisfy({ CalendarYear.isPartOfDate($0) }) { rest = [] }
        guard hasEnd, rest.isEmpty else { return nil }
        return (year ?? CalendarYear.first(in: remark, needsSuffix: false)?.year, remark)
    }
}

/// A year of the calendar written in a text.
enum CalendarYear {
    /// Reports exist since the regulation of 2008; a year far outside is a number of another kind.
    private static let plausible = 2003...2099

    /// The first year in a text, with the range that holds it and the 年 or 年度 after it.
    static func first(
        in text: some RandomAccessCollection<Unicode.Scalar>, needsSuffix: Bool
    ) -> (year: Int, range: Range<Int>)? {
        let scalars = Array(text)
        let base = (text as? ArraySlice<Unicode.Scalar>)?.startIndex ?? 0
        var index = 0
        while index + 4 <= scalars.count {
            if let year = year(in: scalars, at: index) {
                var end = index + 4
                var hasSuffix = false
                if end < scalars.count, scalars[end] == "年" {
                    end += 1
                    hasSuffix = true
                    if end < scalars.count, scalars[end] == "度" { end += 1 }
                }
                if hasSuffix || !needsSuffix { return (year, (base + index)..<(base + end)) }
            }
            index += 1
        }
        return nil
    }

    /// The year whose four digits stand at a place, with no digit beside them.
    private static func year(in scalars: [Unicode.Scalar], at index: Int) -> Int? {
        guard let first = digit(scalars[index]), first == 2,
            let second = digit(scalars[index + 1]), let third = digit(scalars[index + 2]),
            let fourth = digit(scalars[index + 3]),
            index == 0 || !areOneNumber(scalars[index - 1], scalars[index]),
            index + 4 == scalars.count || !areOneNumber(scalars[index + 3], scalars[index + 4])
        else { return nil }
        let year = first * 1000 + second * 100 + third * 10 + fourth
        return plausible.contains(year) ? year : nil
    }

    /// Whether two digits side by side belong to one number: 2022四川省 is a year and a province.
    private static func areOneNumber(_ one: Unicode.Scalar, _ other: Unicode.Scalar) -> Bool {
        digit(one) != nil && digit(other) != nil && one.isHan == other.isHan
    }

    /// The year that the first four digits of a text are, whatever follows: 202111日 has lost the
    /// words between year and day.
    static func leading(_ text: ArraySlice<Unicode.Scalar>) -> Int? {
        let digits = text.prefix(4).compactMap(digit)
        guard digits.count == 4 else { return nil }
        let year = digits.reduce(0) { $0 * 10 + $1 }
        return plausible.contains(year) ? year : nil
    }

    /// Whether a character may stand in a date of digits.
    static func isPartOfDate(_ scalar: Unicode.Scalar) -> Bool {
        (0x30...0x39).contains(scalar.value) || "年月日-/.: ".unicodeScalars.contains(scalar)
    }

    /// The digit that a character is, in any script that years are written in.
    static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "0"..."9": Int(scalar.value) - 0x30
        case "０"..."９": Int(scalar.value) - 0xFF10
        // The letter O is printed for a round zero, and folded to its small form.
        case "〇", "○", "零", "Ｏ", "O", "o": 0
        default: scalar.chineseDigit
        }
    }
}

extension String {
    /// The text without the signs around a title: Markdown marks, brackets, file endings.
    var trimmingTitleSigns: String {
        var text = trimmingHeadingSigns
        if let last = text.utf8.last, last < 0x80 {
            for ending in [".docx", ".doc", ".pdf", ".txt"] where text.hasSuffix(ending) {
                text.removeLast(ending.count)
            }
        }
        if text.unicodeScalars.first == "《", text.unicodeScalars.last == "》" {
            text = String(text.dropFirst().dropLast())
        }
        return text
    }

    /// A title without the remark in brackets at its end, as in …年度报告（图解）.
    fileprivate var withoutRemark: String {
        let end = unicodeScalars.lastIndex { !CalendarYear.isPartOfDate($0) } ?? endIndex
        if end < endIndex, unicodeScalars[end] == "告" || unicodeScalars[end] == "报" {
            return String(unicodeScalars[...end])
        }
        let scalars = unicodeScalars
        guard let last = scalars.last, last == "）" || last == ")",
            let open = scalars.lastIndex(where: { $0 == "（" || $0 == "(" }), open > startIndex
        else { return self }
        return String(self[..<open])
    }

    /// A page's title without the name of the site after it, as in 某局2022年…年度报告_某县人民政府.
    fileprivate var withoutSite: String {
        guard let bar = unicodeScalars.firstIndex(where: { $0 == "_" || $0 == "|" }),
            bar > startIndex
        else { return self }
        return String(self[..<bar]).trimmingHeadingSigns
    }
}
