/// The number of terminal columns that `text` takes.
///
/// Wide and full-width characters take 2 columns, combining marks, format and control
/// characters none, everything else 1; characters of ambiguous width (`“`, `①`) count as 1.
/// Emoji joined by U+200D count as if they stood apart.
public func displayWidth(of text: String) -> Int {
    var width = 0
    for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0x20..<0x7F: width += 1
        // Ideographs, stops and brackets, full-width forms, and dots, dashes and quotation marks:
        // nearly all of a Chinese text. Asking ICU means loading it.
        case 0x4E00...0x9FA5, 0x3001...0x3020, 0xFF01...0xFF60: width += 2
        case 0xB7, 0x2010...0x2027: width += 1
        default: width += columns(of: scalar)
        }
    }
    return width
}
