internal import CDocuments

/// Why a PDF gave no text.
public enum PDFProblem: Error, Sendable, Hashable {
    /// poppler's pdftotext is not installed.
    case noProgram
    /// The bytes are no PDF, damaged, or encrypted.
    case failed
    /// It took longer than any report does.
    case tooLong
    /// It gave more text than any report holds.
    case tooMuch
}

/// The text of a PDF, as poppler's `pdftotext -layout` prints it.
///
/// The program runs as a child: 20 s of the processor within a minute, 1 GiB of memory, 64 MiB of
/// output, no file to write to, no shell. Every call starts a process, about 10 ms.
public enum PDFText {
    private static let mostOutput = 64 << 20

    /// The text in UTF-8.
    public static func read(_ bytes: [UInt8]) throws(PDFProblem) -> [UInt8] {
        var text: UnsafeMutablePointer<UInt8>?
        var length = 0
        let state = unsafe bytes.withUnsafeBufferPointer { source in
            unsafe cdocuments_pdf_text(
                source.baseAddress, source.count, mostOutput, &text, &length)
        }
        defer { unsafe cdocuments_free(text) }
        switch Int(state) {
        case CDOCUMENTS_FINE: break
        case CDOCUMENTS_NO_PROGRAM: throw .noProgram
        case CDOCUMENTS_TOO_LONG: throw .tooLong
        case CDOCUMENTS_TOO_MUCH: throw .tooMuch
        default: throw .failed
        }
        return unsafe Array(UnsafeBufferPointer(start: text, count: length))
    }
}
