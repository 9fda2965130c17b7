import Documents
import ReportModel

/// A page whose text a program told from its picture.
struct RecognizedPage {
    /// The words and where they stand.
    var page: PDFPage
    /// The number of words of which two readings differ.
    var doubtful = 0
    /// The page's number, from 1; nil when the file is one picture.
    private var number: Int?

    init(_ page: PDFPage) { self.page = page }

    /// The same as a page of a document.
    func numbered(_ number: Int) -> RecognizedPage {
        var page = self
        page.number = number
        return page
    }

    /// What tells of it.
    var finding: Finding {
        let name = number.map { "page \($0)" } ?? "the picture"
        let doubt =
            doubtful == 0
            ? "" : "; of \(doubtful) numbers two readings differ, which are not read"
        return Finding(
            code: "ocr", line: nil,
            message: "the text of \(name) was recognised by a program, and may be wrong\(doubt)")
    }
}
