import ChineseText

/// Text as it is compared with the wording of the official form: folded, and with the words that
/// conversion to traditional script put instead of the form's own turned back.
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
        inOwnWords(folding.foldedScalars(of: text))
    }

    /// The same of a text in scalars.
    func scalars(of text: ArraySlice<Unicode.Scalar>) -> [Unicode.Scalar] {
        inOwnWords(folding.foldedScalars(of: text))
    }

    /// A folded text with the form's words for those of conversion.
    private func inOwnWords(_ folded: [Unicode.Scalar]) -> [Unicode.Scalar] {
        // Only converted text holds these words, and few texts are converted.
        guard folded.contains(where: Self.isForeign) else { return folded }
        var scalars = folded
        for (foreign, own) in Self.conversions {
            var from = 0
            while let index = scalars.offset(of: foreign, from: from) {
                from = index + foreign.count
                scalars.replaceSubrange(index..<from, with: own)
            }
        }
        return scalars
    }

    /// The scalars of a text folded one by one, as many as the text has.
    func aligned(_ text: String) -> [Unicode.Scalar] { folding.aligned(text) }

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
        words(of: text.utf8.span)
    }

    /// The Chinese characters alone of a text in UTF-8 in the form's wording.
    func words(of utf8: Span<UInt8>) -> [Unicode.Scalar] {
        // Spaces vanish beside them, so each can be folded by itself.
        var words: [Unicode.Scalar] = []
        words.reserveCapacity(utf8.count / 3)
        folding.appendHan(of: utf8, to: &words)
        return inOwnWords(words)
    }

    /// A text in simplified characters, as the gazetteer writes names.
    func simplified(_ text: String) -> String {
        String(decoding: folding.foldedUTF8(of: text), as: UTF8.self)
    }
}
