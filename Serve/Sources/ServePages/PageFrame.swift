import QueryLanguage

/// What stands around every page: its head, the way to the others, the language.
struct PageFrame {
    let title: String
    let address: Address
    let words: Words

    private static let pages: [(path: String, english: String, chinese: String)] = [
        ("/", "Search", "检索"), ("/agencies", "Agencies", "机关"),
        ("/stats", "Statistics", "统计"), ("/checks", "Checks", "勾稽核对"),
        ("/about", "About", "关于"),
    ]

    /// The whole page.
    func html(_ body: HTML) -> HTML {
        let other = words.isChinese ? "en" : "zh"
        let name = words.isChinese ? "English" : "中文"
        var way: [HTML] = []
        let here: HTML = " aria-current=\"page\""
        for page in Self.pages {
            let link = Address(page.path).keepingLanguage(of: address).text
            let isHere = page.path == address.path || page.path == "/" && address.path == "/search"
            way.append(
                """
                <li><a href="\(link)"\(isHere ? here : "")>\
                \(words(page.english, page.chinese))</a></li>
                """)
        }
        return """
            <!DOCTYPE html>
            <html lang="\(words("en", "zh-Hans"))">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title) · gongkai</title>
            <link rel="stylesheet" href="/style.css">
            <link rel="icon" href="data:,">
            </head>
            <body>
            <a class="skip" href="#main">\(words("To the content", "跳到正文"))</a>
            <header>
            <nav aria-label="\(words("Pages", "页面"))"><ul>\(way)</ul></nav>
            <a class="language" hreflang="\(other)" lang="\(other)" \
            href="\(address.with("lang", other).text)">\(name)</a>
            </header>
            <main id="main">
            <h1>\(title)</h1>
            \(body)
            </main>
            <footer><p>\(words(
                "Figures and passages are those of the reports; each names its file and line.",
                "数字与段落均出自报告原文，并注明文件与行号。"))</p></footer>
            </body>
            </html>

            """
    }
}

extension Address {
    /// The same, in the language that another address chose.
    func keepingLanguage(of other: Address) -> Address {
        other["lang"].map { with("lang", $0) } ?? self
    }
}

extension HTML {
    /// A table of texts; numbers stand at the right.
    ///
    /// - Parameter isNumber: whether a column holds numbers.
    static func table(
        caption: String, heads: [String], rows: [[HTML]], isNumber: (Int) -> Bool
    ) -> HTML {
        let head = heads.enumerated().map { column, text -> HTML in
            "<th scope=\"col\"\(Self.numberClass(isNumber(column)))>\(text)</th>"
        }
        let body = rows.map { row -> HTML in
            let cells = row.enumerated().map { column, cell -> HTML in
                column == 0
                    ? "<th scope=\"row\">\(cell)</th>"
                    : "<td\(Self.numberClass(isNumber(column)))>\(cell)</td>"
            }
            return "<tr>\(cells)</tr>\n"
        }
        return """
            <div class="table" role="region" tabindex="0" aria-label="\(caption)"><table>
            <caption>\(caption)</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody>
            </table></div>

            """
    }

    private static func numberClass(_ isNumber: Bool) -> HTML {
        isNumber ? " class=\"number\"" : ""
    }

    /// Links to the data of a page.
    static func downloads(_ address: Address, _ forms: [Address.Form], _ words: Words) -> HTML {
        let links = forms.map { form -> HTML in
            "<li><a href=\"\(address.with(form: form).text)\">\(form.rawValue.uppercased())</a></li>"
        }
        return """
            <div class="downloads"><h2>\(words("Take it along", "下载"))</h2>\
            <ul class="row">\(links)</ul></div>

            """
    }
}
