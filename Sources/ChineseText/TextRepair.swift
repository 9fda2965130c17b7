/// Repairs text that PDF conversion and web pages damaged, without changing what it says.
///
///     TextRepair.repaired("孟津区⼈⺠政府办公室 2023 年")   // "孟津区人民政府办公室2023年"
///
/// Repaired text folds as it did before, except for control characters: they divide words in
/// folded text, and repaired text has none. Repairing it again changes nothing.
public enum TextRepair {
    /// The text of a line as it was meant: fit to be stored and shown.
    ///
    /// - Kangxi and CJK radicals and compatibility ideographs become the unified ideograph.
    /// - Format characters, variation selectors, other invisible characters, and control
    ///   characters that are no white space go.
    /// - A run of white space goes at both ends of the line; beside an ideograph, kana or
    ///   bopomofo; beside CJK or full-width punctuation; and beside another punctuation mark
    ///   or symbol that has one of these on its far side (`局, 2023`). Elsewhere it becomes
    ///   one space.
    ///
    /// Width, case and traditional characters stay as they are.
    public static func repaired(_ line: String) -> String {
        if isSound(line.utf8.span) { return line }
        return soundPart(of: line).map(line.part) ?? rewritten(line)
    }

    /// The bytes of a line between the spaces at its ends, where repair takes away nothing else; nil
    /// for other lines.
    public static func soundPart(of line: String) -> Range<Int>? {
        let bytes = line.utf8.span
        let inner = trimmed(bytes)
        return isSound(bytes.extracting(inner)) ? inner : nil
    }

    /// The repaired form of a line of which more may go than that.
    public static func rewritten(_ line: String) -> String {
        let bytes = line.utf8.span
        if let plain = plainRewritten(bytes) { return plain }
        var repaired = RepairedLine(capacity: bytes.count)
        let asciiSides = Side.ascii
        var position = 0
        while position < bytes.count {
            let lead = bytes[position]
            if lead == 0x20 || lead == 0x09 {
                repaired.hasSpace = true
                position += 1
                continue
            }
            if lead > 0x20, lead < 0x7F {
                repaired.settleSpace(before: asciiSides[Int(lead)])
                repaired.utf8.append(lead)
                position += 1
                continue
            }
            // Most characters by far: no look at the tables, and no space beside them.
            let end = endOfIdeographs(bytes, from: position)
            if end > position {
                repaired.settleSpace(before: .tight)
                if end - position > 3 { repaired.sides.far = .tight }
                repaired.utf8.append(addingCapacity: end - position) { utf8 in
                    while position < end {
                        utf8.append(bytes[position])
                        position += 1
                    }
                }
                continue
            }
            let scalar = decodedScalar(bytes, at: position)
            position += scalar.length
            let entry = FoldingTable.entry(scalar.value)
            if entry.role == .vanishing || isControl(scalar.value) { continue }
            if entry.role == .space {
                repaired.hasSpace = true
                continue
            }
            if entry.role == .mark {
                repaired.settleSpaceBeforeMark()
            } else {
                repaired.settleSpace(before: Side(of: scalar.value, role: entry.role))
            }
            append(
                scalar.value, bytes.extracting(position - scalar.length..<position),
                to: &repaired.utf8)
        }
        // It holds whole characters of the line, and ideographs instead of some.
        let whole = repaired.whole
        return String(wellFormed: whole.span, in: whole.indices)
    }

    /// The same of a line of words between spaces, as most rows of tables are; nil of one where
    /// punctuation stands beside a space that may stay, or that holds what is seldom met.
    private static func plainRewritten(_ bytes: Span<UInt8>) -> String? {
        let asciiSides = Side.ascii.span
        var isPlain = true
        let repaired = String(capacity: bytes.count) { text in
            var near = Side.edge
            var hasSpace = false
            var position = 0
            while position < bytes.count {
                let lead = bytes[position]
                if lead == 0x20 || lead == 0x09 {
                    hasSpace = true
                    position += 1
                    continue
                }
                let scalar = decodedScalar(bytes, at: position)
                position += scalar.length
                let side: Side
                switch scalar.value {
                case 0x21...0x7E: side = asciiSides[Int(lead)]
                case 0x4E00...0x9F7F: side = .tight
                // Chinese punctuation: 、 。 and brackets, and full-width （ ） ， ： ；.
                case 0x3001...0x3002, 0x3008...0x3011, 0xFF08...0xFF09, 0xFF0C, 0xFF1A...0xFF1B:
                    side = .tight
                default:
                    isPlain = false
                    return
                }
                if hasSpace, near != .edge, near != .tight, side != .tight {
                    guard near == .loose, side == .loose else {
                        isPlain = false
                        return
                    }
                    text.append(0x20)
                }
                hasSpace = false
                near = side
                text.append(scalar.value)
            }
        }
        return isPlain ? repaired : nil
    }

    /// Appends a character, given by its value and its bytes; the ideograph instead of a radical.
    private static func append(_ value: UInt32, _ bytes: Span<UInt8>, to repaired: inout [UInt8]) {
        if let unified = unifiedIdeograph(of: value) {
            repaired.append(contentsOf: UTF8.encode(unified) ?? UTF8.encodedReplacementCharacter)
        } else {
            for index in bytes.indices { repaired.append(bytes[index]) }
        }
    }
}

/// Whether a text holds none of the characters that repair changes or drops; false when in doubt.
///
/// Most lines of most files are Chinese characters, digits and punctuation without a space.
private func isSound(_ bytes: Span<UInt8>) -> Bool {
    var position = 0
    while position < bytes.count {
        let lead = bytes[position]
        if lead < 0x80 {
            if lead <= 0x20 || lead == 0x7F { return false }
            position += 1
            continue
        }
        guard position + 2 < bytes.count else { return false }
        let (second, third) = (bytes[position + 1], bytes[position + 2])
        let isKept =
            switch lead {
            // Ideographs from U+4000 on.
            case 0xE4...0xE9: true
            // Chinese punctuation, but no ideographic space.
            case 0xE3: second == 0x80 && third != 0x80
            // Dashes, quotes, ellipses.
            case 0xE2: second == 0x80 && (0x90...0xA7).contains(third)
            // Full-width forms.
            case 0xEF: second == 0xBC || second == 0xBD
            default: false
            }
        if !isKept { return false }
        position += 3
    }
    return true
}

/// Where the ideographs from U+4E00 to U+9F7F that stand at an offset end.
private func endOfIdeographs(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end + 2 < bytes.count {
        let (lead, second) = (bytes[end], bytes[end + 1])
        guard lead >= 0xE4, lead <= 0xE9, second >= (lead == 0xE4 ? 0xB8 : 0x80),
            second <= (lead == 0xE9 ? 0xBD : 0xBF), bytes[end + 2] & 0xC0 == 0x80
        else { break }
        end += 3
    }
    return end
}

/// Where a text stands between the spaces, of the commonest kinds, at its ends.
private func trimmed(_ bytes: Span<UInt8>) -> Range<Int> {
    var (start, end) = (0, bytes.count)
    while start < end {
        if bytes[start] == 0x20 || bytes[start] == 0x09 {
            start += 1
        } else if start + 2 < end, bytes[start] == 0xE3, bytes[start + 1] == 0x80,
            bytes[start + 2] == 0x80
        {
            start += 3
        } else {
            break
        }
    }
    while start < end, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return start..<end
}

/// A line that is being repaired: what is written of it, and the spaces that may be left out.
private struct RepairedLine {
    var utf8: [UInt8] = []
    /// What stands before the next character, and before that.
    var sides = (far: Side.edge, near: Side.edge)
    /// Whether white space was met since the last character.
    var hasSpace = false
    /// Where a space belongs if the character after the punctuation just written is loose.
    private var undecided: Int?

    init(capacity: Int) { utf8.reserveCapacity(capacity) }

    /// Writes the spaces that stay before a character of a kind, which is written next.
    @inline(__always)
    mutating func settleSpace(before side: Side) {
        if let offset = undecided {
            if side != .tight { utf8.insert(0x20, at: offset) }
            undecided = nil
        }
        if hasSpace, keepsSpace(before: side) {
            if side == .punctuation {
                undecided = utf8.count
            } else {
                utf8.append(0x20)
            }
        }
        hasSpace = false
        sides = (sides.near, side)
    }

    /// The same before a mark, which belongs to the character before it and decides nothing.
    mutating func settleSpaceBeforeMark() {
        if hasSpace, keepsSpace(before: .loose) { utf8.append(0x20) }
        hasSpace = false
    }

    /// Whether a space stays between what stands on both sides of it.
    private func keepsSpace(before side: Side) -> Bool {
        sides.near != .edge && sides.near != .tight && side != .tight
            && (sides.near != .punctuation || sides.far != .tight)
    }

    /// What was written, with the space that nothing more decides.
    var whole: [UInt8] {
        guard let undecided else { return utf8 }
        var whole = utf8
        whole.insert(0x20, at: undecided)
        return whole
    }
}

/// What a character does to a space beside it.
private enum Side {
    /// The start of the line.
    case edge
    /// Removes the space.
    case tight
    /// Removes the space when its other side touches a tight character.
    case punctuation
    /// Keeps the space.
    case loose

    /// Those of the characters of ASCII.
    static let ascii = (0..<0x80).map { Side(of: $0, role: FoldingTable.entry($0).role) }

    init(of value: UInt32, role: FoldingRole) {
        switch role {
        case .ideographic: self = .tight
        case .separator:
            switch value {
            case 0x3000...0x303F, 0xFE10...0xFE1F, 0xFE30...0xFE6F, 0xFF00...0xFFEF: self = .tight
            default: self = .punctuation
            }
        case .spaced, .space, .mark, .vanishing: self = .loose
        }
    }
}

/// Whether the value is in the Unicode category Cc.
private func isControl(_ value: UInt32) -> Bool {
    value < 0x20 && !(0x09...0x0D).contains(value) || (0x7F...0x9F).contains(value) && value != 0x85
}

/// The unified ideograph that a radical or compatibility ideograph stands for, as a scalar
/// value; `nil` for every other scalar.
private func unifiedIdeograph(of value: UInt32) -> Unicode.Scalar? {
    let unified: UInt32 =
        switch value {
        case 0x2E80...0x2FD5: UInt32(unifiedRadicals[Int(value - 0x2E80)])
        case 0xF900...0xFAFF: unifiedCompatibility[Int(value - 0xF900)]
        case 0x2F800...0x2FA1F: unifiedSupplement[Int(value - 0x2F800)]
        default: 0
        }
    return unified == 0 ? nil : Unicode.Scalar(unified)
}
