import PlainXapian
import ReportModel
import Testing

/// Documents of servers, whose data may say anything.
@Suite("The data of a document are a passage, or nothing")
struct PlainPassageTests {
    /// The data of a passage, some of its values replaced.
    private static func data(_ replaced: [String: String] = [:]) -> [UInt8] {
        let values = [
            "sha256": "\"" + String(repeating: "0f", count: 32) + "\"", "year": "2022",
            "passages": "9", "number": "3", "section": "5", "lines": "[18,20]", "length": "12",
            "kind": "\"annual_report\"", "schema": "\"gongkai.plain/1\"",
        ].merging(replaced) { $1 }
        func value(_ key: String) -> String { values[key] ?? "null" }
        return Array(
            """
            {"schema":\(value("schema")),"report":{"id":"","sha256":\(value("sha256")),
            "encoding":"utf-8","kind":\(value("kind")),"form":"2021","scope":"own","title":"题",
            "agency":"局","agency_aliases":[],"year":\(value("year")),"region":{},
            "passages":\(value("passages"))},"files":["a.txt"],"number":\(value("number")),
            "section":\(value("section")),"text":"公开","lines":\(value("lines")),
            "length":\(value("length"))}
            """.utf8)
    }

    @Test("A passage is read as it was written")
    func sound() throws {
        let passage = try #require(PlainPassage(Self.data()))
        #expect(passage.head.id == "0f0f0f0f0f0f0f0f" && passage.head.year == 2022)
        #expect(passage.passage.lines == 18...20 && passage.number == 3 && passage.length == 12)
    }

    @Test(
        "Values that no index writes make no passage",
        arguments: [
            ["lines": "[5,-1]"], ["lines": "[-1,2]"], ["lines": "[9,8]"], ["lines": "[1]"],
            ["lines": "[1e99,1e99]"], ["number": "0"], ["number": "10"], ["number": "-3"],
            ["number": "9223372036854775807"], ["section": "8"], ["section": "-1"],
            ["year": "9223372036854775807"], ["year": "-9223372036854775808"], ["year": "1"],
            ["passages": "-1"], ["passages": "9223372036854775807"], ["length": "-1"],
            ["length": "65536"], ["sha256": "\"0f\""], ["kind": "\"page\""],
            ["schema": "\"gongkai.plain/2\""],
        ])
    func odd(_ replaced: [String: String]) {
        #expect(PlainPassage(Self.data(replaced)) == nil)
    }
}
