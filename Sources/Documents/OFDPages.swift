/// The pages of a document in the Open Fixed-layout Document format (GB/T 33190), China's own for
/// official documents: a ZIP archive with a part of XML a page, and each text where it stands.
public enum OFDPages {
    /// What a document comes to.
    public struct Content: Sendable {
        /// The pages, in their order.
        public fileprivate(set) var pages: [PDFPage] = []
        /// The title that the document gives itself; nil when it gives none.
        public fileprivate(set) var title: String?
        /// The numbers of pages, from 1, that are damaged or missing.
        public fileprivate(set) var damaged: [Int] = []
    }

    /// The name of the part with which a document begins.
    public static let root = "OFD.xml"

    private static let mostPages = 2_000
    /// A larger document, in bytes of XML, is refused.
    private static let largest = 64 << 20
    private static let largestPart = 16 << 20
    private static let mostWords = 300_000

    /// The pages of an archive that has such a part.
    public static func read(_ archive: ZipArchive) throws(ArchiveProblem) -> Content {
        var content = Content()
        guard let start = try archive.part(root) else { throw .damaged }
        var head = OFDHead()
        guard head.read(start) else { throw .damaged }
        content.title = head.title
        if archive.names.contains(where: { $0.hasSuffix("Encryptions.xml") }) { throw .encrypted }
        guard let path = head.path, let part = try archive.part(path) else { throw .damaged }
        var document = OFDDocument()
        guard document.read(part), document.pages.count <= mostPages else { throw .damaged }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        func name(_ target: String) -> String {
            target.hasPrefix("/") ? String(target.dropFirst()) : folder + target
        }
        var bytes = 0
        var words = 0
        for (index, target) in document.pages.enumerated() {
            guard let xml = try archive.part(name(target)) else {
                content.damaged.append(index + 1)
                content.pages.append(PDFPage(width: 0, height: 0, lines: []))
                continue
            }
            bytes += xml.count
            guard bytes <= largest, xml.count <= largestPart else { throw .overLimits }
            var page = OFDPage(box: document.box)
            if !page.read(xml) { content.damaged.append(index + 1) }
            words += page.page.lines.reduce(0) { $0 + $1.count }
            guard words <= mostWords else { throw .overLimits }
            content.pages.append(page.page)
        }
        return content
    }
}

/// The part with which a document begins.
private struct OFDHead {
    private(set) var path: String?
    private(set) var title: String?
    private var element = ""

    mutating func read(_ xml: [UInt8]) -> Bool {
        var head = self
        let isWhole = (try? Markup.xml.read(xml) { head.take($0) }) != nil
        self = head
        return isWhole
    }

    private mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, _): element = name
        case .end: element = ""
        case .text(let text, _):
            if element == "DocRoot", path == nil {
                let plain = text.filter { !$0.isWhitespace }
                path = plain.hasPrefix("/") ? String(plain.dropFirst()) : plain
            }
            if element == "Title" { title = (title ?? "") + text }
        case .style, .reset: break
        }
    }
}

/// The part that lists the pages.
private struct OFDDocument {
    private(set) var pages: [String] = []
    private(set) var box: [Double] = [0, 0, 210, 297]
    private var isInBox = false

    mutating func read(_ xml: [UInt8]) -> Bool {
        var document = self
        let isWhole = (try? Markup.xml.read(xml) { document.take($0) }) != nil
        self = document
        return isWhole
    }

    private mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start("Page", let attributes):
            if let part = attributes["BaseLoc"], pages.count < 100_000 { pages.append(part) }
        case .start("PhysicalBox", _): isInBox = true
        case .end("PhysicalBox"): isInBox = false
        case .text(let text, _):
            if isInBox, let numbers = OFDNumbers.all(in: text, count: 4) { box = numbers }
        default: break
        }
    }
}

/// The texts of a page and where they stand, in millimetres.
private struct OFDPage {
    private var box: [Double]
    private var isInBox = false
    private var boundary: [Double] = [0, 0, 0, 0]
    /// How the object is turned and moved.
    private var matrix: [Double] = [1, 0, 0, 1, 0, 0]
    private var size = 0.0
    private var start = (x: 0.0, y: 0.0)
    private var stepsX: [Double] = []
    private var stepsY: [Double] = []
    private var text: String?
    private var isHidden = false
    private var lines: [[PDFWord]] = []

    /// Points of 1/72 inch in a millimetre.
    private static let points = 72 / 25.4
    /// Positions are nearer to the page than this, in millimetres.
    private static let farthest = 10_000.0
    /// A step wider than a character by this share of its size parts two words.
    private static let gap = 0.45

    init(box: [Double]) { self.box = box }

    /// The page in points.
    var page: PDFPage {
        PDFPage(width: box[2] * Self.points, height: box[3] * Self.points, lines: lines)
    }

    mutating func read(_ xml: [UInt8]) -> Bool {
        var page = self
        let isWhole = (try? Markup.xml.read(xml) { page.take($0) }) != nil
        self = page
        return isWhole
    }

    private mutating func take(_ event: MarkupEvent) {
        switch event {
        case .start(let name, let attributes):
            switch name {
            case "PhysicalBox": isInBox = true
            case "TextObject":
                boundary = OFDNumbers.all(in: attributes["Boundary"], count: 4) ?? [0, 0, 0, 0]
                matrix =
                    OFDNumbers.all(in: attributes["CTM"], count: 6) ?? [1, 0, 0, 1, 0, 0]
                size = OFDNumbers.all(in: attributes["Size"], count: 1)?[0] ?? 0
                isHidden = attributes["Visible"] == "false"
            case "TextCode":
                // Where one is missing, it is that of the text before.
                start = (
                    OFDNumbers.all(in: attributes["X"], count: 1)?[0] ?? start.x,
                    OFDNumbers.all(in: attributes["Y"], count: 1)?[0] ?? start.y
                )
                stepsX = OFDNumbers.steps(attributes["DeltaX"])
                stepsY = OFDNumbers.steps(attributes["DeltaY"])
                text = ""
            default: break
            }
        case .end("PhysicalBox"): isInBox = false
        case .end("TextCode"):
            if let text, !isHidden { add(text) }
            text = nil
        case .text(let added, _):
            if isInBox, let numbers = OFDNumbers.all(in: added, count: 4) { box = numbers }
            text? += added
        case .end, .style, .reset: break
        }
    }

    private mutating func add(_ text: String) {
        var line: [PDFWord] = []
        var word: PDFWord?
        var (x, y) = start
        // A step is between two characters of UTF-16.
        for (index, character) in text.unicodeScalars.enumerated() {
            let width = character.value < 0x2000 ? size / 2 : size
            let step =
                stepsX.isEmpty && stepsY.isEmpty ? width : index < stepsX.count ? stepsX[index] : 0
            if !character.properties.isWhitespace, let box = boxOnPage(x, y, width: width) {
                if var open = word, Self.follows(box, open.box) {
                    open.text.unicodeScalars.append(character)
                    open.box.left = min(open.box.left, box.left)
                    open.box.top = min(open.box.top, box.top)
                    open.box.right = max(open.box.right, box.right)
                    open.box.bottom = max(open.box.bottom, box.bottom)
                    word = open
                } else {
                    if let word { line.append(word) }
                    word = PDFWord(String(character), box)
                }
            } else {
                if let word { line.append(word) }
                word = nil
            }
            x += step
            if index < stepsY.count { y += stepsY[index] }
        }
        if let word { line.append(word) }
        if !line.isEmpty { lines.append(line) }
    }

    /// Whether a character stands beside a word, or below one that runs down.
    private static func follows(_ box: PDFBox, _ word: PDFBox) -> Bool {
        let size = max(box.width, box.height)
        let across = box.left - word.right
        let down = box.top - word.bottom
        return across < gap * size && down < gap * size && across > -3 * size
    }

    /// Where a character stands on the page, in points; nil beyond any page.
    private func boxOnPage(_ x: Double, _ y: Double, width: Double) -> PDFBox? {
        let corners = [(x, y - 0.86 * size), (x + width, y + 0.14 * size)].map { x, y in
            (
                x * matrix[0] + y * matrix[2] + matrix[4] + boundary[0],
                x * matrix[1] + y * matrix[3] + matrix[5] + boundary[1]
            )
        }
        let numbers = corners.flatMap { [$0.0, $0.1] }
        guard numbers.allSatisfy({ abs($0) < Self.farthest }) else { return nil }
        return PDFBox(
            left: min(numbers[0], numbers[2]) * Self.points,
            top: min(numbers[1], numbers[3]) * Self.points,
            right: max(numbers[0], numbers[2]) * Self.points,
            bottom: max(numbers[1], numbers[3]) * Self.points)
    }
}

/// Numbers in attributes of a page.
private enum OFDNumbers {
    /// No text has more steps.
    private static let mostSteps = 100_000

    /// So many numbers between spaces; nil when there are others.
    static func all(in text: String?, count: Int) -> [Double]? {
        guard let text else { return nil }
        let numbers = text.split(whereSeparator: \.isWhitespace).map { Double($0) }
        guard numbers.count >= count else { return nil }
        let found = numbers.prefix(count).compactMap { $0 }
        return found.count == count && found.allSatisfy(\.isFinite) ? found : nil
    }

    /// The steps between characters; `g 5 3.1` stands for five of 3.1.
    static func steps(_ text: String?) -> [Double] {
        guard let text else { return [] }
        var steps: [Double] = []
        var parts = text.split(whereSeparator: \.isWhitespace)[...]
        while let part = parts.popFirst(), steps.count < mostSteps {
            if part == "g" {
                guard let count = parts.popFirst().flatMap({ Int($0) }),
                    let step = parts.popFirst().flatMap({ Double($0) }), step.isFinite
                else { break }
                let most = mostSteps - steps.count
                steps += Array(repeating: step, count: max(0, min(count, most)))
            } else {
                guard let step = Double(part), step.isFinite else { break }
                steps.append(step)
            }
        }
        return steps
    }
}
