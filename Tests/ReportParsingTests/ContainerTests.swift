import ChineseText
import Documents
import Foundation
import ReportModel
import TestSupport
import Testing

@testable import ReportParsing

@Suite("Files in files")
struct ContainerTests {
    /// The files in some bytes; nil when these are no container.
    private static func files(
        _ bytes: [UInt8], fields: RecordFields = .usual
    ) throws -> [ContainedFile]? {
        let container = try FileContainer(count: bytes.count, fields: fields) {
            Array(bytes[$0..<($0 + $1)])
        }
        guard let container else { return nil }
        var files: [ContainedFile] = []
        while let file = try container.next() { files.append(file) }
        return files
    }

    private static func text(_ file: ContainedFile) -> String? {
        (try? file.bytes()).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("Names are UTF-8, or what Windows writes, and lead nowhere else")
    func names() {
        #expect(MemberName.plain(Array("年报/甲.txt".utf8)) == "年报/甲.txt")
        #expect(MemberName.plain(DecodingTests.bytes("年报/甲.txt", .gb18030)) == "年报/甲.txt")
        #expect(MemberName.plain(Array("../..//etc\\passwd".utf8)) == "etc/passwd")
        #expect(MemberName.plain(Array("folder/".utf8)) == nil)
        #expect(MemberName.plain(Array("__MACOSX/a".utf8)) == nil)
        var names = UniqueNames()
        #expect(["a", "a#2", "a", "a"].map { names.unique($0) } == ["a", "a#2", "a#3", "a#4"])
    }

    @Test("A document is no container, whatever it is made of")
    func documents() throws {
        let report = RenderedReport(try #require(Sample.all.first).report())
        for bytes in [
            report.word, report.excel, Array(report.html.utf8), Array(report.markdown.utf8),
            report.richText(inGB18030: true), PrintedPages(report).fixedLayoutBytes,
            Array("{\"name\": \"settings\", \"size\": 3}".utf8), Array("甲,乙\n1,2\n".utf8),
        ] {
            #expect(try Self.files(bytes) == nil)
        }
    }

    @Test("Records of JSON: one a line, in a list, in a list of an object, in any encoding")
    func json() throws {
        let record =
            "{\"标题\": \"甲\", \"正文\": \"一\\n\\u4e8c\", \"meta\": {\"publisher\": \"乙\"}, \"n\": [1, {}]}"
        let forms = [
            record + "\n" + record, "[\(record),\n\(record)]",
            "{\"code\": 0, \"data\": {\"rows\": [\(record), \(record)]}}",
        ]
        let fields = try RecordFields(["agency=meta.publisher"])
        for form in forms {
            for bytes in [Array(form.utf8), DecodingTests.bytes(form, .gb18030)] {
                let files = try #require(try Self.files(bytes, fields: fields))
                #expect(files.map(\.name) == ["1", "2"])
                #expect(files.map(Self.text) == ["一\n二", "一\n二"])
                #expect(files[0].evidence.title == "甲" && files[0].evidence.publisher == "乙")
            }
        }
        #expect(throws: RecordFields.Problem(setting: "words=a")) { try RecordFields(["words=a"]) }
        #expect(
            try Self.files(Array("{\"article_text\": \"x\"}".utf8)) == nil)
        #expect(
            try Self.files(
                Array("{\"article_text\": \"x\"}".utf8),
                fields: RecordFields(["text=article_text"]))?.count == 1)
    }

    @Test("A broken line of JSON Lines costs only itself, and a list that is cut its last record")
    func brokenRecords() throws {
        func line(_ number: Int) -> String { "{\"title\": \"甲\", \"content\": \"第\(number)条。\"}" }
        let lines = [line(1), line(2), "{\"title\": \"甲\", \"con", line(4), line(5)]
        let files = try #require(try Self.files(Array(lines.joined(separator: "\n").utf8)))
        #expect(files.map(Self.text) == ["第1条。", "第2条。", nil, "第4条。", "第5条。"])
        #expect(throws: UndecodableText(reason: .damaged("a record"))) { try files[2].bytes() }
        let list = "[\n" + [line(1), line(2), line(3)].joined(separator: ",\n") + "\n]\n"
        #expect(try Self.files(Array(list.utf8))?.count == 3)
        let cut = try #require(try Self.files(Array("[\(line(1)), \(line(2))".utf8.dropLast(2))))
        #expect(cut.map(Self.text) == ["第1条。", nil])
    }

    @Test("A record whose last value is missing takes nothing of the next one")
    func missingValue() throws {
        let first = "{\"title\": \"甲\", \"content\": \"第1条。\", \"note\": }"
        let second = "{\"title\": \"乙\", \"publisher\": \"丙\", \"content\": \"第2条。\"}"
        for list in ["\(first)\n\(second)", "[\(first), \(second)]"] {
            let files = try #require(try Self.files(Array(list.utf8)))
            #expect(files.map(Self.text) == ["第1条。", "第2条。"])
            #expect(files.map(\.evidence.publisher) == [nil, "丙"])
        }
    }

    @Test("Of a collection of web archives these are read, not its lists")
    func collection() throws {
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>甲</p>"
        let archive =
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.cn/1\r\n"
            + "Content-Length: \(page.utf8.count)\r\n\r\n\(page)\r\n\r\n"
        var zip = ZipBuilder()
        zip.add("datapackage.json", Array("{}".utf8))
        zip.add("archive/data.warc", Array(archive.utf8))
        zip.add("pages/pages.jsonl", Array("{\"url\": \"https://a.cn/1\", \"text\": \"甲\"}".utf8))
        zip.add("indexes/index.cdx", Array("cn,a)/1 20230105".utf8))
        let files = try #require(try Self.files(zip.bytes))
        #expect(files.map(\.name) == ["archive/data.warc"])
    }

    @Test("An archive compressed once more is an archive")
    func compressedArchive() throws {
        var zip = ZipBuilder()
        zip.add("甲.txt", Array("一、总体情况".utf8))
        let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
        func number(_ value: UInt32) -> [UInt8] {
            (0..<4).map { (place: UInt32) in UInt8(truncatingIfNeeded: value >> (8 * place)) }
        }
        let bytes = zip.bytes
        let end = number(Self.crc32(bytes)) + number(UInt32(bytes.count))
        let files = try Self.files(head + ZipBuilder.stored(bytes) + end)
        #expect(files?.map(\.name) == ["甲.txt"])
        #expect(files?.map(Self.text) == ["一、总体情况"])
    }

    /// The checksum at the end of compressed data.
    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB8_8320 }
        }
        return ~sum
    }

    @Test("A table of reports: a row each")
    func table() throws {
        let text = "title,date,content\n甲,2023-01-05,\"一、\n二，\"\"三\"\"\"\n乙,,四\n"
        let files = try #require(try Self.files(Array(text.utf8)))
        #expect(files.map(Self.text) == ["一、\n二，\"三\"", "四"])
        #expect(files[0].evidence.published == "2023-01-05")
        #expect(try Self.files(Array("标题\t正文\n甲\t乙\n".utf8))?.count == 1)
    }

    @Test("A web archive: the pages of its answers, by their addresses")
    func web() throws {
        func record(_ type: String, _ url: String, _ content: String) -> String {
            "WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Target-URI: \(url)\r\n"
                + "Content-Length: \(content.utf8.count)\r\n\r\n\(content)\r\n\r\n"
        }
        let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>甲</p>"
        let pieces =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n3\r\n乙\r\n0\r\n\r\n"
        let archive =
            record("warcinfo", "", "software: x") + record("request", "https://a.cn/1", "GET /")
            + record("response", "https://a.cn/1.html", page)
            + record("response", "https://a.cn/2.html", pieces)
            + record("response", "https://a.cn/3.html", "HTTP/1.1 404 Not Found\r\n\r\nnone")
            + record(
                "response", "https://a.cn/4.png",
                "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx")
        let files = try #require(try Self.files(Array(archive.utf8)))
        #expect(files.map(\.name) == ["https:/a.cn/1.html", "https:/a.cn/2.html"])
        #expect(files.map(Self.text) == ["<p>甲</p>", "<p>乙"])
        #expect(files[0].evidence.url == "https://a.cn/1.html")
        #expect(throws: UndecodableText.self) { try Self.files(Array(archive.utf8.dropLast(30))) }
    }

    @Test("A mail: its text and its attachments, in any charset")
    func mail() throws {
        let subject =
            "=?gb2312?B?" + Data(DecodingTests.bytes("甲局年报", .gb18030)).base64EncodedString() + "?="
        let mail = """
            Subject: \(subject)
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b1"

            --b1
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: base64

            \(Data("见附件。".utf8).base64EncodedString())
            --b1
            Content-Type: application/octet-stream; name="x"
            Content-Disposition: attachment; filename*=gb2312''%C4%EA%B1%A8.txt

            一、总体情况
            --b1--
            """
        let files = try #require(try Self.files(Array(mail.utf8)))
        #expect(files.map(\.name) == ["body.txt", "年报.txt"])
        #expect(files.map(Self.text) == ["见附件。", "一、总体情况\n"])
        #expect(files[0].evidence.title == "甲局年报")
    }

    @Test("A saved page in one message is the page, in its own encoding")
    func savedPage() throws {
        let report = RenderedReport(try #require(Sample.all.first).report())
        let page = DecodingTests.bytes(
            report.html.replacing("<head>", with: "<head><meta charset=gb2312>"), .gb18030)
        let head = """
            From: <Saved by a browser>
            Subject: x
            Content-Type: multipart/related; boundary="----b"; type="text/html"

            ------b
            Content-Type: text/html
            Content-Transfer-Encoding: base64

            """
        let saved = Array(
            (head + "\n" + Data(page).base64EncodedString(options: .lineLength76Characters)
                + "\n------b--\n").utf8)
        #expect(try Self.files(saved) == nil)
        let read = try ReportParser().report(from: saved)
        let right = try ReportParser().report(from: Array(report.html.utf8))
        #expect(read.passages == right.passages && read.title == right.title)
        #expect(read.statistics.fields == right.statistics.fields)
    }

    @Test("A report in each container has the same cells and passages")
    func everyContainer() throws {
        let sample = try #require(
            Sample.all.first { $0.file.path.hasSuffix("yaan-suanli/2022.txt") })
        let right = try sample.report()
        let page = RenderedReport(right).html
        let record = try JSONEncoder().encode(["title": right.title ?? "", "content": page])
        let head =
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.cn/1\r\nContent-Length: "
        let answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
        let coded = Data(page.utf8).base64EncodedString(options: .lineLength76Characters)
        let mail =
            "Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
            + "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\(coded)\n"
            + "--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\n"
            + "附件\n--b--\n"
        let quoted = page.replacing("\"", with: "\"\"")
        var zip = ZipBuilder()
        zip.add("x.html", Array(page.utf8), compressed: ZipBuilder.stored(Array(page.utf8)))
        let containers: [(String, [UInt8])] = [
            ("json", Array(record)),
            ("warc", Array("\(head)\(answer.utf8.count)\r\n\r\n\(answer)\r\n\r\n".utf8)),
            ("eml", Array(mail.utf8)), ("csv", Array("title,content\r\nx,\"\(quoted)\"\r\n".utf8)),
            ("zip", zip.bytes),
        ]
        for (name, bytes) in containers {
            let file = try #require(try Self.files(bytes)?.first, "\(name)")
            let read = try ReportParser().report(from: file.bytes(), evidence: file.evidence)
            #expect(read.passages.map(\.text) == right.passages.map(\.text), "\(name)")
            #expect(read.agency == right.agency && read.year == right.year, "\(name)")
            for field in right.form.fields {
                #expect(
                    read.statistics[field]?.value == right.statistics[field]?.value,
                    "\(name): \(StatisticField.all[field].key)")
            }
        }
    }

    @Test("Parts of a TAR archive, with long names")
    func tar() throws {
        func entry(_ name: String, _ content: String, type: String = "0") -> [UInt8] {
            var head = [UInt8](repeating: 0, count: 512)
            head.replaceSubrange(0..<min(100, name.utf8.count), with: Array(name.utf8.prefix(100)))
            let size = String(content.utf8.count, radix: 8)
            head.replaceSubrange(124..<(124 + size.utf8.count), with: Array(size.utf8))
            head[156] = Array(type.utf8)[0]
            head.replaceSubrange(257..<262, with: Array("ustar".utf8))
            let padding = (512 - content.utf8.count % 512) % 512
            return head + Array(content.utf8) + [UInt8](repeating: 0, count: padding)
        }
        let long = String(repeating: "年报/", count: 60) + "x.txt"
        let tar =
            entry("a.txt", "甲") + entry("folder/", "", type: "5")
            + entry("././@LongLink", long + "\0", type: "L") + entry("cut", "乙")
            + [UInt8](repeating: 0, count: 1_024)
        let files = try #require(try Self.files(tar))
        #expect(files.map(\.name) == ["a.txt", long])
        #expect(files.map(Self.text) == ["甲", "乙"])
    }
}
