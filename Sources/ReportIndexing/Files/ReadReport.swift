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
    private let parser = ReportParser()
    private let encoding: TextEncodingName?

    /// Makes a reader.
    ///
    /// `encoding` is forced on every file; nil tells it from the bytes.
    public init(encoding: TextEncodingName? = nil) {
        self.encoding = encoding
    }

    /// Reads the files at and below some paths, on several cores, and hands them over in the order
    /// of their paths.
    public func read(
        _ paths: [String], jobs: Int,
        deliver: (Result<ReadReport, FileProblem>) async throws -> Void
    ) async throws {
        var walk = try FolderWalk(of: paths)
        try await orderedMap(
            width: jobs, weightLimit: Self.mostInWork, next: { walk.next() }, weight: \.size,
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
            report = try parser.report(from: bytes, encoding: encoding?.name)
        } catch {
            if let library = MissingLibrary.first { throw file.problem(of: library) }
            throw FileProblem(
                reason: FileProblem.Reason(error.reason), path: file.path,
                detail: error.description)
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

extension FileProblem.Reason {
    /// The reason for which bytes were not read.
    fileprivate init(_ reason: UndecodableText.Reason) {
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
