/// Whether characters are text of a language, or keys, coded data, shapes without characters.
enum LanguageSigns {
    /// A shorter text may be anything, in bytes.
    private static let fewestBytes = 200
    /// Words of languages with spaces are shorter, in bytes.
    private static let longestWord = 40
    /// The share of a text that long words or characters for private use make.
    private static let mostStrange = 0.6

    /// Whether a text in UTF-8 holds no language: no ideograph, and words that no language has.
    static func areMissing(in utf8: [UInt8]) -> Bool {
        // Any ideograph will do, and nearly every file begins with one.
        if utf8.count < fewestBytes || utf8.contains(where: { (0xE4...0xE9).contains($0) }) {
            return false
        }
        var strange = 0
        var visible = 0
        for word in utf8.split(whereSeparator: { $0 <= 0x20 }) {
            visible += word.count
            let isAddress = word.starts(with: "http".utf8) || word.starts(with: "<".utf8)
            if word.count > longestWord, !isAddress { strange += word.count }
        }
        var privateUse = 0
        Plausibility.forEachScalar(of: utf8) {
            if (0xE000...0xF8FF).contains($0) { privateUse += 3 }
        }
        let limit = Double(visible) * mostStrange
        return visible > 0 && (Double(strange) > limit || Double(privateUse) > limit)
    }
}
