import IndexSchema

/// The width of a text in terminal columns: 2 for a wide character, 0 for a mark.
public func width(of text: String) -> Int { TextAnalysis().width(of: text) }
