import Testing
import Xapian

// Random small worlds, searched twice: by Xapian, and by looking at every text.

/// A document as the plain scan sees it.
private struct PlainDocument {
    var text: [UInt8]
    var tags: Set<Int>
    /// The frequencies of the adjacent pairs of characters.
    var pairs: [[UInt8]: Int]
    var length: Int
}

/// A query as the plain scan sees it.
private indirect enum PlainQuery {
    case everything
    case nothing
    case tag(Int)
    case documents([ClosedRange<UInt32>])
    case text(TextMatch)
    case all([PlainQuery])
    case any([PlainQuery])
    case difference(PlainQuery, PlainQuery)
    case filtered(PlainQuery, PlainQuery)
    case preferring(PlainQuery, PlainQuery)

    func query() throws -> GramQuery {
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
        case .filtered(let left, let right): try .filtered(left.query(), by: right.query())
        case .preferring(let left, let right): try .preferring(left.query(), right.query())
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
        case .filtered(let left, let right):
            return right.weight(of: document, id: id) == nil
                ? nil : left.weight(of: document, id: id)
        case .preferring(let left, let right):
            guard let weight = left.weight(of: document, id: id) else { return nil }
            return weight + (right.weight(of: document, id: id) ?? 0)
        }
    }
}

/// Every place where a text holds the characters of a part, overlaps included.
private func places(of part: [UInt8], in text: [UInt8]) -> [Int] {
    guard part.count <= text.count else { return [] }
    return (0...(text.count - part.count)).filter {
        text[$0..<($0 + part.count)].elementsEqual(part)
            && ($0 == 0 || text[$0 - 1] >= TextSection.firstEnd)
    }
}

private func characterCount(_ bytes: some Sequence<UInt8>) -> Int {
    bytes.count { $0 >= TextSection.firstEnd }
}

/// What the documentation of TextMatch says, word for word.
private func plainWeight(_ match: TextMatch, _ document: PlainDocument) -> Double? {
    let text = document.text
    let occurrences = match.parts.map { places(of: $0.bytes, in: text) }
    if occurrences.contains([]) { return nil }
    // All stretches from the start of an occurrence to the end of one that cover every part.
    var windows: [Range<Int>] = []
    let starts = Set(occurrences.joined())
    let ends = Set(
        zip(match.parts, occurrences).flatMap { part, places in
            places.map { $0 + part.bytes.count }
        })
    for start in starts {
        for end in ends where end > start {
            let covers = zip(match.parts, occurrences).allSatisfy { part, places in
                places.contains { $0 >= start && $0 + part.bytes.count <= end }
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
    for (part, places) in zip(match.parts, occurrences) {
        let count = Double(places.count)
        sum += part.weight * count * (match.k1 + 1) / (count + match.k1 * share)
    }
    if let whole = match.whole, !places(of: whole, in: text).isEmpty { sum += match.wholeBoost }
    if match.parts.count > 1, let shortest = windows.map({ characterCount(text[$0]) }).min() {
        let length = match.parts.reduce(0) { $0 + characterCount($1.bytes) }
        sum += match.proximityBoost * min(1, Double(length) / Double(shortest))
    }
    return sum
}

/// A database, and what is in lists beside it.
private struct WrittenDatabase {
    let path: String
    let listed: ListedTerms
}

/// A random collection, the random queries for it, and its databases.
private struct World {
    /// Characters of one to three bytes, of which some end as others are.
    static let characters: [[UInt8]] = [[97], [98], [5, 97], [1, 5, 97], [47, 98]]
    var random: SplitMix64
    var documents: [PlainDocument] = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
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
            let before = document.text.dropLast().lastIndex { $0 >= TextSection.firstEnd }
            grams[bytes("G") + document.text[(before.map { $0 + 1 } ?? 0)...], default: 0] += 1
        }
        return grams
    }

    /// How many characters of a document stand before a gram of it.
    func place(of gram: [UInt8], in document: PlainDocument) -> Int? {
        let starts =
            [0]
            + document.text.indices.filter { document.text[$0] >= TextSection.firstEnd }
            .map { $0 + 1 }
        return starts.firstIndex { start in
            let isWhole = start + gram.count - 1 == document.text.count
            return document.text[start...].starts(with: gram.dropFirst())
                && (characterCount(gram.dropFirst()) > 1 || isWhole)
        }
    }

    /// Writes some documents, with lists of about half of the grams.
    mutating func write(
        _ range: Range<Int>, _ name: String, _ scratch: Scratch
    ) throws -> WrittenDatabase {
        let all = Set(documents.flatMap { grams(of: $0).keys }).sorted {
            $0.lexicographicallyPrecedes($1)
        }
        var listed = ListedTerms(all.filter { _ in Bool.random(using: &random) })
        let path = try scratch.database(name, count: range.count) { index, batch in
            let document = documents[range.lowerBound + index]
            listed.documents.append([])
            for (gram, count) in grams(of: document) where !listed.add(gram, count: count) {
                let place = Bool.random(using: &random) ? place(of: gram, in: document) : nil
                batch.addTerm(
                    gram,
                    frequency: count == 1
                        ? place.map(GramFrequency.once) ?? GramFrequency.times(1)
                        : GramFrequency.times(count))
            }
            for tag in document.tags { batch.addTerm(bytes("T\(tag)"), frequency: 0) }
        }
        return WrittenDatabase(path: path, listed: listed)
    }

    /// Opens a database of some of the documents; every third begins a group, and the labels are
    /// 0, 1 and 2 in turn.
    private func open(
        _ path: String, _ range: Range<Int>, _ scratch: Scratch,
        lists: (inout SectionFileWriter) throws -> Void
    ) throws -> Database {
        let documents = Array(documents[range])
        return try scratch.open(
            path, texts: documents.map(\.text), lengths: documents.map(\.length),
            labels: documents.indices.map { UInt8($0 % 3) },
            groupStarts: Array(stride(from: 1, through: documents.count, by: 3)), lists: lists)
    }

    func open(
        _ database: WrittenDatabase, _ range: Range<Int>, _ scratch: Scratch
    ) throws -> Database {
        try open(database.path, range, scratch) { try database.listed.write(to: &$0) }
    }

    /// Makes one database of one with the documents up to a place, and one with the others.
    func merge(
        _ one: WrittenDatabase, _ other: WrittenDatabase, at cut: Int, _ scratch: Scratch
    ) throws -> Database {
        let path = scratch.path("merged")
        try scratch.merge([one.path, other.path], into: path)
        let sources = [
            (file: try one.listed.file(one.path + ".lists"), documents: cut),
            (try other.listed.file(other.path + ".lists"), documents.count - cut),
        ]
        return try open(path, 0..<documents.count, scratch) { file in
            try PostingLists.merge(
                sources, complete: one.listed.terms.filter(other.listed.terms.contains), to: &file)
        }
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
        for (place, pair) in zip(characters, characters.dropFirst()).enumerated() {
            grams.append(
                .init(
                    bytes("G") + pair.0 + pair.1,
                    place: Bool.random(using: &random) ? place..<place + 2 : nil))
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
        let kind = Int.random(in: 0..<(depth == 0 ? 10 : 20), using: &random)
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
        case 17: return .filtered(query(depth: depth - 1), query(depth: depth - 1))
        default: return .preferring(query(depth: depth - 1), query(depth: depth - 1))
        }
    }

    mutating func queries(depth: Int) -> [PlainQuery] {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in query(depth: depth) }
    }
}

@Suite("Text matches against a plain scan") struct TextMatchTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test("Matches, totals, weights and order are those of the scan", arguments: 0..<60)
    func agrees(seed: Int) throws {
        var world = World(seed: UInt64(seed))
        let cut = Int.random(in: 0...world.documents.count, using: &world.random)
        let one = try world.write(0..<cut, "a", scratch)
        let other = try world.write(cut..<world.documents.count, "b", scratch)
        let database = try world.merge(one, other, at: cut, scratch)
        let groupCount = (world.documents.count + 2) / 3
        for round in 0..<100 {
            let plain = round < 40 ? PlainQuery.text(world.match()) : world.query(depth: 3)
            let query = try plain.query()
            var expected: [(id: UInt32, weight: Double)] = []
            for (index, document) in world.documents.enumerated() {
                let id = UInt32(index + 1)
                if let weight = plain.weight(of: document, id: id) {
                    expected.append((id, weight))
                }
            }

            let found = try database.search(query, limit: .max, order: .documentID)
            try #require(found.totalCount == expected.count, "\(plain)")
            try #require(found.hits.map(\.documentID) == expected.map(\.id), "\(plain)")

            let ranked = try database.search(query, limit: .max, order: .relevance)
            let weights = Dictionary(uniqueKeysWithValues: expected.map { ($0.id, $0.weight) })
            try #require(ranked.totalCount == expected.count)
            for hit in ranked.hits {
                let weight = try #require(weights[hit.documentID])
                try #require(abs(hit.weight - weight) < 1e-5, "\(plain)")
            }
            for (hit, next) in zip(ranked.hits, ranked.hits.dropFirst()) {
                try #require(
                    hit.weight > next.weight
                        || hit.weight == next.weight && hit.documentID < next.documentID)
            }

            let limit = Int.random(in: 0...5, using: &world.random)
            let top = try database.search(query, limit: limit, order: .relevance)
            try #require(top.totalCount == expected.count)
            try #require(top.hits == Array(ranked.hits.prefix(limit)))

            let keys = (0..<groupCount).map { [2, 2, 2, .nan, -1][$0 % 5] }
            func rank(_ hit: Hit) -> Int {
                [0, 0, 0, 2, 1][Int(hit.documentID - 1) / 3 % 5]
            }
            let sorted = try database.search(
                query, limit: limit, order: .keys(keys, descending: true))
            let order = (0...2).flatMap { wanted in ranked.hits.filter { rank($0) == wanted } }
            try #require(
                sorted.hits.map(\.documentID) == order.prefix(limit).map(\.documentID))

            // Filters: a text match with them is walked, and in a second AND it is not.
            var groups = BitSet(below: groupCount)
            for group in 0..<groupCount where Bool.random(using: &world.random) {
                groups[group] = true
            }
            var labels = BitSet(below: 256)
            labels[Int.random(in: 0...2, using: &world.random)] = true
            let filter = try GramQuery.documents(
                inGroups: Bool.random(using: &world.random) ? groups : nil, labels: labels)
            let passing = try database.search(filter, limit: .max, order: .documentID)
            let ids = Set(passing.hits.map(\.documentID))
            for narrowed in [
                try GramQuery.all([query, filter]),
                try .all([.everything(), .all([query, filter])]),
            ] {
                for wanted in [limit, .max] {
                    let page = try database.search(narrowed, limit: wanted, order: .relevance)
                    let right = ranked.hits.filter { ids.contains($0.documentID) }
                    try #require(page.totalCount == right.count)
                    try #require(page.hits == Array(right.prefix(wanted)))
                    let byKey = try database.search(
                        narrowed, limit: wanted, order: .keys(keys, descending: false))
                    try #require(byKey.totalCount == right.count)
                }
            }
        }
    }

    @Test("Filters find the documents of groups and labels")
    func filters() throws {
        var world = World(seed: 11)
        for _ in 0..<900 { world.documents.append(world.document()) }
        let count = world.documents.count
        let database = try world.open(world.write(0..<count, "a", scratch), 0..<count, scratch)
        let groupCount = (count + 2) / 3
        for share in [0.0, 0.01, 0.5, 1.0] {
            var groups = BitSet(below: groupCount)
            for group in 0..<groupCount {
                groups[group] = Double.random(in: 0..<1, using: &world.random) < share
            }
            var labels = BitSet(below: 256)
            labels[1] = true
            labels[2] = true
            let page = try database.search(
                .documents(inGroups: groups, labels: labels), limit: .max, order: .documentID)
            #expect(
                page.hits.map { Int($0.documentID) - 1 }
                    == (0..<count).filter { groups[$0 / 3] && $0 % 3 > 0 })
        }
        let wrong = try GramQuery.documents(inGroups: BitSet(below: groupCount + 9))
        #expect(
            xapianError { _ = try database.search(wrong, limit: 1, order: .documentID) }?.code
                == .refused)
    }

    @Test("Ranking over several databases is that of one", arguments: 2000..<2010)
    func segments(seed: Int) throws {
        var world = World(seed: UInt64(seed))
        let middle = world.documents.count / 3
        let first = try world.write(0..<middle, "a", scratch)
        let second = try world.write(middle..<world.documents.count, "b", scratch)
        let all = world.documents.count
        let one = try world.merge(first, second, at: middle, scratch)
        let lower = try world.open(first, 0..<middle, scratch)
        let upper = try world.open(second, middle..<all, scratch)
        for _ in 0..<50 {
            let query = try PlainQuery.any([
                .all([.text(world.match()), .text(world.match())]), .text(world.match()),
                .text(world.match()),
            ]).query()
            let whole = try one.search(query, limit: .max, order: .relevance)
            let left = try lower.search(query, limit: .max, order: .relevance)
            let right = try upper.search(query, limit: .max, order: .relevance)
            let merged =
                (left.hits.map { ($0.documentID, $0.weight) }
                + right.hits.map { ($0.documentID + UInt32(middle), $0.weight) })
                .sorted { $0.1 > $1.1 || $0.1 == $1.1 && $0.0 < $1.0 }
            try #require(whole.totalCount == left.totalCount + right.totalCount)
            try #require(whole.hits.map(\.documentID) == merged.map(\.0))
            try #require(whole.hits.map(\.weight) == merged.map(\.1))
        }
    }

    @Test("The first hits are the same however few are asked for")
    func fewHits() throws {
        var world = World(seed: 7)
        for _ in 0..<1500 { world.documents.append(world.document()) }
        let count = world.documents.count
        let database = try world.open(world.write(0..<count, "index", scratch), 0..<count, scratch)
        for round in 0..<40 {
            let words = (0..<2).map { _ in world.character() + world.character() }
            let match = TextMatch(
                parts: words.map {
                    .init(
                        bytes: $0, grams: [.init(bytes("G") + $0)], weight: 1.5,
                        needsVerification: false)
                },
                whole: Array(words.joined()), wholeBoost: Double(round % 4),
                proximityBoost: Double(round % 3), averageLength: 15)
            let text = try GramQuery.text(match)
            let other = try GramQuery.text(
                TextMatch(parts: [.init(bytes: bytes("a"), grams: [], weight: 3)]))
            let queries = [
                text, try .filtered(text, by: .any([other, .term("T1".utf8)])),
                try .all([.term("T2".utf8), text]), try .preferring(text, other),
                try .any([text, .term("T0".utf8)]),
                try .difference(.preferring(.everything(), text), minus: .term("T3".utf8)),
            ]
            for query in queries {
                let all = try database.search(query, limit: .max, order: .relevance)
                for limit in [1, 3, 10, 100] {
                    let few = try database.search(query, limit: limit, order: .relevance)
                    try #require(few.totalCount == all.totalCount)
                    try #require(few.hits == Array(all.hits.prefix(limit)))
                }
            }
        }
    }

    // OrPostList::check() of libxapian 1.4.22 adds up the weights of two documents when one branch
    // says "not this document" and the other is at the next id.
    @Test("A branch of an OR that does not match adds nothing")
    func orCheck() throws {
        let texts = ["x", "b", "~", "xb", "b", "x", "~", "b"]
        let path = try scratch.database("index", count: texts.count) { index, batch in
            batch.addTerm(bytes("Tall"), frequency: 0)
            if texts[index] != "~" { batch.addTerm(bytes("some"), frequency: 1) }
        }
        let database = try scratch.open(path, texts: texts.map(bytes))
        func text(_ text: String, weight: Double) throws -> GramQuery {
            try .text(
                TextMatch(parts: [.init(bytes: bytes(text), grams: [], weight: weight)], k1: 0))
        }
        let either = try GramQuery.any([text("x", weight: 1), text("b", weight: 2)])
        let queries = [
            try GramQuery.preferring(.term("Tall".utf8), either),
            try .preferring(
                .preferring(.term("Tall".utf8), text("x", weight: 1)), text("b", weight: 2)),
        ]
        for query in queries {
            let page = try database.search(query, limit: 10, order: .relevance)
            #expect(page.hits.map(\.documentID) == [4, 2, 5, 8, 1, 6, 3, 7])
            #expect(page.hits.map(\.weight) == [3, 2, 2, 2, 1, 1, 0, 0])
        }
        let required = try GramQuery.all([.term("some".utf8), either])
        let page = try database.search(required, limit: 10, order: .relevance)
        #expect(page.hits.map(\.documentID) == [4, 2, 5, 8, 1, 6])
        #expect(page.hits.map(\.weight) == [3, 2, 2, 2, 1, 1])
    }

    // AndMaybePostList of libxapian 1.4.22 decides by unset memory on the right of AND_NOT.
    @Test("A preference inside what is taken away changes nothing")
    func preferenceInDifference() throws {
        let path = try scratch.database("index", count: 40) { index, batch in
            batch.addTerm(bytes("T\(index % 2)"), frequency: 0)
        }
        let database = try scratch.open(path, texts: Array(repeating: bytes("ab"), count: 40))
        for _ in 0..<200 {
            let match = TextMatch(
                parts: [.init(bytes: bytes("b"), grams: [], weight: 1)], wholeBoost: 1)
            let taken = try GramQuery.all([
                .preferring(.term("T1".utf8), .text(match)), .everything(),
                .documents(in: [1...30]),
            ])
            let query = try GramQuery.difference(.everything(), minus: taken)
            for order in [Order.relevance, .documentID] {
                #expect(try database.search(query, limit: 0, order: order).totalCount == 25)
                #expect(try database.search(query, limit: 40, order: order).totalCount == 25)
            }
        }
    }

    @Test("Without texts, or with those of another database, no text is looked for")
    func missing() throws {
        let path = try scratch.database("index", count: 2) { _, batch in
            batch.addTerm(bytes("t"), frequency: 1)
        }
        let text = try GramQuery.text(TextMatch(parts: [.init(bytes: bytes("t"), grams: [])]))
        let database = try Database(path: path)
        #expect(
            xapianError { _ = try database.search(text, limit: 1, order: .relevance) }?.code
                == .invalidOperation)
        #expect(
            xapianError { _ = try scratch.open(path, texts: [bytes("t")]) }?.code
                == .databaseCorrupt)
    }
}
