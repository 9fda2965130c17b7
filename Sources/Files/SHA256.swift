internal import CFiles

/// The name of a file's content.
public enum SHA256 {
    /// The SHA-256 (FIPS 180-4) of some bytes, in hexadecimal.
    public static func hexadecimal(of bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        unsafe bytes.withUnsafeBufferPointer {
            unsafe cfiles_sha256($0.baseAddress, $0.count, &digest)
        }
        let digits = Array("0123456789abcdef".utf8)
        let hex = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: hex, as: UTF8.self)
    }
}
