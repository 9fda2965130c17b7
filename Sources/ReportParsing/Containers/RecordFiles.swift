import ChineseText
import Documents

/// The records of a scraper's list, each a file of its own: objects of JSON, one a line or in a
/// list, or the rows of a table in text whose head names a field of text.
///
/// A record's name is its number in the list, from 1.
struct RecordFiles {
    private enum List {
        case json([JSONScanner.Object], [UInt8])
        case table([SheetReader.Record], [RecordFields.Kind: Int])
    }

    private let list: List
    private let fields: RecordFields
    private var index = 0

    /// A longer record, in bytes, is refused.
    private static let longest = 16 << 20
    /// What else a record says is cut off there, in characters.
    private static let longestField = 2_000
    /// How far the head of a table is looked for, in bytes.
    private static let longestHead = 64 << 10

    private static let signs = [UInt8(ascii: ","), 0x09, UInt8(ascii: ";")]

    /// Whether a file may be such a list, told from its first bytes.
    static func mayBegin(_ start: [UInt8], fields: RecordFields) -> Bool {
        let body = start.drop {
            $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 == 0xFE || $0 == 0xFF
        }
        if body.first == UInt8(ascii: "{") || body.first == UInt8(ascii: "[") { return true }
        // Most texts have no sign of a table in their first line, which is told without decoding.
        guard start.prefix(while: { $0 != 0x0A && $0 != 0x0D }).contains(where: signs.contains),
            let text = try? DecodedText(Array(start)).utf8
        else { return false }
        return head(of: text, fields: fields) != nil
    }

    /// The records of a file; nil when it is no such list.
    init?(_ bytes: [UInt8], fields: RecordFields) {
        guard let text = try? DecodedText(bytes).utf8 else { return nil }
        self.fields = fields
        if let head = Self.head(of: text, fields: fields) {
            let records = SheetReader.records(text, head.sign)
            guard records.count > 1 else { return nil }
            list = .table(Array(records.dropFirst()), head.columns)
            return
        }
        var scanner = JSONScanner(text)
        guard let first = scanner.next(), first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return nil }
        var objects = scanner.objectsOfLines() ?? scanner.objects()
        func hasText(_ object: JSONScanner.Object) -> Bool {
            guard object.isWhole, object.range.count <= Self.longest else { return false }
            var scanner = JSONScanner(text, in: object.range)
            return fields.value(of: .text, in: scanner.fields()) != nil
        }
        if objects.count == 1, !hasText(objects[0]) {
            objects = scanner.objects(in: objects[0].range)
        }
        // Any of the first ones shows that they are records.
        guard objects.prefix(100).contains(where: hasText) else { return nil }
        list = .json(objects, text)
    }

    /// The sign and the columns of the fields when a text begins with the head of a table of records.
    private static func head(
        of text: [UInt8], fields: RecordFields
    ) -> (sign: UInt8, columns: [RecordFields.Kind: Int])? {
        let line = Array(text.prefix(longestHead).prefix { $0 != 0x0A && $0 != 0x0D })
        for sign in signs where line.contains(sign) {
            guard let heads = SheetReader.records(line, sign).first?.cells else { continue }
            var columns: [RecordFields.Kind: Int] = [:]
            for kind in RecordFields.Kind.allCases {
                columns[kind] = fields.column(of: kind, in: heads)
            }
            if columns[.text] != nil, columns.count > 1 { return (sign, columns) }
        }
        return nil
    }

    /// The next record; nil at the end.
    mutating func next() -> ContainedFile? {
        switch list {
        case .json(let objects, let text):
            guard index < objects.count else { return nil }
            let object = objects[index]
            index += 1
            guard object.isWhole else { return Self.refused(index, .damaged("a record")) }
            guard object.range.count <= Self.longest else {
                return Self.refused(index, .overLimits("a record"))
            }
            var scanner = JSONScanner(text, in: object.range)
            let values = scanner.fields()
            return file { fields.value(of: $0, in: values) }
        case .table(let records, let columns):
            guard index < records.count else { return nil }
            let cells = records[index].cells
            index += 1
            return file { kind in
                columns[kind].flatMap { cells.indices.contains($0) ? cells[$0] : nil }
            }
        }
    }

    private static func refused(_ number: Int, _ reason: UndecodableText.Reason) -> ContainedFile {
        ContainedFile("\(number)", problem: UndecodableText(reason: reason))
    }

    private func file(_ value: (RecordFields.Kind) -> String?) -> ContainedFile {
        guard let text = value(.text), !text.trimmingSpaces.isEmpty else {
            return Self.refused(index, .format("a record without text"))
        }
        var evidence = FileEvidence()
        func short(_ kind: RecordFields.Kind) -> String? {
            value(kind).map { String($0.prefix(Self.longestField)).trimmingSpaces }
        }
        evidence.title = short(.title)
        evidence.publisher = short(.agency)
        evidence.published = short(.date)
        evidence.url = short(.url)
        return ContainedFile("\(index)", Array(text.utf8), evidence: evidence)
    }
}
