/// One word of a printed page: text without a space, and where it stands.
public struct PDFWord: Sendable, Equatable {
    /// The text.
    public var text: String
    /// Where it stands on the page.
    public var box: PDFBox

    /// Makes a word.
    public init(_ text: String, _ box: PDFBox) {
        self.text = text
        self.box = box
    }
}

/// A rectangle of a page, in points of 1/72 inch from the page's left and upper edges.
public struct PDFBox: Sendable, Equatable {
    /// The left edge.
    public var left: Double
    /// The upper edge.
    public var top: Double
    /// The right edge.
    public var right: Double
    /// The lower edge.
    public var bottom: Double

    /// Makes a rectangle.
    public init(left: Double, top: Double, right: Double, bottom: Double) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }

    /// The width in points.
    public var width: Double { right - left }
    /// The height in points; of a line's word about the size of its font.
    public var height: Double { bottom - top }
    /// The horizontal centre.
    public var centre: Double { (left + right) / 2 }
    /// The vertical centre.
    public var middle: Double { (top + bottom) / 2 }
}

/// One page of a PDF: its size and its words.
public struct PDFPage: Sendable, Equatable {
    /// The width in points.
    public var width: Double
    /// The height in points.
    public var height: Double
    /// The words, in lines as poppler groups them; of a page without text none.
    public var lines: [[PDFWord]]

    /// Makes a page.
    public init(width: Double, height: Double, lines: [[PDFWord]]) {
        self.width = width
        self.height = height
        self.lines = lines
    }
}

/// The pages of a PDF as poppler's `pdftotext -bbox-layout` reports them.
public enum PDFPages {
    /// A word's box is nearer to the page than this, in points.
    private static let farthest = 100_000.0

    /// The pages, in their order.
    public static func read(_ bytes: [UInt8]) throws(PDFProblem) -> [PDFPage] {
        let report = try Poppler.words(of: bytes)
        var reader = Reader()
        do throws(MarkupProblem) {
            try Markup.html.read(report) { reader.take($0) }
        } catch {
            throw .refused
        }
        return reader.pages
    }

    /// A page as an image (PPM) of 200 dots an inch, as poppler's `pdftoppm` draws it.
    ///
    /// - Parameter number: the page's number, from 1.
    public static func image(
        ofPage number: Int, of bytes: [UInt8]
    ) throws(PDFProblem) -> [UInt8] { try Poppler.image(ofPage: number, of: bytes) }

    /// Collects pages from the report, an XHTML document of page, line and word elements.
    private struct Reader {
        var pages: [PDFPage] = []
        private var word: PDFWord?

        mutating func take(_ event: MarkupEvent) {
            switch event {
            case .start("page", let attributes):
                let size = Self.numbers(attributes, ["width", "height"])
                pages.append(PDFPage(width: size?[0] ?? 0, height: size?[1] ?? 0, lines: []))
            case .start("line", _):
                if !pages.isEmpty { pages[pages.count - 1].lines.append([]) }
            case .start("word", let attributes):
                word = Self.numbers(attributes, ["xmin", "ymin", "xmax", "ymax"]).map {
                    PDFWord("", PDFBox(left: $0[0], top: $0[1], right: $0[2], bottom: $0[3]))
                }
            case .text(let text, _): word?.text += text
            case .end("word"):
                if let word, !word.text.isEmpty, let page = pages.indices.last,
                    let line = pages[page].lines.indices.last
                {
                    pages[page].lines[line].append(word)
                }
                word = nil
            default: break
            }
        }

        /// The values of some attributes; nil when one is missing or no number of a page.
        private static func numbers(
            _ attributes: [MarkupAttribute], _ names: [String]
        ) -> [Double]? {
            let values = names.compactMap { name in
                attributes.first { $0.name == name }.flatMap { Double($0.value) }
            }
            guard values.count == names.count, values.allSatisfy({ abs($0) < farthest })
            else { return nil }
            return values
        }
    }
}
