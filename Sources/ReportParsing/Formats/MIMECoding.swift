/// The codes in which mails carry bytes.
enum MIMECoding {
    static func quotedPrintable(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var start = text.startIndex
        while start < text.endIndex {
            let end = text[start...].firstIndex(of: 0x0A) ?? text.endIndex
            let line = text[start..<end]
            start = end + 1
            var rest = line
            if rest.last == 0x0D { rest = rest.dropLast() }
            while let index = rest.firstIndex(of: UInt8(ascii: "=")) {
                bytes += rest[..<index]
                rest = rest[(index + 1)...]
                if rest.isEmpty { break }
                if rest.count >= 2, let high = HexadecimalDigit.value(rest[rest.startIndex]),
                    let low = HexadecimalDigit.value(rest[rest.startIndex + 1])
                {
                    bytes.append(high << 4 | low)
                    rest = rest.dropFirst(2)
                } else {
                    bytes.append(UInt8(ascii: "="))
                }
            }
            // A line that ends in = goes on.
            if line.last(where: { $0 != 0x0D }) != UInt8(ascii: "=") {
                bytes += rest
                bytes.append(0x0A)
            }
        }
        return bytes
    }

    static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var bits = 0
        var count = 0
        for byte in text {
            let value: Int
            switch byte {
            case 0x41...0x5A: value = Int(byte) - 0x41
            case 0x61...0x7A: value = Int(byte) - 0x61 + 26
            case 0x30...0x39: value = Int(byte) - 0x30 + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            default: continue
            }
            bits = (bits << 6 | value) & 0xFFFF
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(bits >> count & 0xFF))
            }
        }
        return bytes
    }
}
