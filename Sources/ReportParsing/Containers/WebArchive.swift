import Documents

/// The pages of a web archive (WARC), as crawlers write them: each response that holds a page or a
/// document, by its address.
struct WebArchive {
    private let stream: ByteStream
    private var names = UniqueNames()

    /// No head of a record or answer has more lines, and no line more bytes.
    private static let mostLines = 1_000
    private static let longestLine = 64 << 10
    /// A larger answer, in bytes, is passed over.
    private static let largest = 32 << 20

    /// Whether bytes begin as an archive does.
    static func concerns(_ start: [UInt8]) -> Bool { start.starts(with: "WARC/".utf8) }

    init(_ stream: ByteStream) { self.stream = stream }

    /// The next page; nil at the end.
    mutating func next() throws(ArchiveProblem) -> ContainedFile? {
        while let first = try stream.line(atMost: Self.longestLine) {
            guard Self.concerns(first) else {
                guard first.isEmpty else { throw .damaged }
                continue
            }
            let head = try Self.head { () throws(ArchiveProblem) in
                try stream.line(atMost: Self.longestLine)
            }
            guard let length = head["content-length"].flatMap({ Int($0) }), length >= 0 else {
                throw .damaged
            }
            let type = head["warc-type"] ?? ""
            guard type == "response" || type == "resource", length <= Self.largest,
                let address = head["warc-target-uri"],
                let name = MemberName.plain(address.trimmingPrefix("<").description)
            else {
                try stream.skip(length)
                continue
            }
            let content = try stream.bytes(length)
            guard content.count == length else { throw .damaged }
            let page =
                type == "response"
                ? Self.page(of: content) : Self.isWanted(head["content-type"]) ? content : nil
            guard let page, !page.isEmpty else { continue }
            var evidence = FileEvidence()
            evidence.url = address
            return ContainedFile(
                names.unique(name.hasSuffix(">") ? String(name.dropLast()) : name), page,
                evidence: evidence)
        }
        return nil
    }

    /// Fields up to an empty line, their names in lower case.
    private static func head(
        _ line: () throws(ArchiveProblem) -> [UInt8]?
    ) throws(ArchiveProblem) -> [String: String] {
        var fields: [String: String] = [:]
        for _ in 0..<mostLines {
            guard let line = try line(), !line.isEmpty else { break }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            fields[name] = String(decoding: line[(colon + 1)...], as: UTF8.self).trimmingSpaces
        }
        return fields
    }

    private static func isWanted(_ type: String?) -> Bool {
        guard let type = type?.lowercased() else { return true }
        return !["image/", "video/", "audio/", "font/"].contains { type.hasPrefix($0) }
            && !["javascript", "text/css", "woff"].contains { type.contains($0) }
    }

    /// What an answer of a web server holds, as a browser would get it; nil when it is no page.
    private static func page(of answer: [UInt8]) -> [UInt8]? {
        guard let stream = try? ByteStream(ByteSource(answer), mostExpanded: largest),
            let status = try? stream.line(atMost: longestLine),
            status.starts(with: "HTTP/".utf8),
            status.split(separator: 0x20).dropFirst().first?.elementsEqual("200".utf8) == true,
            let head = try? head({ () throws(ArchiveProblem) in
                try stream.line(atMost: longestLine)
            }), isWanted(head["content-type"]), var body = try? stream.rest(atMost: largest)
        else { return nil }
        if head["transfer-encoding"]?.lowercased().contains("chunked") == true {
            body = unchunked(body) ?? body
        }
        guard body.starts(with: [0x1F, 0x8B]) else { return body }
        let expanded = try? ByteStream(ByteSource(body), mostExpanded: largest)
        return (try? expanded?.rest(atMost: largest)) ?? body
    }

    /// The body of an answer that was sent in pieces; nil when it is none.
    private static func unchunked(_ body: [UInt8]) -> [UInt8]? {
        var rest = body[...]
        var whole: [UInt8] = []
        while let end = rest.firstIndex(of: 0x0A) {
            let digits = rest[..<end].prefix { HexadecimalDigit.value($0) != nil }
            guard !digits.isEmpty, digits.count < 8,
                let length = Int(String(decoding: digits, as: UTF8.self), radix: 16),
                length <= rest.endIndex - end - 1
            else { return nil }
            if length == 0 { return whole }
            whole += rest[(end + 1)..<(end + 1 + length)]
            rest = rest[(end + 1 + length)...]
            if rest.first == 0x0D { rest = rest.dropFirst() }
            if rest.first == 0x0A { rest = rest.dropFirst() }
        }
        return whole.isEmpty ? nil : whole
    }
}

/// Names, each once: one that comes again has its number behind it.
struct UniqueNames {
    private var counts: [String: Int] = [:]

    /// The name, or one like it that was not used.
    mutating func unique(_ name: String) -> String {
        var number = counts[name, default: 0] + 1
        var unique = number == 1 ? name : "\(name)#\(number)"
        while number > 1, counts[unique] != nil {
            number += 1
            unique = "\(name)#\(number)"
        }
        counts[name] = number
        if unique != name { counts[unique] = 1 }
        return unique
    }
}
