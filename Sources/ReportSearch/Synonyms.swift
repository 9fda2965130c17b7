import SegmentStore

/// Words that say the same, for questions that any of their words may answer.
///
/// A text has a group a line, its words apart by spaces; what follows # is a remark.
public struct Synonyms: Sendable, Hashable {
    /// The groups, each of two words or more, folded, as UTF-8.
    private let groups: [[[UInt8]]]
    /// The first characters of all words: most texts hold none of them.
    private let beginnings: [UInt32]

    /// The groups of a text.
    ///
    /// - Throws: ``SearchError`` naming the line of a group that has one word.
    public init(_ text: String) throws(SearchError) {
        var groups: [[[UInt8]]] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
                .map { Array(folded(String($0)).utf8) }.filter { !$0.isEmpty }
            if words.isEmpty { continue }
            guard words.count > 1 else {
                throw SearchError(
                    question: "line \(index + 1): a synonym needs another word beside it",
                    chinese: "第 \(index + 1) 行：同义词至少要有两个词")
            }
            groups.append(words)
        }
        self.init(groups: groups)
    }

    private init(groups: [[[UInt8]]]) {
        self.groups = groups
        beginnings = Set(groups.joined().map { Self.character(of: $0, at: 0) }).sorted()
    }

    /// A character as a number, by its first three bytes.
    private static func character(of text: [UInt8], at offset: Int) -> UInt32 {
        let lead = text[offset]
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3
        return text[offset..<min(text.count, offset + length)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// The groups of ``text``.
    public static let standard = Synonyms(
        groups: text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
            $0.split(separator: " ").map { Array($0.utf8) }
        })

    /// The words that say the same as some that a folded text holds, none of which it holds itself.
    ///
    /// - Parameter text: as UTF-8.
    func others(in text: [UInt8]) -> [String] {
        let mayHold = text.indices.contains { offset in
            text[offset] & 0xC0 != 0x80
                && beginnings.contains(Self.character(of: text, at: offset))
        }
        guard mayHold else { return [] }
        var found: [String] = []
        for group in groups where group.contains(where: { TextAnalysis.holds(text, $0) }) {
            for word in group where !TextAnalysis.holds(text, word) {
                found.append(String(decoding: word, as: UTF8.self))
            }
        }
        return found
    }

    /// The file that is used when a person names none.
    public static let text = """
        # One group a line; its words say the same in reports. Used where any of the words is enough.
        征地 征收 拆迁 征迁
        官网 门户网站 网站
        公众号 微信公众号
        依申请公开 申请公开
        主动公开 主动发布
        复议 行政复议
        诉讼 行政诉讼
        规范性文件 红头文件
        不予公开 拒绝公开
        督查 督办
        培训 业务学习
        答复 回复
        人手不足 力量薄弱
        惠民 民生

        """
}
