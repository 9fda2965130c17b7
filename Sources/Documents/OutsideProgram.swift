internal import CDocuments

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A program of others that reads a format for us.
///
///     let text = try OutsideProgram("pdftotext", ["-", "-"]).output(for: bytes)
///
/// It is found by the absolute folders of PATH, or is an absolute path. It runs as a child without a
/// shell and with an environment of its own, reads the bytes from its standard input, may write
/// nothing but its output, and has limits on time, memory, output and files. It ends, with all that
/// it started, as soon as the task that waits for it is cancelled, and when this process does. A
/// run takes about 10 ms.
public struct OutsideProgram: Sendable {
    /// What a run may take.
    public struct Limits: Sendable {
        /// Seconds of the processor.
        public var seconds = 20
        /// Seconds until it is ended, on a busy machine.
        public var waiting = 60
        /// Bytes of memory.
        public var memory = 1 << 30
        /// Bytes of output.
        public var output = 64 << 20

        /// Those of a converter.
        public init() {}
    }

    /// Why a run gave nothing.
    public enum Problem: Error, Sendable, Hashable {
        /// It took more time of the processor than any report does.
        case tooSlow
        /// It gave more than any report holds.
        case tooMuch
        /// It ended with another code than 0, and these complaints.
        case ended(code: Int, complaints: String)
        /// It is not installed.
        case missing
        /// It could not do its work now, whatever the bytes are: why, for a person.
        case failedForNow(String)
    }

    /// Its name or absolute path.
    public let name: String
    private let arguments: [String]
    private let limits: Limits

    /// A program with arguments, at most 16.
    public init(_ name: String, _ arguments: [String], limits: Limits = Limits()) {
        self.name = name
        self.arguments = arguments
        self.limits = limits
    }

    /// The absolute path of what runs; nil when it is not installed.
    public var path: String? {
        var path = [CChar](repeating: 0, count: 4_096)
        let isFound = unsafe name.withCString { name in
            unsafe path.withUnsafeMutableBufferPointer { path in
                guard let base = path.baseAddress else { return false }
                return unsafe cdocuments_find(name, base, path.count) != 0
            }
        }
        guard isFound else { return nil }
        return String(decoding: path.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// What it writes when it reads some bytes.
    public func output(for bytes: [UInt8]) throws(Problem) -> [UInt8] {
        var words: [UInt8] = []
        for argument in arguments { words += Array(argument.utf8) + [0] }
        words += [0, 0]
        var answer = unsafe cdocuments_answer()
        let state = unsafe name.withCString { name in
            unsafe words.withUnsafeBufferPointer { words in
                unsafe words.withMemoryRebound(to: CChar.self) { words in
                    unsafe bytes.withUnsafeBufferPointer { source in
                        guard let arguments = words.baseAddress else {
                            return Int32(CDOCUMENTS_NOT_RUN)
                        }
                        var program = unsafe cdocuments_program(
                            name: name, arguments: arguments, most_seconds: Int32(limits.seconds),
                            most_waiting: Int32(limits.waiting), most_memory: limits.memory,
                            most_output: limits.output, is_over: { Task.isCancelled ? 1 : 0 })
                        return unsafe cdocuments_run(
                            &program, source.baseAddress, source.count, &answer)
                    }
                }
            }
        }
        defer { unsafe cdocuments_free(answer.output) }
        let detail = unsafe answer.detail
        switch Int(state) {
        case CDOCUMENTS_FINE: break
        case CDOCUMENTS_TOO_SLOW: throw .tooSlow
        case CDOCUMENTS_TOO_MUCH: throw .tooMuch
        case CDOCUMENTS_NO_PROGRAM: throw .missing
        case CDOCUMENTS_NOT_RUN:
            throw .failedForNow(
                "\(name) could not be run: \(unsafe String(cString: strerror(detail)))")
        case CDOCUMENTS_KILLED: throw .failedForNow("\(name) was ended by signal \(detail)")
        case CDOCUMENTS_HANGS:
            throw .failedForNow("\(name) gave no answer within \(limits.waiting) s")
        case CDOCUMENTS_STOPPED: throw .failedForNow("stopped")
        default:
            throw .ended(code: Int(detail), complaints: unsafe Self.complaints(of: answer))
        }
        return unsafe Array(UnsafeBufferPointer(start: answer.output, count: answer.length))
    }

    private static func complaints(of answer: cdocuments_answer) -> String {
        unsafe withUnsafeBytes(of: answer.complaints) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
