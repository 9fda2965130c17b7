/// Why a PDF gave no text.
public enum PDFProblem: Error, Sendable, Hashable {
    /// The bytes are no PDF, or damaged.
    case refused
    /// The PDF wants a password.
    case encrypted
    /// It took more time of the processor than any report does.
    case tooSlow
    /// It gave more text than any report holds.
    case tooMuch
    /// poppler's programs are not installed.
    case noProgram
    /// The program could not do its work now, whatever the bytes are: why, for a person.
    case failedForNow(String)
}

/// What poppler's programs make of a PDF.
enum Poppler {
    /// The words of a PDF with their boxes, as `pdftotext -bbox-layout` prints them: XHTML in UTF-8.
    static func words(of bytes: [UInt8]) throws(PDFProblem) -> [UInt8] {
        try output(of: OutsideProgram("pdftotext", ["-bbox-layout", "-", "-"]), for: bytes)
    }

    /// The most bytes of an image: a page of A1 has 93 MB.
    private static let largestImage = 128 << 20

    /// A page as an image (PPM), as `pdftoppm` draws it; to pack it as PNG would take seconds.
    ///
    /// - Parameter number: the page's number, from 1.
    static func image(ofPage number: Int, of bytes: [UInt8]) throws(PDFProblem) -> [UInt8] {
        var limits = OutsideProgram.Limits()
        limits.output = largestImage
        return try output(
            of: OutsideProgram(
                "pdftoppm",
                ["-r", "200", "-f", "\(number)", "-l", "\(number)", "-singlefile", "-"],
                limits: limits),
            for: bytes)
    }

    private static func output(
        of program: OutsideProgram, for bytes: [UInt8]
    ) throws(PDFProblem) -> [UInt8] {
        do throws(OutsideProgram.Problem) {
            return try program.output(for: bytes)
        } catch {
            throw problem(error, program.name)
        }
    }

    private static func problem(_ problem: OutsideProgram.Problem, _ name: String) -> PDFProblem {
        switch problem {
        case .tooSlow: return .tooSlow
        case .tooMuch: return .tooMuch
        case .missing: return .noProgram
        case .failedForNow(let why): return .failedForNow(why)
        case .ended(let code, let complaints):
            if complaints.contains("Incorrect password") { return .encrypted }
            if complaints.contains("Out of memory") || complaints.contains("bad_alloc") {
                return .failedForNow("\(name) could not be run: memory ran short")
            }
            // 1 is a file that cannot be opened, 3 one whose author forbids it, 99 the rest.
            return [1, 3, 99].contains(code)
                ? .refused : .failedForNow("\(name) ended with code \(code)")
        }
    }
}
