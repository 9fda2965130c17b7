import ArgumentParser
import Foundation
import ReportIndexing
import ReportSearch

/// When something is done that suits a terminal but not a pipe.
enum When: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// How results are written.
enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl
}

/// Options of every command that prints.
struct OutputOptions: ParsableArguments {
    @Option(help: "How results are written: text, json or jsonl.")
    var format: Format?

    @Option(help: "Colour matches: auto, always or never. NO_COLOR is obeyed.")
    var color = When.auto

    @Option(help: "Make file names hyperlinks: auto, always or never.")
    var hyperlink = When.auto

    @Flag(name: .shortAndLong, help: "Print results and errors only.")
    var quiet = false
}

/// Options of every command that reads files.
struct ReadingOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "How many files are read at the same time.")
    var jobs = ProcessInfo.processInfo.activeProcessorCount

    @Option(
        help: ArgumentHelp(
            "The encoding of every file: auto, \(TextEncodingName.all.joined(separator: ", ")).",
            valueName: "name"))
    var encoding = "auto"

    /// The encoding that is forced on files; nil tells it from their bytes.
    var encodingName: TextEncodingName? { TextEncodingName(encoding) }

    func validate() throws {
        if jobs < 1 { throw ValidationError("--jobs takes a number from 1") }
        if encoding != "auto", encodingName == nil {
            throw ValidationError(
                "--encoding knows auto, \(TextEncodingName.all.joined(separator: ", "))")
        }
    }
}

/// Options of every command that needs an index.
struct IndexOption: ParsableArguments {
    @Option(
        name: .customLong("index"),
        help: ArgumentHelp(
            "The index folder; else $GONGKAI_INDEX, else the nearest .gongkai upward.",
            valueName: "dir"))
    var folder: String?

    /// The index opened for reading.
    func open() throws -> IndexReader {
        try IndexReader(folder: IndexLocation.existing(named: folder) ?? IndexLocation.own)
    }
}

/// Where the index is.
enum IndexLocation {
    /// The index folder of the working directory.
    static var own: String { FileManager.default.currentDirectoryPath + "/.gongkai" }

    /// The index that a command uses: the named one, else the environment's, else the nearest
    /// upward; nil when there is none.
    static func existing(named name: String?) -> String? {
        if let name { return AbsolutePath.of(name) }
        if let name = ProcessInfo.processInfo.environment["GONGKAI_INDEX"], !name.isEmpty {
            return AbsolutePath.of(name)
        }
        return IndexReader.nearestIndex(from: FileManager.default.currentDirectoryPath)
    }
}
