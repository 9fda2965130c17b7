import ChineseText

/// Reports that reached us on one line, headings and all.
enum InlineHeadings {
    /// The lines, with those that hold several official headings cut before and after each.
    ///
    /// The pieces keep the number of their line and its spaces, which tell cells apart.
    static func split(_ lines: [SourceLine], wording: FormWording) -> [SourceLine] {
        guard lines.contains(where: { $0.text.utf8.count > longestPlain }) else { return lines }
        return lines.flatMap { line in
            line.text.utf8.count > longestPlain ? pieces(of: line, wording: wording) : [line]
        }
    }

    /// A line with fewer bytes of UTF-8 does not hold several sections.
    private static let longestPlain = 600

    private static func pieces(of line: SourceLine, wording: FormWording) -> [SourceLine] {
        // Headings are told apart by the spaces around them.
        guard line.raw.utf8.count != line.text.utf8.count || line.text.utf8.contains(0x20)
        else { return [line] }
        let words = line.raw.unicodeScalars.split { $0.isSpace }
            .map { String(Substring($0)) }
        let isHeading = words.map { isOfficialHeading($0, wording: wording) }
        guard isHeading.count(where: \.self) >= 3 else { return [line] }
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

    private static func isOfficialHeading(_ word: String, wording: FormWording) -> Bool {
        guard let mark = ItemMark(word), mark.kind == .chinese else { return false }
        let body = String(String.UnicodeScalarView(word.unicodeScalars.dropFirst(mark.length)))
        let scalars = wording.scalars(of: body)
        let match = SectionWords.match(scalars, isParenthesised: false, hasMark: true)
        return match?.isComplete == true && match?.length == scalars.count
    }
}
