import ChineseText
import GramIndex
import IndexFolder
import Platform
import QueryLanguage
import ReportModel
import ReportParsing
import SegmentStore
import ServeAddress

/// What is given bytes from nobody: none of it may crash, hang, or read outside them.
enum FuzzTarget: String, CaseIterable {
    /// The text of a query. What it is read as is read again as the same.
    case query
    /// A block file: its columns, its texts, its lists.
    case blockfile
    /// Records of a segment, with the right check at their end.
    case records
    /// A manifest and a list of files, with right sums.
    case manifest
    /// A text in an encoding that the first byte chooses.
    case decoding
    /// A file of any format.
    case readers
    /// The rows of the official tables, within a report.
    case tables
    /// The target of a request.
    case http

    func run(_ bytes: [UInt8]) {
        switch self {
        case .query: Self.readQuery(bytes)
        case .blockfile: Self.askIndex(bytes)
        case .records: Self.readRecord(bytes)
        case .manifest: Self.readManifest(bytes)
        case .decoding: Self.decode(bytes)
        case .readers: _ = try? ReportParser().report(from: bytes)
        case .tables: Self.readTables(bytes)
        case .http: Self.readAddress(bytes)
        }
    }

    private static func readQuery(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let tree = try? QueryTree.parse(text) else { return }
        let again = try? QueryTree.parse(tree.description)
        precondition(
            again?.description == tree.description, "\(text) is read as \(tree), and that otherwise"
        )
    }

    private static func askIndex(_ bytes: [UInt8]) {
        guard let file = try? ScratchFile.block(holding: bytes) else { return }
        for column in 0..<IndexColumn.count {
            _ = file[column].numbers.count
            _ = file[column].number(at: 3, size: 5)
        }
        for number in [0, 1, 1_000_000] {
            _ = file.element(number, of: IndexColumn.records, starts: IndexColumn.recordStarts)
        }
        guard let index = try? TextIndex(file) else { return }
        guard let terms = try? index.terms(withPrefix: [], limit: 40) else { return }
        for element in terms.elements.prefix(8) {
            _ = try? index.documentIDs(holding: element.term)
            let gram = TextMatch.Gram(element.term, position: 0..<2)
            let part = TextMatch.Part(bytes: element.term, grams: [gram], weight: 1)
            let match = TextMatch(parts: [part, part], whole: element.term, maximumGap: 4)
            guard let query = try? Query.text(match) else { continue }
            _ = try? index.search(query, limit: 5, order: .relevance)
        }
    }

    private static func readRecord(_ bytes: [UInt8]) {
        var record = Array(bytes.dropFirst())
        RecordCheck.append(to: &record, from: 0)
        switch (bytes.first ?? 0) % 4 {
        case 0:
            guard let passage = PassageRecord(record) else { return }
            _ = passage.text.text
            _ = PassageRecord.foldedScalars(of: record)
        case 1:
            guard let entry = ReportEntry(record) else { return }
            _ = (entry.headings, entry.subsections, entry.parts)
            precondition(ReportEntry(entry.encoded) == entry, "an entry is written otherwise")
        case 2:
            guard let details = ReportDetails(record) else { return }
            precondition(ReportDetails(details.encoded) != nil, "details are written otherwise")
        default:
            _ = TextCode.text(of: bytes.span)
        }
    }

    private static func readManifest(_ bytes: [UInt8]) {
        let paths = StoredPath(below: "/somewhere")
        _ = FileList.forEachEntry(in: bytes.span, paths) { _ in }
        let ids = (0..<4).map { UInt64($0) << 60 }
        _ = FileList.paths(ofReports: ids, in: bytes.span, paths) { _ in }
        let digits = String(ContentChecksum.of(bytes.span), radix: 16)
        let sum = String(repeating: "0", count: 16 - digits.count) + digits
        guard let manifest = try? Manifest(bytes + "end \(sum)\n".utf8) else { return }
        let again = try? Manifest(manifest.encoded)
        precondition(again?.encoded == manifest.encoded, "a manifest is written otherwise")
        precondition(manifest.names.allSatisfy(Manifest.isOwnName), "\(manifest.names)")
    }

    private static func decode(_ bytes: [UInt8]) {
        let name = EncodingName.all[Int(bytes.first ?? 0) % EncodingName.all.count]
        _ = try? ReportParser().report(
            from: Array(bytes.dropFirst()), encoding: EncodingName(name))
    }

    private static func readTables(_ bytes: [UInt8]) {
        let head = """
            云岫县林业局2022年政府信息公开工作年度报告

            一、总体情况
            全年主动公开信息20条。
            二、主动公开政府信息情况

            """
        guard let report = try? ReportParser().report(from: Array(head.utf8) + bytes) else {
            return
        }
        for identity in report.form.identities { _ = identity.result(in: report.statistics) }
        _ = report.checks(source: "x")
    }

    private static func readAddress(_ bytes: [UInt8]) {
        let target = String(decoding: bytes, as: UTF8.self)
        guard let address = Address(target: target) else { return }
        let again = Address(target: address.text)
        precondition(again == address || address.text.utf8.count > Address.longest, address.text)
    }
}
