import Platform
public import ReportModel
import ReportParsing
import SegmentStore

/// A report as it was read from a file.
public struct ReadReport: Sendable {
    /// The file's absolute path.
    public let path: String
    /// The SHA-256 of the file's bytes in hexadecimal.
    public let sha256: String
    /// What the file says.
    public let report: Report

    /// Who and what the report is.
    public var head: ReportHead { ReportHead(report, sha256: sha256) }

    /// The report as an index takes it.
    var storable: StorableReport {
        StorableReport(
            ReportRecord(report, sha256: sha256), mostDetails: StorageLimits.detailBytes)
    }
}

/// The name of an encoding that is forced on files.
public struct TextEncodingName: Sendable, Hashable {
    let name: EncodingName

    /// Every name that is known.
    public static let all = EncodingName.all

    /// The encoding with this name, or nil when it is not known.
    ///
    /// Case does not matter.
    public init?(_ name: String) {
        guard let name = EncodingName(name) else { return nil }
        self.name = name
    }
}

/// Reads files without an index.
public struct ReportReader: Sendable {
    private let parser: ReportParser
    private let encoding: TextEncodingName?
    private let fields: RecordNames

    /// Makes a reader.
    ///
    /// - Parameters:
    ///   - encoding: forced on every file; nil tells it from the bytes.
    ///   - fields: which fields of the records of lists hold what.
    ///   - ocr: the program that reads the text of pictures, by its name in PATH or absolute path;
    ///     nil leaves them unread.
    public init(
        encoding: TextEncodingName? = nil, fields: RecordNames = RecordNames(), ocr: String? = nil
    ) {
        self.init(encoding: encoding, fields: fields, ocr: ocr, kept: nil)
    }

    /// - Parameter kept: what the program printed for pictures before; nil where nothing is kept.
    init(
        encoding: TextEncodingName?, fields: RecordNames, ocr: String?, kept: PageReadings?
    ) {
        parser = ReportParser(recognition: ocr.map { PageRecognition(program: $0, kept: kept) })
        self.encoding = encoding
        self.fields = fields
    }

    /// Reads the files at and below some paths, on several cores, and hands them over in the order
    /// of their paths; the path `-` is standard input, which comes first.
    public func read(
        _ paths: [String], jobs: Int,
        deliver: (Result<ReadReport, FileProblem>) async throws -> Void
    ) async throws {
        let readsInput = paths.contains(SourceFile.inputName)
        var found = try FoundFiles(
            of: paths.filter { $0 != SourceFile.inputName }, fields: fields,
            input: readsInput ? .standardInput() : nil)
        try await orderedMap(
            width: jobs, weightLimit: Self.mostInWork, next: { found.next() }, weight: \.size,
            { found in
                Result { () throws(FileProblem) in
                    switch found {
                    case .problem(let problem): throw problem
                    case .file(let file):
                        let bytes = try file.bytes().bytes
                        return try report(
                            in: bytes, of: file, sha256: file.sha256(of: bytes))
                    }
                }
            }, deliver: deliver)
    }

    /// The most bytes of files that are in work at a time.
    private static let mostInWork: Int64 = 64 << 20

    /// The report in a file's bytes.
    func report(
        in bytes: consuming [UInt8], of file: SourceFile, sha256: String
    ) throws(FileProblem) -> ReadReport {
        let report: Report
        do {
            report = try parser.report(
                from: bytes, encoding: encoding?.name, evidence: file.evidence)
        } catch {
            if let library = MissingLibrary.first { throw file.problem(of: library) }
            throw FileProblem(error, path: file.path)
        }
        // What was read without a library that it needed is not to be believed.
        if let library = MissingLibrary.first { throw file.problem(of: library) }
        // A document that says why its text was not read is told of as one.
        guard
            !report.passages.isEmpty || !report.statistics.isEmpty
                || report.findings.contains(where: \.tellsOfUnreadText)
        else {
            throw FileProblem(reason: .empty, path: file.path, detail: "")
        }
        return ReadReport(
            path: file.path, sha256: sha256, report: StorageLimits.limited(report))
    }
}

/// Which fields of the records of a scraper's list hold what.
public struct RecordNames: Sendable, Hashable {
    let fields: RecordFields

    /// The names that scrapers use.
    public init() { fields = .usual }

    /// The usual names, and before them those of settings such as `text=content`; nil when one of
    /// them is none.
    public init?(_ settings: [String]) {
        guard let fields = try? RecordFields(settings) else { return nil }
        self.fields = fields
    }
}

extension FileProblem.Reason {
    /// The reason for which bytes were not read.
    init(_ reason: UndecodableText.Reason) {
        switch reason {
        case .malformed: self = .undecodable
        case .format: self = .notText
        case .damaged: self = .damaged
        case .encrypted: self = .encrypted
        case .overLimits: self = .overLimits
        case .tooSlow: self = .tooSlow
        case .scan: self = .scan
        case .noProgram: self = .noProgram
        case .failedForNow: self = .failedForNow
        case .drawnByScript, .noLanguage: self = .noText
        }
    }
}
