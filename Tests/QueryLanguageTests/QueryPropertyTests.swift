import QueryLanguage
import Testing

@Suite("What holds of every query")
struct QueryPropertyTests {
    @Test("The normal form of any tree reads as that tree")
    func normalFormReads() throws {
        var trees = RandomTrees(seed: 2021)
        for number in 0..<20_000 {
            let tree = trees.next()
            let written = tree.description
            let read = try QueryTree.parse(written)
            try #require(read == tree, "tree \(number): \(written)")
            try #require(read?.description == written)
        }
    }

    @Test("Any text is a tree or an error, both within the text")
    func anyTextIsRead() throws {
        var random = SplitMix64(state: 2019)
        var trees = 0
        for number in 0..<200_000 {
            let query = Self.text(&random)
            let length = query.unicodeScalars.count
            do {
                guard let tree = try QueryTree.parse(query) else { continue }
                trees += 1
                try #require(isNested(tree, in: 0..<length), "query \(number): \(query)")
                if number.isMultiple(of: 4) {
                    let again = try QueryTree.parse(tree.description)
                    try #require(again == tree, "query \(number): \(query)")
                }
            } catch let error as QuerySyntaxError {
                try #require(
                    error.range.lowerBound >= 0 && error.range.upperBound <= length,
                    "query \(number): \(query)")
                if number.isMultiple(of: 8) {
                    if let suggestion = error.suggestion {
                        try #require(try QueryTree.parse(suggestion) != nil)
                    }
                    try #require(error.rendered(in: .english).hasSuffix("^"))
                }
            }
        }
        // Neither side of the property may be empty.
        #expect(trees > 10_000 && trees < 190_000)
    }

    /// Whether every node lies in its parent, and sisters in order.
    private func isNested(_ tree: QueryTree, in range: Range<Int>) -> Bool {
        guard !tree.range.isEmpty, range.lowerBound <= tree.range.lowerBound,
            tree.range.upperBound <= range.upperBound
        else { return false }
        switch tree.kind {
        case .and(let terms), .or(let terms):
            let isInOrder = zip(terms, terms.dropFirst()).allSatisfy { one, next in
                one.range.upperBound <= next.range.lowerBound
            }
            return isInOrder && terms.allSatisfy { isNested($0, in: tree.range) }
        case .not(let term):
            return isNested(term, in: tree.range)
        default:
            return true
        }
    }

    /// Up to 24 pieces of syntax and text.
    private static func text(_ random: inout SplitMix64) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0..<24, using: &random) {
            text += pieces.randomElement(using: &random) ?? ""
        }
        return text
    }

    private static let pieces: [String] =
        "()（）\"“”「」『』＂|｜&＆-－−*＊~～:：=＝<＜>＞!！≤≥≠\\＼/.．,，、;% \u{3000}\t\n+_^'《》"
        .unicodeScalars.map { String($0) }
        + ["政", "策", "新收", "年", "或", "非", "且", "并且", "或者", "a", "B", "é", "𠀀", "😀", "1", "20", "０"]
        + [
            " OR ", "stat:", " AND ", " NOT ", " NEAR/3 ", "NEAR", "year:", "missing(", "..", "万",
            ">=",
        ]
        + [" ", " ", " ", "政策", "政策", "公开", "10", "e\u{301}", "\u{2F00}", "\u{10FFFF}"]
        + ["\u{0}", "\u{1B}", "\u{7F}", "\u{85}", "\u{200B}", "\u{202E}", "\u{FEFF}", "\u{FFFD}"]
}

/// Trees as the parser makes them, of awkward texts.
private struct RandomTrees {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(state: seed)
    }

    mutating func next() -> QueryTree {
        tree(levels: Int.random(in: 0...4, using: &random))
    }

    private mutating func tree(levels: Int) -> QueryTree {
        guard levels > 0 else { return QueryTree(leaf()) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: return QueryTree(.not(tree(levels: levels - 1)))
        case 1:
            return QueryTree(
                .and(
                    terms(levels) { tree in
                        if case .and = tree.kind { false } else { true }
                    }))
        case 2:
            return QueryTree(
                .or(
                    terms(levels) { tree in
                        if case .or = tree.kind { false } else { true }
                    }))
        default: return QueryTree(leaf())
        }
    }

    private mutating func terms(
        _ levels: Int, where isAllowed: (QueryTree) -> Bool
    ) -> [QueryTree] {
        (0..<Int.random(in: 2...3, using: &random)).map { _ in
            let term = tree(levels: levels - 1)
            return isAllowed(term) ? term : QueryTree(leaf())
        }
    }

    private mutating func leaf() -> QueryTree.Kind {
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: .run(text())
        case 2: .phrase(text() + " " + text())
        case 3: .prefix("政策" + text())
        case 4: .near([text(), text()], distance: Int.random(in: 0...1_000, using: &random))
        case 5: .near([text() + " " + text(), text()], distance: 7)
        case 6: .field(name(), .text(text(), isQuoted: false))
        case 7: .field(name(), .text(text() + "　a", isQuoted: true))
        case 8: .field(name(), .range(range()))
        case 9: .field(name(), .comparison(comparison(), number()))
        case 10:
            .call(
                QueryName("share"),
                (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    operand(withRange: true)
                })
        default: compared()
        }
    }

    private mutating func compared() -> QueryTree.Kind {
        let comparison = comparison()
        let takesRange = comparison == .equal || comparison == .notEqual
        return .comparison(name(), comparison, operand(withRange: takesRange))
    }

    private mutating func operand(withRange: Bool) -> QueryOperand {
        switch Int.random(in: 0..<(withRange ? 3 : 2), using: &random) {
        case 0: .name(name())
        case 1: .number(number())
        default: .range(range())
        }
    }

    private mutating func range() -> QueryRange {
        let (one, other) = (number(), number())
        return switch Int.random(in: 0..<3, using: &random) {
        case 0: QueryRange(lower: one, upper: nil)
        case 1: QueryRange(lower: nil, upper: one)
        default:
            one.value <= other.value
                ? QueryRange(lower: one, upper: other) : QueryRange(lower: other, upper: one)
        }
    }

    private mutating func number() -> QueryNumber {
        let numbers: [(Double, String)] = [
            (0, "0"), (10, "10"), (1_234, "1,234"), (15_000, "1.5万"), (0.8, "80%"), (-3, "-3"),
            (7_000_000, "0.07亿"), (3, "+3"), (1e15, "1000万亿"), (-1e15, "-1000000000000000"),
        ]
        let (value, text) = numbers.randomElement(using: &random) ?? numbers[0]
        return QueryNumber(value, text: text)
    }

    private mutating func comparison() -> QueryComparison {
        QueryComparison.allCases.randomElement(using: &random) ?? .equal
    }

    private mutating func name() -> QueryName {
        let names = [
            "year", "年", "新收", "新收.自然人", "requests.new.total", "_x", "NEAR", "或", "OR", "a1",
        ]
        return QueryName(names.randomElement(using: &random) ?? names[0])
    }

    /// A text without spaces.
    private mutating func text() -> String {
        let texts = [
            "政策解读", "OR", "或", "非", "NOT", "NEAR", "NEAR/3", "AND", "10", "-a", "a-b", "a:b",
            "10:30", "https://a", "2020..2023", "２０２２", "新收>=1", "a*", "*", "a\\b", "\\", "(x",
            "x)", "(x)", "“q”", "\"", "「", "~3", "a|b", "&", "！", "!=", "≠", "，", "：", "e\u{301}",
            "\u{301}", "𠀀", "1,234", "5万", "f(a)", "..", "/", "＊", "＼",
        ]
        guard Bool.random(using: &random) else {
            return texts.randomElement(using: &random) ?? texts[0]
        }
        return (texts.randomElement(using: &random) ?? "")
            + (texts.randomElement(using: &random) ?? "")
    }
}

/// A small generator whose numbers are the same everywhere (Steele, Lea and Flood, 2014).
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
