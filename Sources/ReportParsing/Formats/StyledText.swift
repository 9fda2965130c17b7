/// The text of a paragraph, put together from runs that look different.
///
/// What is hidden is left out. What is struck is left out of narrative, and marked in a table, where
/// it tells of a cell; see ``StruckText``. Digits that a deletion parts are not joined into one
/// number.
struct StyledText {
    /// How the text of a run looks.
    struct Look: Hashable {
        var isHidden = false
        var isStruck = false
        var isRaised = false
        var isLowered = false
    }

    /// The text so far.
    var text = ""
    /// Whether what comes next is no part of the number before it.
    private var isParted = false

    init(_ text: String = "") { self.text = text }

    /// Notes that something stood here that is left out.
    mutating func part() { isParted = true }

    /// Adds the text of a run as it looks.
    mutating func append(_ added: String, _ look: Look = Look(), isInTable: Bool) {
        guard !added.isEmpty else { return }
        guard !look.isHidden, !look.isStruck || isInTable else {
            isParted = true
            return
        }
        var added = added
        if look.isRaised || look.isLowered {
            added = RaisedText.text(added, isAbove: look.isRaised)
        }
        if look.isStruck {
            added = StruckText.sign + added + StruckText.sign
            isParted = false
        }
        if isParted, let end = text.utf8.last, let start = added.utf8.first,
            StruckText.areDigits(end, start)
        {
            text += " "
        }
        isParted = false
        text += added
    }

    /// Adds a space that a tab stands for, which would part cells; none at the start.
    mutating func appendSign(_ sign: String) { if !text.isEmpty { text += sign } }
}
