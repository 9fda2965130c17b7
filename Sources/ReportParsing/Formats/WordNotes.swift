import Documents

/// The foot-notes and end-notes of a word processor's document.
struct WordNotes {
    /// The paragraphs of each note, by its kind and identifier: `footnote 3`.
    private var notes: [String: [String]] = [:]

    /// Text of a note that does not count: what was deleted, readings of characters.
    private static let droppedElements: Set<String> = ["del", "moveFrom", "delText", "rt"]

    /// No notes.
    init() {}

    /// Reads the parts that hold notes; empty ones hold none.
    init(_ parts: [[UInt8]]) {
        for part in parts where !part.isEmpty { read(part) }
    }

    private mutating func read(_ xml: [UInt8]) {
        var notes = notes
        var name: String?
        var text = ""
        var isInText = false
        var dropped = 0
        // Notes that cannot be read are lost; the body tells more.
        try? Markup.xml.read(xml) { event in
            switch event {
            case .start(let element, let attributes):
                if dropped > 0 || Self.droppedElements.contains(element) {
                    dropped += 1
                } else if element == "footnote" || element == "endnote" {
                    // Lines that part notes from text are notes too, of a type of their own.
                    name = attributes["type"] == nil ? "\(element) \(attributes["id"] ?? "")" : nil
                } else if element == "t" {
                    isInText = true
                }
            case .end(let element):
                if dropped > 0 {
                    dropped -= 1
                } else if element == "t" {
                    isInText = false
                } else if element == "p" {
                    let plain = text.trimmingSpaces
                    if let name, !plain.isEmpty { notes[name, default: []].append(plain) }
                    text = ""
                }
            case .text(let added, _): if isInText, dropped == 0 { text += added }
            case .style, .reset: break
            }
        }
        self.notes = notes
    }

    /// The paragraphs of a note that the body refers to by an element such as `footnoteReference`.
    func note(_ reference: String, identifier: String?) -> [String] {
        let kind = reference.hasPrefix("foot") ? "footnote" : "endnote"
        return notes["\(kind) \(identifier ?? "")"] ?? []
    }
}
