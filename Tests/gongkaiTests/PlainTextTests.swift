import Foundation
import ReportModel
import ReportOutput
import Testing

@testable import gongkai

@Suite("What Foundation would write is written the same without it")
struct PlainTextTests {
    @Test("Addresses of files")
    func addresses() {
        let ascii = String(String.UnicodeScalarView((0x20..<0x7F).compactMap(Unicode.Scalar.init)))
        for path in ["/a/" + ascii.replacing("/", with: ""), "/目录/é 文件.txt", "/a//b"] {
            #expect(FileURL.text(of: path) == URL(filePath: path).absoluteString)
        }
    }

    @Test("Bytes in base64")
    func base64() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 73 ^ count) }
            #expect(Base64.text(of: bytes) == Data(bytes).base64EncodedString())
        }
    }

    @Test("Strings in JSON, where what could command a terminal is escaped")
    func strings() throws {
        for value in Array(0...0xFFFF) + [0x1F600, 0x20000, 0x10FF80, 0x10FFFF] {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            let text = "前\(scalar)、\(scalar)"
            let json = JSONValue.string(text).text
            #expect(try JSONDecoder().decode(String.self, from: Data(json.utf8)) == text)
            let isEscaped =
                scalar == "\"" || scalar == "\\" || value < 0x10000 && scalar.isUnsafeOnTerminal
            #expect(json.contains("\\") == isEscaped, "\(value)")
            if !isEscaped { #expect(json == "\"\(text)\"") }
        }
    }

    @Test("Numbers with a fixed number of digits")
    func numbers() {
        for number in [0, 0.004, 0.0051, 0.05, 0.96, 1, 9.996, 12.34567, 1234.5678, -0.3, -12.04] {
            #expect(number.fixed(decimals: 1) == String(format: "%.1f", number))
            #expect(number.fixed(decimals: 2) == String(format: "%.2f", number))
        }
    }
}
