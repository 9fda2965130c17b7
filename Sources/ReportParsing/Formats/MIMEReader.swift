import ChineseText
import Documents

/// A web page that a browser or word processor saved with its pictures in one MIME message
/// (`.mht`, `.mhtml`, and some files named `.doc`).
struct MIMEReader {
    /// The bytes of the page itself.
    let page: [UInt8]

    /// How many parts are looked at for the page.
    private static let mostParts = 200
    /// How far the head of a message or part is looked for, in bytes.
    private static let longestHead = 16 << 10

    /// Whether bytes begin as a MIME message with several parts does.
    static func concerns(_ bytes: [UInt8]) -> Bool {
        guard
            bytes.starts(with: Array("MIME-Version:".utf8))
                || bytes.starts(with: Array("From:".utf8))
        else { return false }
        let start = String(decoding: bytes.prefix(longestHead), as: UTF8.self).lowercased()
        return start.contains("content-type: multipart/related")
    }

    /// The first part that is a page; nil when there is none.
    init?(_ bytes: [UInt8]) {
        let start = String(decoding: bytes.prefix(Self.longestHead), as: UTF8.self)
        guard let boundary = Self.parameter("boundary", in: start) else { return nil }
        let border = Array(("--" + boundary).utf8)
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
        for _ in 0..<Self.mostParts {
            guard let opening = lines.firstIndex(where: { $0.starts(with: border) }) else { break }
            let part = lines[(opening + 1)...].prefix { !$0.starts(with: border) }
            lines = lines[part.endIndex...]
            guard let blank = part.firstIndex(where: { $0.isEmpty || $0 == [0x0D] }) else {
                continue
            }
            let head = part[..<blank].map { String(decoding: $0, as: UTF8.self) }
                .joined(separator: "\n").lowercased()
            guard head.contains("text/html") else { continue }
            let body = part[(blank + 1)...]
            if head.contains("quoted-printable") {
                page = Self.quotedPrintable(body)
            } else if head.contains("base64") {
                page = Self.base64(body)
            } else {
                page = Array(body.joined(separator: [0x0A]))
            }
            return
        }
        return nil
    }

    private static func parameter(_ name: String, in head: String) -> String? {
        guard let place = head.firstRange(of: name + "=") else { return nil }
        let rest = head[place.upperBound...]
        let value =
            rest.first == "\""
            ? rest.dropFirst().prefix { $0 != "\"" } : rest.prefix { !$0.isWhitespace && $0 != ";" }
        return value.isEmpty ? nil : String(value)
    }

    private static func quotedPrintable(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines {
            var rest = line
            if rest.last == 0x0D { rest = rest.dropLast() }
            while let place = rest.firstIndex(of: UInt8(ascii: "=")) {
                bytes += rest[..<place]
                rest = rest[(place + 1)...]
                if rest.isEmpty { break }
                if rest.count >= 2, let high = digit(rest[rest.startIndex]),
                    let low = digit(rest[rest.startIndex + 1])
                {
                    bytes.append(high << 4 | low)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(UInt8(ascii: "="))
                }
            }
            // A line that ends in = goes on.
            if line.last(where: { $0 != 0x0D }) != UInt8(ascii: "=") {
                bytes += rest
                bytes.append(0x0A)
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    private static func base64(_ lines: ArraySlice<ArraySlice<UInt8>>) -> [UInt8] {
        var bytes: [UInt8] = []
        var bits = 0
        var count = 0
        for byte in lines.joined() {
            let value: Int
            switch byte {
            case 0x41...0x5A: value = Int(byte) - 0x41
            case 0x61...0x7A: value = Int(byte) - 0x61 + 26
            case 0x30...0x39: value = Int(byte) - 0x30 + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: continue
            }
            bits = (bits << 6 | value) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 0xFF))
            }
        }
        return bytes
    }
}
