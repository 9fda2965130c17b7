import ChineseText

/// The search for titles in the first lines of a file.
struct TitleSearch {
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
            return switch kind {
            case .exact: title(endingAt: position, isMisspelt: false) ?? title(inPartsOf: position)
            case .quoted: quoted(in: line.text, at: positions[position])
            case .misspelt: title(endingAt: position, isMisspelt: true)
            }
        }
    }

    /// The title whose last line stands at a position.
    ///
    /// Lines above are taken in while the text has no tail or names no agency.
    private func title(endingAt end: Int, isMisspelt: Bool) -> Title? {
        var best: Title?
        var text = ""
        for count in 1...5 where end - count + 1 >= 0 {
            let start = end - count + 1
            let line = lines[positions[start]]
            guard line.length <= Title.longest else { break }
            let piece = line.text.titlePiece
            guard Title.mayHold(line, piece: piece, pieces: count == 1 ? 1 : 2) else { break }
            if DateLine.matches(line, wording: wording) { break }
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

    /// The title that is one of several cells or words of a line, as in 标题 某局2022年…报告 | 索引号.
    private func title(inPartsOf position: Int) -> Title? {
        let line = lines[positions[position]]
        guard line.raw.utf8.count <= Self.longestData else { return nil }
        let hasCells = !line.signs.isDisjoint(with: [.tab, .bar])
        let steps = line.raw.trailSteps
        let isTrail = steps.count >= Self.fewestSteps
        let isRow = hasCells || isTrail || !line.signs.contains(.sentence)
        guard isRow else { return nil }
        let parts =
            isTrail
            ? steps : hasCells ? line.raw.tableCells : line.raw.spacedWords.map { String($0) }
        guard hasCells || parts.count > 1 else { return nil }
        for part in parts {
            let text = TextRepair.repaired(Pinyin.removed(from: part)).titlePiece
            guard text.unicodeScalars.count <= 90,
                let tail = TitleTail(of: text, wording: wording)
            else { continue }
            let title = Title(
                text.withoutSite, tail: tail, lines: [positions[position]],
                line: positions[position], wording: wording, gazetteer: gazetteer)
            if let title, !title.agency.isEmpty { return title }
        }
        return nil
    }

    /// A line that leads to a page has so many steps at least.
    private static let fewestSteps = 3
    /// A line with more bytes of UTF-8 than this is no row of data about a page.
    private static let longestData = 1_000

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
        guard
            body.allSatisfy({ $0.isHan || "（）()《》“”\"‘’·".unicodeScalars.contains($0) })
                || AgencyName.isLikely(wording.simplified(piece))
                || gazetteer.match(in: wording.aligned(scalars), at: 0) != nil
                    && body.allSatisfy({ $0.isHan || AgencyName.isLetter($0) })
        else { return false }
        if title.agency.isEmpty {
            // …退役军人事务 and 局2021年…, …局2021 and 年…: the cut was before a last character.
            let longer = piece + title.text.prefix(1)
            return AgencyName.isLikely(wording.simplified(piece))
                || AgencyName.isLikely(wording.simplified(longer))
                || Self.bureaus.contains { wording.aligned(scalars).ends(with: $0) }
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

    /// How the name of a bureau ends whose place stands on a line of its own.
    private static let bureaus = ["局", "委员会", "政府", "办公室", "中心", "厅"].map { $0.scalars() }

    /// Where the book marks close that open at an index, others inside them aside.
    private static func closing(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        var depth = 0
        for index in start..<scalars.count {
            if scalars[index] == "《" { depth += 1 }
            if scalars[index] == "》" {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return scalars[start...].firstIndex(of: "》")
    }

    private static let nameLabels: WordList = ["名称:", "标题:"]
    private static let announcing: WordList = [
        "发布", "公布", "现将", "编制", "公开", "形成", "撰写", "报告如下",
    ]

    /// The title that a sentence announces, as in 现发布《…》.
    private func quoted(in text: String, at line: Int) -> Title? {
        let scalars = text.scalars(limit: 400)
        let folded = wording.aligned(scalars)
        if let label = folded.matches(of: Self.nameLabels).first {
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
            guard let end = Self.closing(scalars, from: start) else { return nil }
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
