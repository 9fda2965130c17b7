import LibNettle

/// The name of a file's content.
public enum SHA256 {
    /// The SHA-256 (FIPS 180-4) of some bytes, in hexadecimal.
    public static func hexadecimal(of bytes: [UInt8]) -> String {
        var state = sha256_ctx()
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
        unsafe nettle_sha256_init(&state)
        unsafe bytes.withUnsafeBufferPointer {
            unsafe nettle_sha256_update(&state, $0.count, $0.baseAddress)
        }
        unsafe nettle_sha256_digest(&state, digest.count, &digest)
        let digits = Array("0123456789abcdef".utf8)
        let hex = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: hex, as: UTF8.self)
    }
}
