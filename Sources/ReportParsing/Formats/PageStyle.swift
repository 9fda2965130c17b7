import Documents

/// What a style of a page does to text, as far as reading it goes.
struct PageStyle: OptionSet {
    let rawValue: UInt8

    /// The text is not shown: switched off, out of the page, cut away.
    static let hidden = PageStyle(rawValue: 1)
    /// A line goes through the text.
    static let struck = PageStyle(rawValue: 2)
    /// The text stands above the line.
    static let raised = PageStyle(rawValue: 4)
    /// The text stands below the line.
    static let lowered = PageStyle(rawValue: 8)
    /// The text has no size; text in it that has one is shown.
    static let sizeless = PageStyle(rawValue: 16)
    /// The text has a size.
    static let sized = PageStyle(rawValue: 32)
    /// The element is shown, whatever an earlier rule says.
    static let shown = PageStyle(rawValue: 64)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Further away from where it belongs than this, in pixels, text is out of the page.
    private static let faraway = 900

    /// Reads the declarations of a style: `display:none; color:red`.
    init(_ declarations: some StringProtocol) {
        self = []
        var isClipped = false
        var isEmpty = false
        for declaration in declarations.utf8.split(separator: UInt8(ascii: ";")) {
            // Pages of word processors have a style for every other character.
            let plain = declaration.filter { $0 > 0x20 && $0 != UInt8(ascii: "!") }
                .map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
            guard let colon = plain.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: plain[..<colon], as: UTF8.self)
            let value = String(decoding: plain[(colon + 1)...], as: UTF8.self)
            switch name {
            case "display":
                formUnion(value.hasPrefix("none") ? .hidden : .shown)
            case "visibility": if value.hasPrefix("hidden") { insert(.hidden) }
            case "opacity": if Self.isZero(value) { insert(.hidden) }
            case "text-decoration", "text-decoration-line":
                if value.contains("line-through") { insert(.struck) }
            case "vertical-align":
                if value.hasPrefix("super") { insert(.raised) }
                if value.hasPrefix("sub") { insert(.lowered) }
            case "font-size": insert(Self.isZero(value) ? .sizeless : .sized)
            case "left", "right", "top", "text-indent", "margin-left", "margin-top":
                if Self.isFaraway(value) { insert(.hidden) }
            case "clip":
                if value.hasPrefix("rect(0") || value.hasPrefix("rect(1px,1px,1px,1px") {
                    insert(.hidden)
                }
            case "clip-path": if value.hasPrefix("inset(50%") { insert(.hidden) }
            case "height", "width", "max-height", "max-width":
                if Self.isZero(value) || value == "1px" { isEmpty = true }
            case "overflow": if value.hasPrefix("hidden") { isClipped = true }
            default: break
            }
        }
        if isClipped, isEmpty { insert(.hidden) }
    }

    /// Whether a length or share is nothing: `0`, `0px`, `0.0em`, not `0.5em`.
    private static func isZero(_ value: String) -> Bool {
        let digits = value.prefix { $0.isNumber || $0 == "." }
        return !digits.isEmpty && digits.allSatisfy { $0 == "0" || $0 == "." }
    }

    private static func isFaraway(_ value: String) -> Bool {
        guard value.hasPrefix("-") else { return false }
        let digits = value.dropFirst().prefix { $0.isNumber }
        let unit = value.dropFirst(1 + digits.count)
        let isWide = unit.hasPrefix("em") || unit.hasPrefix("rem") || unit.hasPrefix("%")
        return Int(digits).map { $0 >= (isWide ? faraway / 9 : faraway) } ?? !digits.isEmpty
    }
}

/// What a page's own style sheet does to the elements of a class or with an identifier.
///
/// Only rules for one class or identifier count, with or without an element's name; rules for
/// printers and narrow screens do not.
struct StyleSheet {
    /// The styles by `.class` and `#identifier`, in lower case.
    private var styles: [String: PageStyle] = [:]

    /// More of a sheet is not read, in bytes.
    private static let largest = 256 << 10

    /// Whether no rule matters.
    var isEmpty: Bool { styles.isEmpty }

    /// Adds the rules of a `style` element.
    mutating func read(_ text: String) {
        guard text.utf8.count <= Self.largest else { return }
        var rest = Self.withoutComments(text)[...]
        while let open = rest.firstIndex(of: "{") {
            // The end of a block for screens may stand before it.
            let selector = rest[..<open].drop { $0.isWhitespace || $0 == "}" }
            rest = rest[rest.index(after: open)...]
            if Self.isForScreens(selector) { continue }
            if selector.contains("@") {
                rest = Self.afterBlock(rest)
                continue
            }
            let close = rest.firstIndex(of: "}") ?? rest.endIndex
            add(PageStyle(rest[..<close]), to: selector)
            rest = rest[close...].dropFirst()
        }
    }

    /// Whether the rules of a block are for every screen.
    private static func isForScreens(_ selector: Substring) -> Bool {
        let words = selector.lowercased().split { $0.isWhitespace || $0 == "," }
        return words.first == "@media"
            && words.dropFirst().allSatisfy { ["screen", "all", "only"].contains($0) }
    }

    private mutating func add(_ style: PageStyle, to selectors: Substring) {
        let mattering: PageStyle = [
            .hidden, .struck, .raised, .lowered, .shown, .sizeless, .sized,
        ]
        guard !style.isDisjoint(with: mattering) else { return }
        for selector in selectors.lowercased().split(separator: ",") {
            let name = selector.filter { !$0.isWhitespace }
            guard name.count == selector.trimmingSpaces.count,
                let sign = name.firstIndex(where: { $0 == "." || $0 == "#" }),
                !name[name.index(after: sign)...].contains(where: { ".#:[>+~*".contains($0) })
            else { continue }
            let key = String(name[sign...])
            // The last rule wins.
            styles[key] =
                style.contains(.shown)
                ? style : (styles[key] ?? []).union(style).subtracting(.shown)
        }
    }

    /// What the rules do to an element by one of its attributes.
    func style(of attribute: MarkupAttribute) -> PageStyle {
        let sign: String
        switch attribute.name {
        case "class": sign = "."
        case "id": sign = "#"
        default: return []
        }
        return PageFurniture.names(attribute).reduce(into: PageStyle()) { found, name in
            found.formUnion(styles[sign + name] ?? [])
        }.subtracting(.shown)
    }

    private static func withoutComments(_ text: String) -> String {
        var kept = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "/*") {
            kept += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: "*/") else { return kept }
            rest = rest[end.upperBound...]
        }
        return kept + rest
    }

    /// What follows a block of rules, which begins here.
    private static func afterBlock(_ text: Substring) -> Substring {
        var depth = 1
        for index in text.indices {
            if text[index] == "{" { depth += 1 }
            if text[index] == "}" { depth -= 1 }
            if depth == 0 { return text[text.index(after: index)...] }
        }
        return ""
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var text = drop { $0.isWhitespace }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
