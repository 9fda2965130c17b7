/// The number of terminal columns that `text` takes.
///
/// Wide and full-width characters take 2 columns, combining marks, format and control
/// characters none, everything else 1; characters of ambiguous width (`“`, `①`) count as 1.
/// Emoji joined by U+200D count as if they stood apart.
public func displayWidth(of text: String) -> Int {
    var width = 0
    for scalar in text.unicodeScalars {
        width += (0x20..<0x7F).contains(scalar.value) ? 1 : columns(of: scalar)
    }
    return width
}
