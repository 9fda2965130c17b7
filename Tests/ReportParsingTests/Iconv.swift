import Foundation

/// The C library's converter: an oracle for encodings that shares nothing with ICU.
enum Iconv {
    /// A text in an encoding, by its name in iconv; nil when it lacks a character.
    static func bytes(_ text: String, _ encoding: String) -> [UInt8]? {
        let converter = unsafe iconv_open(encoding, "UTF-8")
        guard unsafe converter != iconv_t(bitPattern: -1) else { return nil }
        defer { unsafe _ = iconv_close(converter) }
        var input = text.utf8.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: input.count * 4 + 8)
        var left = output.count
        let failed = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var count = source.count
                var to = target.baseAddress
                return unsafe iconv(converter, &from, &count, &to, &left) == -1
            }
        }
        return failed ? nil : output.dropLast(left).map { UInt8(bitPattern: $0) }
    }
}
