/// Two bytes at the end of a record by which it is seen, when it is read, whether it was changed:
/// CRC-16 (polynomial 0x1021, from 0xFFFF), the higher byte first.
///
/// Any change within two neighbouring bytes is found, and of others all but one in 65,536. It costs
/// what reading the record costs anyway; the files' checksums cost reading the files.
enum RecordCheck {
    /// What each value of four bits, shifted out, does to the rest.
    private static let steps: [UInt16] = (0..<16).map { index in
        (0..<4).reduce(UInt16(index) << 12) { value, _ in
            value & 0x8000 == 0 ? value << 1 : value << 1 ^ 0x1021
        }
    }

    /// The bytes of the check.
    static let length = 2

    /// The check of some bytes; 0 of bytes that end with their check.
    static func value(of bytes: Span<UInt8>) -> UInt16 {
        var value: UInt16 = 0xFFFF
        for index in bytes.indices {
            value ^= UInt16(bytes[index]) << 8
            value = value << 4 ^ steps[Int(value >> 12)]
            value = value << 4 ^ steps[Int(value >> 12)]
        }
        return value
    }

    /// Appends the check of the bytes from a place on.
    static func append(to bytes: inout [UInt8], from start: Int) {
        let value = value(of: bytes.span.extracting(start..<bytes.count))
        bytes.append(UInt8(value >> 8))
        bytes.append(UInt8(value & 0xFF))
    }
}
