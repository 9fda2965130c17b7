/// A format that is not plain text, known by its first bytes rather than by the file's name.
enum FileFormat: String {
    case pdf = "a PDF document"
    case zip = "a ZIP archive or Office document"
    case office = "an old Office document"
    case html = "a web page"
    case json = "JSON data"

    private static let magics: [([UInt8], FileFormat)] = [
        (Array("%PDF-".utf8), .pdf), ([0x50, 0x4B, 0x03, 0x04], .zip),
        ([0xD0, 0xCF, 0x11, 0xE0], .office),
    ]
    private static let markup = ["<!doctype html", "<html"].map { Array($0.utf8) }

    /// The format of some bytes; nil when they may be plain text.
    init?(_ bytes: [UInt8]) {
        if let known = Self.magics.first(where: { bytes.starts(with: $0.0) }) {
            self = known.1
            return
        }
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let body = bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0).drop(while: isSpace)
        let start = body.prefix(16).map { $0 >= 0x41 && $0 <= 0x5A ? $0 + 0x20 : $0 }
        if Self.markup.contains(where: { start.starts(with: $0) }) {
            self = .html
            return
        }
        // A text may begin with a bracket; data also end with its partner and quote their keys.
        guard let first = body.first, let last = bytes.last(where: { !isSpace($0) }) else {
            return nil
        }
        let second = body.dropFirst().first { !isSpace($0) }
        switch (first, last, second) {
        case (UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\"")),
            (UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{")),
            (UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\"")):
            self = .json
        default:
            return nil
        }
    }
}
