import Platform
import ReportModel
import ReportOutput
import ReportSearch
import SystemPackage

/// What runs of `index` changed as an Atom feed (RFC 4287), an entry a file, the newest first.
struct AtomFeed {
    /// The index folder, absolute.
    let folder: String
    let runs: IndexRuns

    private static let generator = "<generator>gongkai</generator>"
    /// The most entries of a feed; of what is more the newest.
    private static let mostEntries = 1_000

    /// Whether a feed of the program is at a path, which may be replaced by the next one.
    static func isFeed(at path: String) throws -> Bool {
        let path = FilePath(try AbsolutePath.of(path))
        guard let name = path.lastComponent?.string,
            let folder = try? OpenFolder(at: path.removingLastComponent().string),
            let file = try? folder.file(named: name), (try? file.status().kind) == .file,
            let head = try? file.bytes(limit: 1 << 10)
        else { return false }
        let text = String(decoding: head, as: UTF8.self)
        return text.hasPrefix("<?xml") && text.contains(generator)
    }

    /// Writes the feed.
    func write(to write: (String) throws -> Void) throws {
        let id = FileURL.text(of: folder)
        let updated = runs.changing.last?.time ?? runs.lastTime ?? 0
        try write(
            """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom">
              \(Self.generator)
              <id>\(Self.escaped(id))</id>
              <title>\(Self.escaped("\(Message.feedTitle)"))</title>
              <updated>\(Timestamp(seconds: updated).text)</updated>
              <author><name>gongkai</name></author>

            """)
        let plain = Terminal(OutputChoices(color: .never, hyperlink: .never))
        let text = DiffText(folder: folder, remembered: runs, since: nil, terminal: plain)
        var left = Self.mostEntries
        for run in runs.changing.reversed() {
            guard left > 0 else { break }
            for (number, change) in run.changes().enumerated() where change.path != nil {
                guard left > 0 else { break }
                left -= 1
                try write(entry(of: change, number, in: run, id: id, text))
            }
        }
        try write("</feed>\n")
    }

    private func entry(
        of change: ReportChange, _ number: Int, in run: RunChanges, id: String, _ text: DiffText
    ) -> String {
        let title = "\(Message.change(change.kind)) \(DiffText.name(of: change.new ?? change.old))"
        let content = text.lines(of: change).map(\.description).joined(separator: "\n")
        let link = FileURL.text(of: change.path ?? "")
        return """
              <entry>
                <id>\(Self.escaped(id))#run-\(run.run)-\(number + 1)</id>
                <title>\(Self.escaped(title))</title>
                <updated>\(Timestamp(seconds: run.time).text)</updated>
                <link href="\(Self.escaped(link))"/>
                <content type="text">\(Self.escaped(content))</content>
              </entry>

            """
    }

    /// A text between tags or in quotation marks; what XML cannot hold is shown as an escape.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in visible(text, keepingLines: true).unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
