import Platform
import SegmentStore

/// The width of a text in terminal columns: 2 for a wide character, 0 for a mark.
public func width(of text: String) -> Int { TextAnalysis().width(of: text) }

/// A name in the one form in which names are compared: width, case and script made one.
public func folded(_ name: String) -> String { TextAnalysis().folded(name) }

/// The candidate that a misspelt name comes nearest to; nil when none is near.
public func nearestName(to name: String, among candidates: [String]) -> String? {
    TextAnalysis().nearest(to: name, among: candidates)
}

/// The bytes of a path that is not UTF-8; nil when it is, and so its text says all.
public func bytes(ofUnusualPath path: String) -> [UInt8]? {
    PathText.isUTF8(path) ? nil : PathText.bytes(of: path)
}

/// The byte of a path that a character stands for, where the path is not UTF-8; nil for any other
/// character.
public func pathByte(of scalar: Unicode.Scalar) -> UInt8? { PathText.byte(of: scalar) }

/// A text that takes no more columns in a terminal than `most`, with … where something is left out.
public func cut(_ text: String, toColumns most: Int) -> String {
    guard width(of: text) > most else { return text }
    var cut = ""
    var used = 1
    for character in text {
        used += width(of: String(character))
        if used > most { break }
        cut.append(character)
    }
    return cut + "…"
}
