import Documents
import TestSupport
import Testing

@Suite("Markup is read as events, whatever state it is in")
struct MarkupTests {
    private static func events(_ text: String, _ language: Markup = .html) throws -> [MarkupEvent] {
        var events: [MarkupEvent] = []
        try language.read(Array(text.utf8)) { events.append($0) }
        return events
    }

    private static func text(_ events: [MarkupEvent]) -> String {
        events.map { if case .text(let text, _) = $0 { text } else { "" } }.joined()
    }

    @Test("Elements, attributes, entities and lines of a page")
    func page() throws {
        let events = try Self.events(
            "<p CLASS='甲 乙'>\n规章&nbsp;&amp;<BR>文件&#x4e2d;</p>\n<td rowspan=2>0")
        #expect(
            events.contains(
                .start("p", attributes: [])) == false)
        guard
            case .start("p", let attributes)? = events.first(where: { event in
                if case .start("p", _) = event { true } else { false }
            })
        else {
            Issue.record("no paragraph in \(events)")
            return
        }
        #expect(attributes["class"] == "甲 乙")
        #expect(Self.text(events) == "\n规章\u{A0}&文件中\n0")
        let lines = events.compactMap { event -> Int? in
            if case .text(let text, let line) = event, text.contains("0") { line } else { nil }
        }
        #expect(lines == [3])
    }

    @Test("Scripts and styles are no text")
    func scripts() throws {
        let events = try Self.events("<script>if (a<b) { x = '<p>' }</script><style>p{}</style>甲")
        #expect(Self.text(events) == "甲")
    }

    @Test(
        "Depth costs neither stack nor time",
        arguments: ["<div>", "<table><tr><td>", "<span>", "<b><i>", "<ul><li>"])
    func deep(_ tags: String) throws {
        let events = try Self.events(String(repeating: tags, count: 100_000) + "深处<p>尾")
        #expect(Self.text(events) == "深处尾")
    }

    @Test("Tags that close nothing cost no time")
    func unmatched() throws {
        let text =
            String(repeating: "<span>", count: 5_000)
            + String(repeating: "</div>", count: 200_000) + "尾"
        #expect(try Self.text(Self.events(text)) == "尾")
    }

    @Test("XML is read strictly, by local names")
    func xml() throws {
        let events = try Self.events(
            "<?xml version='1.0'?><w:p xmlns:w='u' w:val='1'><w:t> 甲&amp;乙 </w:t></w:p>", .xml)
        #expect(
            events.first
                == .start(
                    "p",
                    attributes: events.first.flatMap { event in
                        if case .start(_, let attributes) = event { attributes } else { nil }
                    } ?? []))
        #expect(Self.text(events) == " 甲&乙 ")
    }

    @Test("XML with a document type is refused before its entities are", .timeLimit(.minutes(1)))
    func entities() {
        let laughs = (1...9).map {
            "<!ENTITY e\($0) \"\(String(repeating: "&e\($0 - 1);", count: 9))\">"
        }
        let text = "<!DOCTYPE a [<!ENTITY e0 'x'>\(laughs.joined())]><a>&e9;</a>"
        #expect(throws: MarkupProblem.documentType) { try Self.events(text, .xml) }
        #expect(throws: MarkupProblem.documentType) {
            try Self.events("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", .xml)
        }
    }

    @Test(
        "Broken XML fails after what came before",
        arguments: ["<a>甲<b></a>", "<a>甲", "<a>甲&x;</a>"])
    func broken(_ text: String) {
        var read = ""
        #expect(throws: MarkupProblem.malformed) {
            try Markup.xml.read(Array(text.utf8)) {
                if case .text(let text, _) = $0 { read += text }
            }
        }
        #expect(read == "甲")
    }

    @Test("XML does not nest without end")
    func deepXML() {
        #expect(throws: MarkupProblem.malformed) {
            try Self.events(String(repeating: "<a>", count: 100_000), .xml)
        }
    }

    @Test("Random bytes between tags are read to the end")
    func random() throws {
        var random = SeededGenerator(seed: 11)
        let pieces = [
            "<p>", "</p>", "<td", " a='", "'>", "<!--", "-->", "&", ";", "甲", "\n", "<", ">", "</",
            "<table>", "<script>", "</script>", "=\"", "x",
        ]
        for _ in 0..<500 {
            let text = (0..<200).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            _ = try Self.events(text)
        }
    }
}
