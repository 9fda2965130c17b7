import ChineseText
import ReportModel

/// The places that the numbers of documents begin with: 抚政办公开〔2021〕3号 is of 抚顺.
struct DocumentNumbers {
    /// The first characters of the numbers.
    private let initials: [Unicode.Scalar]

    /// The words before the year of a number are no more than this, in characters.
    private static let longest = 10

    /// Words after which the number of another document stands.
    private static let verbs: WordList = [
        "根据", "按照", "依据", "依照", "参照", "遵照", "贯彻", "落实", "执行", "转发", "印发",
    ]

    /// The provinces whose numbers begin with another character than their names do.
    private static let provinces: [Unicode.Scalar: String] = [
        "京": "北京市", "津": "天津市", "冀": "河北省", "晋": "山西省", "蒙": "内蒙古自治区", "沪": "上海市",
        "苏": "江苏省", "浙": "浙江省", "皖": "安徽省", "闽": "福建省", "赣": "江西省", "鲁": "山东省", "豫": "河南省",
        "鄂": "湖北省", "湘": "湖南省", "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省", "渝": "重庆市",
        "川": "四川省", "黔": "贵州省", "滇": "云南省", "藏": "西藏自治区", "陕": "陕西省", "甘": "甘肃省",
    ]

    /// Finds the numbers in folded texts.
    init(in texts: [[Unicode.Scalar]]) {
        var initials: [Unicode.Scalar] = []
        for text in texts {
            for open in text.indices where Self.isBracket(text[open]) {
                guard CalendarYear.leading(text[(open + 1)...]) != nil else { continue }
                var start = open
                while start > 0, open - start <= Self.longest, text[start - 1].isHan { start -= 1 }
                // 根据浙政办发〔2022〕8号: the number begins after the verb.
                if let verb = text[start..<open].matches(of: Self.verbs).last {
                    start = verb.upperBound
                }
                guard (2...Self.longest).contains(open - start) else { continue }
                initials.append(text[start])
            }
        }
        self.initials = initials
    }

    private static func isBracket(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "〔", "[", "【", "(": true
        default: false
        }
    }

    /// The one of several places in whose city the numbers were given, or else in whose province;
    /// nil when that is none or several.
    func only(of candidates: [Region]) -> Region? {
        let byCity = candidates.filter { region in
            region.city?.unicodeScalars.first.map(initials.contains) ?? false
        }
        if byCity.count == 1 { return byCity[0] }
        let byProvince = candidates.filter { region in
            initials.contains { Self.provinces[$0] == region.province }
        }
        return byProvince.count == 1 ? byProvince[0] : nil
    }
}
