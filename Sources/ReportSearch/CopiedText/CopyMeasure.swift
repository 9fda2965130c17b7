/// Measures how much of a report's text stands in another, boilerplate aside.
struct CopyMeasure {
    private let agencies: PieceAgencies
    /// Pieces that more agencies have are boilerplate.
    private let mostAgencies: Int
    private var other = PieceSet()
    private var otherParts = PieceSet()
    private var stretches: [Range<Int>] = []

    /// How much of a report's text another one has; counts are of signs.
    struct Share {
        /// Of what is no boilerplate, what both have.
        var shared = 0
        /// What is no boilerplate.
        var own = 0
        /// What is.
        var boilerplate = 0

        /// The share, from 0 to 1.
        var value: Double { own == 0 ? 0 : Double(shared) / Double(own) }
    }

    /// A stretch of signs that two texts have.
    struct Run {
        let range: Range<Int>
        let other: Range<Int>
    }

    /// A shorter stretch is neither a copy nor boilerplate, in signs: names and terms are so long.
    private static let shortest = 10
    /// So many signs beside a copied stretch may be other ones before it goes on in parts: a word that
    /// was changed, left out or put in.
    private static let longestChange = 4

    init(_ agencies: PieceAgencies, mostAgencies: Int) {
        (self.agencies, self.mostAgencies) = (agencies, mostAgencies)
    }

    /// How much of a text another one has; both with their parts.
    mutating func share(of text: CopyText, in other: CopyText) -> Share {
        self.other.fill(other.pieces)
        otherParts.fill(other.parts)
        var share = Share()
        var flags: [UInt8] = []
        // A passage of fewer signs than a piece is a heading or a number.
        for passage in text.passages where passage.count >= CopyText.pieceLength {
            flags.removeAll(keepingCapacity: true)
            flags.append(contentsOf: repeatElement(0, count: passage.count))
            findBoilerplate(text, in: passage)
            for stretch in stretches {
                for index in stretch { flags[index - passage.lowerBound] = 2 }
            }
            let pieces = self.other
            findStretches(text, in: passage) { pieces.contains($0) }
            for stretch in grown(text, in: passage) {
                for index in stretch { flags[index - passage.lowerBound] |= 1 }
            }
            for flag in flags {
                if flag & 2 != 0 {
                    share.boilerplate += 1
                } else {
                    share.own += 1
                    if flag != 0 { share.shared += 1 }
                }
            }
        }
        return share
    }

    /// The stretches that two texts have and that are not boilerplate for the greater part.
    mutating func runs(of text: CopyText, in other: CopyText) -> [Run] {
        var positions: [UInt64: [Int]] = [:]
        for (position, piece) in other.pieces.enumerated() where piece != 0 {
            positions[piece, default: []].append(position)
        }
        var runs: [Run] = []
        for passage in text.passages where passage.count >= Self.shortest {
            findBoilerplate(text, in: passage)
            var position = passage.lowerBound
            while position < passage.upperBound {
                let run = Self.longest(at: position, of: text, in: other, positions)
                guard run.range.count >= Self.shortest else {
                    position += 1
                    continue
                }
                let common = stretches.reduce(0) { $0 + $1.clamped(to: run.range).count }
                if 2 * common < run.range.count { runs.append(run) }
                position = run.range.upperBound
            }
        }
        return runs
    }

    /// The longest stretch from a position on that the other text has, too.
    private static func longest(
        at position: Int, of text: CopyText, in other: CopyText, _ positions: [UInt64: [Int]]
    ) -> Run {
        var longest = Run(range: position..<position, other: 0..<0)
        // A phrase that a text has very often says nothing new after some positions.
        for start in (positions[text.pieces[position]] ?? []).prefix(100) {
            var count = 0
            while position + count < text.pieces.count, start + count < other.pieces.count,
                text.pieces[position + count] != 0,
                text.pieces[position + count] == other.pieces[start + count]
            {
                count += 1
            }
            let length = count + CopyText.pieceLength - 1
            if length > longest.range.count {
                longest = Run(range: position..<position + length, other: start..<start + length)
            }
        }
        return longest
    }

    // MARK: Stretches

    /// The stretches that were found, and beside them what the other text has in parts, across changed
    /// words.
    private func grown(_ text: CopyText, in passage: Range<Int>) -> [Range<Int>] {
        let length = CopyText.partLength
        var grown = stretches
        for (number, stretch) in stretches.enumerated() {
            let isLast = number + 1 == stretches.count
            let limit = isLast ? passage.upperBound : stretches[number + 1].lowerBound
            var end = stretch.upperBound
            while let first = (end...end + Self.longestChange).first(where: {
                $0 + length <= limit && otherParts.contains(text.parts[$0])
            }) {
                var last = first
                while last + 1 + length <= limit, otherParts.contains(text.parts[last + 1]) {
                    last += 1
                }
                grown.append(first..<last + length)
                end = last + length
            }
            let lowest = number == 0 ? passage.lowerBound : stretches[number - 1].upperBound
            var start = stretch.lowerBound
            while let last = (0...Self.longestChange).lazy.map({ start - $0 - length }).first(
                where: { $0 >= lowest && otherParts.contains(text.parts[$0]) })
            {
                var first = last
                while first > lowest, otherParts.contains(text.parts[first - 1]) { first -= 1 }
                grown.append(first..<last + length)
                start = first
            }
        }
        return grown
    }

    private mutating func findBoilerplate(_ text: CopyText, in passage: Range<Int>) {
        let (agencies, mostAgencies) = (agencies, mostAgencies)
        findStretches(text, in: passage) { piece in
            agencies.isCounted(piece) ? agencies.agencies(having: piece) > mostAgencies : nil
        }
    }

    /// Finds the stretches of a passage's signs whose pieces are judged true.
    ///
    /// Where a piece is not judged (nil), the border between true and false is taken to lie half way,
    /// which makes stretches as often too long as too short.
    @inline(__always)
    private mutating func findStretches(
        _ text: CopyText, in passage: Range<Int>, _ judge: (UInt64) -> Bool?
    ) {
        let length = CopyText.pieceLength
        stretches.removeAll(keepingCapacity: true)
        var start: Int?
        var (lastTrue, lastFalse) = (0, nil as Int?)
        func close(_ end: Int) {
            if let first = start, end - first >= Self.shortest { stretches.append(first..<end) }
            start = nil
        }
        for index in passage.dropLast(length - 1) {
            guard let isIn = judge(text.pieces[index]) else { continue }
            if isIn {
                start = start ?? lastFalse.map { ($0 + 1 + index) / 2 } ?? passage.lowerBound
                lastTrue = index
            } else {
                // The last sign of the false piece, at the latest, does not belong to the stretch.
                if start != nil { close((lastTrue + index + 2 * length - 1) / 2) }
                lastFalse = index
            }
        }
        close(passage.upperBound)
    }
}
