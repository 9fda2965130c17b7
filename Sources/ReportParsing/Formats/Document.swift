import ChineseText
import ReportModel

/// A file as the stages after this one see it, whatever its format: lines and their source.
struct Document {
    /// The lines; a row of a table is one line, its cells parted by tabs.
    let lines: [SourceLine]
    /// The encoding that the text was decoded from.
    let encoding: TextEncoding
    /// What the document says about itself.
    let evidence: DocumentEvidence
    /// What was repaired on the way.
    let findings: [Finding]

    /// The most lines of which mojibake is reported one by one.
    private static let mostFindings = 20

    /// Reads a file's bytes.
    ///
    /// - Parameter encoding: overrides what the bytes say; nil to tell it from them.
    init(_ bytes: [UInt8], encoding: TextEncoding? = nil) throws(UndecodableText) {
        if let format = FileFormat.binary(bytes), case .unread(let name) = format {
            throw UndecodableText(reason: .format(name))
        }
        let decoded = try DecodedText(
            bytes, encoding: encoding, declared: DeclaredEncoding.find(in: bytes))
        let text = Array(decoded.text.utf8)
        switch FileFormat(text: text) {
        case .text:
            self.init(
                SourceLine.lines(of: decoded.text), encoding: decoded.encoding,
                evidence: DocumentEvidence(), findings: decoded.findings)
        case .html:
            let page: HTMLReader
            do { page = try HTMLReader(text) } catch {
                throw UndecodableText(reason: .format("a web page too large"))
            }
            self.init(
                page.lines.map { SourceLine(number: $0.number, raw: $0.raw) },
                encoding: decoded.encoding, evidence: page.evidence, findings: decoded.findings)
        case .unread(let name):
            throw UndecodableText(reason: .format(name))
        }
    }

    /// Takes the lines of a reader, with mojibake restored or marked.
    private init(
        _ lines: [SourceLine], encoding: TextEncoding, evidence: DocumentEvidence,
        findings: [Finding]
    ) {
        let mojibake = Mojibake()
        var lines = lines
        var findings = findings
        var damaged = 0
        for index in lines.indices {
            let line = lines[index]
            guard let repair = mojibake.repair(line.raw) else { continue }
            // The raw text of what is lost stays as printed.
            lines[index] =
                repair.lost > 0
                ? SourceLine(
                    number: line.number, raw: line.raw, text: TextRepair.repaired(repair.text))
                : SourceLine(number: line.number, raw: repair.text)
            damaged += 1
            if damaged <= Self.mostFindings {
                findings.append(
                    Finding(code: "mojibake", line: line.number, message: repair.message))
            }
        }
        if damaged > Self.mostFindings {
            findings.append(
                Finding(
                    code: "mojibake", line: nil,
                    message: "\(damaged) lines in all were decoded with a wrong encoding before"))
        }
        self.lines = lines
        self.encoding = encoding
        self.evidence = evidence
        self.findings = findings
    }
}

extension Mojibake.Repair {
    /// What was done, for a person.
    fileprivate var message: String {
        var parts: [String] = []
        if restored > 0 { parts.append("\(restored) characters of a wrong encoding were restored") }
        if lost > 0 {
            parts.append("\(lost) characters of a wrong encoding are read as U+FFFD")
        }
        return parts.joined(separator: ", ")
    }
}
