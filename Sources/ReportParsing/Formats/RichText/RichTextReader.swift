import ChineseText
import Documents
import ReportModel

/// A document in Rich Text Format as lines: one a paragraph or row of a table.
///
/// A line's number is its position among the paragraphs and rows that hold text, from 1. Deleted and
/// hidden text, codes of fields, headers, footers and pictures are left out; foot-notes come after
/// the paragraph that refers to them.
struct RichTextReader {
    private(set) var lines: [DocumentLine] = []
    private(set) var evidence = DocumentEvidence()
    private(set) var findings: [Finding] = []

    /// What the text of a group is.
    private enum Destination {
        case text
        case skipped
        case fonts
        case title
        case note
    }

    private struct Group {
        var destination = Destination.text
        var look = StyledText.Look()
        var font: Int?
        /// How many signs stand for a character that follows by its number.
        var substitutes = 1
        var isInTable = false
        var depth: Int?

        var tableDepth: Int { isInTable ? max(1, depth ?? 1) : 0 }
    }

    private var group = Group()
    private var groups: [Group] = []
    /// How many groups are open beyond the deepest.
    private var beyond = 0
    /// Whether the next word names what may be skipped.
    private var isOptional = false
    private var substitutesLeft = 0
    private var characters = RichTextCharacters()
    private var paragraph = StyledText()
    private var note = StyledText()
    private var title = ""
    private var waiting: [String] = []
    private var flow = BlockFlow<Set<Never>>()
    private var tables = OpenTables()
    private var row = RichTextRow()
    private var font: Int?

    private static let deepest = 1_000
    /// No report has more words of the format.
    private static let mostWords = 3_000_000
    /// Text of no more half points is not seen.
    private static let smallestSize = 2

    /// Reads a document.
    init(_ bytes: [UInt8]) {
        var words = 0
        for token in RichTextTokens(bytes) {
            if case .word = token { words += 1 }
            guard words <= Self.mostWords else {
                findings.append(
                    Finding(
                        code: "damaged_document", line: nil,
                        message: "the document has more words of its format than any report; what "
                            + "comes after them is not read"))
                groups = []
                break
            }
            take(token)
        }
        if !groups.isEmpty {
            findings.append(
                Finding(
                    code: "damaged_document", line: nil,
                    message: "the document is cut off; what comes before is read"))
        }
        flush()
        finishParagraph()
        tables.close(deeperThan: 0, into: &flow)
        finishNotes()
        flow.finish()
        lines = flow.numberedLines
        let plain = title.trimmingSpaces
        if !plain.isEmpty { evidence.title = plain }
    }

    // MARK: Pieces

    private mutating func take(_ token: RichTextToken) {
        switch token {
        case .open:
            isOptional = false
            flush()
            if groups.count < Self.deepest { groups.append(group) } else { beyond += 1 }
        case .close:
            flush()
            if beyond > 0 {
                beyond -= 1
            } else if let outer = groups.popLast() {
                if group.destination == .note, outer.destination != .note { finishNote() }
                let (isInTable, depth) = (group.isInTable, group.depth)
                let wasText = group.destination == .text
                group = outer
                // Where a paragraph stands in a table is no matter of groups.
                if wasText, outer.destination == .text {
                    group.isInTable = isInTable
                    group.depth = depth
                }
            }
        case .sign(UInt8(ascii: "*")): isOptional = true
        case .sign(UInt8(ascii: "~")): addText(0x20)
        case .sign(UInt8(ascii: "_")): addText(0x2D)
        case .sign: break
        case .byte(let byte):
            if substitutesLeft > 0 { substitutesLeft -= 1 } else { add(byte) }
        case .word(let word, let number):
            let wasOptional = isOptional
            isOptional = false
            if substitutesLeft > 0, word != "u" { substitutesLeft = 0 }
            take(word, number, isOptional: wasOptional)
        }
    }

    private mutating func add(_ byte: UInt8) {
        guard group.destination != .skipped, group.destination != .fonts else { return }
        characters.add(byte, font: group.font)
    }

    private mutating func addText(_ unit: UInt16) {
        guard group.destination != .skipped, group.destination != .fonts else { return }
        characters.add(unit: unit)
    }

    /// Adds the characters read so far to what they belong to, as they look.
    private mutating func flush() {
        let text = characters.taken()
        guard !text.isEmpty else { return }
        switch group.destination {
        case .text: paragraph.append(text, group.look, isInTable: group.isInTable)
        case .note: note.append(text, group.look, isInTable: false)
        case .title: title += text
        case .skipped, .fonts: break
        }
    }

    // MARK: Words

    /// Groups that hold no text of the document.
    private static let skipped: Set<String> = [
        "annotation", "atnauthor", "atnid", "colortbl", "filetbl", "fldinst", "footerf", "footer",
        "footerl", "footerr", "header", "headerf", "headerl", "headerr", "listtable",
        "listoverridetable", "nonesttables", "objdata", "objclass", "pict", "private", "revtbl",
        "rsidtbl", "stylesheet", "sp", "sn", "sv", "tc", "themedata", "txe", "xe", "xmlnstbl",
        "ftnsep", "ftnsepc", "aftnsep", "aftnsepc",
    ]
    /// Groups that may be skipped, and whose text counts.
    private static let read: Set<String> = ["shpinst", "nesttableprops", "ud", "shppict"]

    private mutating func take(_ word: String, _ number: Int?, isOptional: Bool) {
        if isOptional, !Self.read.contains(word), word != "footnote" {
            flush()
            group.destination = .skipped
            return
        }
        switch word {
        case "fonttbl": group.destination = .fonts
        case "info": group.destination = .skipped
        case "title": if groups.count <= 3 { group.destination = .title }
        case "footnote":
            flush()
            if group.isInTable { paragraph.append("*", isInTable: true) }
            group.destination = .note
        case "ansicpg":
            characters.documentEncoding = RichTextCharacters.encoding(ofPage: number ?? 0)
        case "f":
            flush()
            group.font = number
            font = number
        case "fcharset":
            if let font, let number { characters.setFont(font, set: number) }
        case "uc": group.substitutes = min(max(0, number ?? 1), 16)
        case "u":
            addText(UInt16(truncatingIfNeeded: number ?? 0x3F))
            substitutesLeft = group.substitutes
        case _ where Self.skipped.contains(word):
            flush()
            group.destination = .skipped
        default:
            if group.destination == .text || group.destination == .note {
                takeLook(word, number)
            }
        }
    }

    private mutating func takeLook(_ word: String, _ number: Int?) {
        let isOn = number != 0
        var look = group.look
        switch word {
        case "plain": look = StyledText.Look()
        case "v", "deleted", "webhidden": look.isHidden = isOn
        case "fs": if let number, number <= Self.smallestSize { look.isHidden = true }
        case "strike", "striked": look.isStruck = isOn
        case "super": look.isRaised = isOn
        case "sub": look.isLowered = isOn
        case "nosupersub":
            look.isRaised = false
            look.isLowered = false
        default: return takeSign(word, number)
        }
        guard look != group.look else { return }
        flush()
        if look.isHidden != group.look.isHidden { paragraph.part() }
        group.look = look
    }

    private static let signs: [String: UInt16] = [
        "tab": 0x20, "emspace": 0x20, "enspace": 0x20, "qmspace": 0x20, "emdash": 0x2014,
        "endash": 0x2013, "lquote": 0x2018, "rquote": 0x2019, "ldblquote": 0x201C,
        "rdblquote": 0x201D, "bullet": 0x2022,
    ]

    private mutating func takeSign(_ word: String, _ number: Int?) {
        if let sign = Self.signs[word] { return addText(sign) }
        guard group.destination == .text else {
            if word == "par" || word == "line" { finishNoteLine() }
            return
        }
        switch word {
        case "par", "sect", "page", "line":
            flush()
            if !group.look.isHidden { finishParagraph() }
        case "pard":
            flush()
            group.isInTable = false
            group.depth = nil
        case "intbl": group.isInTable = true
        case "itap":
            group.depth = number
            group.isInTable = number ?? 1 > 0
        case "cell", "nestcell":
            flush()
            group.isInTable = true
            if word == "cell" { group.depth = 1 } else { group.depth = max(2, group.depth ?? 2) }
            finishParagraph()
            tables.endCell()
        case "row", "nestrow":
            flush()
            tables.close(deeperThan: word == "row" ? 1 : tables.depth, into: &flow)
            let row = row
            tables.endRow { row.arrange(&$0) }
        default: row.take(word, number)
        }
    }

    // MARK: Paragraphs

    private mutating func finishParagraph() {
        let plain = paragraph.text.trimmingSpaces
        paragraph = StyledText()
        let depth = group.tableDepth
        if plain.isEmpty, depth == 0 { return }
        tables.close(deeperThan: depth, into: &flow)
        tables.open(to: depth)
        if !plain.isEmpty, !tables.add(plain) { flow.add(plain, line: 0, mark: []) }
        if depth == 0 { finishNotes() }
    }

    private mutating func finishNoteLine() {
        flush()
        let plain = note.text.trimmingSpaces
        note = StyledText()
        if !plain.isEmpty { waiting.append(plain) }
    }

    private mutating func finishNote() { finishNoteLine() }

    /// Adds the notes that were referred to as paragraphs.
    private mutating func finishNotes() {
        for text in waiting { flow.add(text, line: 0, mark: []) }
        waiting = []
    }
}
