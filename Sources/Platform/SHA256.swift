internal import CPlatform

/// The name of a file's content.
public enum SHA256 {
    /// The SHA-256 (FIPS 180-4) of some bytes, in hexadecimal.
    ///
    /// - Throws: when Nettle is not installed.
    public static func hexadecimal(of bytes: [UInt8]) throws(MissingLibrary) -> String {
        try hexadecimal(of: bytes.span)
    }

    /// The SHA-256 of some bytes, such as those of a mapped file.
    public static func hexadecimal(of bytes: Span<UInt8>) throws(MissingLibrary) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        let isKnown = unsafe bytes.withUnsafeBufferPointer {
            unsafe cplatform_sha256($0.baseAddress, $0.count, &digest)
        }
        guard isKnown else {
            throw MissingLibrary.first ?? MissingLibrary(file: "libnettle", package: "nettle")
        }
        let digits = Array("0123456789abcdef".utf8)
        let hex = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: hex, as: UTF8.self)
    }
}
