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
        var rest = bytes[...]
        for _ in 0..<Self.mostParts {
            guard let opening = Self.line(in: rest, where: { $0.starts(with: border) }) else {
                break
            }
            rest = rest[opening.endIndex...].dropFirst()
            let closing = Self.line(in: rest) { $0.starts(with: border) }
            let part = rest[..<(closing?.startIndex ?? rest.endIndex)]
            rest = rest[part.endIndex...]
            guard let blank = Self.line(in: part, where: { $0.isEmpty || $0 == [0x0D] }) else {
                continue
            }
            let head = String(decoding: part[..<blank.startIndex], as: UTF8.self).lowercased()
            guard head.contains("text/html") else { continue }
            let body = part[blank.endIndex...].dropFirst()
            if head.contains("quoted-printable") {
                page = Self.quotedPrintable(body)
            } else if head.contains("base64") {
                page = Self.base64(body)
            } else {
                page = Array(body)
            }
            return
        }
        return nil
    }

    /// The first line, without its end, that is as asked; nil when none is.
    private static func line(
        in bytes: ArraySlice<UInt8>, where isWanted: (ArraySlice<UInt8>) -> Bool
    ) -> ArraySlice<UInt8>? {
        var start = bytes.startIndex
        while start < bytes.endIndex {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.endIndex
            if isWanted(bytes[start..<end]) { return bytes[start..<end] }
            start = end + 1
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

    private static func quotedPrintable(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var start = text.startIndex
        while start < text.endIndex {
            let end = text[start...].firstIndex(of: 0x0A) ?? text.endIndex
            let line = text[start..<end]
            start = end + 1
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

    private static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var bits = 0
        var count = 0
        for byte in text {
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
