import ChineseText
import ReportModel
import TestSupport
import Testing

@testable import ReportParsing

@Suite("Web pages are read as lines")
struct PageReadingTests {
    private static func page(_ text: String) throws -> HTMLReader {
        try HTMLReader(Array(text.utf8))
    }

    private static func lines(_ text: String) throws -> [String] {
        try page(text).lines.map(\.raw)
    }

    @Test("A paragraph, a break and a heading are lines, numbered as the file is")
    func paragraphs() throws {
        let page = try Self.page(
            """
            <html><body>
            <h1>云阶县渡口管理局
            年报</h1>
            <p>第一段&nbsp;有
            两行</p><p>第二段<br>第三段
            </p>
            <div>第四<span>段</span><b>落</b></div>
            </body></html>
            """)
        #expect(
            page.lines == [
                DocumentLine(number: 2, raw: "云阶县渡口管理局 年报"),
                DocumentLine(number: 4, raw: "第一段\u{A0}有 两行"),
                DocumentLine(number: 5, raw: "第二段"), DocumentLine(number: 5, raw: "第三段 "),
                DocumentLine(number: 7, raw: "第四段落"),
            ])
    }

    @Test("One element a character is one text")
    func spans() throws {
        let text = "政府信息公开，2023年"
        let page = "<p>" + text.map { "<span style='x'>\($0)<o:p></o:p></span>" }.joined()
        #expect(try Self.lines(page) == [text])
    }

    @Test("A table of data is one line a row; a spanned text stands once, a blank cell stays")
    func rows() throws {
        let page = """
            <table><tr><td colspan=3>第二十条第（一）项</td></tr>
            <tr><td rowspan="2"><p>三、</p></td><td><p>规章</p></td><td>0&nbsp;</td><td>&nbsp;</td></tr>
            <tr><td><p>行政<br>许可</p></td><td> 12 </td><td></td></tr></table>
            """
        #expect(
            try Self.lines(page) == ["第二十条第（一）项", "三、\t规章\t0\t", "行政 许可\t12\t"])
    }

    @Test("Tables that lay out a page are taken apart, the table within is not")
    func layoutTables() throws {
        let page = """
            <table><tr><td>菜单</td><td><p>一、总体情况</p><p>本局公开目录。</p>
            <table><tr><td>规章</td><td>0</td></tr></table><p>五、问题</p></td></tr></table>
            """
        #expect(try Self.lines(page) == ["菜单", "一、总体情况", "本局公开目录。", "规章\t0", "五、问题"])
        let single = "<table><tr><td><p>一、总体情况</p><p>（一）公开</p></td></tr></table>"
        #expect(try Self.lines(single) == ["一、总体情况", "（一）公开"])
    }

    @Test("Menus, scripts, tools, notices and what is hidden are no text")
    func furniture() throws {
        let page = """
            <head><style>p{}</style><script>var a = "<p>";</script></head>
            <nav><a>首页</a></nav><div class="breadcrumb">某处</div>
            <p>当前位置：首页 > 信息公开 > 年报</p><p>【字体：大 中 小】</p>
            <form><input value=1><select><option>选项</option></select><p>正文。</p></form>
            <p style="display: none">藏</p><p hidden>藏</p><p>扫一扫在手机打开当前页</p>
            <footer>页脚</footer><p>主办单位：某局 版权所有</p><p>某ICP备12345678号</p>
            """
        #expect(try Self.lines(page) == ["正文。"])
    }

    @Test("A sentence that begins like a notice is kept")
    func sentences() throws {
        let sentence = "打印本页之外，群众还可以在服务窗口取得纸质材料。"
        let other = "来源于群众的意见共12条，均已答复，其中采纳8条。"
        #expect(try Self.lines("<p>\(sentence)</p><p>\(other)</p>") == [sentence, other])
    }

    @Test("What a page says of itself is evidence")
    func evidence() throws {
        let page = try Self.page(
            """
            <title>2023年年报_云阶县人民政府</title>
            <meta name="ArticleTitle" content="云阶县渡口管理局2023年年报">
            <meta name="SiteName" content="云阶县人民政府"><meta name="PubDate" content="2024-01-20">
            <table><tr><td>索引号</td><td>00-12</td><td>发布机构：</td><td>渡口管理局</td></tr></table>
            <p>正文。</p>
            """)
        #expect(page.lines.map(\.raw) == ["正文。"])
        #expect(
            page.evidence
                == DocumentEvidence(
                    title: "云阶县渡口管理局2023年年报", publisher: "渡口管理局", site: "云阶县人民政府",
                    published: "2024-01-20"))
    }

    @Test("The marks of the article are followed when they hold most of the page")
    func marks() throws {
        let article = (1...30).map { "<p>第\($0)条渡口管理办法已经公开。</p>" }.joined()
        let page = """
            <h1>标题</h1><p>栏目</p><meta name="ContentStart">\(article)<meta name="ContentEnd">
            <p>别的新闻</p>
            """
        #expect(try Self.lines(page).count == 31)
        #expect(try Self.lines("<p>甲</p><div id=zoom></div><p>乙</p>") == ["甲", "乙"])
    }

    @Test("Depth and size are bounded by the file, not by the stack")
    func hostile() throws {
        let deep = String(repeating: "<table><tr><td>", count: 10_000)
        #expect(try Self.lines(deep + "深处").contains("深处"))
        #expect(try Self.lines(String(repeating: "<div>", count: 100_000) + "深处") == ["深处"])
        #expect(try Self.lines(String(repeating: "<td>甲", count: 20_000)).joined().count >= 20_000)
    }

    @Test("A page is read by its content, whatever its encoding and name")
    func detected() throws {
        let page = """
            <html><head><meta charset="gb2312"><title>年报</title></head>
            <body><p>洮阳市云阶县渡口管理局的消息。</p></body></html>
            """
        for encoding in [TextEncoding.utf8, .gb18030, .utf16le] {
            let report = try ReportParser().report(from: DecodingTests.bytes(page, encoding))
            #expect(report.encoding == encoding.rawValue)
            #expect(report.passages.map(\.text) == ["洮阳市云阶县渡口管理局的消息。"])
        }
    }
}
