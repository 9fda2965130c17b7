import TestSupport

/// Damage to the characters of a line.
enum Damage {
    private static let radicals: [Character: Character] = [
        "一": "⼀", "人": "⼈", "大": "⼤", "工": "⼯", "文": "⽂", "行": "⾏", "方": "⽅", "民": "⺠",
        "门": "⻔", "长": "⻓", "用": "⽤", "生": "⽣", "立": "⽴", "自": "⾃", "面": "⾯", "高": "⾼",
        "水": "⽔", "目": "⽬", "止": "⽌", "金": "⾦", "无": "⽆", "小": "⼩", "力": "⼒", "入": "⼊",
    ]
    private static let traditional: [Character: Character] = [
        "政": "政", "务": "務", "开": "開", "报": "報", "年": "年", "总": "總", "体": "體", "况": "況",
        "动": "動", "处": "處", "请": "請", "复": "復", "议": "議", "讼": "訟", "诉": "訴", "问": "問",
        "题": "題", "进": "進", "事": "事", "项": "項", "县": "縣", "区": "區", "办": "辦", "结": "結",
        "转": "轉", "机": "機", "关": "關", "国": "國", "规": "規", "许": "許", "罚": "罰", "强": "強",
        "业": "業", "费": "費", "数": "數", "为": "為", "权": "權", "无": "無", "缴": "繳", "纳": "納",
        "网": "網", "发": "發", "条": "條", "举": "舉", "维": "維", "认": "認", "对": "對", "书": "書",
    ]
    private static let pinyin: [Character: String] = [
        "开": "kāi", "总": "zǒng", "务": "wù", "处": "chǔ", "报": "bào",
    ]
    private static let halfWidth: [Character: Character] = [
        "，": ",", "；": ";", "：": ":", "（": "(", "）": ")",
    ]

    private static func isHan(_ character: Character) -> Bool {
        character.unicodeScalars.allSatisfy { (0x3400...0x9FFF).contains($0.value) }
    }

    private static func isDigit(_ character: Character) -> Bool {
        character.isASCII && character.isNumber
    }

    /// A line with its characters damaged.
    static func damaged(
        _ line: String, by damage: TextDamage, isTable: Bool, using random: inout SeededGenerator
    ) -> String {
        switch damage {
        case .none, .entities: return line
        case .radicals: return String(line.map { radicals[$0] ?? $0 })
        case .traditional: return String(line.map { traditional[$0] ?? $0 })
        case .pinyin:
            guard !isTable else { return line }
            return line.map { character in
                let reading =
                    Int.random(in: 0..<4, using: &random) == 0 ? pinyin[character] : nil
                return "\(character)" + (reading.map { "(\($0))" } ?? "")
            }.joined()
        case .halfWidth: return String(line.map { halfWidth[$0] ?? $0 })
        case .fullWidthDigits:
            return String(
                line.map { character in
                    guard isDigit(character), let scalar = character.unicodeScalars.first,
                        let wide = Unicode.Scalar(scalar.value + 0xFEE0)
                    else { return character }
                    return Character(wide)
                })
        case .spaces:
            guard !isTable else { return line }
            var spaced = ""
            var last: Character?
            for character in line {
                if let last, isDigit(last) != isDigit(character),
                    isHan(last) || isHan(character)
                {
                    spaced.append(" ")
                }
                spaced.append(character)
                last = character
            }
            return spaced
        case .noBreakSpaces:
            return isTable
                ? line.replacing(" ", with: "\u{A0}\u{A0}") : "\u{3000}\u{3000}\(line)\u{A0}"
        }
    }
}
