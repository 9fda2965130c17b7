/// Makes PDF documents: texts at chosen positions, in the Chinese font that readers bring themselves.
///
/// Positions are in points from the left and upper edges of the page.
public struct PDFBuilder: Sendable {
    private struct Page {
        var width: Double
        var height: Double
        var content = ""
    }

    private var pages: [Page] = []

    /// An empty document.
    public init() {}

    /// Begins a page; A4 unless told otherwise.
    public mutating func addPage(width: Double = 595, height: Double = 842) {
        pages.append(Page(width: width, height: height))
    }

    /// Prints a text on the last page.
    ///
    /// - Parameters:
    ///   - x: where it begins.
    ///   - y: its base line.
    ///   - direction: the cosine and the sine of the angle at which it rises.
    public mutating func print(
        _ text: String, x: Double, y: Double, size: Double = 10,
        direction: (Double, Double) = (1, 0)
    ) {
        let units = text.utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        show("<\(units.joined())>", font: "F1", x, y, size, direction)
    }

    /// Prints glyphs of a font that does not tell which characters they are.
    public mutating func printUnmapped(
        _ codes: [UInt8], x: Double, y: Double, size: Double = 10
    ) {
        let digits = codes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        show("<\(digits.joined())>", font: "F2", x, y, size, (1, 0))
    }

    private mutating func show(
        _ codes: String, font: String, _ x: Double, _ y: Double, _ size: Double,
        _ direction: (Double, Double)
    ) {
        let page = pages.count - 1
        let (cosine, sine) = direction
        pages[page].content +=
            "BT /\(font) \(size) Tf \(cosine) \(sine) \(-sine) \(cosine) \(x) "
            + "\(pages[page].height - y) Tm \(codes) Tj ET\n"
    }

    /// How wide a text is in sizes of its font.
    public static func ems(of text: String) -> Double {
        text.unicodeScalars.reduce(0) { $0 + ($1.isASCII ? 0.5 : 1) }
    }

    /// The document.
    public var bytes: [UInt8] {
        let first = Self.fonts.count + 3
        let kids = pages.indices.map { "\(first + 2 * $0) 0 R" }.joined(separator: " ")
        var objects =
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [\(kids)] /Count \(pages.count) >>",
            ] + Self.fonts
        for (index, page) in pages.enumerated() {
            objects.append(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 \(page.width) \(page.height)] "
                    + "/Resources << /Font << /F1 3 0 R /F2 6 0 R >> >> "
                    + "/Contents \(first + 2 * index + 1) 0 R >>")
            objects.append(
                "<< /Length \(page.content.utf8.count) >>\nstream\n\(page.content)\nendstream")
        }
        var file = "%PDF-1.4\n"
        for (index, object) in objects.enumerated() {
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        // Readers mend a missing table of offsets.
        return Array(
            (file + "trailer << /Size \(objects.count + 1) /Root 1 0 R >>\n%%EOF\n").utf8)
    }

    /// The objects 3 to 7: a Chinese font, and one whose glyphs have names that say nothing.
    private static let fonts: [String] = {
        let glyph = "500 0 0 0 500 700 d1 0 0 500 700 re f"
        let codes = 0xA1...0xFE
        let names = codes.map { "/g\($0)" }.joined(separator: " ")
        let glyphs = codes.map { "/g\($0) 7 0 R" }.joined(separator: " ")
        let widths = codes.map { _ in "500" }.joined(separator: " ")
        return [
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
                + "/DescendantFonts [4 0 R] >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo "
                + "<< /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R "
                + "/DW 1000 /W [1 95 500] >>",
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox "
                + "[-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /StemV 93 >>",
            "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 "
                + "0 0] /CharProcs << \(glyphs) >> /Encoding << /Type /Encoding /Differences "
                + "[\(codes.lowerBound) \(names)] >> /FirstChar \(codes.lowerBound) /LastChar "
                + "\(codes.upperBound) /Widths [\(widths)] >>",
            "<< /Length \(glyph.utf8.count) >>\nstream\n\(glyph)\nendstream",
        ]
    }()
}
