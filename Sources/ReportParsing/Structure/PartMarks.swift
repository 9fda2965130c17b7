import ChineseText

/// A mark of a part that few reports use: 第一， [1] 1.1 and letters with a point, and a number that
/// stands before the name of a part.
struct OtherMark {
    /// A sign that shows which kind it is.
    let sign: Character
    /// The mark's length in Unicode scalars, spaces after it included.
    let length: Int

    private static let longest = 10

    /// The mark that a repaired text begins with; nil when it begins with none of these.
    init?(_ text: String) {
        guard let first = text.firstScalar, Self.mayOpen(first) else { return nil }
        let scalars = text.scalars(limit: Self.longest)
        func isDigit(_ index: Int) -> Bool { index < scalars.count && scalars[index].isDigit }
        func holds(_ signs: String, at index: Int) -> Bool {
            index < scalars.count && signs.unicodeScalars.contains(scalars[index])
        }
        var end = 0
        switch first {
        case "第":
            end = 1
            while end < scalars.count, scalars[end].isNumeral { end += 1 }
            guard end > 1, holds("，、：,", at: end) else { return nil }
            (sign, end) = ("第", end + 1)
        case "[", "［", "〔":
            end = 1
            while isDigit(end) { end += 1 }
            guard end > 1, end <= 3, holds("]］〕", at: end) else { return nil }
            (sign, end) = ("[", end + 1)
        case "A"..."H", "\u{2160}"..."\u{216B}":
            guard holds(".．、", at: 1) else { return nil }
            (sign, end) = (first.isASCII ? "A" : "Ⅰ", 2)
        default:
            while isDigit(end) { end += 1 }
            guard (1...2).contains(end) else { return nil }
            if holds(".．", at: end), isDigit(end + 1) {
                end += 1
                while isDigit(end) { end += 1 }
                if holds(".．", at: end) { end += 1 }
                sign = "."
            } else {
                // Repair takes the space after the number away.
                guard PartNames.isName(String(text.unicodeScalars.dropFirst(end))) else {
                    return nil
                }
                sign = "1"
            }
        }
        while end < scalars.count, scalars[end] == " " { end += 1 }
        guard end < scalars.count, scalars[end].isHan else { return nil }
        length = end
    }

    /// Whether such a mark can begin with a character, which that of most lines shows it does not.
    private static func mayOpen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x30...0x39, 0x41...0x48, 0x5B, 0x2160...0x216B, 0x3014, 0x7B2C, 0xFF3B: true
        default: false
        }
    }
}

/// The names that the parts of sections 1 and 5 have.
enum PartNames {
    /// The names, longer ones of the same beginning first.
    static let all: WordList = [
        "主动公开政府信息", "主动公开", "依申请公开政府信息", "依申请公开", "政府信息管理", "政府信息公开平台建设", "信息公开平台建设",
        "公开平台建设", "平台建设", "监督保障", "存在的主要问题", "存在的问题", "存在问题", "改进措施", "改进情况", "整改措施",
        "下一步工作打算", "下一步工作计划", "下一步打算", "下步工作打算",
    ]
    /// What may follow a name.
    static let ends = ["工作情况", "情况", "方面", "工作"].map { $0.scalars() }

    /// A name is never longer, in bytes of UTF-8.
    private static let longest = 60

    /// Whether a text is nothing but the name of a part.
    static func isName(_ text: String) -> Bool {
        guard text.utf8.count <= longest, text.utf8.first.map({ $0 >= 0xE4 }) == true else {
            return false
        }
        var scalars = text.scalars()[...]
        while let last = scalars.last, "：:。 ".unicodeScalars.contains(last) { scalars.removeLast() }
        guard let name = all.first(in: scalars, from: 0), name.lowerBound == 0 else { return false }
        let rest = scalars[name.upperBound...]
        return rest.isEmpty || ends.contains { rest.elementsEqual($0) }
    }
}
