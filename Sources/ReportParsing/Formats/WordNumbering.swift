import Documents

/// The automatic numbers of a word processor's paragraphs: （一） and 1、 are not in their text.
struct WordNumbering {
    /// How one level of a list counts.
    struct Level {
        var format = "decimal"
        /// The number with what stands around it: （%1）.
        var text = ""
        var start = 1
    }

    /// The levels of each definition.
    private var definitions: [String: [Int: Level]] = [:]
    /// The definition of each list.
    private var lists: [String: String] = [:]
    /// The list and level of each style, and the style that it is based on.
    private var styles: [String: (list: String?, level: Int?, base: String?)] = [:]
    /// The numbers reached, by definition and level.
    private var counters: [String: [Int: Int]] = [:]

    /// No style is based on another through more than so many.
    private static let longestChain = 16
    private static let mostLevels = 9

    /// Makes the numbering of lists that are known.
    ///
    /// - Parameters:
    ///   - definitions: the levels of each definition.
    ///   - lists: the definition of each list.
    init(definitions: [String: [Int: Level]], lists: [String: String]) {
        self.definitions = definitions
        self.lists = lists
    }

    /// Reads the parts that define lists and styles; empty ones define nothing.
    init(numbering: [UInt8], styles: [UInt8]) {
        readLists(numbering)
        readStyles(styles)
    }

    /// The number that stands before a paragraph; empty when none does.
    mutating func mark(list: String?, level: Int?, style: String?) -> String {
        let styled = inherited(style)
        let level = level ?? styled.level ?? 0
        guard let list = list ?? styled.list, list != "0", (0..<Self.mostLevels).contains(level),
            let definition = lists[list], let levels = definitions[definition],
            let own = levels[level]
        else { return "" }
        var reached = counters[definition] ?? [:]
        reached[level] = reached[level].map { $0 &+ 1 } ?? own.start
        for deeper in reached.keys where deeper > level { reached[deeper] = nil }
        counters[definition] = reached
        guard own.format != "bullet", own.format != "none" else { return "" }
        var text = own.text
        for upper in 0...level where text.contains("%\(upper + 1)") {
            let other = levels[upper] ?? Level()
            let number = reached[upper] ?? other.start
            text = text.replacing("%\(upper + 1)", with: Self.printed(number, other.format))
        }
        return text
    }

    /// Has a list count from its start again.
    mutating func restart(list: String) {
        if let definition = lists[list] { counters[definition] = nil }
    }

    private func inherited(_ style: String?) -> (list: String?, level: Int?) {
        var next = style
        var level: Int?
        for _ in 0..<Self.longestChain {
            guard let name = next, let found = styles[name] else { break }
            level = level ?? found.level
            if let list = found.list { return (list, level) }
            next = found.base
        }
        return (nil, level)
    }

    // MARK: Parts

    private mutating func readLists(_ xml: [UInt8]) {
        var definitions: [String: [Int: Level]] = [:]
        var lists: [String: String] = [:]
        var definition = ""
        var list = ""
        var level = 0
        // Lists that cannot be read give no numbers.
        try? Markup.xml.read(xml) { event in
            guard case .start(let name, let attributes) = event else { return }
            let value = attributes["val"] ?? ""
            switch name {
            case "abstractNum": definition = attributes["abstractNumId"] ?? ""
            case "num": list = attributes["numId"] ?? ""
            case "abstractNumId": lists[list] = value
            case "lvl":
                level = attributes["ilvl"].flatMap { Int($0) } ?? 0
                definitions[definition, default: [:]][level] = Level()
            case "numFmt": definitions[definition]?[level]?.format = value
            case "lvlText": definitions[definition]?[level]?.text = value
            case "start": definitions[definition]?[level]?.start = Int(value) ?? 1
            default: break
            }
        }
        self.definitions = definitions
        self.lists = lists
    }

    private mutating func readStyles(_ xml: [UInt8]) {
        var styles: [String: (list: String?, level: Int?, base: String?)] = [:]
        var style = ""
        // Styles that cannot be read give no numbers.
        try? Markup.xml.read(xml) { event in
            guard case .start(let name, let attributes) = event else { return }
            let value = attributes["val"]
            switch name {
            case "style":
                style = attributes["styleId"] ?? ""
                styles[style] = (nil, nil, nil)
            case "numId": styles[style]?.list = value
            case "ilvl": styles[style]?.level = value.flatMap { Int($0) }
            case "basedOn": styles[style]?.base = value
            default: break
            }
        }
        self.styles = styles
    }

    // MARK: Numbers

    private static let digits = Array("〇一二三四五六七八九")

    private static func printed(_ number: Int, _ format: String) -> String {
        switch format {
        case "chineseCounting", "chineseCountingThousand", "japaneseCounting",
            "taiwaneseCounting", "taiwaneseCountingThousand", "ideographDigital":
            guard (1...99).contains(number) else { return "\(number)" }
            let tens = number / 10
            let ones = number % 10
            return (tens > 1 ? String(digits[tens]) : "") + (tens > 0 ? "十" : "")
                + (ones > 0 ? String(digits[ones]) : "")
        case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
            guard (1...20).contains(number), let circled = Unicode.Scalar(0x245F + UInt32(number))
            else { return "\(number)" }
            return String(circled)
        case "decimalZero": return number < 10 ? "0\(number)" : "\(number)"
        default: return "\(number)"
        }
    }
}
