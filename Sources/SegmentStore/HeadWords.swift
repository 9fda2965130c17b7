/// The words by which a report is found in libxapian: those that a stock `QueryParser` asks for with
/// `FLAG_CJK_NGRAM`.
///
/// They are each ideograph, each pair of neighbouring ones, and each row of other letters and digits.
/// `云岫县2023` has `云`, `云岫`, `岫`, `岫县`, `县` and `2023`.
enum HeadWords {
    /// A longer word is left out.
    private static let longest = 64

    /// Calls `body` with every word of a folded text, repeated ones each time.
    static func forEach(in folded: String, _ body: (String) -> Void) {
        var last: Unicode.Scalar?
        var word = ""
        func endWord() {
            if !word.isEmpty, word.utf8.count <= longest { body(word) }
            word = ""
        }
        for scalar in folded.unicodeScalars {
            if scalar.properties.isIdeographic {
                endWord()
                if let last { body(String(last) + String(scalar)) }
                body(String(scalar))
                last = scalar
                continue
            }
            last = nil
            if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                word.unicodeScalars.append(scalar)
            } else {
                endWord()
            }
        }
        endWord()
    }
}
