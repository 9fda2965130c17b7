import ChineseText

/// The signs by which encodings of seven bits turn from ASCII to Chinese and back.
struct SevenBitSigns {
    /// The encoding whose signs the bytes are full of; nil for text of eight bits and for ASCII.
    let encoding: TextEncoding?

    /// So many signs are no accident.
    private static let fewest = 2
    private static let signs: [(sign: [UInt8], encoding: TextEncoding)] = [
        (Array("\u{1B}$)A".utf8), .iso2022cn), (Array("\u{1B}$)G".utf8), .iso2022cn),
        (Array("\u{1B}$)C".utf8), .iso2022kr), (Array("\u{1B}$A".utf8), .iso2022jp),
        (Array("\u{1B}$B".utf8), .iso2022jp), (Array("\u{1B}$(".utf8), .iso2022jp),
        (Array("~{".utf8), .hz),
    ]
    /// The fewest characters of UTF-7 between + and -, and how many of them are no accident.
    private static let shortestRun = 4
    private static let fewestRuns = 2

    init(in bytes: [UInt8]) {
        // Chinese text of eight bits shows itself within some bytes.
        guard bytes.allSatisfy({ $0 < 0x80 }),
            bytes.contains(where: {
                $0 == 0x1B || $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "+")
            })
        else {
            encoding = nil
            return
        }
        var counts: [TextEncoding: Int] = [:]
        var hasHZEnd = false
        for index in bytes.indices {
            let rest = bytes[index...]
            switch bytes[index] {
            case 0x1B:
                if let found = Self.signs.first(where: { rest.starts(with: $0.sign) }) {
                    counts[found.encoding, default: 0] += 1
                }
            case UInt8(ascii: "~"):
                if rest.starts(with: "~{".utf8) { counts[.hz, default: 0] += 1 }
                if rest.starts(with: "~}".utf8) { hasHZEnd = true }
            case UInt8(ascii: "+"):
                let run = rest.dropFirst().prefix(while: Self.isBase64)
                if run.count >= Self.shortestRun { counts[.utf7, default: 0] += 1 }
            default: break
            }
        }
        // One shift of ISO-2022-CN and -KR holds for a line or a whole text.
        let escaped: TextEncoding? = [.iso2022cn, .iso2022kr, .iso2022jp].first {
            counts[$0, default: 0] >= 1
        }
        encoding =
            escaped
            ?? (hasHZEnd && counts[.hz, default: 0] >= Self.fewest
                ? .hz : counts[.utf7, default: 0] >= Self.fewestRuns ? .utf7 : nil)
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "/"): true
        default: false
        }
    }
}
