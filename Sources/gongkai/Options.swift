import ArgumentParser
import Platform
import ReportIndexing
import ReportSearch

/// When something is done that suits a terminal but not a pipe.
enum When: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// How results are written.
enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl, csv, tsv, markdown
    /// A feed, which only `diff` can write.
    case atom

    static let allCases: [Format] = [.text, .json, .jsonl, .csv, .tsv, .markdown]

    /// Whether results are JSON.
    var isJSON: Bool { self == .json || self == .jsonl }
}

/// Options of every command.
typealias OutputOptions = Flags<OutputChoices>

/// How results are written.
struct OutputChoices: FlagValues {
    var format: Format?
    var color = When.auto
    var hyperlink = When.auto
    var noPager = false
    var quiet = false
    var verbose = false

    static var flags: [CommandFlag<OutputChoices>] {
        [
            .optionalChoice("--format", sets: \.format, help: "How results are written."),
            .choice("--color", sets: \.color, help: "Colour results. NO_COLOR is obeyed."),
            .choice("--hyperlink", sets: \.hyperlink, help: "Make file names hyperlinks."),
            .toggle(
                "--no-pager", sets: \.noPager,
                help: "Write to the terminal, not through $GONGKAI_PAGER, $PAGER or less."),
            .toggle("-q", "--quiet", sets: \.quiet, help: "Print results and errors only."),
            .toggle(
                "--verbose", sets: \.verbose,
                help: "Tell more on standard error: the index, the time taken."),
        ]
    }
}

extension Terminal {
    /// The terminal of a command.
    init(_ options: OutputOptions) { self.init(options.values) }
}

/// Options of every command that reads files.
struct ReadingOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "How many files are read at the same time.")
    var jobs = Cores.count

    @Option(
        help: ArgumentHelp(
            "The encoding of every file: auto, \(TextEncodingName.all.joined(separator: ", ")).",
            valueName: "name"))
    var encoding = "auto"

    @Option(
        help: ArgumentHelp(
            "The field of a scraper's records that holds text, title, agency, date or url; "
                + "repeatable.",
            valueName: "kind=name"))
    var field: [String] = []

    @Option(
        help: ArgumentHelp(
            "A program that reads the text of scanned pages, such as Scripts/ocr-rapidocr.",
            valueName: "command"))
    var ocr: String?

    /// More would only wait for each other.
    private static let mostJobs = 256

    /// The encoding that is forced on files; nil tells it from their bytes.
    var encodingName: TextEncodingName? { TextEncodingName(encoding) }

    /// Which fields of records hold what.
    var recordNames: RecordNames { RecordNames(field) ?? RecordNames() }

    /// The program that reads scanned pages: as PATH finds it, or its absolute path.
    var ocrProgram: String? { ocr.map { $0.contains("/") ? (try? AbsolutePath.of($0)) ?? $0 : $0 } }

    func validate() throws {
        if let wrong = field.first(where: { RecordNames([$0]) == nil }) {
            throw ValidationError(Message.noRecordField(wrong))
        }
        if !(1...Self.mostJobs).contains(jobs) {
            throw ValidationError(Message.takesNumber("--jobs", from: 1, to: Self.mostJobs))
        }
        if encoding != "auto", encodingName == nil {
            throw ValidationError(Message.knownEncodings(TextEncodingName.all))
        }
    }
}

/// Options of a command that changes or proves one index.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: ArgumentHelp(
            "The index folder; else $GONGKAI_INDEX, else the nearest .gongkai upward.",
            valueName: "dir"), completion: .directory)
    var folder: String?

    /// The index folder, which is to be read now.
    var path: String {
        get throws {
            try IndexLocation.local(folder) ?? IndexLocation.own()
        }
    }

    /// The index opened for reading.
    func open() throws -> IndexReader { try IndexReader(folder: path) }
}

/// Options of a command that reads one index, or several at once.
typealias IndexesOption = Flags<IndexFolders>

/// The folders of indexes that are read as one; none is that of ``IndexLocation``.
struct IndexFolders: FlagValues {
    var folders: [String] = []

    static var flags: [CommandFlag<IndexFolders>] {
        [
            .texts(
                "--index", addTo: \.folders, value: "dir",
                help:
                    "An index folder, or a server's HOST:PORT; repeatable, all are read as "
                    + "one. Else $GONGKAI_INDEX, else the nearest .gongkai upward.",
                completion: .directory)
        ]
    }
}

extension Flags<IndexFolders> {
    /// The index folders, each once.
    var paths: [String] { get throws { try IndexLocation.all(named: values.folders) } }

    /// The indexes opened for reading, as one.
    func open() throws -> IndexReader { try IndexReader(folders: values.folders) }
}

extension IndexReader {
    /// Some indexes opened for reading as one; none stands for that of ``IndexLocation``.
    convenience init(folders: [String]) throws {
        let paths = try IndexLocation.all(named: folders)
        if paths.count == 1 {
            try self.init(folder: paths[0])
        } else {
            try self.init(merging: paths.map { try IndexReader(folder: $0) })
        }
    }
}

/// Options of every command that writes the index.
struct LockOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How long to wait for another writer: 10s, 500ms, 2m.", valueName: "time"))
    var lockTimeout = "10s"

    /// What is said while another writer is waited for.
    static let waiting: ShownText = "gongkai: waiting for another process to finish writing"

    /// How long to wait.
    var timeout: Duration { .seconds(TimeSpan.seconds(lockTimeout) ?? 10) }

    func validate() throws {
        if TimeSpan.seconds(lockTimeout) == nil {
            throw ValidationError(Message.takesTime)
        }
    }
}

/// A length of time as a person writes it.
enum TimeSpan {
    /// The seconds in `10s`, `500ms`, `2m` or `10`; nil when it is none of these.
    static func seconds(_ text: String) -> Double? {
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("", 1)]
        for (unit, factor) in units where text.hasSuffix(unit) {
            guard let number = Double(text.dropLast(unit.count)), (0...86_400).contains(number)
            else { return nil }
            return number * factor
        }
        return nil
    }
}
