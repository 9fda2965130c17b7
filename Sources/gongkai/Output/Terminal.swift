import Foundation
import ReportSearch

/// Where results and messages go, and how they may look there.
///
/// Results go to standard output, everything else to standard error. Nothing reaches a terminal
/// that could command it: controls are shown as `\x1b`.
struct Terminal {
    /// Whether results are coloured.
    let usesColor: Bool
    /// Whether file names are hyperlinks.
    let usesLinks: Bool
    /// The columns that results are wrapped at.
    let columns: Int
    /// Whether messages that are not errors are left out.
    let isQuiet: Bool

    init(_ options: OutputOptions) {
        let environment = ProcessInfo.processInfo.environment
        let isTerminal = isatty(STDOUT_FILENO) == 1 && environment["TERM"] != "dumb"
        usesColor =
            switch options.color {
            case .always: true
            case .never: false
            case .auto: isTerminal && (environment["NO_COLOR"] ?? "").isEmpty
            }
        usesLinks =
            switch options.hyperlink {
            case .always: true
            case .never: false
            case .auto: isTerminal
            }
        columns = environment["COLUMNS"].flatMap { Int($0) }.map { min(max($0, 40), 160) } ?? 80
        isQuiet = options.quiet
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
    func styled(_ text: String, _ style: Style) -> String {
        usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// A file and line that a terminal may open.
    func link(_ path: String, line: Int) -> String {
        let shown = Self.visible("\(DisplayPath.of(path)):\(line)")
        guard usesLinks else { return shown }
        let target = URL(filePath: path).absoluteString
        return "\u{1B}]8;;\(target)#L\(line)\u{1B}\\\(shown)\u{1B}]8;;\u{1B}\\"
    }

    /// Writes a line of results.
    func print(_ line: String) { StandardOutput.write(line + "\n") }

    /// Writes a message for a person, unless they asked for quiet.
    func note(_ message: String) { if !isQuiet { Self.complain(message) } }

    /// Writes a message for a person.
    static func complain(_ message: String) {
        try? FileHandle.standardError.write(
            contentsOf: Data((visible(message, keepingLines: true) + "\n").utf8))
    }

    /// A text with everything that could command a terminal made visible.
    static func visible(_ text: String, keepingLines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: \.isUnsafeOnTerminal) else { return text }
        var shown = ""
        for scalar in text.unicodeScalars {
            if scalar.isUnsafeOnTerminal, !(keepingLines && scalar == "\n") {
                let hex = String(scalar.value, radix: 16)
                shown += scalar.value < 0x100
                    ? "\\x" + (hex.count < 2 ? "0" : "") + hex : "\\u{\(hex)}"
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}

/// Standard output, whose reader may go away.
enum StandardOutput {
    /// Writes a text.
    ///
    /// When nobody reads any more, the program ends as a closed pipe would end it; when the text
    /// cannot be written, such as on a full disk, it ends with the reason.
    static func write(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            if let cause, ![EPIPE, EBADF].contains(Int32(cause.code)) {
                Terminal.complain(
                    "gongkai: the results cannot be written (\(cause.localizedDescription))")
                exit(2)
            }
            exit(141)
        }
    }
}

/// Paths as a person would type them.
enum DisplayPath {
    /// The path relative to the working directory when that is shorter, otherwise as it is.
    static func of(_ path: String) -> String {
        let current = FileManager.default.currentDirectoryPath
        let base = current.split(separator: "/")
        let parts = path.split(separator: "/")
        guard path.hasPrefix("/") else { return path }
        let shared = zip(base, parts).prefix { $0 == $1 }.count
        let relative =
            (Array(repeating: "..", count: base.count - shared)
            + parts[shared...].map(String.init)).joined(separator: "/")
        return relative.utf8.count < path.utf8.count ? relative : path
    }
}
