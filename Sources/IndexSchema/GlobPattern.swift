/// A pattern for file paths: `*` and `?` stand for characters of one path component, `**` for any
/// number of components.
///
/// A pattern without a slash is matched against the last component, one with a slash against the
/// end of the path: `*.txt`, `2022/*.txt`, `**/draft/**`.
public struct GlobPattern: Sendable, Hashable {
    private let pattern: [Unicode.Scalar]
    private let matchesName: Bool

    /// Makes a pattern.
    ///
    /// Every text is one; without `*` and `?` it matches itself.
    public init(_ pattern: String) {
        matchesName = !pattern.utf8.contains(0x2F)
        let rooted = matchesName || pattern.hasPrefix("/") ? pattern : "**/" + pattern
        self.pattern = Array(rooted.unicodeScalars)
    }

    /// Whether a path matches.
    public func matches(_ path: String) -> Bool {
        var text = Array(path.unicodeScalars)
        if matchesName, let slash = text.lastIndex(of: "/") { text.removeSubrange(...slash) }
        // Each set holds the places in the pattern that the text so far can have reached, so the
        // time is bounded by the product of the lengths.
        var places = closure([0])
        for scalar in text {
            var next: Set<Int> = []
            for place in places where place < pattern.count {
                switch pattern[place] {
                case "*":
                    let isDouble = place + 1 < pattern.count && pattern[place + 1] == "*"
                    if isDouble || scalar != "/" { next.insert(place) }
                case "?":
                    if scalar != "/" { next.insert(place + 1) }
                case scalar:
                    next.insert(place + 1)
                default:
                    break
                }
            }
            places = closure(next)
        }
        return places.contains(pattern.count)
    }

    /// The places with those that a star lets be reached without reading anything.
    private func closure(_ places: Set<Int>) -> Set<Int> {
        var all = places
        var open = Array(places)
        while let place = open.popLast() {
            guard place < pattern.count, pattern[place] == "*" else { continue }
            var after = place + 1
            if after < pattern.count, pattern[after] == "*" {
                after += 1
                // `**/` also stands for no component at all.
                if after < pattern.count, pattern[after] == "/", all.insert(after + 1).inserted {
                    open.append(after + 1)
                }
            }
            if all.insert(after).inserted { open.append(after) }
        }
        return all
    }
}
