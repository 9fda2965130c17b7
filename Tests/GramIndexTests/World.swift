import GramIndex
import TestSupport

// Random small worlds, searched twice: by the index, and by looking at every text.

/// A document as the plain scan sees it.
struct PlainDocument {
    var text: [UInt8]
    var tags: Set<Int>
    /// The frequencies of the adjacent pairs of characters.
    var pairs: [[UInt8]: Int]
    var length: Int
}

/// A query as the plain scan sees it.
indirect enum PlainQuery {
    case everything
    case nothing
    case tag(Int)
    case documents([ClosedRange<UInt32>])
    case text(TextMatch)
    case all([PlainQuery])
    case any([PlainQuery])
    case difference(PlainQuery, PlainQuery)

    func query() throws -> Query {
        switch self {
        case .everything: try .everything()
        case .nothing: try .nothing()
        case .tag(let tag): try .term("T\(tag)".utf8)
        case .documents(let ranges): try .documents(in: ranges)
        case .text(let match): try .text(match)
        case .all(let queries): try .all(queries.map { try $0.query() })
        case .any(let queries): try .any(queries.map { try $0.query() })
        case .difference(let left, let right):
            try .difference(left.query(), minus: right.query())
        }
    }

    /// The document's weight; nil when it does not match.
    func weight(of document: PlainDocument, id: UInt32) -> Double? {
        switch self {
        case .everything: return 0
        case .nothing: return nil
        case .tag(let tag): return document.tags.contains(tag) ? 0 : nil
        case .documents(let ranges): return ranges.contains { $0.contains(id) } ? 0 : nil
        case .text(let match): return plainWeight(match, document)
        case .all(let queries):
            let weights = queries.map { $0.weight(of: document, id: id) }
            return weights.contains(nil) ? nil : weights.reduce(0) { $0 + ($1 ?? 0) }
        case .any(let queries):
            let weights = queries.compactMap { $0.weight(of: document, id: id) }
            return weights.isEmpty ? nil : weights.reduce(0, +)
        case .difference(let left, let right):
            return right.weight(of: document, id: id) == nil
                ? left.weight(of: document, id: id) : nil
        }
    }
}

/// Every offset at which a text holds the characters of a part, overlaps included.
func offsets(of part: [UInt8], in text: [UInt8]) -> [Int] {
    guard part.count <= text.count else { return [] }
    return (0...(text.count - part.count)).filter {
        text[$0..<($0 + part.count)].elementsEqual(part)
            && ($0 == 0 || text[$0 - 1] >= IndexColumn.firstEnd)
    }
}

func characterCount(_ bytes: some Sequence<UInt8>) -> Int {
    bytes.count { $0 >= IndexColumn.firstEnd }
}

/// What the documentation of TextMatch says, word for word.
func plainWeight(_ match: TextMatch, _ document: PlainDocument) -> Double? {
    let text = document.text
    let occurrences = match.parts.map { offsets(of: $0.bytes, in: text) }
    if occurrences.contains([]) { return nil }
    // All stretches from the start of an occurrence to the end of one that cover every part.
    var windows: [Range<Int>] = []
    let starts = Set(occurrences.joined())
    let ends = Set(
        zip(match.parts, occurrences).flatMap { part, offsets in
            offsets.map { $0 + part.bytes.count }
        })
    for start in starts {
        for end in ends where end > start {
            let covers = zip(match.parts, occurrences).allSatisfy { part, offsets in
                offsets.contains { $0 >= start && $0 + part.bytes.count <= end }
            }
            if covers { windows.append(start..<end) }
        }
    }
    if let gap = match.maximumGap {
        let characters = match.parts.reduce(0) { $0 + characterCount($1.bytes) }
        guard windows.contains(where: { characterCount(text[$0]) - characters <= gap }) else {
            return nil
        }
    }
    var sum = 0.0
    let share =
        match.averageLength > 0
        ? 1 - match.b + match.b * Double(document.length) / match.averageLength : 1
    for (part, offsets) in zip(match.parts, occurrences) {
        let count = Double(offsets.count)
        sum += part.weight * count * (match.k1 + 1) / (count + match.k1 * share)
    }
    if let whole = match.whole, !offsets(of: whole, in: text).isEmpty { sum += match.wholeBoost }
    if match.parts.count > 1, let shortest = windows.map({ characterCount(text[$0]) }).min() {
        let length = match.parts.reduce(0) { $0 + characterCount($1.bytes) }
        sum += match.proximityBoost * min(1, Double(length) / Double(shortest))
    }
    return sum
}

/// A random collection, the random queries for it, and its indexes.
struct World {
    /// Characters of one to three bytes, of which some end as others are.
    static let characters: [[UInt8]] = [[97], [98], [5, 97], [1, 5, 97], [47, 98]]
    var random: SeededGenerator
    var documents: [PlainDocument] = []

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        for _ in 0..<Int.random(in: 1...70, using: &random) { documents.append(document()) }
    }

    mutating func character(_ kinds: Int = 5) -> [UInt8] {
        Self.characters[Int.random(in: 0..<kinds, using: &random)]
    }

    mutating func document() -> PlainDocument {
        let kinds = Int.random(in: 1...5, using: &random)
        let characters = (0..<Int.random(in: 0...30, using: &random)).map { _ in
            character(kinds)
        }
        var pairs: [[UInt8]: Int] = [:]
        for pair in zip(characters, characters.dropFirst()) {
            pairs[pair.0 + pair.1, default: 0] += 1
        }
        let tags = Set((0..<4).filter { _ in Bool.random(using: &random) })
        return PlainDocument(
            text: Array(characters.joined()), tags: tags, pairs: pairs,
            length: characters.count)
    }

    /// Pairs as "G" terms, and the last character as one too.
    func grams(of document: PlainDocument) -> [[UInt8]: Int] {
        var grams = Dictionary(
            uniqueKeysWithValues: document.pairs.map { (bytes("G") + $0, $1) })
        if !document.text.isEmpty {
            let before = document.text.dropLast().lastIndex { $0 >= IndexColumn.firstEnd }
            grams[bytes("G") + document.text[(before.map { $0 + 1 } ?? 0)...], default: 0] += 1
        }
        return grams
    }

    /// How many characters of a document stand before a gram of it.
    func position(of gram: [UInt8], in document: PlainDocument) -> Int? {
        let starts =
            [0]
            + document.text.indices.filter { document.text[$0] >= IndexColumn.firstEnd }
            .map { $0 + 1 }
        return starts.firstIndex { start in
            let isWhole = start + gram.count - 1 == document.text.count
            return document.text[start...].starts(with: gram.dropFirst())
                && (characterCount(gram.dropFirst()) > 1 || isWhole)
        }
    }

    /// The terms of a document, most of those that it holds once with their positions.
    private mutating func terms(of document: PlainDocument) -> [(term: [UInt8], position: Int?)] {
        var terms: [(term: [UInt8], position: Int?)] = document.tags.map { (bytes("T\($0)"), nil) }
        let grams = grams(of: document).sorted { $0.key.lexicographicallyPrecedes($1.key) }
        for (gram, count) in grams {
            let isTold = Int.random(in: 0..<4, using: &random) > 0
            let position = count == 1 && isTold ? position(of: gram, in: document) : nil
            terms += Array(repeating: (gram, position), count: count)
        }
        return terms
    }

    /// Writes an index of some of the documents; every third begins a group, and the labels are 0, 1
    /// and 2 in turn.
    mutating func write(
        _ range: Range<Int>, _ name: String, _ scratch: Scratch
    ) throws -> BlockFile {
        let documents = documents[range].enumerated().map { index, document in
            TestDocument(
                text: document.text, length: document.length, label: UInt8(index % 3),
                terms: terms(of: document))
        }
        return try scratch.write(name, documents, groupStarts: Self.groups(documents.count))
    }

    /// Makes one index of several that hold all documents.
    func merge(_ files: [BlockFile], _ scratch: Scratch) throws -> BlockFile {
        let documents = documents.enumerated().map { index, document in
            TestDocument(
                text: document.text, length: document.length, label: UInt8(index % 3))
        }
        return try scratch.write("merged", documents, groupStarts: Self.groups(documents.count)) {
            try PostingsWriter.merge(files, to: &$0)
        }
    }

    private static func groups(_ count: Int) -> [Int] {
        Array(stride(from: 1, through: count, by: 3))
    }

    /// A part, with the grams that the index has for it, all or some.
    mutating func part() -> TextMatch.Part {
        let characters = (0..<Int.random(in: 1...4, using: &random)).map { _ in character() }
        let weight = Double(Int.random(in: 0...8, using: &random)) / 3
        let text = Array(characters.joined())
        var grams: [TextMatch.Gram] = []
        if characters.count == 1 || Int.random(in: 0..<4, using: &random) == 0 {
            grams.append(.init(bytes("G") + characters[0], isPrefix: true))
        }
        for (index, pair) in zip(characters, characters.dropFirst()).enumerated() {
            grams.append(
                .init(
                    bytes("G") + pair.0 + pair.1,
                    position: Bool.random(using: &random) ? index..<index + 2 : nil))
        }
        if characters.count == 2, grams.count == 1, Bool.random(using: &random) {
            return .init(bytes: text, grams: grams, weight: weight, needsVerification: false)
        }
        grams.removeAll { _ in Int.random(in: 0..<6, using: &random) == 0 }
        return .init(bytes: text, grams: grams, weight: weight)
    }

    mutating func match() -> TextMatch {
        let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in part() }
        var match = TextMatch(parts: parts)
        if Bool.random(using: &random) {
            match.whole = parts.flatMap(\.bytes)
            match.wholeBoost = 2.5
        }
        if Bool.random(using: &random) { match.proximityBoost = 1.75 }
        if Bool.random(using: &random) {
            match.maximumGap = Int.random(in: 0...6, using: &random)
        }
        match.k1 = [0, 0.5, 1.2].randomElement(using: &random) ?? 0
        match.b = [0, 0.75, 1].randomElement(using: &random) ?? 0
        match.averageLength = [0, 9.5].randomElement(using: &random) ?? 0
        return match
    }

    mutating func query(depth: Int) -> PlainQuery {
        let kind = Int.random(in: 0..<(depth == 0 ? 10 : 18), using: &random)
        switch kind {
        case 0: return .everything
        case 1: return .nothing
        case 2, 3: return .tag(Int.random(in: 0..<5, using: &random))
        case 4:
            return .documents(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    let first = UInt32.random(in: 1...70, using: &random)
                    return first...(first + .random(in: 0...20, using: &random))
                })
        case 5...9: return .text(match())
        case 10, 11, 12: return .all(queries(depth: depth - 1))
        case 13, 14, 15: return .any(queries(depth: depth - 1))
        case 16: return .difference(query(depth: depth - 1), query(depth: depth - 1))
        default: return .difference(query(depth: depth - 1), .text(match()))
        }
    }

    mutating func queries(depth: Int) -> [PlainQuery] {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in query(depth: depth) }
    }
}
