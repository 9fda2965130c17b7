import ReportOutput
import ReportSearch

/// A passage in lines: cut around its matches when long, broken where Chinese and Latin text may
/// be, every match whole.
struct PassageLayout {
    /// The columns of a line.
    let columns: Int
    /// The most characters shown, unless a match alone is longer.
    let longest: Int

    /// A part of a line, all of it a match or none of it.
    struct Piece {
        var text: String
        var isMatch: Bool
    }

    /// The lines of a text.
    ///
    /// - Parameter matches: what matched, as ranges of scalars from 0, ascending.
    func lines(of text: String, matches: [Range<Int>]) -> [[Piece]] {
        let scalars = Array(text.unicodeScalars)
        var atoms: [Atom] = []
        var end = 0
        var match = matches[...]
        for part in Self.excerpts(of: scalars, around: matches, longest: longest) {
            if part.lowerBound > end { atoms.append(.ellipsis) }
            for index in part {
                while let first = match.first, first.upperBound <= index { match.removeFirst() }
                let isMatch = match.first?.contains(index) ?? false
                let atom = Atom(scalars[index], isMatch: isMatch)
                if atom.width == 0, !atoms.isEmpty {
                    atoms[atoms.count - 1].text += atom.text
                } else {
                    atoms.append(atom)
                }
            }
            end = part.upperBound
        }
        if end < scalars.count { atoms.append(.ellipsis) }
        return broken(atoms)
    }

    // MARK: What is shown

    /// The parts of a text that are shown: all of it when short, otherwise what surrounds the
    /// matches, and never less than the whole first match.
    static func excerpts(
        of text: [Unicode.Scalar], around matches: [Range<Int>], longest: Int
    ) -> [Range<Int>] {
        guard text.count > longest else { return [0..<text.count] }
        guard !matches.isEmpty else { return [0..<longest] }
        let matched = matches.reduce(0) { $0 + $1.count }
        let margin = max(15, (longest - matched) / (2 * matches.count))
        var parts: [Range<Int>] = []
        var shown = 0
        for match in matches {
            var start = sentenceStart(in: text, near: max(0, match.lowerBound - margin), match)
            var end = min(text.count, match.upperBound + margin)
            // No gap is shorter than what it would leave out.
            if let last = parts.last, start < last.upperBound + 4 { start = last.upperBound }
            if start < 4 { start = min(start, parts.isEmpty ? 0 : start) }
            let isJoined = parts.last?.upperBound == start
            if shown > 0, shown + end - start > longest + margin {
                end = min(end, match.upperBound)
                guard shown + end - start <= longest else { break }
            }
            shown += end - start
            if isJoined, let last = parts.popLast() {
                parts.append(last.lowerBound..<max(end, last.upperBound))
            } else {
                parts.append(start..<end)
            }
        }
        // What the matches leave over shows more of what follows.
        if let last = parts.popLast() {
            let spare = max(0, longest - shown)
            parts.append(last.lowerBound..<min(text.count, last.upperBound + spare))
        }
        return parts
    }

    /// A position near another at which a sentence or clause begins; that one when there is none.
    private static func sentenceStart(
        in text: [Unicode.Scalar], near position: Int, _ match: Range<Int>
    ) -> Int {
        guard position > 0 else { return 0 }
        for distance in 0..<12 {
            for candidate in [position - distance, position + distance]
            where candidate > 0 && candidate <= match.lowerBound
                && "。；！？，".unicodeScalars.contains(text[candidate - 1])
            {
                return candidate
            }
        }
        return position
    }

    // MARK: Where lines break

    private struct Atom {
        var text: String
        let width: Int
        let isMatch: Bool
        let scalar: Unicode.Scalar

        static let ellipsis = Atom("…", isMatch: false)

        init(_ scalar: Unicode.Scalar, isMatch: Bool) {
            self.scalar = scalar
            self.isMatch = isMatch
            text = visible(String(scalar))
            width = ReportSearch.width(of: text)
        }

        private static let closing = Set(
            "。，、；：？！）》」』”’〉】…%％‰℃·.,;:?!)]}".unicodeScalars)
        private static let opening = Set("（《「『“‘〈【([{".unicodeScalars)

        /// Whether a line may end before the atom when it follows another.
        func mayBegin(after other: Atom) -> Bool {
            if Self.closing.contains(scalar) || Self.opening.contains(other.scalar) { return false }
            return !(isWordPart && other.isWordPart)
        }

        /// Whether the atom is part of a number or a Latin word.
        private var isWordPart: Bool {
            scalar.isASCII && scalar != " " && scalar.value > 0x20
        }
    }

    private func broken(_ atoms: [Atom]) -> [[Piece]] {
        var lines: [[Piece]] = []
        var start = 0
        while start < atoms.count {
            var end = start
            var used = 0
            while end < atoms.count, used + atoms[end].width <= columns {
                used += atoms[end].width
                end += 1
            }
            if end < atoms.count {
                end = max(end, start + 1)
                // The last index at which the line may end, not too far back.
                let nearest = max(start + 1, end - max(4, columns / 4))
                if let index = (nearest...max(nearest, end)).last(where: {
                    $0 < atoms.count && atoms[$0].mayBegin(after: atoms[$0 - 1])
                }) {
                    end = index
                }
            }
            lines.append(Self.pieces(of: atoms[start..<end]))
            start = end
            while start < atoms.count, atoms[start].scalar == " " { start += 1 }
        }
        return lines.isEmpty ? [[]] : lines
    }

    private static func pieces(of atoms: ArraySlice<Atom>) -> [Piece] {
        var pieces: [Piece] = []
        for atom in atoms {
            if pieces.last?.isMatch == atom.isMatch {
                pieces[pieces.count - 1].text += atom.text
            } else {
                pieces.append(Piece(text: atom.text, isMatch: atom.isMatch))
            }
        }
        return pieces
    }
}
