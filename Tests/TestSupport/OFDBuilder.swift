/// Makes documents in the Open Fixed-layout Document format: pages with text where it stands.
public struct OFDBuilder: Sendable {
    private var pages: [(width: Double, height: Double, objects: String)] = []
    private var count = 0

    /// Millimetres in a point of 1/72 inch.
    private static let millimetres = 25.4 / 72

    /// A document without pages.
    public init() {}

    /// Adds a page; its size is in points.
    public mutating func addPage(width: Double, height: Double) {
        pages.append((width, height, ""))
    }

    /// Prints a text on the last page.
    ///
    /// - Parameters:
    ///   - x: where it begins, in points from the left edge.
    ///   - y: where its base line is, in points from the upper edge.
    ///   - size: the size of its font in points.
    ///   - direction: where it runs to, with y upwards; `(1, 0)` is to the right.
    public mutating func print(
        _ text: String, x: Double, y: Double, size: Double, direction: (Double, Double) = (1, 0)
    ) {
        guard !pages.isEmpty, !text.isEmpty else { return }
        count += 1
        let unit = Self.millimetres
        let steps = text.dropLast().map { character in
            "\(PDFBuilder.ems(of: String(character)) * size * unit)"
        }.joined(separator: " ")
        let (cosine, sine) = direction
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        pages[pages.count - 1].objects += """
            <ofd:TextObject ID="\(100 + count)" Boundary="\(x * unit) \(y * unit) 200 10" Font="1" \
            Size="\(size * unit)" CTM="\(cosine) \(-sine) \(sine) \(cosine) 0 0">\
            <ofd:TextCode X="0" Y="0" DeltaX="\(steps)">\(escaped)</ofd:TextCode></ofd:TextObject>
            """
    }

    /// The document.
    public var bytes: [UInt8] {
        var zip = ZipBuilder()
        func add(_ name: String, _ xml: String) {
            zip.add(name, Array(("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).utf8))
        }
        let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\""
        add(
            "OFD.xml",
            "<ofd:OFD \(space) Version=\"1.0\"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>"
                + "Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
        add(
            "Doc_0/Document.xml",
            "<ofd:Document \(space)><ofd:Pages>"
                + pages.indices.map {
                    "<ofd:Page ID=\"\($0 + 1)\" BaseLoc=\"Pages/Page_\($0)/Content.xml\"/>"
                }.joined() + "</ofd:Pages></ofd:Document>")
        for (index, page) in pages.enumerated() {
            let box = "0 0 \(page.width * Self.millimetres) \(page.height * Self.millimetres)"
            add(
                "Doc_0/Pages/Page_\(index)/Content.xml",
                "<ofd:Page \(space)><ofd:Area><ofd:PhysicalBox>\(box)</ofd:PhysicalBox></ofd:Area>"
                    + "<ofd:Content><ofd:Layer ID=\"9\">\(page.objects)</ofd:Layer></ofd:Content>"
                    + "</ofd:Page>")
        }
        return zip.bytes
    }
}
