/// A scalar read from UTF-8.
struct DecodedScalar {
    /// Its value; U+FFFD for a malformed byte.
    let value: UInt32
    /// Its length in bytes, from 1.
    let length: Int
}

/// The scalar at the byte offset `position`, which must be inside `utf8`.
///
/// A byte that begins no well-formed sequence is read as U+FFFD, alone.
@inline(__always)
func decodedScalar(_ utf8: Span<UInt8>, at position: Int) -> DecodedScalar {
    let lead = utf8[position]
    if lead < 0x80 { return DecodedScalar(value: UInt32(lead), length: 1) }
    if lead & 0xF0 == 0xE0, position + 2 < utf8.count {
        let (second, third) = (utf8[position + 1], utf8[position + 2])
        let value = UInt32(lead & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
        if second & 0xC0 == 0x80, third & 0xC0 == 0x80, value >= 0x800, value & 0xF800 != 0xD800 {
            return DecodedScalar(value: value, length: 3)
        }
    }
    return decodedRareScalar(utf8, at: position)
}

@inline(never)
private func decodedRareScalar(_ utf8: Span<UInt8>, at position: Int) -> DecodedScalar {
    func continuation(_ offset: Int) -> UInt32? {
        guard position + offset < utf8.count else { return nil }
        let byte = utf8[position + offset]
        return byte & 0xC0 == 0x80 ? UInt32(byte & 0x3F) : nil
    }
    let lead = UInt32(utf8[position])
    if (0xC2..<0xE0).contains(lead), let second = continuation(1) {
        return DecodedScalar(value: (lead & 0x1F) << 6 | second, length: 2)
    }
    if (0xF0..<0xF5).contains(lead), let second = continuation(1), let third = continuation(2),
        let fourth = continuation(3)
    {
        let value = (lead & 7) << 18 | second << 12 | third << 6 | fourth
        if (0x10000...0x10FFFF).contains(value) { return DecodedScalar(value: value, length: 4) }
    }
    return DecodedScalar(value: 0xFFFD, length: 1)
}
