import ChineseText

/// Reports that reached us on one line, headings and all.
enum InlineHeadings {
    /// The lines, with those that hold several official headings cut before and after each.
    ///
    /// The pieces keep the number of their line and its spaces, which tell cells apart.
    static func split(_ lines: [SourceLine], wording: FormWording) -> [SourceLine] {
        var cut: [Int: [SourceLine]] = [:]
        for index in lines.indices
        where lines[index].text.utf8.count > longestPlain
            && lines[index].signs.contains(.heading)
        {
            cut[index] = pieces(of: lines[index], wording: wording)
        }
        if cut.isEmpty { return lines }
        return lines.indices.flatMap { cut[$0] ?? [lines[$0]] }
    }

    /// A line with fewer bytes of UTF-8 does not hold several sections.
    private static let longestPlain = 600

    /// The numbers of official headings on a line that is a report; with more it is none.
    private static let headingCounts = 3...100
    /// The most words between spaces on such a line.
    private static let mostWords = 100_000

    /// The pieces of a line; nil when it holds no several headings, or is several lines that are
    /// read together.
    private static func pieces(of line: SourceLine, wording: FormWording) -> [SourceLine]? {
        guard !line.isSeveral else { return nil }
        // Headings are told apart by the spaces around them.
        guard line.raw.utf8.count != line.text.utf8.count || line.text.utf8.contains(0x20)
        else { return nil }
        guard holdsMarks(line.text) else { return nil }
        let words = Array(line.raw.spacedWords.prefix(mostWords + 1))
        guard words.count <= mostWords else { return nil }
        let isHeading = words.map { isOfficialHeading($0, wording: wording) }
        guard headingCounts.contains(isHeading.count { $0 }) else { return nil }
        var pieces: [[String]] = [[]]
        for (word, isHeading) in zip(words, isHeading) {
            if isHeading {
                pieces += [[word], []]
            } else if ItemMark(word)?.kind == .parenthesised {
                pieces.append([word])
            } else {
                pieces[pieces.count - 1].append(word)
            }
        }
        return pieces.filter { !$0.isEmpty }.map {
            SourceLine(number: line.number, raw: $0.joined(separator: " "))
        }
    }

    /// Whether as many numerals stand before signs, as in 一、, as a report on one line has headings.
    private static func holdsMarks(_ text: String) -> Bool {
        var marks = 0
        var isNumeral = false
        for scalar in text.unicodeScalars {
            if isNumeral, scalar == "、" || scalar == "." || scalar == "．" {
                marks += 1
                if marks == headingCounts.lowerBound { return true }
            }
            isNumeral = scalar.isNumeral
        }
        return false
    }

    private static func isOfficialHeading(_ word: String, wording: FormWording) -> Bool {
        guard let mark = ItemMark(word), mark.kind == .chinese else { return false }
        let body = String(scalars: word.unicodeScalars.dropFirst(mark.length))
        let scalars = wording.scalars(of: body)
        let match = SectionWords.match(scalars, isParenthesised: false, hasMark: true)
        return match?.isComplete == true && match?.length == scalars.count
    }
}
