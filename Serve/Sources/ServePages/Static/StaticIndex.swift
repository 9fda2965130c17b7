import ReportOutput
import ReportSearch

/// The search index of a static site: lists of passages by pairs of characters, and the texts, in
/// script files that a page loads as a question needs them.
///
/// A page that was opened from a disk may load scripts and not fetch files, so every file is a script
/// that hands over its data. Texts are compared as the program folds them.
///
///     g/N.js  gongkai.lists(N, {"公开": "base64", …})   numbers of passages, ascending: differences
///                                                       as little-endian base-128 varints
///     t/N.js  gongkai.texts(N, [[report, line, "text"], …])
///     reports.js  gongkai.reports([["id", "agency", year], …], passages, perFile, "fold", "drop", "space")
struct StaticIndex {
    /// How many files the lists are spread over, by the pair's first character.
    static let listFiles = 64
    /// How many passages a file of texts holds.
    static let passagesInFile = 200

    private var lists: [[String: List]] = Array(repeating: [:], count: listFiles)
    private var texts: [JSONValue] = []
    private var characters: Set<Unicode.Scalar> = []
    private(set) var passages = 0

    /// The passages that hold a pair.
    private struct List {
        var last = 0
        var bytes: [UInt8] = []

        mutating func add(_ passage: Int) {
            guard bytes.isEmpty || passage != last else { return }
            var value = UInt(passage - (bytes.isEmpty ? 0 : last))
            while value >= 0x80 {
                bytes.append(UInt8(value & 0x7F) | 0x80)
                value >>= 7
            }
            bytes.append(UInt8(value))
            last = passage
        }
    }

    /// Adds a passage of a report; gives the file of texts that is full with it.
    mutating func add(_ text: String, report: Int, line: Int) -> (path: String, text: String)? {
        let scalars = Array(folded(text).unicodeScalars)
        characters.formUnion(scalars)
        for (index, scalar) in scalars.enumerated() {
            add(String(scalar), passages)
            if index + 1 < scalars.count {
                add(String(scalar) + String(scalars[index + 1]), passages)
            }
        }
        texts.append(.array([.integer(report), .integer(line), .string(text)]))
        passages += 1
        return texts.count == Self.passagesInFile ? textFile() : nil
    }

    private mutating func add(_ gram: String, _ passage: Int) {
        let first = gram.unicodeScalars.first?.value ?? 0
        lists[Int(first % UInt32(Self.listFiles))][gram, default: List()].add(passage)
    }

    /// The file of the texts that none holds yet; nil when there are none.
    private mutating func textFile() -> (path: String, text: String)? {
        guard !texts.isEmpty else { return nil }
        let number = (passages - 1) / Self.passagesInFile
        defer { texts = [] }
        return (
            "t/\(number).js", "gongkai.texts(\(number),\(Self.safe(JSONValue.array(texts).text)))\n"
        )
    }

    /// The files that are left, when all passages were added.
    mutating func finish(reports: [JSONValue]) -> [(path: String, text: String)] {
        var files = [textFile()].compactMap(\.self)
        for (number, lists) in lists.enumerated() {
            let members = lists.keys.sorted().map { gram in
                (gram, JSONValue.string(Base64.text(of: lists[gram]?.bytes ?? [])))
            }
            files.append(
                (
                    "g/\(number).js",
                    "gongkai.lists(\(number),\(Self.safe(JSONValue.object(members).text)))\n"
                ))
        }
        let (fold, drop, space) = folding
        let values = [JSONValue.array(reports), .integer(passages), .integer(Self.passagesInFile)]
        let whole = (values + [.string(fold), .string(drop), .string(space)]).map(\.text).joined(
            separator: ",")
        files.append(("reports.js", "gongkai.reports(\(Self.safe(whole)))\n"))
        return files
    }

    /// How characters fold to those that the texts hold: pairs of a character and its folded form,
    /// those that vanish, and those that are a space.
    private var folding: (pairs: String, vanishing: String, spaces: String) {
        var pairs = String.UnicodeScalarView()
        var vanishing = String.UnicodeScalarView()
        var spaces = String.UnicodeScalarView()
        for value in Array(0x09...0xFFFF) + Array(0x2F800...0x2FA1F) {
            guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
            // Between letters a space stays.
            let folded = Array(folded("a\(scalar)b").unicodeScalars.dropFirst().dropLast())
            if folded.isEmpty {
                vanishing.append(scalar)
            } else if folded == [" "] {
                spaces.append(scalar)
            } else if folded.count == 1, folded[0] != scalar, characters.contains(folded[0]) {
                pairs.append(scalar)
                pairs.append(folded[0])
            }
        }
        return (String(pairs), String(vanishing), String(spaces))
    }

    /// JSON that is a script too, also inside a page.
    private static func safe(_ json: String) -> String {
        json.replacing("<", with: "\\u003c").replacing("\u{2028}", with: "\\u2028")
            .replacing("\u{2029}", with: "\\u2029")
    }
}
