import ChineseText

/// The fee for processing information (信息处理费) that a sentence of section 6 states.
struct ProcessingFee {
    /// The amount, in 元.
    let yuan: Double
    /// The offset of the amount in the sentence, in scalars from 0; of the words when it is 0.
    let offset: Int

    private static let names = ["信息处理费", "收费通知", "处理费", "收费"].map { Array($0.unicodeScalars) }
    private static let sums = ["总金额", "共计", "合计", "总计", "金额"].map { Array($0.unicodeScalars) }
    private static let denials = ["没有", "不存在", "未", "无"].map { Array($0.unicodeScalars) }
    /// Words before an amount that was not taken, and how far before it they stand at most.
    private static let remissions = ["减免", "免收", "免除", "退还", "退回"].map { Array($0.unicodeScalars) }
    private static let longestRemission = 8
    /// The words that may stand between a denial and the fee.
    private static let between = [
        "收取", "收到", "产生", "发生", "向", "申请人", "涉及", "相关", "任何", "依申请公开", "政府信息公开", "政府信息",
        "信息公开", "政务信息", "过", "有", "存在", "发出", "因", "本年度", "的", "单位", "个人", "和", "实际", "开展",
    ].map { Array($0.unicodeScalars) }

    /// The fee in a folded sentence; nil when it states none.
    init?(in text: [Unicode.Scalar]) {
        guard let name = Self.names.lazy.compactMap({ text.offset(of: $0) }).first else {
            return nil
        }
        // A denial whose words lead up to the fee: 没有收取信息处理费.
        for denial in Self.denials {
            var from = 0
            while let start = text.offset(of: denial, from: from), start < name {
                var index = start + denial.count
                while index < name,
                    let word = Self.between.first(where: { text.matches($0, at: index) })
                {
                    index += word.count
                }
                if index == name {
                    self.init(yuan: 0, offset: start)
                    return
                }
                from = start + 1
            }
        }
        guard let amount = Self.amount(in: text) else { return nil }
        self = amount
    }

    private init(yuan: Double, offset: Int) {
        self.yuan = yuan
        self.offset = offset
    }

    /// The one amount of money in a sentence, or the one that is said to be the sum.
    private static func amount(in text: [Unicode.Scalar]) -> ProcessingFee? {
        var amounts: [ProcessingFee] = []
        var index = 0
        while index < text.count {
            guard let number = StatedNumber(text, at: index) else {
                index += 1
                continue
            }
            let before = text[max(0, index - longestRemission)..<index]
            if number.unit == .yuan, number.value.isFinite, number.tolerance == 0,
                !remissions.contains(where: { before.offset(of: $0) != nil })
            {
                amounts.append(ProcessingFee(yuan: number.value, offset: index))
            }
            index = number.end
        }
        if amounts.count <= 1 { return amounts.first }
        return amounts.first { amount in
            sums.contains { text[..<amount.offset].suffix($0.count + 2).offset(of: $0) != nil }
        }
    }
}
