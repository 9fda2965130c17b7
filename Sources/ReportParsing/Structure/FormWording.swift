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

    /// The scalars of a text in the form's wording.
    ///
    /// Marks and spaces that folding drops are gone.
    func scalars(of text: String) -> [Unicode.Scalar] {
        var scalars = folding.foldedScalars(of: text)
        // Only converted text holds these words, and few texts are converted.
        let mayHoldThem = scalars.contains { $0 == "讯" || $0 == "案" || $0 == "料" || $0 == "覆" }
        guard mayHoldThem else { return scalars }
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

    /// A line folded scalar by scalar, the spaces between its words kept.
    func words(between line: String) -> String {
        String(String.UnicodeScalarView(line.unicodeScalars.compactMap(folding.folded)))
    }

    /// The Chinese characters alone of a text in the form's wording.
    func words(of text: String) -> [Unicode.Scalar] {
        scalars(of: text).filter(\.isHan)
    }

    /// A text in simplified characters, as the gazetteer writes names.
    func simplified(_ text: String) -> String {
        String(decoding: folding.foldedUTF8(of: text), as: UTF8.self)
    }
}
