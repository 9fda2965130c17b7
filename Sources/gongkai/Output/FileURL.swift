import ReportSearch

/// Addresses of files, as terminals open them.
enum FileURL {
    /// What stands as it is beside letters and digits.
    private static let plain = Set("!$&'()*+,-./:;=@_~".utf8)

    /// The address of an absolute path (RFC 8089); of a file in an archive, that of the archive.
    static func text(of path: String) -> String {
        let path = path.firstRange(of: "!/").map { String(path[..<$0.lowerBound]) } ?? path
        var text = Array("file://".utf8)
        for byte in bytes(ofUnusualPath: path) ?? Array(path.utf8) {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: text.append(byte)
            case _ where plain.contains(byte): text.append(byte)
            default:
                let digits = Array("0123456789ABCDEF".utf8)
                text += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
