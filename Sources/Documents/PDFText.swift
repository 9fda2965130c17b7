internal import CDocuments

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

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
    /// poppler's pdftotext is not installed.
    case noProgram
    /// The program could not do its work now, whatever the bytes are: why, for a person.
    case failedForNow(String)
}

/// The words of a PDF with their boxes, as poppler's `pdftotext -bbox-layout` prints them.
///
/// The program runs as a child: 20 s of the processor within a minute, 1 GiB of memory, 64 MiB of
/// output, no file to write to, no shell. It ends, with all that it started, as soon as the task
/// that waits for it is cancelled, and when this process does. Every call starts a process, about
/// 10 ms.
enum PDFText {
    private static let mostOutput = 64 << 20

    /// An XHTML document in UTF-8.
    static func read(_ bytes: [UInt8]) throws(PDFProblem) -> [UInt8] {
        var text: UnsafeMutablePointer<UInt8>?
        var length = 0
        var detail: Int32 = 0
        let limits = cdocuments_limits(
            most_output: mostOutput, is_over: { Task.isCancelled ? 1 : 0 })
        let state = unsafe bytes.withUnsafeBufferPointer { source in
            unsafe cdocuments_pdf_text(
                source.baseAddress, source.count, limits, &text, &length, &detail)
        }
        defer { unsafe cdocuments_free(text) }
        switch Int(state) {
        case CDOCUMENTS_FINE: break
        case CDOCUMENTS_REFUSED: throw .refused
        case CDOCUMENTS_WANTS_PASSWORD: throw .encrypted
        case CDOCUMENTS_TOO_SLOW: throw .tooSlow
        case CDOCUMENTS_TOO_MUCH: throw .tooMuch
        case CDOCUMENTS_NO_PROGRAM: throw .noProgram
        case CDOCUMENTS_NOT_RUN:
            throw .failedForNow(
                "pdftotext could not be run: \(unsafe String(cString: strerror(detail)))")
        case CDOCUMENTS_KILLED: throw .failedForNow("pdftotext was ended by signal \(detail)")
        case CDOCUMENTS_HANGS: throw .failedForNow("pdftotext gave no answer within a minute")
        case CDOCUMENTS_STOPPED: throw .failedForNow("stopped")
        default: throw .failedForNow("pdftotext ended with code \(detail)")
        }
        return unsafe Array(UnsafeBufferPointer(start: text, count: length))
    }
}
