import SegmentStore

/// Tells which known names a misspelt or shortened name may mean.
struct NameSuggestions {
    private let known: [[Unicode.Scalar]]
    private let analysis: TextAnalysis

    /// Prepares for the names of an index, as folded UTF-8.
    init(_ known: Set<[UInt8]>, analysis: TextAnalysis) {
        self.analysis = analysis
        self.known = known.map { Array(String(decoding: $0, as: UTF8.self).unicodeScalars) }
    }

    /// The names that come nearest, best first; none when none is near.
    ///
    /// A name is near when it holds the official wording of a short form, when it has every
    /// character of the wanted one in order (泾川政务中心 in 泾川县数据资源和政务服务中心), or
    /// when few characters differ.
    func nearest(to name: String, limit: Int = 3) -> [String] {
        let wanted = analysis.folded(name)
        let spellings = ([wanted] + ShortForms.expansions(of: wanted)).map {
            Array($0.unicodeScalars)
        }
        guard let first = spellings.first, first.count >= 2 else { return [] }
        var near: [(score: Double, name: String)] = []
        for scalars in known where scalars != first {
            let score = spellings.reduce(0) { max($0, Self.closeness(of: $1, to: scalars)) }
            guard score > 0 else { continue }
            near.append((score, String(String.UnicodeScalarView(scalars))))
        }
        near.sort { ($1.score, $0.name.count, $0.name) < ($0.score, $1.name.count, $1.name) }
        // What is much farther than the best was hardly meant.
        let least = (near.first?.score ?? 0) * 0.75
        return near.prefix(limit).filter { $0.score >= least }.map(\.name)
    }

    /// How near two names are: from 0, not at all, to 1.
    private static func closeness(of wanted: [Unicode.Scalar], to known: [Unicode.Scalar]) -> Double
    {
        let (few, many) = (wanted.count, known.count)
        guard few > 1, many > 1 else { return 0 }
        if wanted.count >= 3, isSubsequence(wanted, of: known) {
            // Rather a name that ends alike than one in which the characters are scattered.
            let endsAlike = wanted.last == known.last ? 0.2 : 0
            return 0.5 + 0.3 * Double(few) / Double(many) + endsAlike
        }
        let most = max(1, few / 4)
        if abs(few - many) <= most {
            let distance = TextAnalysis.distance(wanted, known)
            return distance <= most ? 1 - Double(distance) / Double(few) : 0
        }
        // A part of a longer name, with characters exchanged.
        guard few >= 4, many > few else { return 0 }
        var least = few
        for start in 0...(many - few) {
            var distance = 0
            for index in 0..<few where wanted[index] != known[start + index] {
                distance += 1
                if distance > most { break }
            }
            least = min(least, distance)
        }
        return least <= most ? 0.6 * (1 - Double(least) / Double(few)) : 0
    }

    private static func isSubsequence(
        _ wanted: [Unicode.Scalar], of known: [Unicode.Scalar]
    ) -> Bool {
        guard wanted.count <= known.count else { return false }
        var next = 0
        for scalar in known where next < wanted.count && scalar == wanted[next] { next += 1 }
        return next == wanted.count
    }
}
