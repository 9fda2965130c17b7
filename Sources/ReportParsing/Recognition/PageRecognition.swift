import Documents

/// Reads the text of page images by a program that the user names.
///
/// The program gets an image (a page of a PDF as PPM; PNG, JPEG, TIFF or BMP as the file is) on its
/// standard input and `--scale 1` or `--scale 1.3` as arguments: it reads the image in this size. It
/// prints JSON Lines: first `{"width": 1654, "height": 2339}` in its own pixels, then a word a line,
/// `{"text": "规章", "left": 10, "top": 20, "right": 50, "bottom": 40, "confidence": 0.98}`.
///
/// Every page is read in both sizes. A number counts when both readings agree; otherwise both
/// stand in the cell, `5→8`, which then holds no number.
public struct PageRecognition: Sendable {
    private let readings: [(scale: String, program: OutsideProgram)]
    private let kept: (any KeptReadings)?

    /// The limits of a program that recognises text.
    private static var limits: OutsideProgram.Limits {
        var limits = OutsideProgram.Limits()
        limits.seconds = 300
        limits.waiting = 600
        // Libraries that compute on several cores take addresses, not memory.
        limits.memory = 16 << 30
        limits.output = 16 << 20
        return limits
    }

    /// No document has more pages that are read so.
    static let mostPages = 50
    private static let mostWords = 20_000

    /// - Parameters:
    ///   - program: its name in PATH, or its absolute path.
    ///   - kept: what it printed before; nil where nothing is kept.
    public init(program: String, kept: (any KeptReadings)? = nil) {
        readings = ["1", "1.3"].map { scale in
            (scale, OutsideProgram(program, ["--scale", scale], limits: Self.limits))
        }
        self.kept = kept
    }

    /// The absolute path of a program; nil when it is not installed.
    ///
    /// - Parameter program: its name in PATH, or its absolute path.
    public static func path(of program: String) -> String? { OutsideProgram(program, []).path }

    /// The page that an image shows, which a document of a kind holds.
    func read(_ image: [UInt8], of kind: String) throws(UndecodableText) -> RecognizedPage {
        var pages: [PDFPage] = []
        for (scale, program) in readings {
            if let output = kept?.output(for: image, scale: scale) {
                pages.append(Self.page(from: output))
                continue
            }
            do throws(OutsideProgram.Problem) {
                let output = try program.output(for: image)
                pages.append(Self.page(from: output))
                kept?.keep(output, for: image, scale: scale)
            } catch {
                throw UndecodableText(reason: Self.reason(error, kind, program.name))
            }
        }
        return Self.compared(pages[0], pages[1])
    }

    private static func reason(
        _ problem: OutsideProgram.Problem, _ kind: String, _ program: String
    ) -> UndecodableText.Reason {
        switch problem {
        case .missing: .noProgram(kind, package: program)
        case .tooSlow: .tooSlow(kind)
        case .tooMuch: .overLimits(kind)
        case .failedForNow(let why): .failedForNow(kind, why: why)
        case .ended(let code, let complaints):
            .failedForNow(
                kind,
                why: "\(program) ended with code \(code): "
                    + (complaints.split(whereSeparator: \.isNewline).last.map(String.init) ?? ""))
        }
    }

    /// The words that the program printed.
    private static func page(from lines: [UInt8]) -> PDFPage {
        var page = PDFPage(width: 0, height: 0, lines: [])
        var scanner = JSONScanner(lines)
        for object in scanner.objects().prefix(mostWords) {
            var reader = JSONScanner(lines, in: object.range)
            let fields = reader.fields()
            func number(_ name: String) -> Double? {
                fields[name].flatMap { Double($0) }.flatMap { abs($0) < 1e6 ? $0 : nil }
            }
            if let width = number("width"), let height = number("height"), fields["text"] == nil {
                page.width = width
                page.height = height
            } else if let text = fields["text"]?.trimmingSpaces, !text.isEmpty,
                let left = number("left"), let top = number("top"), let right = number("right"),
                let bottom = number("bottom"), left < right, top < bottom
            {
                page.lines.append([
                    PDFWord(text, PDFBox(left: left, top: top, right: right, bottom: bottom))
                ])
            }
        }
        return page
    }

    /// The first reading, with the second one where it differs in numbers.
    static func compared(_ first: PDFPage, _ second: PDFPage) -> RecognizedPage {
        var result = RecognizedPage(first)
        guard first.width > 0, second.width > 0, first.height > 0, second.height > 0 else {
            return result
        }
        let (across, down) = (first.width / second.width, first.height / second.height)
        var others = second.lines.flatMap(\.self).map { word in
            PDFWord(
                word.text,
                PDFBox(
                    left: word.box.left * across, top: word.box.top * down,
                    right: word.box.right * across, bottom: word.box.bottom * down))
        }
        for line in result.page.lines.indices {
            for word in result.page.lines[line].indices {
                let own = result.page.lines[line][word]
                let index = others.firstIndex { Self.isSame(own.box, $0.box) }
                let other = index.map { others.remove(at: $0).text }
                guard isNumber(own.text) || other.map(isNumber) == true, other != own.text else {
                    continue
                }
                result.page.lines[line][word].text = own.text + "→" + (other ?? "?")
                result.doubtful += 1
            }
        }
        // A number that only the second reading saw.
        for other in others where isNumber(other.text) {
            let isWithin = first.lines.joined().contains { isSame($0.box, other.box) }
            guard !isWithin else { continue }
            result.page.lines.append([PDFWord("?→" + other.text, other.box)])
            result.doubtful += 1
        }
        return result
    }

    private static func isSame(_ one: PDFBox, _ other: PDFBox) -> Bool {
        func holds(_ box: PDFBox, _ other: PDFBox) -> Bool {
            box.left <= other.centre && other.centre <= box.right && box.top <= other.middle
                && other.middle <= box.bottom
        }
        return holds(one, other) && holds(other, one)
    }

    private static func isNumber(_ text: String) -> Bool {
        text.utf8.contains { (0x30...0x39).contains($0) }
            && text.unicodeScalars.allSatisfy { !$0.properties.isIdeographic }
    }
}
