import ChineseText
import Platform
import ReportModel
import SegmentStore
import Xapian

/// Makes the documents of a report: one of the report, one of each passage.
struct PlainDocuments {
    private let head: ReportHead
    private let report: Report
    private let files: [String]
    private let document: ReportDocument
    /// The boolean terms that all documents of the report have.
    private let sharedTerms: [[UInt8]]
    private let derivedValues: [(slot: UInt32, value: Double)]
    private let entry: ReportEntry
    private let unknownCells: [Int]
    private let zeroCells: [Int]
    private let headValue: [UInt8]

    /// - Parameters:
    ///   - record: the report with its passages.
    ///   - files: the paths of its files.
    init(_ record: ReportRecord, files: [String]) {
        head = record.head
        report = record.report
        self.files = Array(files.prefix(PlainPassage.mostFiles))
        let document = ReportDocument(record)
        self.document = document
        sharedTerms = Self.sharedTerms(document, head)
        derivedValues = PlainSchema.derived.compactMap { statistic, slot in
            statistic.value(in: record.report.statistics).flatMap {
                $0.isFinite ? (slot, $0) : nil
            }
        }
        entry = ReportEntry(record)
        func cells(_ prefix: ReportDocument.Prefix) -> [Int] {
            let start = Array(prefix.rawValue.utf8)
            return document.booleanTerms.compactMap { term in
                guard term.starts(with: start) else { return nil }
                return Int(String(decoding: term.dropFirst(start.count), as: UTF8.self))
            }.sorted()
        }
        unknownCells = cells(.unknownCell)
        zeroCells = cells(.zeroCell)
        headValue = Self.headValue(of: head)
    }

    /// The terms of the report that a passage has too: not what names one document, nor what the
    /// checks gave.
    private static func sharedTerms(_ document: ReportDocument, _ head: ReportHead) -> [[UInt8]] {
        let left: [ReportDocument.Prefix] = [.content, .failingIdentity, .unknownIdentity]
        var terms = document.booleanTerms.filter { term in
            !left.contains { term.starts(with: $0.rawValue.utf8) }
        }
        terms.append(PlainSchema.term(.group, head.id))
        terms.append(PlainSchema.term(.scope, head.scope.rawValue))
        func addUnknown(_ field: String, _ isUnknown: Bool) {
            if isUnknown { terms.append(PlainSchema.term(.unknown, field)) }
        }
        addUnknown("agency", head.agency == nil && head.agencyAliases.isEmpty)
        addUnknown("region", head.region.names.isEmpty)
        addUnknown("year", head.year == nil)
        addUnknown("level", AgencyLevel(agency: head.agency, region: head.region) == nil)
        return terms
    }

    private static func headValue(of head: ReportHead) -> [UInt8] {
        let parts = [
            head.id, head.agency, head.region.province, head.region.city, head.region.county,
            head.year.map(String.init), head.form.rawValue,
        ]
        // A name of odd characters must not look like two.
        let plain = parts.map { part in
            String(
                String.UnicodeScalarView(
                    (part ?? "").unicodeScalars.filter { $0 != PlainSchema.separator }))
        }
        return Array(plain.joined(separator: String(PlainSchema.separator)).utf8)
    }

    // MARK: Documents

    /// The data of all documents, that of the report first.
    func data() throws -> [[UInt8]] {
        let shared = StoredPassage(
            report: StoredHead(head), files: files,
            unknownCells: unknownCells.isEmpty ? nil : unknownCells,
            zeroCells: zeroCells.isEmpty ? nil : zeroCells)
        var text = AlignedText()
        return try [shared.encoded()]
            + report.passages.enumerated().map { index, passage in
                var stored = shared
                text.set(passage.text)
                stored.number = index + 1
                stored.section = min(max(passage.section, 0), 7)
                stored.sectionTitle = entry.sectionTitle(of: passage)
                stored.subsection = passage.subsection
                stored.text = passage.text
                stored.lines = [passage.lines.lowerBound, passage.lines.upperBound]
                stored.length = Self.length(of: text)
                stored.part = report.parts.part(ofLine: passage.lines.lowerBound).map {
                    StoredPassage.Part(kind: $0.kind.rawValue, name: $0.name, line: $0.firstLine)
                }
                return try stored.encoded()
            }
    }

    /// What follows from everything that the documents are made of, 16 hexadecimal digits.
    static func fingerprint(of data: [[UInt8]], _ record: ReportRecord) throws -> [UInt8] {
        var all = Array(PlainSchema.name.utf8)
        for part in data { all += part }
        for field in StatisticField.all.indices {
            let bits = record.report.statistics.value(of: field)?.bitPattern ?? .max
            for shift in stride(from: 0, to: 64, by: 8) {
                all.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
            }
        }
        for identity in record.report.identities { all += identity.state.rawValue.utf8 }
        return Array(try SHA256.hexadecimal(of: all).utf8.prefix(16))
    }

    /// Adds all documents to a batch.
    func add(to batch: inout DocumentBatch, data: [[UInt8]], fingerprint: [UInt8]) {
        addReport(to: &batch, data: data[0], fingerprint: fingerprint)
        var text = AlignedText()
        for (index, passage) in report.passages.enumerated() {
            text.set(passage.text)
            add(passage, number: index + 1, text, to: &batch, data: data[index + 1])
        }
    }

    private func addReport(
        to batch: inout DocumentBatch, data: [UInt8], fingerprint: [UInt8]
    ) {
        batch.beginDocument()
        addShared(.report, to: &batch)
        for term in document.booleanTerms
        where [ReportDocument.Prefix.failingIdentity, .unknownIdentity].contains(where: {
            term.starts(with: $0.rawValue.utf8)
        }) {
            batch.addTerm(term, frequency: 0)
        }
        batch.addTerm(ReportDocument.term(.content, head.sha256), frequency: 0)
        for word in document.words.keys.sorted() {
            batch.addTerm(PlainSchema.term(.headWord, word), frequency: 0)
        }
        batch.addValue(slot: PlainSchema.Slot.fingerprint, bytes: fingerprint)
        batch.setData(data)
    }

    private func add(
        _ passage: Passage, number: Int, _ text: AlignedText, to batch: inout DocumentBatch,
        data: [UInt8]
    ) {
        batch.beginDocument()
        addShared(.passage, to: &batch)
        let section = min(max(passage.section, 0), 7)
        batch.addTerm(PlainSchema.term(.section, String(section)), frequency: 0)
        batch.addTerm(
            ReportDocument.term(.content, head.sha256 + "/" + String(number)), frequency: 0)
        add([head.agency] + head.agencyAliases, as: .agency, to: &batch)
        add(head.region.names, as: .region, to: &batch)
        add([head.title], as: .title, to: &batch)
        add([entry.sectionTitle(of: passage)], as: .heading, to: &batch)
        add([passage.subsection], as: .subsection, to: &batch)
        addText(text, to: &batch)
        batch.addValue(
            slot: PlainSchema.Slot.length, number: Double(Self.length(of: text)))
        batch.addValue(
            slot: PlainSchema.Slot.section, bytes: Array("\(section)\(head.id)".utf8))
        batch.setData(data)
    }

    /// What both kinds of documents have.
    private func addShared(_ kind: PlainSchema.Kind, to batch: inout DocumentBatch) {
        batch.addTerm(PlainSchema.term(.kind, kind.rawValue), frequency: 0)
        for term in sharedTerms { batch.addTerm(term, frequency: 0) }
        for (slot, value) in document.values { batch.addValue(slot: slot, number: value) }
        for (slot, value) in derivedValues { batch.addValue(slot: slot, number: value) }
        batch.addValue(slot: PlainSchema.Slot.report, bytes: Array(head.id.utf8))
        batch.addValue(slot: PlainSchema.Slot.head, bytes: headValue)
    }

    // MARK: Texts

    /// The length of a passage, as an index counts it.
    private static func length(of text: AlignedText) -> Int {
        min(text.isWord.count { $0 }, 65_535)
    }

    /// Adds the passage, and what makes the document as long as it should be.
    ///
    /// A passage that has three signs to each word character would be longer: its terms get no
    /// frequency, so that it is found and weighs nothing.
    private func addText(_ text: AlignedText, to batch: inout DocumentBatch) {
        let length = PlainSchema.lengthFactor * Self.length(of: text)
        let own = max(0, 2 * text.folded.count - 1)
        let isWeighed = own <= length
        PlainGrams(text).forEach { term, positions in
            batch.addTerm(
                term, frequency: isWeighed ? UInt32(positions.count) : 0, positions: positions)
        }
        for term in PlainGrams.rowEnds(of: text) {
            batch.addTerm(PlainSchema.term(.rowEnd, term), frequency: 0)
        }
        let balance = isWeighed ? length - own : length
        batch.addTerm(PlainSchema.term(.balance), frequency: UInt32(balance))
    }

    /// Adds texts of which no position is one's neighbour in another.
    private func add(_ texts: [String?], as kind: PlainText, to batch: inout DocumentBatch) {
        var grams = PlainGrams()
        var text = AlignedText()
        for case let one? in texts {
            text.set(one)
            grams.add(text)
        }
        let prefix = Array(kind.rawValue.utf8)
        grams.forEach { term, positions in
            batch.addTerm(prefix + term, frequency: 0, positions: positions)
        }
    }
}
