import Platform
public import QueryLanguage

extension QuerySyntaxError.Language {
    /// The language of messages: Chinese where the user's locale is.
    public static let ofUser: Self = {
        let name = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
            .compactMap { Environment[$0] }.first { !$0.isEmpty }
        return name?.hasPrefix("zh") == true ? .chinese : .english
    }()
}
