public import QueryLanguage

/// The language of a page, and its words.
struct Words: Sendable {
    let language: QuerySyntaxError.Language

    var isChinese: Bool { language == .chinese }

    /// A text in the language of the page.
    func callAsFunction(_ english: String, _ chinese: String) -> String {
        isChinese ? chinese : english
    }
}

extension QuerySyntaxError.Language {
    /// The language that a browser would rather have (RFC 9110, Accept-Language), of the two that
    /// there are; nil when it names neither.
    public init?(accepting header: String) {
        var best: (language: Self, weight: Double)?
        for part in header.split(separator: ",").prefix(20) {
            let pieces = part.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard let name = pieces.first else { continue }
            let weight =
                pieces.dropFirst().first { $0.hasPrefix("q=") }
                .flatMap { Double($0.dropFirst(2)) } ?? 1
            let language: Self
            if name.hasPrefix("zh") {
                language = .chinese
            } else if name.hasPrefix("en") {
                language = .english
            } else {
                continue
            }
            if weight > best?.weight ?? 0 { best = (language, weight) }
        }
        guard let best else { return nil }
        self = best.language
    }
}
