import ChineseText

/// A mail (`.eml`), or a web page that a browser or word processor saved with its pictures in one
/// message (`.mht`, `.mhtml`, and some files named `.doc`).
struct MIMEMessage {
    /// The text of a message.
    struct Body {
        let bytes: [UInt8]
        /// The encoding that the message names, where bytes alone do not tell it; nil otherwise.
        let encoding: TextEncoding?
        /// Whether it is a web page.
        let isPage: Bool
    }

    /// The first page, or else the first plain text; nil when there is none.
    private(set) var body: Body?
    /// What the message is about; nil when it does not say.
    let subject: String?
    /// The files that came with it, with their names.
    private(set) var attachments: [(name: String, bytes: [UInt8])] = []

    private var partsLeft = 200

    /// How far the head of a message or part is looked for, in bytes.
    private static let longestHead = 64 << 10
    /// Parts within each other beyond this are passed over.
    private static let deepest = 8

    private static let firstFields: Set<String> = [
        "mime-version", "from", "to", "received", "return-path", "date", "subject", "content-type",
        "delivered-to", "message-id", "snapshot-content-location", "x-mailer", "reply-to", "sender",
        "dkim-signature", "authentication-results", "x-qq-mid", "x-priority",
        "content-transfer-encoding",
    ]

    /// Whether bytes begin as a message does: with fields of which one tells of its content.
    static func concerns(_ bytes: [UInt8]) -> Bool {
        let line = bytes.prefix(100).prefix { $0 != 0x0A }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
            firstFields.contains(String(decoding: line[..<colon], as: UTF8.self).lowercased())
        else { return false }
        let head = MIMEHead(bytes[...], longest: longestHead)
        return head.isWhole
            && (head["content-type"] != nil || head["mime-version"] != nil
                || head["from"] != nil && head["subject"] != nil)
    }

    /// Reads a message; nil when it has no head.
    init?(_ bytes: [UInt8]) {
        let head = MIMEHead(bytes[...], longest: Self.longestHead)
        guard head.isWhole else { return nil }
        subject = head["subject"].map(MIMEWord.decoded).flatMap { $0.isEmpty ? nil : $0 }
        take(bytes[head.end...], head, depth: 0)
    }

    private mutating func take(_ content: ArraySlice<UInt8>, _ head: MIMEHead, depth: Int) {
        let type = head["content-type"]?.lowercased() ?? "text/plain"
        if type.hasPrefix("multipart/") {
            guard depth < Self.deepest,
                let boundary = head.parameter("boundary", of: "content-type")
            else { return }
            takeParts(content, between: Array(("--" + boundary).utf8), depth: depth)
            return
        }
        let isPage = type.hasPrefix("text/html") || type.hasPrefix("application/xhtml")
        let isText = isPage || type.hasPrefix("text/plain")
        let name =
            head.parameter("filename", of: "content-disposition")
            ?? head.parameter("name", of: "content-type")
        let isAttached = head["content-disposition"]?.lowercased().hasPrefix("attachment") == true
        if isText, !isAttached {
            // A page tells more than the plain text beside it; the first of each counts.
            guard body == nil || isPage && body?.isPage == false else { return }
            body = Body(
                bytes: Self.decoded(content, head),
                encoding: head.parameter("charset", of: "content-type").flatMap(Self.encoding),
                isPage: isPage)
        } else if let name, !type.hasPrefix("image/"), !type.hasPrefix("text/css") {
            attachments.append((MIMEWord.decoded(name), Self.decoded(content, head)))
        }
    }

    private mutating func takeParts(
        _ content: ArraySlice<UInt8>, between border: [UInt8], depth: Int
    ) {
        var rest = content
        guard let opening = Self.line(in: rest, startingWith: border) else { return }
        rest = rest[opening.endIndex...].dropFirst()
        while partsLeft > 0 {
            partsLeft -= 1
            let closing = Self.line(in: rest, startingWith: border)
            let part = rest[..<(closing?.startIndex ?? rest.endIndex)]
            let head = MIMEHead(part, longest: Self.longestHead)
            if head.isWhole { take(part[head.end...], head, depth: depth + 1) }
            guard let closing, !closing.dropFirst(border.count).starts(with: "--".utf8) else {
                return
            }
            rest = rest[closing.endIndex...].dropFirst()
        }
    }

    private static func decoded(_ content: ArraySlice<UInt8>, _ head: MIMEHead) -> [UInt8] {
        switch head["content-transfer-encoding"]?.lowercased() {
        case "quoted-printable": MIMECoding.quotedPrintable(content)
        case "base64": MIMECoding.base64(content)
        default: Array(content)
        }
    }

    /// The encoding of a name that the bytes alone do not tell; nil for one that they do.
    private static func encoding(_ name: String) -> TextEncoding? {
        switch name.lowercased() {
        case "hz-gb-2312": .hz
        case "iso-2022-cn": .iso2022cn
        case "iso-2022-jp": .iso2022jp
        case "utf-7": .utf7
        case "utf-16le": .utf16le
        case "utf-16be": .utf16be
        default: nil
        }
    }

    /// The first line, without its end, that begins with some bytes; nil when none does.
    private static func line(
        in bytes: ArraySlice<UInt8>, startingWith start: [UInt8]
    ) -> ArraySlice<UInt8>? {
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.endIndex
            if bytes[index..<end].starts(with: start) { return bytes[index..<end] }
            index = end + 1
        }
        return nil
    }
}

/// The head of a message or of one of its parts: fields, up to an empty line.
struct MIMEHead {
    private var fields: [String: String] = [:]
    /// Where what follows begins.
    private(set) var end: Int
    /// Whether an empty line ends it.
    private(set) var isWhole = false

    init(_ bytes: ArraySlice<UInt8>, longest: Int) {
        var name: String?
        var index = bytes.startIndex
        end = index
        let limit = min(bytes.endIndex, index + longest)
        while index < limit {
            let lineEnd = bytes[index...].firstIndex(of: 0x0A) ?? bytes.endIndex
            var line = bytes[index..<lineEnd]
            if line.last == 0x0D { line.removeLast() }
            index = min(bytes.endIndex, lineEnd + 1)
            if line.isEmpty {
                isWhole = true
                end = index
                return
            }
            let text = String(decoding: line, as: UTF8.self)
            if line.first == 0x20 || line.first == 0x09 {
                if let name { fields[name]? += " " + text.trimmingSpaces }
            } else if let colon = text.firstIndex(of: ":"),
                text[..<colon].utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
            {
                let own = text[..<colon].lowercased()
                name = fields[own] == nil ? own : nil
                if name != nil { fields[own] = String(text[colon...].dropFirst()).trimmingSpaces }
            } else {
                return
            }
        }
    }

    /// The value of a field, on one line; nil when there is none.
    subscript(name: String) -> String? { fields[name] }

    /// A parameter of a field, such as the `boundary` of `content-type`; nil when there is none.
    func parameter(_ name: String, of field: String) -> String? {
        guard let value = fields[field] else { return nil }
        let lower = value.lowercased()
        for form in [name + "=", name + "*=", name + "*0=", name + "*0*="] {
            guard let match = lower.firstRange(of: form) else { continue }
            let offset = lower.distance(from: lower.startIndex, to: match.upperBound)
            let rest = value.dropFirst(offset)
            let found =
                rest.first == "\""
                ? rest.dropFirst().prefix { $0 != "\"" }
                : rest.prefix { !$0.isWhitespace && $0 != ";" }
            guard !found.isEmpty else { continue }
            return form.contains("*=") ? MIMEWord.percent(String(found)) : String(found)
        }
        return nil
    }
}

/// Words of the head of a message that are no ASCII.
enum MIMEWord {
    /// A text with its encoded words, as `=?gb2312?B?…?=`, decoded.
    static func decoded(_ text: String) -> String {
        guard text.contains("=?") else { return text.trimmingSpaces }
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            let parts = rest[start.upperBound...].split(
                separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count == 4, parts[3].hasPrefix("=") else { break }
            // Space between two words is none.
            if !before.allSatisfy(\.isWhitespace) || result.isEmpty { result += before }
            let content = Array(parts[2].utf8)
            let bytes =
                parts[1].lowercased() == "b"
                ? MIMECoding.base64(content[...])
                : MIMECoding.quotedPrintable(
                    content.map { $0 == UInt8(ascii: "_") ? 0x20 : $0 }[...])
            result += Self.text(of: bytes).trimmingSuffix("\n")
            rest = parts[3].dropFirst()
        }
        return (result + rest).trimmingSpaces
    }

    /// A text as `gb2312''%c4%ea`, decoded.
    static func percent(_ text: String) -> String {
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        let value = Array((parts.count == 3 ? parts[2] : text[...]).utf8)
        var bytes: [UInt8] = []
        var index = 0
        while index < value.count {
            if value[index] == UInt8(ascii: "%"), index + 2 < value.count,
                let high = HexadecimalDigit.value(value[index + 1]),
                let low = HexadecimalDigit.value(value[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(value[index])
                index += 1
            }
        }
        return Self.text(of: bytes)
    }

    private static func text(of bytes: [UInt8]) -> String {
        (try? DecodedText(bytes)).map { String(decoding: $0.utf8, as: UTF8.self) }
            ?? String(decoding: bytes, as: UTF8.self)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: Character) -> String {
        last == suffix ? String(dropLast()) : self
    }
}
