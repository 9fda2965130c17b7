import ChineseText

/// What the words between numbers say of the number that they stand at.
///
/// A number is compared with the tables only when every word before it in its clause is one of
/// these: 收到申请20件 is, 涉及征迁的申请12件 is not.
struct FigureWords: OptionSet, Sendable {
    let rawValue: UInt64

    private static func word(_ number: UInt64) -> FigureWords { FigureWords(rawValue: 1 << number) }

    /// 收到, 新收, 受理.
    static let receive = word(0)
    /// 办理.
    static let handle = word(1)
    /// 办结.
    static let finish = word(2)
    /// 政府信息公开申请.
    static let request = word(3)
    /// 上年结转.
    static let carriedIn = word(4)
    /// 结转下年.
    static let carriedOut = word(5)
    /// 结转.
    static let carried = word(6)
    /// 自然人.
    static let natural = word(7)
    /// 法人或其他组织.
    static let organisations = word(8)
    /// 予以公开.
    static let granted = word(9)
    /// 部分公开.
    static let partial = word(10)
    /// 不予公开.
    static let denied = word(11)
    /// 无法提供.
    static let unable = word(12)
    /// 不予处理.
    static let notProcessed = word(13)
    /// 其他处理.
    static let otherHandling = word(14)
    /// 行政复议.
    static let review = word(15)
    /// 行政诉讼.
    static let lawsuit = word(16)
    /// 维持.
    static let upheld = word(17)
    /// 纠正.
    static let corrected = word(18)
    /// 规范性文件.
    static let documents = word(19)
    /// 规章.
    static let regulations = word(20)
    /// 制发.
    static let issue = word(21)
    /// 公开, of documents.
    static let publish = word(22)
    /// 废止.
    static let repeal = word(23)
    /// 现行有效.
    static let inForce = word(24)
    /// 行政许可.
    static let licensing = word(25)
    /// 行政处罚.
    static let penalties = word(26)
    /// 行政强制.
    static let coercion = word(27)
    /// 作出…决定.
    static let decide = word(28)
    /// 收取.
    static let charge = word(29)
    /// 行政事业性收费.
    static let fees = word(30)
    /// 未, 没有, 无.
    static let negation = word(31)
    /// 其中.
    static let among = word(32)
    /// 约, 近, 超过.
    static let about = word(33)
    /// 全年, 2022年 in the report on 2022.
    static let thisYear = word(34)
    /// 政府信息公开, of which a review or a lawsuit is about.
    static let disclosure = word(35)
    /// 去年, 累计: what follows in the sentence is not about the year.
    static let elsewhere = word(36)
    /// 新收, which counts what was carried in never.
    static let newly = word(38)
    /// 答复, of which nobody says whether all ways to end a request are meant.
    static let reply = word(39)
    /// A word that begins like another one and means something else, as 申请人.
    static let unknown = word(37)

    /// Words that name what is counted.
    static let nouns: FigureWords = [
        .request, .review, .lawsuit, .documents, .regulations, .licensing, .penalties, .coercion,
        .fees,
    ]
    /// How a request was answered.
    static let outcomes: FigureWords = [
        .granted, .partial, .denied, .unable, .notProcessed, .otherHandling,
    ]
    /// Words that change nothing of what is counted.
    static let bare: FigureWords = [.about, .thisYear, .disclosure]

    // MARK: The words

    private static let lists: [(meaning: FigureWords, words: String)] = [
        (
            [],
            """
            共 总共 共计 合计 总计 累计共 期间 我局 我镇 我委 我县 我区 我市 我办 我中心 我院 我厅 我乡 我街道 我单位 \
            我们 我处 我旗 我省 本局 本委 本镇 本乡 本办 本中心 本单位 本机关 本街道 机关 单位 已 均 的 了 为 有 数 数量 总数 \
            总量 总数量 量 达 达到 各类 件 和 与 及 或 以及 并 另 另有 还有 还 也 已经 依法 按时 按期 及时 规范 在 中 \
            情况 情形 事项 工作 方面 案件 案 事件 现象 引起 引发 提起 发生 产生 出现 涉及 相关 有关 因 由 被 群众 公众 \
            社会公众 提出 提交 提出的 实际 全部 加上 连同 一并 是 其 则 而 经 按规定 处理决定 公民法人和其他组织 \
            公民法人或其他组织 公民法人或者其他组织 人民政府 该 对 统一 集中 分别
            """
        ),
        (.thisYear, "全年 本年 本年度 今年 年内 当年 本年内 全年度 本年度内 年度 全年共 全年累计 年度累计 今年累计 年度内"),
        (
            .receive,
            "收到 受理 接收 接到 收到的 共收到 登记 收 收悉 收件 受理的"
        ),
        (.newly, "新收 新收到 新收的 新增 新受理 本年新收 本年度新收 新接收 当年新收"),
        (.reply, "答复 回复 已答复 予以答复 办复"),
        (.handle, "办理 处理 应办理 需办理"),
        (.finish, "办结 办理完毕 办理完结 办结数 已办结 办结申请"),
        (
            .request,
            """
            申请 政府信息公开申请 信息公开申请 依申请公开 依申请公开申请 依申请公开政府信息 依申请公开政府信息申请 \
            政府信息依申请公开 依申请公开件 政府信息依申请公开件 政府信息公开依申请 公开申请 政府信息申请 \
            政府信息公开申请件 依申请 依申请公开信息 依申请信息公开 依申请信息 政务信息公开申请 书面申请 \
            申请公开政府信息 政府信息公开的申请 信息公开依申请 依申请公开事项 依申请件 公开政府信息申请 依申请政府信息公开 申请公开
            """
        ),
        (
            .carriedIn,
            """
            上年结转 上年度结转 上一年度结转 上一年结转 结转上年 结转上年度 上年结转的 上年度结转的 上年转结 上年度转入 \
            上年转入 上年度转来 上年转来 上年结转申请 上年度结转申请 去年结转 往年结转 上年度结转至本年度 上年度结转至本年 \
            上年结转至本年 从上年结转 结转自上年 上年度未办结 承接上年 承接上年度
            """
        ),
        (
            .carriedOut,
            """
            结转下年 结转下年度 结转至下年 结转至下年度 结转到下年 结转到下年度 结转下一年度 结转至下一年度 结转到下一年度 \
            结转下一年 结转至下一年 转入下年 转入下年度 转入下一年度 转到次年 转入次年 结转次年 结转至次年 结转到次年 \
            结转下年度继续办理 结转至下年度继续办理 结转下年继续办理 结转至下一年度继续办理 结转到下年度继续办理 \
            结转至来年 结转来年 转至下年 转至下年度 转至下一年度 下年结转 转到来年 转到下年 转到下一年度 结转至明年 结转明年
            """
        ),
        (.carried, "结转 结转的 结转数 跨年结转"),
        (.natural, "自然人 公民 自然人申请 公民申请 公民个人 自然人提出 自然人提交 个人申请"),
        (
            .organisations,
            "法人 法人或其他组织 法人和其他组织 法人或者其他组织 法人及其他组织 法人组织 法人或组织 法人申请 法人其他组织"
        ),
        (.granted, "予以公开 依法予以公开 全部予以公开"),
        (.partial, "部分公开 予以部分公开"),
        (.denied, "不予公开 决定不予公开"),
        (.unable, "无法提供"),
        (.notProcessed, "不予处理"),
        (.otherHandling, "其他处理 作其他处理 其他方式处理"),
        (.review, "行政复议 复议 行政复议申请 行政复议案 行政复议案件 行政复议件 复议案件 复议申请 申请行政复议"),
        (.lawsuit, "行政诉讼 诉讼 行政诉讼案件 行政诉讼案 诉讼案件 行政诉讼件 行政应诉 行政应诉案件"),
        (.upheld, "维持 结果维持 予以维持 被维持 维持原决定 维持原答复 复议维持"),
        (.corrected, "纠正 结果纠正 被纠正 予以纠正 被依法纠正"),
        (.documents, "规范性文件 行政规范性文件 规范性档案 行政规范性档案"),
        (.regulations, "规章 政府规章 行政规章"),
        (.issue, "制发 制定 印发 出台 新制定 新制发 制定出台 制定印发 新出台 新印发 制定发布 起草印发 制定并印发 颁布"),
        (.publish, "公开 主动公开 发布 公布 公开发布"),
        (.repeal, "废止 宣布失效 废止失效 宣布废止 废止和失效 废止或失效 失效"),
        (.inForce, "现行有效 现行有效的 有效 现行 继续有效 保留有效"),
        (.licensing, "行政许可 行政许可决定 行政许可案件 行政许可处理决定"),
        (.penalties, "行政处罚 行政处罚决定 行政处罚案件 行政处罚处理决定"),
        (.coercion, "行政强制 行政强制决定 行政强制措施 行政强制处理决定"),
        (.decide, "作出 做出 实施 决定 下达"),
        (.charge, "收取"),
        (.fees, "行政事业性收费 行政事业性收费金额"),
        (.negation, "未 没有 无 未曾 没 未有 不存在 均未 并未"),
        (.among, "其中 包括 包含 含 其中有"),
        (.about, "约 近 超 超过 逾 大约 将近 接近 至少 不足 突破 约为"),
        (
            .disclosure,
            "政府信息公开 信息公开 政务公开 政府信息公开工作 信息公开工作 政府信息 政务信息公开 政府信息公开类 信息公开类"
        ),
        (
            .elsewhere,
            """
            去年 上年 上年度 上一年 上一年度 往年 历年 前年 前一年 头一年 累计 截至 截止 截止到 自 近年来 近年 近几年 近三年 \
            近五年 上半年 下半年 一季度 二季度 三季度 四季度 第一季度 第二季度 第三季度 第四季度 明年 来年 次年 下年 下年度 下一年 \
            下一年度 历史 同期 预计 计划 全省 全国
            """
        ),
        (
            .unknown,
            """
            申请人 申请表 申请书 申请渠道 申请流程 申请受理 申请办理 申请条件 有效性 公开专栏 公开栏 无障碍 自然 自身 近日 \
            有人 有效期 为民 在线 规范化 中心 自主 自行 自觉 规章制度 与会 超期 有序 处理费 信息处理费 未来 未公开 诉讼费
            """
        ),
    ]

    /// The words by their first character, all of them ideographs, the longest first.
    private struct Lexicon {
        private struct Entry {
            /// Where the word stands in `text`.
            let word: Range<Int>
            /// The second character; nil of a word that has one only.
            let second: Unicode.Scalar?
            let meaning: FigureWords
        }

        /// All words one after the other.
        private var text: [Unicode.Scalar] = []
        private var entries: [Entry] = []
        /// For each ideograph from U+4E00 on the index of its first word, and past its last one.
        private var starts = [UInt16](repeating: 0, count: 0x5200 + 1)

        private static let first: UInt32 = 0x4E00

        init() {
            let all = FigureWords.lists.flatMap { list in
                list.words.split(whereSeparator: \.isWhitespace).map {
                    (word: Array($0.unicodeScalars), meaning: list.meaning)
                }
            }
            let sorted = all.sorted {
                ($0.word[0].value, $1.word.count) < ($1.word[0].value, $0.word.count)
            }
            var slot = 0
            for (word, meaning) in sorted {
                while slot < Int(word[0].value - Self.first) {
                    slot += 1
                    starts[slot] = UInt16(entries.count)
                }
                let start = text.count
                text += word
                entries.append(
                    Entry(
                        word: start..<text.count, second: word.dropFirst().first,
                        meaning: meaning))
            }
            for rest in (slot + 1)..<starts.count { starts[rest] = UInt16(entries.count) }
        }

        /// The longest word at an offset of a text, and what it says; nil when there is none.
        func match(
            _ other: [Unicode.Scalar], at start: Int
        ) -> (length: Int, meaning: FigureWords)? {
            let value = other[start].value
            guard value >= Self.first, value < Self.first + UInt32(starts.count - 1) else {
                return nil
            }
            let slot = Int(value - Self.first)
            let next = start + 1 < other.count ? other[start + 1] : nil
            for index in Int(starts[slot])..<Int(starts[slot + 1]) {
                if let second = entries[index].second, second != next { continue }
                let word = entries[index].word
                guard word.count <= other.count - start else { continue }
                var length = 1
                while length < word.count, other[start + length] == text[word.lowerBound + length] {
                    length += 1
                }
                if length == word.count { return (length, entries[index].meaning) }
            }
            return nil
        }
    }

    private static let lexicon = Lexicon()

    /// The longest word at an offset of a folded text, and what it says; nil when there is none.
    static func match(
        _ text: [Unicode.Scalar], at start: Int
    ) -> (length: Int, meaning: FigureWords)? {
        lexicon.match(text, at: start)
    }
}
