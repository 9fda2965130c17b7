import Documents

/// Words that are printed across a page and no part of its text.
///
/// poppler gives the letters of a text on a slope as words of one to three characters, each beside
/// and above or below the one before it. A level watermark is larger than the text that it covers.
struct Watermark {
    /// The words of each page without those of watermarks.
    let pages: [[PDFWord]]
    /// The pages that had one, numbered from 0.
    let marked: [Int]

    /// The longest word that a text on a slope is broken into, in characters.
    private static let longestPiece = 3
    /// So many pieces in one direction are no accident of a table.
    private static let fewestPieces = 4
    /// How far a step may be from the length of the two pieces that it joins, as a share of it.
    private static let slack = 0.45
    /// Two steps are one direction when the sine of the angle between them is less.
    private static let sameDirection = 0.3
    /// Steps that go less than this share of their length across, or along, are those of columns
    /// and lines.
    private static let leastSlope = 0.1
    /// How many times larger than the text a level watermark is.
    private static let largeTimes = 1.5
    /// How many times larger than the text it is where it covers none, and how often it is printed.
    private static let hugeTimes = 2.4
    private static let fewestRepeats = 3
    /// A word is covered when so much of its height lies behind another one.
    private static let coveredShare = 0.3
    /// More words than this are no report's page, and are not compared with each other.
    private static let mostWords = 2_000

    /// - Parameter pages: the words of each page.
    init(in pages: [[PDFWord]]) {
        let usual = Self.usualSize(of: pages)
        var isPart = pages.map { [Bool](repeating: false, count: $0.count) }
        // What lies over the text of one page is no text on the others, nor is what is printed again
        // and again in a size of its own.
        var level = Self.repeated(pages, usual)
        for (page, words) in pages.enumerated() where words.count <= Self.mostWords {
            for chain in Self.slopes(in: words) {
                for index in chain { isPart[page][index] = true }
            }
            for index in Self.covering(words, usual) {
                isPart[page][index] = true
                level.insert(words[index].text)
            }
        }
        if !level.isEmpty {
            for (page, words) in pages.enumerated() {
                let large = Self.largeTimes * usual
                for (index, word) in words.enumerated()
                where word.box.height > large && level.contains(word.text) {
                    isPart[page][index] = true
                }
            }
        }
        self.pages = pages.indices.map { page in
            pages[page].indices.filter { !isPart[page][$0] }.map { pages[page][$0] }
        }
        marked = isPart.indices.filter { isPart[$0].contains(true) }
    }

    // MARK: On a slope

    private static func slopes(in words: [PDFWord]) -> [[Int]] {
        let pieces = words.indices.filter {
            words[$0].text.unicodeScalars.count <= longestPiece
        }
        var isTaken = Set<Int>()
        var chains: [[Int]] = []
        for start in pieces where !isTaken.contains(start) {
            for second in pieces where second != start && !isTaken.contains(second) {
                guard let direction = step(from: words[start], to: words[second]) else { continue }
                var chain = [start, second]
                while let next = pieces.first(where: { other in
                    guard !chain.contains(other), !isTaken.contains(other),
                        let next = step(from: words[chain[chain.count - 1]], to: words[other])
                    else { return false }
                    return next.isNear(direction)
                }) {
                    chain.append(next)
                }
                if chain.count >= fewestPieces {
                    while let before = pieces.first(where: { other in
                        guard !chain.contains(other), !isTaken.contains(other),
                            let last = step(from: words[other], to: words[chain[0]])
                        else { return false }
                        return last.isNear(direction)
                    }) {
                        chain.insert(before, at: 0)
                    }
                    chains.append(chain)
                    isTaken.formUnion(chain)
                    break
                }
            }
        }
        return chains
    }

    /// The pieces apart from a chain that print its characters in its size, which is not that of
    /// the text.
    private static func stragglers(
        of chain: [Int], in words: [PDFWord], _ usual: Double
    ) -> [Int] {
        let size = chain.map { words[$0].size }.sorted()[chain.count / 2]
        guard abs(size - usual) > 0.15 * size else { return [] }
        let characters = Set(chain.flatMap { words[$0].text.unicodeScalars })
        return words.indices.filter { index in
            let word = words[index]
            return word.text.unicodeScalars.count <= longestPiece
                && abs(word.size - size) < 0.1 * size
                && word.text.unicodeScalars.allSatisfy(characters.contains)
        }
    }

    /// A direction on the page: the cosine and the sine of its angle.
    private struct Direction {
        var across: Double
        var along: Double

        /// Whether the angle between two directions is small.
        func isNear(_ other: Direction) -> Bool {
            across * other.across + along * other.along > 0
                && abs(across * other.along - along * other.across) < sameDirection
        }
    }

    /// The direction of the step from a piece to the one after it; nil when it is none of a text on
    /// a slope.
    private static func step(from one: PDFWord, to other: PDFWord) -> Direction? {
        let size = max(one.size, other.size)
        guard min(one.size, other.size) > 0.7 * size else { return nil }
        let across = other.box.centre - one.box.centre
        let along = other.box.middle - one.box.middle
        guard across > 0 else { return nil }
        let length = (across * across + along * along).squareRoot()
        let expected = size * (one.ems + other.ems) / 2
        guard abs(length - expected) < slack * expected,
            across > leastSlope * length, abs(along) > leastSlope * length
        else { return nil }
        return Direction(across: across / length, along: along / length)
    }

    // MARK: Level

    /// The words that are larger than the text and lie over it.
    private static func covering(_ words: [PDFWord], _ usual: Double) -> [Int] {
        words.indices.filter { index in
            let word = words[index]
            guard word.box.height > largeTimes * usual else { return false }
            return words.contains { other in
                guard other.box.height < word.box.height / largeTimes,
                    word.box.overlaps(other.box)
                else { return false }
                let shared =
                    min(word.box.bottom, other.box.bottom) - max(word.box.top, other.box.top)
                return shared > coveredShare * other.box.height
            }
        }
    }

    /// The texts that stand in the document several times, much larger than the text around them.
    private static func repeated(_ pages: [[PDFWord]], _ usual: Double) -> Set<String> {
        var counts: [String: Int] = [:]
        for words in pages {
            for word in words where word.box.height > hugeTimes * usual {
                counts[word.text, default: 0] += 1
            }
        }
        return Set(counts.filter { $0.value >= fewestRepeats }.keys)
    }

    /// The height that most characters have.
    private static func usualSize(of pages: [[PDFWord]]) -> Double {
        var counts: [Int: Int] = [:]
        for word in pages.joined() {
            counts[Int(word.box.height * 2), default: 0] += word.text.unicodeScalars.count
        }
        let usual = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        return Double(usual) / 2
    }
}

extension PDFWord {
    /// The size of the font, as far as the box of a short word shows it on any slope.
    fileprivate var size: Double { max(box.height, box.width / max(1, ems)) }

    /// The length of the text in sizes of its font: a Chinese character takes one, others half.
    var ems: Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 1 : 0.5) }
    }
}
