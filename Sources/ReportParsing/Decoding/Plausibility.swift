import ChineseText

/// How much of a text reads as Chinese.
enum Plausibility {
    /// The least share of a decoded text that must be Chinese or ASCII.
    static let least = 0.9

    /// The share of the scalars of a text in UTF-8 that Chinese reports are written with, from 0 to
    /// 1.
    static func share(of utf8: [UInt8]) -> Double {
        var all = 0
        var plausible = 0
        forEachScalar(of: utf8) { value in
            all += 1
            if isPlausible(value) { plausible += 1 }
        }
        return all == 0 ? 1 : Double(plausible) / Double(all)
    }

    /// Calls `body` with every scalar of a text in well-formed UTF-8, without a second copy of it.
    static func forEachScalar(of utf8: [UInt8], _ body: (UInt32) -> Void) {
        var value: UInt32 = 0
        var left = 0
        for byte in utf8 {
            switch byte {
            case 0x80...0xBF:
                value = value << 6 | UInt32(byte & 0x3F)
                left -= 1
            case 0xC0...0xDF: (value, left) = (UInt32(byte & 0x1F), 1)
            case 0xE0...0xEF: (value, left) = (UInt32(byte & 0x0F), 2)
            case 0xF0...0xFF: (value, left) = (UInt32(byte & 0x07), 3)
            default: (value, left) = (UInt32(byte), 0)
            }
            if left == 0 { body(value) }
        }
    }

    private static func isPlausible(_ value: UInt32) -> Bool {
        switch value {
        case 0x20...0x7E, 0x09, 0x0A, 0x0C, 0x0D, 0xA0, 0xB0, 0xB1, 0xB7, 0xD7, 0xF7, 0xFEFF: true
        // Punctuation, letter-like signs, arrows, mathematics, circled numbers, boxes.
        case 0x2002...0x2033, 0x203B, 0x2103, 0x2116, 0x2160...0x217F, 0x2190...0x2193,
            0x2208...0x22A5, 0x2460...0x24FF, 0x2500...0x2606:
            true
        // Radicals, Chinese punctuation, bracketed numbers, units.
        case 0x2E80...0x2FDF, 0x3000...0x303F, 0x3220...0x3243, 0x3280...0x32B0, 0x338E...0x33D5:
            true
        case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x2_0000...0x3_FFFF: true
        case 0xFE30...0xFE6F, 0xFF01...0xFF5E, 0xFFE0...0xFFE6: true
        default: false
        }
    }
}

/// How many of the byte pairs of a text stand for common characters, read as GB18030 and as Big5.
///
/// Both encodings keep their common characters in rows of their own, so the right one shows
/// nearly only these, and the wrong one about half.
struct DoubleByteShares {
    /// The share read as GB18030, from 0 to 1.
    let gb18030: Double
    /// The share read as Big5, from 0 to 1.
    let big5: Double

    init(of bytes: [UInt8]) {
        gb18030 = Self.share(of: bytes) { lead, trail in
            trail >= 0xA1 && ((0xA1...0xA9).contains(lead) || (0xB0...0xD7).contains(lead))
        }
        big5 = Self.share(of: bytes) { lead, _ in (0xA1...0xC6).contains(lead) }
    }

    private static func share(
        of bytes: [UInt8], isCommon: (_ lead: UInt8, _ trail: UInt8) -> Bool
    ) -> Double {
        var pairs = 0
        var common = 0
        var index = 0
        while index + 1 < bytes.count {
            guard bytes[index] >= 0x80 else {
                index += 1
                continue
            }
            pairs += 1
            if isCommon(bytes[index], bytes[index + 1]) { common += 1 }
            index += 2
        }
        return pairs == 0 ? 0 : Double(common) / Double(pairs)
    }
}

/// Where the zero bytes of a file stand: UTF-16 and UTF-32 have them in every other position or more.
struct ZeroBytes {
    /// The encoding that the zeros are a sign of; nil when they are not.
    let encoding: TextEncoding?

    /// The share of one position, even or odd, that must be zero.
    private static let least = 0.2

    init(in bytes: [UInt8]) {
        var counts = [0, 0, 0, 0]
        for index in bytes.indices where bytes[index] == 0 { counts[index & 3] += 1 }
        let positions = Double(max(1, bytes.count / 4))
        func share(_ indices: Int...) -> Double {
            Double(indices.map { counts[$0] }.reduce(0, +)) / (positions * Double(indices.count))
        }
        encoding =
            if share(2, 3) > 0.9, share(0) < 0.5 {
                .utf32le
            } else if share(0, 1) > 0.9, share(3) < 0.5 {
                .utf32be
            } else if share(1, 3) > Self.least, share(1, 3) > share(0, 2) {
                .utf16le
            } else if share(0, 2) > Self.least {
                .utf16be
            } else {
                nil
            }
    }
}
