import Documents

/// The styles of a document of Word 97, as far as they hide text or number paragraphs.
struct Word97Styles {
    struct Style {
        var base = Word97Styles.none
        var look = Word97Look()
        var list: Int?
        var level: Int?
    }

    private var styles: [Style] = []

    /// The number of no style.
    static let none = 0x0FFF
    /// No style is based on another through more than so many.
    private static let longestChain = 16

    /// Reads the sheet of styles.
    init(_ sheet: ArraySlice<UInt8>) {
        guard let head = sheet.number(at: 0, bytes: 2), let count = sheet.number(at: 2, bytes: 2),
            let length = sheet.number(at: 4, bytes: 2)
        else { return }
        var rest = sheet.dropFirst(2 + head)
        while styles.count < count, let size = rest.number(at: 0, bytes: 2) {
            let own = rest.dropFirst(2).prefix(size)
            styles.append(Self.style(own, headLength: length))
            rest = rest.dropFirst(2 + size)
        }
    }

    private static func style(_ bytes: ArraySlice<UInt8>, headLength: Int) -> Style {
        var style = Style()
        guard let second = bytes.number(at: 2, bytes: 2), let third = bytes.number(at: 4, bytes: 2),
            let nameLength = bytes.number(at: headLength, bytes: 2)
        else { return style }
        style.base = second >> 4
        let kind = second & 15
        var rest = bytes.dropFirst(headLength + 2 + 2 * nameLength + 2)
        // A paragraph's style changes paragraphs, then characters; one of characters these alone.
        for index in 0..<min(2, third & 15) {
            guard let size = rest.number(at: 0, bytes: 2) else { break }
            let list = rest.dropFirst(2).prefix(size)
            if kind == 1, index == 0 {
                PropertyModifier.forEach(in: list.dropFirst(2)) { modifier in
                    switch modifier.code {
                    case PropertyModifier.list: style.list = modifier.number
                    case PropertyModifier.level: style.level = modifier.number
                    default: break
                    }
                }
            } else if kind == 1 || kind == 2 {
                PropertyModifier.forEach(in: list) { style.look.take($0, styled: Word97Look()) }
            }
            rest = rest.dropFirst(2 + size + size % 2)
        }
        return style
    }

    /// The styles that a style is based on, itself first.
    private func chain(_ number: Int) -> [Style] {
        var chain: [Style] = []
        var next = number
        while styles.indices.contains(next), chain.count < Self.longestChain {
            chain.append(styles[next])
            next = styles[next].base
        }
        return chain
    }

    /// How text of a style looks.
    func look(of number: Int) -> Word97Look {
        var look = Word97Look()
        for style in chain(number).reversed() { look.add(style.look) }
        return look
    }

    /// The list and level that a paragraph's style gives it.
    func list(of number: Int) -> (list: Int?, level: Int?) {
        let chain = chain(number)
        return (chain.lazy.compactMap(\.list).first, chain.lazy.compactMap(\.level).first)
    }
}

/// How text of a document of Word 97 looks, as far as it matters.
struct Word97Look: Hashable {
    var isDeleted = false
    var isHidden = false
    var isStruck = false
    var isRaised = false
    var isLowered = false
    var isTiny = false

    /// Text of no more half points is not seen.
    private static let smallestSize = 2

    /// Takes one change in.
    ///
    /// - Parameter styled: how the style of the text looks.
    mutating func take(_ modifier: PropertyModifier, styled: Word97Look) {
        switch modifier.code {
        case PropertyModifier.isDeleted: isDeleted = modifier.value.first != 0
        case PropertyModifier.isHidden: isHidden = modifier.isOn(inStyle: styled.isHidden)
        case PropertyModifier.isHiddenOnPages: if modifier.value.first != 0 { isHidden = true }
        case PropertyModifier.isStruck, PropertyModifier.isStruckTwice:
            isStruck = modifier.isOn(inStyle: styled.isStruck)
        case PropertyModifier.position:
            isRaised = modifier.value.first == 1
            isLowered = modifier.value.first == 2
        case PropertyModifier.size: isTiny = modifier.number <= Self.smallestSize
        default: break
        }
    }

    /// Adds what another look has.
    mutating func add(_ other: Word97Look) {
        isDeleted = isDeleted || other.isDeleted
        isHidden = isHidden || other.isHidden
        isStruck = isStruck || other.isStruck
        isRaised = isRaised || other.isRaised
        isLowered = isLowered || other.isLowered
        isTiny = isTiny || other.isTiny
    }

    /// The same as the other formats have it.
    var look: StyledText.Look {
        StyledText.Look(
            isHidden: isDeleted || isHidden || isTiny, isStruck: isStruck, isRaised: isRaised,
            isLowered: isLowered)
    }
}
