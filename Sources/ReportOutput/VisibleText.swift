import ReportSearch

/// A text with everything that could command a terminal made visible: `\x1b`, `\u{202e}`.
///
/// - Parameter keepingLines: leaves line ends to data whose format has room for them.
public func visible(_ text: String, keepingLines: Bool = false) -> String {
    guard text.utf8.contains(where: mayBeginUnsafe),
        text.unicodeScalars.contains(where: \.isUnsafeOnTerminal)
    else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
        if scalar.isUnsafeOnTerminal, !(keepingLines && scalar == "\n") {
            let value = pathByte(of: scalar).map(UInt32.init) ?? scalar.value
            let hex = String(value, radix: 16)
            shown +=
                value < 0x100
                ? "\\x" + (hex.count < 2 ? "0" : "") + hex : "\\u{\(hex)}"
        } else {
            shown.unicodeScalars.append(scalar)
        }
    }
    return shown
}

/// Whether a character that could change what a terminal shows may begin with a byte; most texts hold
/// none.
private func mayBeginUnsafe(_ byte: UInt8) -> Bool {
    byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2 || byte == 0xEF || byte == 0xF4
}

extension Unicode.Scalar {
    /// Whether the character could change what a terminal shows.
    ///
    /// Controls do, and marks that turn the direction of text. Bytes of paths that are not UTF-8
    /// count as such.
    public var isUnsafeOnTerminal: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069,
            0xFEFF:
            true
        default: pathByte(of: self) != nil
        }
    }
}
