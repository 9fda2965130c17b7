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

    /// The text that `bytes` stand for, or `nil` when any byte is malformed or unassigned.
    ///
    /// Nothing is replaced or skipped. A byte order mark stays, as U+FEFF: `TextRepair` and
    /// `TextFolding` drop it.
    public func decode(_ bytes: Span<UInt8>) -> String? {
        switch self {
        case .utf8: String(validating: copied(bytes), as: UTF8.self)
        case .utf16le: utf16(bytes, high: 1)
        case .utf16be: utf16(bytes, high: 0)
        case .utf32le: utf32(bytes, places: [0, 8, 16, 24])
        case .utf32be: utf32(bytes, places: [24, 16, 8, 0])
        case .gb18030: decoded(bytes, name: "gb18030")
        // ICU reads the lone bytes 80 and FF, which Big5 does not have, as these two.
        case .big5: decoded(bytes, name: "Big5", except: ["\u{80}", "\u{F8F8}"])
        }
    }

    private func utf16(_ bytes: Span<UInt8>, high: Int) -> String? {
        guard bytes.count.isMultiple(of: 2) else { return nil }
        var units: [UInt16] = []
        units.reserveCapacity(bytes.count / 2)
        for start in stride(from: 0, to: bytes.count, by: 2) {
            units.append(UInt16(bytes[start + high]) << 8 | UInt16(bytes[start + 1 - high]))
        }
        return String(validating: units, as: UTF16.self)
    }

    private func utf32(_ bytes: Span<UInt8>, places: [UInt32]) -> String? {
        guard bytes.count.isMultiple(of: 4) else { return nil }
        var units: [UInt32] = []
        units.reserveCapacity(bytes.count / 4)
        for start in stride(from: 0, to: bytes.count, by: 4) {
            var unit: UInt32 = 0
            for (offset, place) in places.enumerated() {
                unit |= UInt32(bytes[start + offset]) << place
            }
            units.append(unit)
        }
        return String(validating: units, as: UTF32.self)
    }

    private func decoded(
        _ bytes: Span<UInt8>, name: String, except refused: [Unicode.Scalar] = []
    ) -> String? {
        guard !bytes.isEmpty, let units = decodedUTF16(bytes, name: name) else {
            return bytes.isEmpty ? "" : nil
        }
        let isRefused = refused.contains { units.contains(UInt16($0.value)) }
        return isRefused ? nil : String(validating: units, as: UTF16.self)
    }
}
