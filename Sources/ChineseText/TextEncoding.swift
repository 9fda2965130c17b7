/// An encoding that report files come in.
public enum TextEncoding: String, Sendable, Hashable, CaseIterable {
    /// UTF-8.
    case utf8 = "utf-8"
    /// UTF-16, low byte first.
    case utf16le = "utf-16le"
    /// UTF-16, high byte first.
    case utf16be = "utf-16be"
    /// UTF-32, low byte first.
    case utf32le = "utf-32le"
    /// UTF-32, high byte first.
    case utf32be = "utf-32be"
    /// GB18030, which holds GBK and GB2312.
    case gb18030
    /// Big5, as code page 950.
    case big5
    /// HZ: GB2312 in seven bits, between `~{` and `~}`.
    case hz
    /// ISO-2022-CN: GB2312 in seven bits, behind escapes.
    case iso2022cn = "iso-2022-cn"
    /// ISO-2022-JP in its second form, which some mail programs write Chinese in.
    case iso2022jp = "iso-2022-jp"
    /// ISO-2022-KR.
    case iso2022kr = "iso-2022-kr"
    /// UTF-7.
    case utf7 = "utf-7"

    /// The name of ICU's converter; nil for those that are decoded here.
    private var converter: String? {
        switch self {
        case .utf8, .utf16le, .utf16be, .utf32le, .utf32be: nil
        case .gb18030: "gb18030"
        case .big5: "Big5"
        case .hz: "HZ"
        case .iso2022cn: "ISO-2022-CN-EXT"
        case .iso2022jp: "ISO-2022-JP-2"
        case .iso2022kr: "ISO-2022-KR"
        case .utf7: "UTF-7"
        }
    }

    /// The text that `bytes` stand for, or `nil` when any byte is malformed or unassigned.
    ///
    /// Nothing is replaced or skipped. A byte order mark stays, as U+FEFF: `TextRepair` and
    /// `TextFolding` drop it.
    public func decode(_ bytes: Span<UInt8>) -> String? {
        utf8(of: bytes).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The same text in UTF-8, which for a whole file takes a third of the memory.
    public func utf8(of bytes: Span<UInt8>) -> [UInt8]? {
        switch self {
        case .utf8: Self.isUTF8(bytes) ? copied(bytes) : nil
        case .utf16le: utf16(bytes, high: 1)
        case .utf16be: utf16(bytes, high: 0)
        case .utf32le: utf32(bytes, shifts: [0, 8, 16, 24])
        case .utf32be: utf32(bytes, shifts: [24, 16, 8, 0])
        // ICU reads the lone bytes 80 and FF, which Big5 does not have, as these two.
        case .big5: decoded(bytes, except: [0x80, 0xF8F8])
        case .iso2022jp: decoded(Self.withShortEscapes(bytes).span)
        case .gb18030: Self.holdsLone80(bytes) ? nil : decoded(bytes)
        case .hz, .iso2022cn, .iso2022kr, .utf7: decoded(bytes)
        }
    }

    /// Whether the byte 80 stands by itself in GB18030, which does not have it.
    ///
    /// ICU 76 reads it as €, as browsers do, and so would take other encodings for this one; ICU 72 refuses
    /// it.
    private static func holdsLone80(_ bytes: Span<UInt8>) -> Bool {
        var position = 0
        while position < bytes.count {
            let lead = bytes[position]
            if lead == 0x80 { return true }
            if lead < 0x80 {
                position += 1
            } else {
                // Of four bytes are those with a digit behind the first.
                let isLong = position + 1 < bytes.count && 0x30...0x39 ~= bytes[position + 1]
                position += isLong ? 4 : 2
            }
        }
        return false
    }

    /// Bytes of ISO-2022-JP with the short form of the two escapes that have one, which ICU wants.
    private static func withShortEscapes(_ bytes: Span<UInt8>) -> [UInt8] {
        var short: [UInt8] = []
        short.reserveCapacity(bytes.count)
        var offset = 0
        while offset < bytes.count {
            let isLong =
                bytes[offset] == 0x1B && offset + 3 < bytes.count
                && bytes[offset + 1] == UInt8(ascii: "$") && bytes[offset + 2] == UInt8(ascii: "(")
                && (bytes[offset + 3] == UInt8(ascii: "A")
                    || bytes[offset + 3] == UInt8(ascii: "B"))
            if isLong {
                short += [0x1B, UInt8(ascii: "$")]
                offset += 3
            } else {
                short.append(bytes[offset])
                offset += 1
            }
        }
        return short
    }

    /// Whether bytes are well-formed UTF-8.
    ///
    /// - Parameter allowsZeros: whether they may hold zero bytes.
    public static func isUTF8(_ bytes: Span<UInt8>, allowsZeros: Bool = true) -> Bool {
        var position = 0
        while position < bytes.count {
            let lead = bytes[position]
            if lead < 0x80 {
                if lead == 0, !allowsZeros { return false }
                position += 1
            } else if lead >= 0xE1, lead <= 0xEC, position + 2 < bytes.count,
                bytes[position + 1] & 0xC0 == 0x80, bytes[position + 2] & 0xC0 == 0x80
            {
                // Nearly all that is not ASCII.
                position += 3
            } else {
                let scalar = decodedScalar(bytes, at: position)
                if scalar.length == 1 { return false }
                position += scalar.length
            }
        }
        return true
    }

    /// The text that `bytes` stand for, in UTF-8 with U+FFFD for what is malformed, and how often
    /// that is.
    public func repair(_ bytes: Span<UInt8>) -> (utf8: [UInt8], malformed: Int) {
        let text: [UInt8]
        var own = 0
        switch self {
        case .utf8:
            let copy = copied(bytes)
            text = Array(String(decoding: copy, as: UTF8.self).utf8)
            own = Self.replacements(in: copy)
        case .utf16le, .utf16be:
            let high = self == .utf16le ? 1 : 0
            let count = bytes.count / 2
            text = UTF8Text(count: count, replacing: true) { Self.unit($0, of: bytes, high) }.utf8
            own = (0..<count).count { Self.unit($0, of: bytes, high) == 0xFFFD }
        case .utf32le, .utf32be:
            let units = utf32Units(
                bytes, shifts: self == .utf32le ? [0, 8, 16, 24] : [24, 16, 8, 0])
            text = Array(String(decoding: units, as: UTF32.self).utf8)
            own = units.count { $0 == 0xFFFD }
        case .gb18030, .big5, .hz, .iso2022cn, .iso2022jp, .iso2022kr, .utf7:
            let source = self == .iso2022jp ? Self.withShortEscapes(bytes) : copied(bytes)
            let units =
                converter.flatMap { decodedUTF16(source.span, name: $0, replacing: true) } ?? []
            text = UTF8Text(count: units.count, replacing: true) { units[$0] }.utf8
        }
        let width =
            switch self {
            case .utf16le, .utf16be: 2
            case .utf32le, .utf32be: 4
            case .utf8, .gb18030, .big5, .hz, .iso2022cn, .iso2022jp, .iso2022kr, .utf7: 1
            }
        let malformed = Self.replacements(in: text) - own
        return (text, malformed + (bytes.count.isMultiple(of: width) ? 0 : 1))
    }

    /// How often U+FFFD stands in a text in UTF-8.
    private static func replacements(in utf8: [UInt8]) -> Int {
        utf8.indices.dropFirst(2).count {
            utf8[$0] == 0xBD && utf8[$0 - 1] == 0xBF && utf8[$0 - 2] == 0xEF
        }
    }

    /// The bytes that stand for a text in GB18030; `nil` when it has none for a character.
    public static func gb18030Bytes(of text: String) -> [UInt8]? {
        encodedBytes(Array(text.utf16), name: "gb18030")
    }

    private func utf16(_ bytes: Span<UInt8>, high: Int) -> [UInt8]? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        return UTF8Text(count: bytes.count / 2, replacing: false) {
            Self.unit($0, of: bytes, high)
        }.strict
    }

    /// A unit of UTF-16 by its number; `high` is the index of its high byte.
    @inline(__always)
    private static func unit(_ number: Int, of bytes: Span<UInt8>, _ high: Int) -> UInt16 {
        UInt16(bytes[2 * number + high]) << 8 | UInt16(bytes[2 * number + 1 - high])
    }

    private func utf32(_ bytes: Span<UInt8>, shifts: [UInt32]) -> [UInt8]? {
        guard bytes.count.isMultiple(of: 4) else { return nil }
        return String(validating: utf32Units(bytes, shifts: shifts), as: UTF32.self)
            .map { Array($0.utf8) }
    }

    private func utf32Units(_ bytes: Span<UInt8>, shifts: [UInt32]) -> [UInt32] {
        var units: [UInt32] = []
        units.reserveCapacity(bytes.count / 4)
        for start in stride(from: 0, to: bytes.count - 3, by: 4) {
            var unit: UInt32 = 0
            for (offset, shift) in shifts.enumerated() {
                unit |= UInt32(bytes[start + offset]) << shift
            }
            units.append(unit)
        }
        return units
    }

    private func decoded(
        _ bytes: Span<UInt8>, except refused: [UInt16] = []
    ) -> [UInt8]? {
        guard !bytes.isEmpty, let name = converter, let units = decodedUTF16(bytes, name: name)
        else {
            return bytes.isEmpty ? [] : nil
        }
        if refused.contains(where: units.contains) { return nil }
        return UTF8Text(count: units.count, replacing: false) { units[$0] }.strict
    }
}

/// UTF-16 turned into UTF-8.
///
/// The standard library does the same unit by unit through witness tables, at many times the cost.
private struct UTF8Text {
    private(set) var utf8: [UInt8] = []
    /// Whether no surrogate stood alone.
    private var isWellFormed = true

    /// Turns so many units into UTF-8; a lone surrogate is U+FFFD, or the end when nothing is
    /// replaced.
    @inline(__always)
    init(count: Int, replacing: Bool, unit: (Int) -> UInt16) {
        utf8.reserveCapacity(count * 3)
        var index = 0
        while index < count {
            var value = UInt32(unit(index))
            index += 1
            if value & 0xF800 == 0xD800 {
                if value < 0xDC00, index < count, unit(index) & 0xFC00 == 0xDC00 {
                    value = 0x10000 + (value & 0x3FF) << 10 + UInt32(unit(index) & 0x3FF)
                    index += 1
                } else {
                    isWellFormed = false
                    if !replacing { return }
                    value = 0xFFFD
                }
            }
            append(value)
        }
    }

    /// The text; nil when it was not well formed.
    var strict: [UInt8]? { isWellFormed ? utf8 : nil }

    private mutating func append(_ value: UInt32) {
        if value < 0x80 {
            utf8.append(UInt8(truncatingIfNeeded: value))
        } else if value < 0x800 {
            utf8.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
            utf8.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        } else if value < 0x10000 {
            utf8.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
            utf8.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            utf8.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        } else {
            utf8.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
            utf8.append(UInt8(truncatingIfNeeded: 0x80 | value >> 12 & 0x3F))
            utf8.append(UInt8(truncatingIfNeeded: 0x80 | value >> 6 & 0x3F))
            utf8.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
        }
    }
}
