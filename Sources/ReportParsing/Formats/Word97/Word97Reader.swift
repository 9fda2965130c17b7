import ChineseText
import Documents

/// A document of Word 97 to 2003 or of Kingsoft's Writer as lines: one a paragraph or row of a table.
///
/// A line's number is its position among the paragraphs and rows that hold text, from 1, as that of a
/// newer document. Deleted and hidden text, codes of fields, headers, footers and remarks are left
/// out; foot-notes and end-notes come after the paragraph that refers to them, text boxes after
/// all; automatic numbers are written out.
struct Word97Reader {
    private(set) var lines: [DocumentLine] = []

    private let text: Word97Text
    private let data: [UInt8]
    private let styles: Word97Styles
    private var numbering: WordNumbering
    /// The notes by the indices that refer to them.
    private var notes: [Int: Range<Int>] = [:]

    private var flow = BlockFlow<Set<Never>>()
    private var tables = OpenTables()
    private var paragraph = StyledText()
    /// Whether a line of the paragraph was ended before its end.
    private var hasLines = false
    /// The notes that were referred to and stand after the paragraph or table.
    private var waiting: [String] = []
    /// Of each open field whether its code, not its result, is read.
    private var fields: [Bool] = []
    private var lookHint = 0
    private var paragraphHint = 0
    /// How the last stretch of characters looked.
    private var knownLook: (start: Int, changes: Range<Int>?, style: Int, look: StyledText.Look)?
    /// What the last stretch of paragraphs is.
    private var knownParagraph: (start: Int, paragraph: Word97Paragraph)?
    /// The bytes of changes that may still be read: no document has so many.
    private var changesLeft = 16 << 20

    private static let mostFields = 100
    private static let mostNotes = 1_000
    /// The characters of notes that may still be read.
    private var noteUnitsLeft = 1 << 20

    /// Reads a document.
    init(_ file: CompoundFile) throws(UndecodableText) {
        text = try Word97Text(file)
        data = (try? file.stream("Data")) ?? []
        styles = Word97Styles(text.table[text.range(of: .styles)])
        numbering = Word97Lists.numbering(
            in: text.table, lists: text.range(of: .lists), uses: text.range(of: .listUses))
        let lengths = text.lengths.map { min($0, text.stream.count) }
        addNotes(.noteReferences, .notes, from: lengths[0])
        addNotes(.endNoteReferences, .endNotes, from: lengths[..<5].reduce(0, +))
        read(0..<lengths[0])
        let boxes = lengths[..<6].reduce(0, +)
        read(boxes..<(boxes + lengths[6]))
        flow.finish()
        lines = flow.numberedLines
    }

    private mutating func addNotes(
        _ references: Word97Text.Table, _ notes: Word97Text.Table, from start: Int
    ) {
        let ends = text.offsets(of: notes, length: 0)
        for (index, offset) in text.offsets(of: references, length: 2).dropLast().enumerated()
        where index + 1 < ends.count && ends[index] < ends[index + 1]
            && self.notes.count < Self.mostNotes
        {
            self.notes[offset] = start + ends[index]..<start + ends[index + 1]
        }
    }

    // MARK: Characters

    private mutating func read(_ range: Range<Int>) {
        var units: [UInt16] = []
        var look = StyledText.Look()
        for (index, character) in zip(range, text.characters(in: range)) {
            let current = self.look(of: character)
            if current != look || character.unit < 0x20 {
                append(&units, look, at: character.offset)
                look = current
            }
            switch character.unit {
            case 0x0D, 0x07, 0x0C:
                finishParagraph(
                    character.unit, properties(at: character.offset), isDeleted: look.isHidden)
            case 0x0B: if !look.isHidden { finishLine(properties(at: character.offset)) }
            case 0x02: refer(to: index, look, at: character.offset)
            default: if keeps(character.unit) { units.append(Self.shown(character.unit)) }
            }
        }
        append(&units, look, at: text.stream.count)
        finishParagraph(0x0D, Word97Paragraph(), isDeleted: false)
        closeTables(deeperThan: 0)
    }

    private mutating func append(_ units: inout [UInt16], _ look: StyledText.Look, at offset: Int) {
        guard !units.isEmpty else { return }
        paragraph.append(
            String(decoding: units, as: UTF16.self), look,
            isInTable: properties(at: offset).depth > 0)
        units.removeAll(keepingCapacity: true)
    }

    /// Whether a character is text; signs of fields and objects are none.
    private mutating func keeps(_ unit: UInt16) -> Bool {
        switch unit {
        case 0x13:
            if fields.count < Self.mostFields { fields.append(true) }
        case 0x14:
            if !fields.isEmpty { fields[fields.count - 1] = false }
        case 0x15:
            _ = fields.popLast()
        case 0x09, 0x1E, 0x20...: return !fields.contains(true)
        default: break
        }
        return false
    }

    private static func shown(_ unit: UInt16) -> UInt16 {
        switch unit {
        case 0x1E: 0x2D
        // A tab would part cells.
        case 0x09: 0x20
        default: unit
        }
    }

    /// Takes the reference to a note.
    private mutating func refer(to index: Int, _ look: StyledText.Look, at offset: Int) {
        guard let range = notes.removeValue(forKey: index), !look.isHidden,
            range.count <= noteUnitsLeft
        else { return }
        noteUnitsLeft -= range.count
        // The mark of a note is no part of a cell's number.
        if properties(at: offset).depth > 0 { paragraph.append("*", isInTable: true) }
        let units = text.characters(in: range).map(\.unit).filter { $0 >= 0x20 || $0 == 0x0D }
        waiting += String(decoding: units, as: UTF16.self).split(separator: "\r")
            .map { String($0).trimmingSpaces }.filter { !$0.isEmpty }
    }

    // MARK: Looks

    private mutating func look(of character: Word97Text.Character) -> StyledText.Look {
        let style = text.paragraphs.stretch(at: character.offset, near: &paragraphHint)?.style ?? 0
        let stretch = text.looks.stretch(at: character.offset, near: &lookHint)
        let start = stretch?.start ?? -1
        if let known = knownLook, known.start == start, known.changes == character.changes,
            known.style == style
        {
            return known.look
        }
        let styled = styles.look(of: style)
        var look = styled
        let modifiers =
            changes(stretch?.changes ?? 0..<0, of: text.stream)
            + changes(character.changes ?? 0..<0, of: text.table)
        for modifier in modifiers {
            if modifier.code == PropertyModifier.characterStyle {
                look.add(styles.look(of: modifier.number))
            }
            look.take(modifier, styled: styled)
        }
        knownLook = (start, character.changes, style, look.look)
        return look.look
    }

    /// What the paragraph at an offset is.
    private mutating func properties(at offset: Int) -> Word97Paragraph {
        guard let stretch = text.paragraphs.stretch(at: offset, near: &paragraphHint) else {
            return Word97Paragraph()
        }
        if let known = knownParagraph, known.start == stretch.start { return known.paragraph }
        var paragraph = Word97Paragraph()
        (paragraph.list, paragraph.level) = styles.list(of: stretch.style)
        for modifier in changes(stretch.changes, of: text.stream) {
            if PropertyModifier.elsewhere.contains(modifier.code),
                let length = data.number(at: modifier.number, bytes: 2)
            {
                let start = modifier.number + 2
                for other in changes(start..<min(data.count, start + length), of: data) {
                    paragraph.take(other)
                }
            } else {
                paragraph.take(modifier)
            }
        }
        knownParagraph = (stretch.start, paragraph)
        return paragraph
    }

    private mutating func changes(_ range: Range<Int>, of bytes: [UInt8]) -> [PropertyModifier] {
        changesLeft -= range.count
        guard changesLeft > 0, !range.isEmpty, range.upperBound <= bytes.count else { return [] }
        var modifiers: [PropertyModifier] = []
        PropertyModifier.forEach(in: bytes[range]) { modifiers.append($0) }
        return modifiers
    }

    // MARK: Paragraphs and tables

    private mutating func finishParagraph(
        _ unit: UInt16, _ properties: Word97Paragraph, isDeleted: Bool
    ) {
        let isCellEnd = unit == 0x07 || properties.endsInnerCell || properties.endsInnerRow
        // Where the end of a paragraph was deleted, the next one goes on with it.
        if isDeleted, !isCellEnd { return }
        closeTables(deeperThan: properties.depth)
        tables.open(to: properties.depth)
        finishLine(properties)
        hasLines = false
        if isCellEnd {
            if properties.endsRow || properties.endsInnerRow {
                tables.endRow { properties.arrange(&$0) }
            } else {
                tables.endCell()
            }
        } else if tables.depth == 0 {
            finishNotes()
        }
    }

    /// Ends a line of the open paragraph; only its first has the paragraph's number.
    private mutating func finishLine(_ properties: Word97Paragraph) {
        let plain = paragraph.text.trimmingSpaces
        paragraph = StyledText()
        guard !plain.isEmpty else { return }
        let list = properties.list.map { $0 > 0x7FE ? "0" : "\($0)" }
        let mark = hasLines ? "" : numbering.mark(list: list, level: properties.level, style: nil)
        hasLines = true
        if !tables.add(mark + plain) { flow.add(mark + plain, line: 0, mark: []) }
    }

    private mutating func closeTables(deeperThan depth: Int) {
        guard tables.depth > depth else { return }
        tables.close(deeperThan: depth, into: &flow)
        if depth == 0 { finishNotes() }
    }

    /// Adds the notes that were referred to as paragraphs.
    private mutating func finishNotes() {
        for note in waiting { flow.add(note, line: 0, mark: []) }
        waiting = []
    }
}
