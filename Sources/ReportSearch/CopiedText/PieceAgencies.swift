/// How many agencies have each piece of text, so that what many have is told from what is copied.
///
/// The counts are in a table of fixed size without the pieces themselves, so that memory does not grow
/// with the index. Pieces that meet in a slot are counted together: a count may be too high, never too
/// low. Where there are more pieces than slots, a sample of them is counted, chosen by their hashes,
/// so that a piece is counted in every report or in none.
struct PieceAgencies {
    private var counts: [UInt8]
    /// Pieces whose hash has so many zero bits at its upper end are counted.
    let sampling: Int

    /// The most agencies that are told from more.
    static let most = 254

    /// - Parameters:
    ///   - pieces: how many pieces there are, about.
    ///   - mostSlots: the most slots of the table, a power of two of at most 32 bits.
    init(pieces: Int, mostSlots: Int) {
        var size = 1 << 12
        while size < 4 * pieces, size < mostSlots { size *= 2 }
        var sampling = 0
        while pieces >> sampling > size { sampling += 1 }
        counts = [UInt8](repeating: 0, count: size)
        self.sampling = sampling
    }

    /// Whether a piece is one of those that are counted.
    @inline(__always)
    func isCounted(_ piece: UInt64) -> Bool { piece != 0 && piece >> (64 - sampling) == 0 }

    /// Counts a piece for one more agency.
    @inline(__always)
    mutating func count(_ piece: UInt64) {
        let slot = Int(truncatingIfNeeded: piece) & (counts.count - 1)
        if counts[slot] < .max { counts[slot] += 1 }
    }

    /// How many agencies have a counted piece; the lower 32 bits of its hash are enough.
    @inline(__always)
    func agencies(having piece: UInt64) -> Int {
        Int(counts[Int(truncatingIfNeeded: piece) & (counts.count - 1)])
    }
}
