import ChineseText
import ReportModel

/// A file's text and the encoding that it was decoded from.
struct DecodedText {
    /// The text.
    var text: WellFormedUTF8
    /// The text in UTF-8.
    var utf8: [UInt8] { text.bytes }
    let encoding: TextEncoding
    /// What was repaired.
    let findings: [Finding]

    /// The most that may be malformed, as a share of the file.
    private static let mostMalformed = 0.01

    /// Decodes strictly, trying the encodings from the surest sign to the weakest.
    ///
    /// A byte order mark decides; then zero bytes, which only UTF-16 and UTF-32 are full of; then
    /// well-formed UTF-8, unless its ASCII is full of the signs of an encoding of seven bits; then what the file itself declares, GB18030 and Big5, in the order of
    /// how many of their common characters the bytes would be, if nine tenths are Chinese or
    /// ASCII. Where no encoding fits, one that fits all but a hundredth is taken, with U+FFFD for
    /// the rest and a finding. A mark stays in the text as U+FEFF, which repair drops.
    ///
    /// - Parameters:
    ///   - encoding: overrides the search.
    ///   - declared: what the file says of itself, as web pages do; asked only when in doubt.
    init(
        _ bytes: [UInt8], encoding: TextEncoding? = nil,
        declared: @autoclosure () -> TextEncoding? = nil
    ) throws(UndecodableText) {
        let marked = Self.marks.first { bytes.starts(with: $0.mark) }?.encoding
        if let encoding = encoding ?? marked {
            self = try Self.forced(bytes, encoding)
            return
        }
        let plain = WellFormedUTF8(bytes, allowsZeros: false)
        if plain == nil, bytes.contains(0), let wide = ZeroBytes(in: bytes).encoding,
            let decoded = Self.repaired(bytes, wide), decoded.isPlausible
        {
            self = decoded
            return
        }
        if let text = plain ?? WellFormedUTF8(bytes) {
            if let decoded = Self.sevenBits(bytes) {
                self = decoded
                return
            }
            self.text = text
            self.encoding = .utf8
            findings = []
            return
        }
        if let decoded = Self.nearlyUTF8(bytes) {
            self = decoded
            return
        }
        let candidates = Self.candidates(bytes, declared: declared())
        for candidate in candidates {
            guard let text = candidate.utf8(of: bytes.span) else { continue }
            let decoded = DecodedText(utf8: text, encoding: candidate)
            if decoded.isPlausible {
                self = decoded
                return
            }
        }
        for candidate in candidates {
            if let decoded = Self.repaired(bytes, candidate), decoded.isPlausible {
                self = decoded
                return
            }
        }
        throw UndecodableText(
            reason: .malformed(tried: ([.utf8] + candidates).map(\.rawValue)))
    }

    /// Chinese in an encoding of seven bits, which is well-formed UTF-8 too; nil when the bytes are
    /// ASCII or hold other characters.
    private static func sevenBits(_ bytes: [UInt8]) -> DecodedText? {
        guard let encoding = SevenBitSigns(in: bytes).encoding,
            let decoded = repaired(bytes, encoding),
            decoded.utf8.contains(where: { $0 >= 0xE4 })
        else { return nil }
        // What a sign of ISO-2022-KR begins may be Korean.
        let isCertain = encoding == .iso2022kr && decoded.findings.isEmpty
        return isCertain || decoded.isPlausible ? decoded : nil
    }

    private init(utf8: [UInt8], encoding: TextEncoding, findings: [Finding] = []) {
        text = WellFormedUTF8(repairing: utf8)
        self.encoding = encoding
        self.findings = findings
    }

    private var isPlausible: Bool { Plausibility.share(of: utf8) >= Plausibility.least }

    private static func forced(
        _ bytes: [UInt8], _ encoding: TextEncoding
    ) throws(UndecodableText) -> DecodedText {
        if let text = encoding.utf8(of: bytes.span) {
            return DecodedText(utf8: text, encoding: encoding)
        }
        guard let decoded = repaired(bytes, encoding) else {
            throw UndecodableText(reason: .malformed(tried: [encoding.rawValue]))
        }
        return decoded
    }

    /// The encodings to try when the bytes are not UTF-8, the likeliest first.
    private static func candidates(_ bytes: [UInt8], declared: TextEncoding?) -> [TextEncoding] {
        let shares = DoubleByteShares(of: bytes)
        // Simplified Chinese in GB18030 is the rule; the shares of the two are far apart when the
        // text is long enough to tell.
        var candidates: [TextEncoding] =
            shares.big5 > shares.gb18030 + 0.1 ? [.big5, .gb18030] : [.gb18030, .big5]
        if let declared, let index = candidates.firstIndex(of: declared),
            abs(shares.big5 - shares.gb18030) <= 0.3
        {
            candidates.swapAt(0, index)
        }
        return bytes.count.isMultiple(of: 2) ? candidates + [.utf16le, .utf16be] : candidates
    }

    /// UTF-8 with a few broken bytes: most of what is not ASCII is well formed, which no text of
    /// another encoding is.
    private static func nearlyUTF8(_ bytes: [UInt8]) -> DecodedText? {
        let limit = 64 + Int(2 * mostMalformed * Double(bytes.count))
        guard !isFarFromUTF8(bytes, limit: limit), let decoded = repaired(bytes, .utf8) else {
            return nil
        }
        var broken = 0
        Plausibility.forEachScalar(of: decoded.utf8) { if $0 == 0xFFFD { broken += 1 } }
        let wide = decoded.utf8.count { $0 >= 0xE0 } - broken
        return wide >= 9 * broken ? decoded : nil
    }

    /// Whether more sequences are malformed in UTF-8 than a limit, told without decoding the rest.
    static func isFarFromUTF8(_ bytes: [UInt8], limit: Int) -> Bool {
        var malformed = 0
        var index = 0
        while index < bytes.count, malformed <= limit {
            let lead = bytes[index]
            index += 1
            if lead < 0x80 { continue }
            let wanted = lead < 0xC2 || lead > 0xF4 ? -1 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3
            var left = wanted
            while left > 0, index < bytes.count, bytes[index] & 0xC0 == 0x80 {
                index += 1
                left -= 1
            }
            if left != 0 { malformed += 1 }
        }
        return malformed > limit
    }

    /// The text with U+FFFD for malformed bytes, unless there are too many of them.
    private static func repaired(_ bytes: [UInt8], _ encoding: TextEncoding) -> DecodedText? {
        let (text, malformed) = encoding.repair(bytes.span)
        guard Double(malformed) < mostMalformed * Double(bytes.count) else { return nil }
        guard malformed > 0 else { return DecodedText(utf8: text, encoding: encoding) }
        let first = text.indices.dropLast(2).first {
            text[$0] == 0xEF && text[$0 + 1] == 0xBF && text[$0 + 2] == 0xBD
        }
        let finding = Finding(
            code: "malformed_bytes",
            line: 1 + text.prefix(first ?? text.count).count { $0 == 0x0A },
            message: "\(malformed) \(malformed == 1 ? "place is" : "places are") malformed in "
                + "\(encoding.rawValue) and read as U+FFFD; this line has the first")
        return DecodedText(utf8: text, encoding: encoding, findings: [finding])
    }

    /// Byte order marks, the longer ones first.
    private static let marks: [(mark: [UInt8], encoding: TextEncoding)] = [
        ([0xFF, 0xFE, 0, 0], .utf32le), ([0, 0, 0xFE, 0xFF], .utf32be),
        ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16le), ([0xFE, 0xFF], .utf16be),
        ([0x84, 0x31, 0x95, 0x33], .gb18030),
    ]
}
