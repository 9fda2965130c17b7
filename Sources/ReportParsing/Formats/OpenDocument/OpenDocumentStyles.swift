import Documents

/// The styles and lists of an OpenDocument file, as far as they hide, strike or number text.
struct OpenDocumentStyles {
    private struct Style {
        var parent: String?
        var isHidden: Bool?
        var isStruck: Bool?
        var isRaised: Bool?
        var isLowered: Bool?
        var list: String?
    }

    private var styles: [String: Style] = [:]
    private(set) var lists: [String: [Int: WordNumbering.Level]] = [:]
    /// The style that is read now.
    private var open: String?
    private var openList: String?

    /// No style is based on another through more than so many, and no document has more.
    private static let longestChain = 16
    private static let most = 100_000

    /// The numbering that the lists define.
    var numbering: WordNumbering {
        WordNumbering(
            definitions: lists,
            lists: Dictionary(uniqueKeysWithValues: lists.keys.map { ($0, $0) }))
    }

    /// Reads a part with styles; one that cannot be read defines none.
    mutating func read(_ xml: [UInt8]) {
        var styles = self
        try? Markup.xml.read(xml) { styles.take($0) }
        self = styles
    }

    /// Takes an event of a part.
    mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes): take(name, attributes)
        case .end("style"): open = nil
        case .end("list-style"): openList = nil
        default: break
        }
    }

    private mutating func take(_ name: String, _ attributes: [MarkupAttribute]) {
        switch name {
        case "style":
            guard styles.count < Self.most else { return }
            open = attributes["name"].map { Self.key(attributes["family"], $0) }
            if let open {
                styles[open] = Style(
                    parent: attributes["parent-style-name"].map {
                        Self.key(attributes["family"], $0)
                    },
                    list: attributes["list-style-name"])
            }
        case "text-properties":
            guard let open else { return }
            if let display = attributes["display"] { styles[open]?.isHidden = display == "none" }
            for name in ["text-line-through-style", "text-line-through-type"] {
                if let line = attributes[name] { styles[open]?.isStruck = line != "none" }
            }
            if let position = attributes["text-position"] {
                let start = position.prefix { $0 != " " }
                styles[open]?.isRaised =
                    start == "super" || start.hasSuffix("%") && !"-0".contains(start.prefix(1))
                styles[open]?.isLowered = start == "sub" || start.hasPrefix("-")
            }
        case "table-properties", "table-row-properties", "table-column-properties":
            if let open, attributes["display"] == "false" { styles[open]?.isHidden = true }
        case "list-style":
            guard lists.count < Self.most else { return }
            openList = attributes["name"]
            if let openList { lists[openList] = [:] }
        case "list-level-style-number", "list-level-style-bullet":
            guard let openList, let level = attributes["level"].flatMap({ Int($0) }),
                (1...10).contains(level)
            else { return }
            lists[openList]?[level - 1] = Self.level(
                attributes, number: level, isBullet: name.hasSuffix("bullet"))
        default: break
        }
    }

    private static func level(
        _ attributes: [MarkupAttribute], number: Int, isBullet: Bool
    ) -> WordNumbering.Level {
        let format = attributes["num-format"] ?? ""
        let name =
            isBullet || format.isEmpty
            ? "bullet"
            : format.contains("一")
                ? "chineseCounting" : format.contains("①") ? "decimalEnclosedCircle" : "decimal"
        let shown = max(1, min(number, attributes["display-levels"].flatMap { Int($0) } ?? 1))
        let text =
            attributes["num-list-format"]
            ?? (attributes["num-prefix"] ?? "")
            + ((number - shown + 1)...number).map { "%\($0)" }.joined(separator: ".")
            + (attributes["num-suffix"] ?? "")
        return WordNumbering.Level(
            // LibreOffice writes %1%, others %1.
            format: name, text: text.replacing("%\(number)%", with: "%\(number)"),
            start: attributes["start-value"].flatMap { Int($0) } ?? 1)
    }

    private static func key(_ family: String?, _ name: String) -> String {
        (family ?? "") + " " + name
    }

    private func first<Value>(_ name: String, _ value: (Style) -> Value?) -> Value? {
        var next: String? = name
        for _ in 0..<Self.longestChain {
            guard let style = next.flatMap({ styles[$0] }) else { return nil }
            if let found = value(style) { return found }
            next = style.parent
        }
        return nil
    }

    /// How text of a style looks.
    func look(family: String, _ name: String?) -> StyledText.Look {
        guard let name else { return StyledText.Look() }
        let key = Self.key(family, name)
        return StyledText.Look(
            isHidden: first(key, \.isHidden) ?? false, isStruck: first(key, \.isStruck) ?? false,
            isRaised: first(key, \.isRaised) ?? false,
            isLowered: first(key, \.isLowered) ?? false)
    }

    /// The list of a paragraph's style.
    func list(ofParagraphStyle name: String?) -> String? {
        name.flatMap { first(Self.key("paragraph", $0), \.list) }
    }
}

extension StyledText.Look {
    /// Both looks together.
    func with(_ other: StyledText.Look) -> StyledText.Look {
        StyledText.Look(
            isHidden: isHidden || other.isHidden, isStruck: isStruck || other.isStruck,
            isRaised: isRaised || other.isRaised, isLowered: isLowered || other.isLowered)
    }
}
