/// The ideographs that Chinese text is written in: those of GB 2312, and all that fold to them.
///
/// Text decoded with the wrong encoding is mostly outside them, real text hardly ever.
public struct OrdinaryHan: Sendable {
    /// The 6,763 ideographs of GB 2312 with their traditional and compatible forms.
    public static let all = OrdinaryHan()

    /// One bit a scalar of the basic plane.
    @usableFromInline let bits: [UInt64]

    private init() {
        var pairs: [UInt8] = []
        for lead in UInt8(0xB0)...0xF7 {
            // The last five cells of row D7 hold nothing.
            for trail in UInt8(0xA1)...(lead == 0xD7 ? 0xF9 : 0xFE) { pairs += [lead, trail] }
        }
        var bits = [UInt64](repeating: 0, count: 0x1_0000 / 64)
        let own = TextEncoding.gb18030.decode(pairs.span) ?? ""
        for scalar in own.unicodeScalars {
            bits[Int(scalar.value) >> 6] |= 1 << UInt64(scalar.value & 63)
        }
        let known = bits
        let folding = TextFolding()
        for value in [0x2E80...0x2FDF, 0x3400...0x9FFF, 0xF900...0xFAFF].joined() {
            guard let scalar = Unicode.Scalar(UInt32(value)), let folded = folding.folded(scalar),
                folded.value < 0x1_0000,
                known[Int(folded.value) >> 6] & (1 << UInt64(folded.value & 63)) != 0
            else { continue }
            bits[value >> 6] |= 1 << UInt64(value & 63)
        }
        self.bits = bits
    }

    /// Whether the scalar with this value is one of them.
    @inlinable public func contains(_ value: UInt32) -> Bool {
        value < 0x1_0000 && bits[Int(value) >> 6] & (1 << UInt64(value & 63)) != 0
    }
}
