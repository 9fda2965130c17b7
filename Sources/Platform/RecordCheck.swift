/// Two bytes at the end of a record by which it is seen, when it is read, whether it was changed:
/// CRC-16 (polynomial 0x1021, from 0xFFFF), the higher byte first.
///
/// Any change within two neighbouring bytes is found, and of others all but one in 65,536. It costs
/// what reading the record costs anyway; the files' checksums cost reading the files.
public enum RecordCheck {
    /// What a byte shifted out does to the rest, 256 values, and then what it does when 1 to 7 bytes
    /// more have followed: eight bytes are taken in at a time.
    private static let steps: [UInt16] = {
        var steps = [UInt16](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var value = UInt16(byte) << 8
            for _ in 0..<8 { value = value & 0x8000 == 0 ? value << 1 : value << 1 ^ 0x1021 }
            steps[byte] = value
        }
        for index in 256..<steps.count {
            let before = steps[index - 256]
            steps[index] = before << 8 ^ steps[Int(before >> 8)]
        }
        return steps
    }()

    /// The bytes of the check.
    public static let length = 2

    /// The check of some bytes; 0 of bytes that end with their check.
    public static func value(of bytes: Span<UInt8>) -> UInt16 {
        let steps = steps
        var value: UInt16 = 0xFFFF
        var offset = 0
        // No index is beyond the 8 · 256 steps: what is looked up is one byte, and which of eight.
        unsafe bytes.withUnsafeBytes { bytes in
            unsafe steps.withUnsafeBufferPointer { steps in
                while bytes.count - offset >= 8 {
                    let eight = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    var rest = UInt64(littleEndian: eight) ^ UInt64(value.byteSwapped)
                    value = 0
                    for step in (0..<8).reversed() {
                        value ^= unsafe steps[step << 8 | Int(rest & 0xFF)]
                        rest >>= 8
                    }
                    offset += 8
                }
                while offset < bytes.count {
                    let byte = unsafe bytes[offset] ^ UInt8(value >> 8)
                    value = unsafe value << 8 ^ steps[Int(byte)]
                    offset += 1
                }
            }
        }
        return value
    }

    /// Appends the check of the bytes from an offset on.
    public static func append(to bytes: inout [UInt8], from start: Int) {
        let value = value(of: bytes.span.extracting(start..<bytes.count))
        bytes.append(UInt8(value >> 8))
        bytes.append(UInt8(value & 0xFF))
    }
}
