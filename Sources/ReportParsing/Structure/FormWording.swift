import ChineseText

/// Text as it is compared with the wording of the official form: folded, and with the words that
/// conversion to traditional script put in place of the form's own turned back.
///
/// Converters that go by words rather than characters write 資訊 for 信息 and 檔案 for 文件; each
/// is as long as the word it stands for, so offsets stay.
struct FormWording: Sendable {
    let folding = TextFolding()

    private static let conversions: [(foreign: [Unicode.Scalar], own: [Unicode.Scalar])] = [
        ("政府资讯", "政府信息"), ("资讯公开", "信息公开"), ("资讯", "信息"), ("规范性档案", "规范性文件"),
        ("专案数量", "项目数量"), ("本列资料", "本列数据"), ("反覆申请", "反复申请"),
    ].map { (Array($0.unicodeScalars), Array($1.unicodeScalars)) }

    /// Whether one of the words of conversion holds a character, folded.
    private static func isForeign(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "讯", "案", "料", "覆": true
        default: false
        }
    }

    /// The scalars of a text in the form's wording.
    ///
    /// Marks and spaces that folding drops are gone.
    func scalars(of text: String) -> [Unicode.Scalar] {
        var scalars = folding.foldedScalars(of: text)
        // Only converted text holds these words, and few texts are converted.
        guard scalars.contains(where: Self.isForeign) else { return scalars }
        for (foreign, own) in Self.conversions {
            while let place = scalars.offset(of: foreign) {
                scalars.replaceSubrange(place..<(place + foreign.count), with: own)
            }
        }
        return scalars
    }

    /// The scalars of a text folded one by one, as many as the text has.
    func aligned(_ text: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] {
        text.map { folding.folded($0) ?? $0 }
    }

    /// The scalars of a text folded one by one, as many as the text has.
    func aligned(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        folding.aligned(text)
    }

    /// A line folded scalar by scalar, the spaces between its words kept.
    func words(between line: String) -> String {
        String(scalars: line.unicodeScalars.compactMap(folding.folded))
    }

    /// The Chinese characters alone of a text in the form's wording.
    func words(of text: String) -> [Unicode.Scalar] {
        var words: [Unicode.Scalar] = []
        appendWords(of: text, to: &words)
        return words
    }

    /// Appends the Chinese characters alone of a text in the form's wording.
    func appendWords(of text: String, to words: inout [Unicode.Scalar]) {
        let start = words.count
        // Spaces vanish beside them, so each can be folded by itself.
        folding.appendHan(of: text, to: &words)
        guard words[start...].contains(where: Self.isForeign) else { return }
        words.removeSubrange(start...)
        words += scalars(of: text).filter(\.isHan)
    }

    /// A text in simplified characters, as the gazetteer writes names.
    func simplified(_ text: String) -> String {
        String(decoding: folding.foldedUTF8(of: text), as: UTF8.self)
    }
}
