/// What a scalar is to the folding once it is folded.
enum FoldingRole: UInt8 {
    /// Punctuation, symbols, private use, unassigned and U+FFFD: ends a run of word characters.
    case separator
    /// A letter or digit of a script written with spaces.
    case spaced
    /// An ideograph, kana or bopomofo: no space counts beside it.
    case ideographic
    /// White space.
    case space
    /// A combining mark.
    case mark
    /// Leaves nothing.
    case vanishing

    /// Whether a character of this role is a word character.
    var isWord: Bool { self == .ideographic || self == .spaced || self == .mark }
}

/// How one scalar folds.
struct FoldingEntry {
    let role: FoldingRole
    /// The folded scalar's value; `nil` when the scalar stays as it is.
    let target: UInt32?
}

/// Looks scalars up in the generated tables.
///
/// The tables are arrays of literals, which the optimiser lays out as data: they cost no time
/// at start. They lie in blocks of 64 scalars, those that share all UTF-8 bytes but the last.
enum FoldingTable {
    /// The entry of a scalar from the number of its block (its value / 64) and its index there.
    @inline(__always)
    static func entry(block: Int, index: Int) -> FoldingEntry {
        entry(action: foldingActions[Int(foldingBlocks[block]) << 6 | index])
    }

    /// The entry of the scalar with this value, up to 0x10FFFF.
    @inline(__always)
    static func entry(_ value: UInt32) -> FoldingEntry {
        entry(block: Int(value >> 6), index: Int(value & 63))
    }

    /// What the scalar with this value becomes by itself; one that vanishes stays.
    @inline(__always)
    static func target(_ value: UInt32) -> UInt32 {
        let action = foldingActions[Int(foldingBlocks[Int(value >> 6)]) << 6 | Int(value & 63)]
        return action < 6 ? value : foldingTargets[Int(action) - 6] & 0xFF_FFFF
    }

    @inline(__always)
    private static func entry(action: UInt16) -> FoldingEntry {
        if let role = FoldingRole(rawValue: UInt8(truncatingIfNeeded: action)), action < 6 {
            return FoldingEntry(role: role, target: nil)
        }
        let packed = foldingTargets[Int(action) - 6]
        let role = FoldingRole(rawValue: UInt8(packed >> 24)) ?? .separator
        return FoldingEntry(role: role, target: packed & 0xFF_FFFF)
    }
}
