import ChineseText
import Foundation
import ReportModel
import TestSupport
import Testing

@testable import ReportParsing

/// Encodings made by a converter that is not ours: iconv, or written out here.
@Suite("Text is decoded from whatever encoding it comes in")
struct DecodingTests {
    static let text = """
        洮阳市云阶县渡口管理局2023年政府信息公开工作年度报告

        一、总体情况
        2023年，本局主动公开政府信息136条，新增栏目2个，办理依申请公开19件。
        （一）主动公开情况
        全年通过网站、公告栏和微信公众号发布渡口班次、票价与停航消息，群众查询更加方便。
        """

    /// The same text in traditional characters, as Big5 holds it.
    static let traditional = """
        洮陽市雲階縣渡口管理局2023年政府信息公開工作年度報告

        一、總體情況
        2023年，本局主動公開政府信息136條，新增欄目2個，辦理依申請公開19件。
        （一）主動公開情況
        全年通過網站、公告欄和微信公眾號發布渡口班次、票價與停航消息，群眾查詢更加方便。
        """

    static func bytes(_ text: String, _ encoding: TextEncoding) -> [UInt8] {
        switch encoding {
        case .utf8: return Array(text.utf8)
        case .utf16le: return text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16be: return text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        case .utf32le:
            return text.unicodeScalars.flatMap { scalar in
                (0..<4).map { UInt8(scalar.value >> (8 * $0) & 0xFF) }
            }
        case .utf32be:
            return text.unicodeScalars.flatMap { scalar in
                (0..<4).reversed().map { UInt8(scalar.value >> (8 * $0) & 0xFF) }
            }
        case .gb18030, .big5:
            return Iconv.bytes(text, encoding == .big5 ? "BIG5" : "GB18030") ?? []
        case .iso2022cn: return Iconv.bytes(text, "ISO-2022-CN") ?? []
        case .iso2022jp: return Iconv.bytes(text, "ISO-2022-JP-2") ?? []
        case .iso2022kr: return Iconv.bytes(text, "ISO-2022-KR") ?? []
        case .utf7: return Iconv.bytes(text, "UTF-7") ?? []
        case .hz:
            // The bytes of GB2312 without their high bits, between signs.
            var bytes: [UInt8] = []
            var isChinese = false
            for byte in Iconv.bytes(text, "GB18030") ?? [] {
                if (byte >= 0x80) != isChinese { bytes += Array((isChinese ? "~}" : "~{").utf8) }
                isChinese = byte >= 0x80
                bytes.append(byte & 0x7F)
            }
            return bytes
        }
    }

    /// Text that the Korean set has the characters for.
    static let korean = "政府情報公開年度報告\n一、總體情況\n全年公開政府情報十二件\n"
    /// Encodings of seven bits, which a byte order mark cannot begin.
    static let ofSevenBits: Set<TextEncoding> = [.hz, .iso2022cn, .iso2022jp, .iso2022kr, .utf7]

    @Test("Every encoding is told from the bytes alone", arguments: TextEncoding.allCases)
    func detected(_ encoding: TextEncoding) throws {
        let text =
            encoding == .big5
            ? Self.traditional : encoding == .iso2022kr ? Self.korean : Self.text
        // Encodings with shifts end in none after a line's end.
        let whole = Self.ofSevenBits.contains(encoding) ? text + "\n" : text
        let decoded = try DecodedText(Self.bytes(whole, encoding))
        #expect(decoded.text == whole)
        #expect(decoded.encoding == encoding)
        #expect(decoded.findings.isEmpty)
    }

    @Test("Korean in seven bits is read as such, not as its signs")
    func hangul() throws {
        let text = "정보 공개\n情報公開\n"
        let decoded = try DecodedText(Self.bytes(text, .iso2022kr))
        #expect(decoded.text == text)
        #expect(decoded.encoding == .iso2022kr)
    }

    @Test(
        "A byte order mark decides",
        arguments: TextEncoding.allCases.filter { $0 != .big5 && !ofSevenBits.contains($0) })
    func marked(_ encoding: TextEncoding) throws {
        let decoded = try DecodedText(Self.bytes("\u{FEFF}政务公开", encoding))
        #expect(decoded.text == "\u{FEFF}政务公开")
        #expect(decoded.encoding == encoding)
    }

    @Test("Traditional text in GB18030 is not taken for Big5")
    func traditionalInGB18030() throws {
        let decoded = try DecodedText(Self.bytes(Self.traditional, .gb18030))
        #expect(decoded.text == Self.traditional)
        #expect(decoded.encoding == .gb18030)
    }

    @Test(
        "UTF-16 with few zero bytes is still UTF-16", arguments: [TextEncoding.utf16le, .utf16be])
    func proseInUTF16(_ encoding: TextEncoding) throws {
        let prose = String(repeating: "群众可以在服务窗口查阅政府公报和渡口管理办法。", count: 20)
        let decoded = try DecodedText(Self.bytes(prose, encoding))
        #expect(decoded.text == prose)
        #expect(decoded.encoding == encoding)
    }

    @Test(
        "A few broken bytes cost only themselves and are told",
        arguments: [TextEncoding.utf8, .gb18030])
    func repaired(_ encoding: TextEncoding) throws {
        let lines = (1...40).map { "第\($0)行：本局公开渡口班次与票价。" }
        var bytes = lines.map { Self.bytes($0 + "\n", encoding) }
        bytes[6].insert(0xFF, at: 0)
        let decoded = try DecodedText(Array(bytes.joined()))
        #expect(decoded.encoding == encoding)
        #expect(decoded.findings.map(\.code) == ["malformed_bytes"])
        #expect(decoded.findings.first?.line == 7)
        let read = decoded.text.split(separator: "\n").map(String.init)
        #expect(read.count == 40)
        #expect(zip(read, lines).count { $0 != $1 } == 1)
    }

    @Test("A file cut in the middle of a character keeps the rest")
    func cut() throws {
        let decoded = try DecodedText(Self.bytes(Self.text, .utf8).dropLast())
        #expect(decoded.text == Self.text.dropLast() + "\u{FFFD}")
        #expect(decoded.encoding == .utf8)
    }

    @Test("Bytes that are no text are refused, whatever they decode to")
    func noText() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let bytes = (0..<2_000).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(throws: UndecodableText.self) { try DecodedText(bytes) }
        }
    }

    @Test("Zero bytes within UTF-8 do not make it UTF-16")
    func zeros() throws {
        let decoded = try DecodedText(Self.bytes("政务\u{0}公开" + Self.text, .utf8))
        #expect(decoded.encoding == .utf8)
    }

    @Test("A forced encoding is taken at its word")
    func forced() throws {
        let bytes = Self.bytes("政务公开a", .utf8)
        #expect(throws: UndecodableText.self) { try DecodedText(bytes, encoding: .utf16le) }
        #expect(try DecodedText(bytes + bytes, encoding: .gb18030).encoding == .gb18030)
    }
}

@Suite("Text that was decoded wrongly before it reached us")
struct MojibakeTests {
    private static let mojibake = Mojibake()
    /// Six ideographs that no text has side by side, and no accident explains.
    private static let rare = String(
        String.UnicodeScalarView(
            (0x9F60...0x9F90).compactMap(Unicode.Scalar.init)
                .filter { !OrdinaryHan.all.contains($0.value) }.prefix(6)))

    /// What a wrong decoder makes of a text; nil when it would have failed.
    private static func misread(_ text: String, as encoding: TextEncoding) -> String? {
        encoding.decode(Array(text.utf8).span)
    }

    @Test("UTF-8 read as GBK is restored")
    func utf8AsGBK() throws {
        for text in ["政府信息公开", "全年主动公开政府信息", "办理依申请公开事项数目不多"] {
            guard let damaged = Self.misread(text, as: .gb18030) else { continue }
            let repair = try #require(Self.mojibake.repair("前文 " + damaged + " 2023"))
            #expect(repair.text == "前文 " + text + " 2023")
            #expect(repair.lost == 0 && repair.restored == damaged.unicodeScalars.count)
        }
    }

    @Test("UTF-8 that a browser read as GBK is restored: it reads the byte 80 as €")
    func utf8ThatABrowserReadAsGBK() throws {
        let damaged = "鍔炵悊渚濈敵璇峰叕寮€浜嬮」鏁扮洰"
        let repair = try #require(Self.mojibake.repair("前文 " + damaged + " 2023"))
        #expect(repair.text == "前文 办理依申请公开事项数目 2023")
        #expect(repair.lost == 0)
    }

    @Test("A run inside good text leaves the rest as it was")
    func inside() throws {
        let damaged = try #require(Self.misread("政府信息公开", as: .gb18030))
        let repair = try #require(Self.mojibake.repair("我局编制了" + damaged + "，全年共十条。"))
        #expect(repair.text == "我局编制了政府信息公开，全年共十条。")
    }

    @Test("UTF-8 and GBK read as Latin-1 are restored")
    func latin() throws {
        let text = "渡口管理办法"
        let latin = String(String.UnicodeScalarView(text.utf8.map { Unicode.Scalar($0) }))
        #expect(Self.mojibake.repair(latin + "2023")?.text == text + "2023")
        let bytes = try #require(TextEncoding.gb18030Bytes(of: text))
        let gbk = String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        #expect(Self.mojibake.repair(gbk)?.text == text)
    }

    @Test("GBK read from the middle of a character on is restored but for its ends")
    func shifted() {
        // The example of the catalogue: the first half of （ was lost.
        let repair = Self.mojibake.repair("?。ㄒ唬┘訌")
        #expect(repair?.text == "?。\u{FFFD}一）\u{FFFD}訌")
    }

    @Test("What cannot be restored is no text any more, and is counted")
    func lost() throws {
        let repair = try #require(Self.mojibake.repair("公开 \(Self.rare) 结束"))
        #expect(repair.text == "公开 \u{FFFD} 结束")
        #expect(repair.lost == 6)
    }

    @Test(
        "Text that is only unusual is left alone",
        arguments: [
            "邗江区、郪江镇、堃、玥、喆、昇、犇等字的人名", "┌────┬────┐", "│规章│  0 │",
            "開(kāi)放日活動(huó dòng)", "naïve café Öffnung", "カタカナとひらがな", "①②③ ㎡ ℃ № Ⅲ",
            "𠮷𠀀𪚥", "政府信息公開條例、行政許可、綜合行政執法",
        ])
    func untouched(_ text: String) {
        let repair = Self.mojibake.repair(text)
        #expect(repair == nil)
    }

    @Test("A report tells which lines were mended, and searches find only real text")
    func report() throws {
        let damaged = try #require(Self.misread("政府信息公开", as: .gb18030))
        let text = """
            洮阳市云阶县渡口管理局消息
            本局今日公布\(damaged)目录。
            另附 \(Self.rare) 一件。
            """
        let report = try ReportParser().report(from: Array(text.utf8))
        let findings = report.findings.filter { $0.code == "mojibake" }
        #expect(findings.map(\.line) == [2, 3])
        #expect(report.passages.contains { $0.text.contains("公布政府信息公开目录") })
        #expect(!report.passages.contains { $0.text.contains(Self.rare.prefix(2)) })
    }
}

extension DecodedText {
    /// The text.
    fileprivate var text: String { String(decoding: utf8, as: UTF8.self) }
}
