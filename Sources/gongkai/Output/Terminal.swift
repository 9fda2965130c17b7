import Platform
import ReportOutput
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Where results and messages go, and how they may look there.
///
/// Results go to standard output, everything else to standard error. Nothing reaches a terminal
/// that could command it: controls are shown as `\x1b`.
struct Terminal {
    /// Whether results are coloured.
    let usesColor: Bool
    /// Whether file names are hyperlinks.
    let usesLinks: Bool
    /// The columns that what needs a width is laid out in: the terminal's, `$COLUMNS`, or 80; no more
    /// than reads well.
    let columns: Int
    /// The columns that a table may take; nil when it goes where lines have no end.
    let tableColumns: Int?
    /// The columns that text is wrapped at, and cut to some lines of; nil where lines have no end.
    var textColumns: Int? { tableColumns == nil ? nil : columns }
    /// Whether messages that are not errors are left out.
    let isQuiet: Bool
    /// Whether more is told than results and what one must know.
    let isVerbose: Bool

    /// The most columns that text is wrapped at.
    private static let widestText = 120

    init(_ options: OutputChoices) {
        let isTerminal = StandardOutput.isTerminal
        usesColor =
            switch options.color {
            case .always: true
            case .never: false
            case .auto: isTerminal && (Environment["NO_COLOR"] ?? "").isEmpty
            }
        usesLinks =
            switch options.hyperlink {
            case .always: true
            case .never: false
            case .auto: isTerminal
            }
        let named = Environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        let known = named ?? (isTerminal ? StandardOutput.columns : nil)
        columns = min(max(known ?? 80, 40), Self.widestText)
        tableColumns = known.map { max($0, 40) }
        isQuiet = options.quiet
        isVerbose = options.verbose
    }

    /// Styles of text in results.
    enum Style: String {
        case strong = "1"
        case faint = "2"
        case match = "1;31"
        case good = "32"
        case bad = "31"
    }

    /// A text in a style, where colours are used.
    func styled(_ text: ShownText, _ style: Style) -> ShownText {
        usesColor
            ? ShownText(sequence: "\u{1B}[\(style.rawValue)m", text, "\u{1B}[0m") : text
    }

    /// A file and line that a terminal may open.
    func link(_ path: String, line: Int) -> ShownText {
        let shown: ShownText = "\(DisplayPath.of(path)):\(line)"
        guard usesLinks else { return shown }
        return ShownText(
            sequence: "\u{1B}]8;;\(FileURL.text(of: path))#L\(line)\u{1B}\\", shown,
            "\u{1B}]8;;\u{1B}\\")
    }

    /// Writes a line of results for a person.
    func print(_ line: ShownText) { StandardOutput.write(line.description + "\n") }

    /// Writes lines of results for a person, many at a time.
    func print(_ lines: [ShownText]) {
        var bytes: [UInt8] = []
        for line in lines {
            bytes += (line.description + "\n").utf8
            guard bytes.count >= Self.pieceSize else { continue }
            StandardOutput.write(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        StandardOutput.write(bytes)
    }

    /// How many bytes of lines are written at a time.
    private static let pieceSize = 64 << 10

    /// Writes results for a program, which what made them has escaped.
    func write(_ data: String, end: String = "\n") { StandardOutput.write(data + end) }

    /// Writes results for a program.
    func write(_ json: JSONValue) { write(json.text) }

    /// Writes a message for a person, unless they asked for quiet.
    func note(_ message: ShownText) { if !isQuiet { Self.complain(message) } }

    /// Writes a message for a person, unless they asked for quiet.
    func note(_ message: Message) { note(message.text) }

    /// Says how many duplicates a count left out, where there are some.
    func note(duplicates count: Int) {
        if count > 0 { note(Message.leftOut(duplicates: count)) }
    }

    /// Writes a message for a person.
    static func complain(_ message: Message) { complain(message.text) }

    /// Writes a message for a person.
    static func complain(_ message: ShownText) {
        StandardError.write(message.description + "\n")
    }

    /// Writes a message of several lines, each of which is escaped.
    static func complain(lines text: String) {
        complain(
            text.split(separator: "\n", omittingEmptySubsequences: false).map {
                ShownText(String($0))
            }.joined(separator: "\n"))
    }
}

/// Standard output, whose reader may go away.
enum StandardOutput {
    /// Whether results go to a terminal that can show more than lines, through a pager or not.
    ///
    /// Told once, before a pager may stand between.
    static let isTerminal =
        isatty(STDOUT_FILENO) == 1 && Environment["TERM"] != "dumb"

    /// The terminal's width; nil when it tells none.
    static let columns = TerminalDevice.columns(of: STDOUT_FILENO)

    /// Writes a text.
    ///
    /// When nobody reads any more, the program ends as a closed pipe would end it; when it cannot
    /// be written, such as on a full disk, with the reason.
    static func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes bytes, as a text.
    static func write(_ bytes: [UInt8]) {
        do {
            try FileDescriptor.standardOutput.writeAll(bytes)
        } catch {
            if let cause = error as? Errno, cause != .brokenPipe, cause != .badFileDescriptor {
                Terminal.complain("gongkai: the results cannot be written (\(cause))")
                exit(2)
            }
            exit(141)
        }
    }
}

/// Standard error; what cannot be written there is nobody's loss.
enum StandardError {
    /// Whether messages go to a terminal.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Writes a text.
    static func write(_ text: String) {
        _ = try? FileDescriptor.standardError.writeAll(Array(text.utf8))
    }
}
