import ChineseText

/// The format of a file, known by its first bytes rather than by its name.
enum FileFormat {
    /// Text in some encoding.
    case text
    /// A PDF document.
    case pdf
    /// A ZIP archive, which a Word document is.
    case zip
    /// A compound file, which an Office document of before 2007 is, and an encrypted newer one.
    case compound
    /// A picture, which may be that of a page.
    case image
    /// Data compressed by gzip.
    case compressed
    /// A document in Rich Text Format.
    case richText
    /// A MIME message: a mail, or a web page that a browser saved in one file.
    case message
    /// A format that is not read, by its name for a person.
    case unread(String)

    private static let magics: [(start: [UInt8], format: FileFormat)] = [
        (Array("%PDF-".utf8), .pdf), ([0x50, 0x4B, 0x03, 0x04], .zip),
        ([0xD0, 0xCF, 0x11, 0xE0], .compound),
        (Array("{\\rtf".utf8), .richText),
        ([0x89, 0x50, 0x4E, 0x47], .image), ([0xFF, 0xD8, 0xFF], .image),
        ([0x49, 0x49, 0x2A, 0], .image), ([0x4D, 0x4D, 0, 0x2A], .image),
        (Array("GIF8".utf8), .image), ([0x1F, 0x8B], .compressed),
        (Array("Rar!".utf8), .unread("an archive")),
        ([0x37, 0x7A, 0xBC, 0xAF], .unread("an archive")),
    ]
    /// The format of a file's bytes.
    init(_ bytes: [UInt8]) {
        if let known = Self.magics.first(where: { bytes.starts(with: $0.start) }) {
            self = known.format
        } else {
            self = MIMEMessage.concerns(bytes) ? .message : .text
        }
    }
}

/// What kind of text a text is, known by what it holds.
enum TextFormat {
    /// Lines of text: Markdown, or a web page without its beginning, among them.
    case plain
    /// A web page, or a document that a word processor saved as one.
    case html
    /// A word processor's document in one file of XML.
    case wordXML
    /// A text in the OpenDocument format in one file of XML.
    case openDocument
    /// Data for programs.
    case json

    private static let openings = [
        "!doctype html", "html", "head", "body", "meta", "title", "div", "p", "table", "style",
        "script", "span", "font", "center", "h1", "h2", "section", "article", "!--", "?xml",
    ].map { Array(("<" + $0).utf8) }
    private static let tags = ["</p>", "</div>"].map { Array($0.utf8) }
    /// How far the tags of a page without an opening are looked for, in bytes.
    private static let looked = 64 << 10
    /// So many tags are no accident.
    private static let fewestTags = 5

    /// The format of a text in UTF-8.
    init(_ text: [UInt8]) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let body = text.dropFirst(text.starts(with: mark) ? mark.count : 0)
            .drop { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        if Self.starts(body, with: Self.comment), !Self.opensPage(behindCommentsOf: body) {
            self = .plain
            return
        }
        switch body.first {
        case UInt8(ascii: "<") where Self.openings.contains { Self.starts(body, with: $0) }:
            self =
                Self.isWordXML(body) ? .wordXML : Self.isOpenDocument(body) ? .openDocument : .html
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            self = Self.isData(body) ? .json : .plain
        default: self = .plain
        }
    }

    private static let comment = Array("<!--".utf8)
    private static let mostComments = 20

    /// Whether a tag stands behind the comments that a text begins with, which Markdown has too.
    private static func opensPage(behindCommentsOf text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        for _ in 0..<mostComments {
            guard starts(rest, with: comment) else { break }
            guard
                let end = rest.dropFirst(comment.count).prefix(looked).indices.first(where: {
                    rest[$0...].starts(with: "-->".utf8)
                })
            else { return true }
            rest = rest[(end + 3)...].drop { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        }
        return rest.first == UInt8(ascii: "<")
    }

    private static func isWordXML(_ body: ArraySlice<UInt8>) -> Bool {
        guard starts(body, with: Array("<?xml".utf8)) else { return false }
        let start = String(decoding: body.prefix(4_096), as: UTF8.self)
        return start.contains("<w:wordDocument") || start.contains("<pkg:package")
    }

    private static func isOpenDocument(_ body: ArraySlice<UInt8>) -> Bool {
        guard starts(body, with: Array("<?xml".utf8)) else { return false }
        return String(decoding: body.prefix(1_024), as: UTF8.self).contains("<office:document ")
    }

    private static func starts(_ body: ArraySlice<UInt8>, with opening: [UInt8]) -> Bool {
        body.count > opening.count
            && zip(body, opening).allSatisfy { byte, wanted in
                byte == wanted || (0x41...0x5A).contains(byte) && byte + 0x20 == wanted
            }
    }

    /// Whether a text that begins with no tag still is a page, or a part of one.
    static func hasTags(_ text: [UInt8]) -> Bool {
        var found = 0
        var rest = text.prefix(looked)
        while let index = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[index...]
            if tags.contains(where: { starts(rest, with: $0) }) { found += 1 }
            if found >= fewestTags { return true }
            rest = rest.dropFirst()
        }
        return false
    }

    /// A text may begin with a bracket; data also end with its partner and quote their keys.
    private static func isData(_ body: ArraySlice<UInt8>) -> Bool {
        let isSpace: (UInt8) -> Bool = { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
        guard let first = body.first, let last = body.last(where: { !isSpace($0) }) else {
            return false
        }
        let second = body.dropFirst().first { !isSpace($0) }
        return switch (first, last, second) {
        case (UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: "\"")),
            (UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{")),
            (UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\"")):
            true
        default: false
        }
    }
}

/// The encoding that a web page declares.
enum DeclaredEncoding {
    /// How far a declaration is looked for, in bytes.
    private static let looked = 4_096

    /// What follows the first `charset=` or `encoding=`; nil when nothing known does.
    static func find(in bytes: [UInt8]) -> TextEncoding? {
        let start = bytes.prefix(looked).filter { $0 != 0 }
        guard start.contains(UInt8(ascii: "=")) else { return nil }
        // Byte by byte as Latin-1: the declaration itself is ASCII.
        let text = String(scalars: start.map { Unicode.Scalar($0) }).lowercased()
        for word in ["charset=", "encoding="] {
            guard let found = text.firstRange(of: word) else { continue }
            let name = text[found.upperBound...].drop { "\"' ".contains($0) }
                .prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
            switch name {
            case "gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80": return .gb18030
            case "big5", "big5-hkscs", "x-x-big5": return .big5
            default: return nil
            }
        }
        return nil
    }
}
