/// Which segments are made one, so that many small runs do not make many segments.
///
/// Segments of about the same size stand in one tier, each tier holding those up to ``width``
/// times the size of the tier below. A tier that is full becomes one segment, of a higher tier. So
/// there are never more than `width` - 1 segments a tier, and a passage is rewritten at most once a
/// tier. A segment of which more than a quarter is hidden is rewritten by itself: it then has been
/// paid for by at least a third as many changes.
struct MergePolicy {
    /// A segment as the policy sees it.
    struct Size {
        /// Documents that are part of the index.
        var visible: Int
        /// Documents that are not.
        var hidden: Int
    }

    /// The segments that fill a tier.
    static let width = 8
    /// Up to this many documents a segment is in the lowest tier.
    static let smallest = 1_024

    /// The segments that become one, as groups of their indices, ascending.
    static func groups(of segments: [Size]) -> [[Int]] {
        var groups = segments.indices.map { (members: [$0], size: segments[$0].visible) }
        var tier = 0
        while tier <= groups.map({ self.tier(of: $0.size) }).max() ?? 0 {
            let full = groups.indices.filter { self.tier(of: groups[$0].size) == tier }
            if full.count >= width {
                let merged = (
                    members: full.flatMap { groups[$0].members },
                    size: full.reduce(0) { $0 + groups[$1].size }
                )
                groups = groups.indices.filter { !full.contains($0) }.map { groups[$0] } + [merged]
            }
            tier += 1
        }
        return groups.map { $0.members.sorted() }.filter { members in
            members.count > 1
                || members.contains { segments[$0].hidden * 3 > segments[$0].visible }
        }.sorted { $0[0] < $1[0] }
    }

    private static func tier(of size: Int) -> Int {
        var tier = 0
        var limit = smallest
        while size > limit {
            tier += 1
            limit *= width
        }
        return tier
    }
}
