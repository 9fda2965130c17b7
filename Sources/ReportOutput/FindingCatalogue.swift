public import QueryLanguage
public import ReportModel

/// What findings say, in Chinese, by what they say in English.
///
/// A report keeps its findings in English, as JSON has them. Here `{}` stands for what differs from
/// one finding to the next: a label, a number, a line. It has the same position in the Chinese.
public enum FindingCatalogue {
    typealias Text = (english: String, chinese: String)

    /// What a finding says in a language; in English where the catalogue does not have it.
    public static func text(
        of finding: Finding, in language: QuerySyntaxError.Language
    ) -> String {
        guard language == .chinese else { return finding.message }
        for (english, chinese) in texts {
            if let parts = parts(of: finding.message, in: english) {
                return filled(chinese, with: parts)
            }
        }
        return finding.message
    }

    /// What stands in a message where the pattern has `{}`; nil of another message.
    private static func parts(of message: String, in pattern: String) -> [Substring]? {
        let fixed = pattern.split(separator: "{}", omittingEmptySubsequences: false)
        guard let first = fixed.first, let last = fixed.last, message.hasPrefix(first),
            message.hasSuffix(last)
        else { return nil }
        if fixed.count == 1 { return message == pattern ? [] : nil }
        guard message.utf8.count >= first.utf8.count + last.utf8.count else { return nil }
        var rest = message.dropFirst(first.count).dropLast(last.count)
        var parts: [Substring] = []
        for piece in fixed.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: piece) else { return nil }
            parts.append(rest[..<found.lowerBound])
            rest = rest[found.upperBound...]
        }
        return parts + [rest]
    }

    private static func filled(_ chinese: String, with parts: [Substring]) -> String {
        let fixed = chinese.split(separator: "{}", omittingEmptySubsequences: false)
        return zip(fixed, parts + [""]).map { "\($0)\($1)" }.joined()
    }

    /// English and Chinese; of two patterns that fit, the one that says more stands first.
    static let texts: [Text] =
        naming + tables + documents + pages + kinds

    private static let naming: [Text] = [
        ("no title was found", "没有找到标题"),
        ("the title stands after the first heading", "标题在第一个章节标题之后"),
        ("the title names only {}; read as {}", "标题只写了“{}”，读作“{}”"),
        ("{} is not the name of an agency", "“{}”不是机关名称"),
        ("no title names the agency; the text names {}", "标题没有写机关，正文写的是“{}”"),
        ("nothing names the agency", "没有写出机关"),
        ("nothing tells the year of the report", "没有写出报告的年份"),
        ("the report is of {}, its text speaks of {}", "报告年份是 {}，正文写的是 {}"),
    ]

    private static let tables: [Text] = [
        ("no numbers were found of the table of section {}", "没有找到第 {} 部分表格的数字"),
        ("no numbers were found of the tables of sections {}", "没有找到第 {} 部分表格的数字"),
        (
            "a table of indicators that is no part of the form begins here; it is not read",
            "这里开始的指标表不属于本表格，没有读取"
        ),
        ("{}: {} against {}", "{}：{} 与 {} 不符"),
        ("{} prints {} here and {} in line {}", "{}：这里是 {}，第 {} 行是 {}"),
        ("{} prints {}; the number {} is read", "{}写的是“{}”；读作 {}"),
        ("{} prints {}; no number is read", "{}写的是“{}”；没有读作数字"),
        (
            "{}: {} was recognised, and the sums of the table say otherwise",
            "{}：识别为 {}，与表中合计不符"
        ),
        (
            "{} has {} numbers for {} columns; which is which cannot be told: {}",
            "“{}”一行有 {} 个数字，应有 {} 列，不能分辨：{}"
        ),
        (
            "the table of reviews and lawsuits has columns that its heads do not tell",
            "行政复议和行政诉讼的表格，有的列看表头不能分辨"
        ),
        (
            "the table of reviews and lawsuits has {} cells for {} columns",
            "行政复议和行政诉讼的表格有 {} 格，应有 {} 列"
        ),
        (
            "a column beside those of the form, as of another year, is left out; the others are read by "
                + "their heads",
            "表格之外的列（如另一年的）没有读取；其余各列按表头读取"
        ),
        (
            "{} is not a row of the official form; it prints {}",
            "“{}”不是规定表格中的行；这一行写的是 {}"
        ),
        (
            "the third table prints one number a row; it is read as the total",
            "第三部分的表格每行只有一个数字，读作总计"
        ),
        (
            "labels stand away from their numbers; the rows are taken in the order of the form",
            "行名与数字不在一处；按规定表格的次序读取各行"
        ),
        (
            "{} row has numbers and no label, and could be several rows of the form; this line has the "
                + "first",
            "{} 行有数字而没有行名，可能是表格中的几行；本行是第一处"
        ),
        (
            "{} rows have numbers and no label, and could be several rows of the form; this line has the "
                + "first",
            "{} 行有数字而没有行名，可能是表格中的几行；本行是第一处"
        ),
        (
            "a row of numbers without a label does not sum where it stands, and is not read",
            "没有行名的一行数字，在所处位置合计不符，没有读取"
        ),
        (
            "the tables are larger than any report's; of what comes from this line on not all is read",
            "表格大于任何报告的表格；本行以后没有全部读取"
        ),
        (
            "the digits after {} stand together; the sums of the form do not tell which numbers they are",
            "“{}”后的数字连在一起，表格的合计不能说明是哪些数"
        ),
    ]

    private static let documents: [Text] = [
        (
            "{} place is malformed in {} and read as U+FFFD; this line has the first",
            "{} 处不合 {} 编码，读作 U+FFFD；本行是第一处"
        ),
        (
            "{} places are malformed in {} and read as U+FFFD; this line has the first",
            "{} 处不合 {} 编码，读作 U+FFFD；本行是第一处"
        ),
        (
            "{} characters of a wrong encoding were restored, {} characters of a wrong encoding are read "
                + "as U+FFFD",
            "解码有误的 {} 个字已复原，另有 {} 个字读作 U+FFFD"
        ),
        ("{} characters of a wrong encoding were restored", "解码有误的 {} 个字已复原"),
        ("{} characters of a wrong encoding are read as U+FFFD", "解码有误的 {} 个字读作 U+FFFD"),
        (
            "{} lines in all were decoded with a wrong encoding before",
            "此前共有 {} 行以错误的编码解码"
        ),
        (
            "the file has more than {} lines; from this one on, several are read as one, so that passages "
                + "hold several and rows of tables are not told apart",
            "文件超过 {} 行；自本行起，几行合为一行读取，因此一段含有几行，表格的行不能分辨"
        ),
        (
            "another report begins here, {}; it is not read: give it a file of its own",
            "这里开始另一份报告“{}”，没有读取：请单独存为一个文件"
        ),
        ("{} more findings left out", "另有 {} 项发现从略"),
    ]

    private static let pages: [Text] = [
        ("a Rich Text document; a line is one of its paragraphs or rows", "RTF 文档；一行是一个段落或表格的一行"),
        ("a PDF document; a line is a paragraph or a row of a table", "PDF 文档；一行是一个段落或表格的一行"),
        ("an image; a line is a paragraph or a row of a table", "图片；一行是一个段落或表格的一行"),
        ("an OFD document; a line is a paragraph or a row of a table", "OFD 文档；一行是一个段落或表格的一行"),
        ("a Word document; a line is one of its paragraphs or rows", "Word 文档；一行是一个段落或表格的一行"),
        (
            "an old Word document; a line is one of its paragraphs or rows",
            "旧版 Word 文档；一行是一个段落或表格的一行"
        ),
        (
            "an OpenDocument text; a line is one of its paragraphs or rows",
            "OpenDocument 文档；一行是一个段落或表格的一行"
        ),
        ("an OpenDocument workbook; a line is one of its rows", "OpenDocument 工作簿；一行是表格的一行"),
        ("an Excel workbook; a line is one of its rows", "Excel 工作簿；一行是表格的一行"),
        ("an old Excel workbook; a line is one of its rows", "旧版 Excel 工作簿；一行是表格的一行"),
        ("page {} is damaged; what comes before the damage is read", "第 {} 页已损坏；损坏处之前的已读取"),
        (
            "the document has more words of its format than any report; what comes after them is not read",
            "文档的格式内容多于任何报告；其后的没有读取"
        ),
        ("the document is cut off; what comes before is read", "文档被截断；之前的已读取"),
        ("the document declares a document type and is not read further", "文档声明了文档类型，没有继续读取"),
        ("the document is damaged; what comes before the damage is read", "文档已损坏；损坏处之前的已读取"),
        ("the sheet {} is hidden; it is not read", "工作表“{}”是隐藏的，没有读取"),
        ("an embedded part of the document is not read", "文档中嵌入的部分没有读取"),
        ("page {} has no text; what a picture on it shows is not read", "第 {} 页没有文字；页上的图片没有读取"),
        (
            "page {} is set in fonts that do not tell their characters; its text is not read",
            "第 {} 页所用的字体没有说明是哪些字；其文字没有读取"
        ),
        ("page {} has a watermark, which is left out", "第 {} 页有水印，已略去"),
        (
            "the text of page {} was recognised by a program, and may be wrong; of {} numbers two readings "
                + "differ, which are not read",
            "第 {} 页的文字由程序识别，可能有误；{} 个数字两次识别不同，没有读取"
        ),
        (
            "the text of page {} was recognised by a program, and may be wrong",
            "第 {} 页的文字由程序识别，可能有误"
        ),
        (
            "the text of the picture was recognised by a program, and may be wrong; of {} numbers two "
                + "readings differ, which are not read",
            "图片的文字由程序识别，可能有误；{} 个数字两次识别不同，没有读取"
        ),
        (
            "the text of the picture was recognised by a program, and may be wrong",
            "图片的文字由程序识别，可能有误"
        ),
    ]

    private static let kinds: [Text] = [
        ("it is about a school year, as universities report", "按学年编写，是学校的报告"),
        ("its name is that of another text: {}", "名称是另一种文本的：{}"),
        ("it is a form that nobody filled in", "是没有填写的空表"),
        (
            "it has neither a title nor the sections of a report on disclosure",
            "既没有标题，也没有政府信息公开报告的章节"
        ),
    ]
}
