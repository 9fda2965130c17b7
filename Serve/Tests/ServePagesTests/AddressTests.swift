import QueryLanguage
import Testing

@testable import ServePages

@Suite("Addresses")
struct AddressTests {
    @Test("what an address holds is what its text is read as again")
    func roundTrip() throws {
        let values = ["政策解读", "a b+c", "100%", "<script>", "\"引号\"", "a&b=c#d?e/f", "🀄", " \u{7f}"]
        for value in values {
            let address = Address(
                "/report/" + value, [("q", value), ("where", value)], form: .json)
            let read = try #require(Address(target: address.text))
            #expect(read == address)
        }
    }

    @Test(
        "what is no address is refused",
        arguments: [
            "", "report", "//%", "/%4", "/%zz", "/?q=%ff", "/a%00b", "http://elsewhere/",
            "/?" + String(repeating: "a&", count: 200), "/" + String(repeating: "a", count: 9_000),
        ])
    func refused(target: String) {
        #expect(Address(target: target) == nil)
    }

    @Test("a value that is narrowed by can be taken away, and the page is the first again")
    func narrowing() throws {
        let start = try #require(Address(target: "/search?q=%E5%85%AC%E5%BC%80&page=3&year="))
        let narrow = start.with("year", "2022")
        #expect(narrow.text == "/search?q=%E5%85%AC%E5%BC%80&year=2022")
        #expect(narrow.without("year", value: "2022").text == "/search?q=%E5%85%AC%E5%BC%80")
    }

    @Test("texts put into a page are escaped, pieces of it are not")
    func escaping() {
        let text = "<script>alert('x')</script>&\"\u{202e}"
        let piece: HTML = "<p title=\"\(text)\">\(text)</p>"
        let whole: HTML = "<div>\(piece)</div>"
        #expect(!whole.text.contains("<script"))
        #expect(whole.text.hasPrefix("<div><p title=\"&lt;script&gt;"))
        #expect(!whole.text.unicodeScalars.contains("\u{202e}"))
    }

    @Test("what matched is marked, whatever stands around it")
    func marks() {
        let html = HitList.marked("收<费>公示", [1..<3, 4..<6])
        #expect(html.text == "收<mark>&lt;费</mark>&gt;<mark>公示</mark>")
    }

    @Test("the language is the one that the browser would rather have")
    func languages() {
        typealias Language = QuerySyntaxError.Language
        #expect(Language(accepting: "zh-CN,zh;q=0.9,en;q=0.8") == .chinese)
        #expect(Language(accepting: "de, en-GB;q=0.7, zh;q=0.3") == .english)
        #expect(Language(accepting: "de") == nil)
    }
}
