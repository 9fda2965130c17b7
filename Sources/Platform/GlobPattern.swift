/// A pattern for paths, as gitignore has them.
///
/// `*` and `?` stand for characters of one path component, `[0-9]` and `[!a]` for one of a set,
/// `\` takes the meaning off the next character. `**/` at the start or after a slash stands for any
/// number of folders, `/**` at the end for all that is below. A pattern without a slash is matched
/// against the last component.
///
/// Characters are equal however they are composed: `é` matches what a Mac makes of it. A pattern that is
/// not UTF-8 is matched byte by byte.
public struct GlobPattern: Sendable, Hashable {
    /// What a pattern with a slash is matched against.
    public enum Anchor: Sendable {
        /// The whole path.
        case start
        /// The end of a path; the whole path when the pattern begins with a slash.
        case end
    }

    private enum Piece: Sendable, Hashable {
        case one(Character)
        case any
        case set(GlobSet)
        case star
        /// Between two folders of `**/`; within a folder's name.
        case folders, within
        case rest
    }

    private let pieces: [Piece]
    private let matchesName: Bool
    private let matchesBytes: Bool

    /// Reads a pattern.
    public init(_ pattern: String, anchor: Anchor) throws(GlobProblem) {
        guard !pattern.isEmpty else { throw .empty }
        matchesName = !pattern.utf8.contains(0x2F)
        matchesBytes = !PathText.isUTF8(pattern)
        var rooted = (matchesBytes ? PathText.byteText(of: pattern) : pattern)[...]
        switch anchor {
        case .start: if rooted.hasPrefix("/") { rooted.removeFirst() }
        case .end: if !matchesName, !rooted.hasPrefix("/") { rooted = "**/" + rooted }
        }
        pieces = try Self.pieces(of: Array(rooted), in: pattern)
    }

    private static func pieces(
        of text: [Character], in pattern: String
    ) throws(GlobProblem) -> [Piece] {
        var pieces: [Piece] = []
        var index = 0
        while index < text.count {
            let character = text[index]
            index += 1
            switch character {
            case "*":
                let first = index - 1
                while index < text.count, text[index] == "*" { index += 1 }
                let isAlone =
                    index - first > 1 && (first == 0 || text[first - 1] == "/")
                if isAlone, index < text.count, text[index] == "/" {
                    pieces += [.folders, .within]
                    index += 1
                } else {
                    pieces.append(isAlone && index == text.count ? .rest : .star)
                }
            case "?": pieces.append(.any)
            case "[":
                guard let (set, end) = try GlobSet.read(text, from: index) else {
                    throw .openBracket
                }
                pieces.append(.set(set))
                index = end
            case "{": throw .braces(GlobProblem.alternatives(in: pattern))
            case "\\":
                guard index < text.count else { throw .openEscape }
                pieces.append(.one(text[index]))
                index += 1
            default: pieces.append(.one(character))
            }
        }
        return pieces
    }

    /// Whether a path matches.
    public func matches(_ path: String) -> Bool { matches(Array(path)[...]) }

    /// Whether a path matches, given as its characters.
    ///
    /// Each round keeps the positions in the pattern that the path so far can have reached, so the time
    /// is bounded by the product of the lengths.
    public func matches(_ path: ArraySlice<Character>) -> Bool {
        // Where a name in GBK is read as UTF-8, characters may begin in the middle of others.
        var text = matchesBytes ? Array(PathText.byteText(of: String(path)))[...] : path
        if matchesName, let slash = text.lastIndex(of: "/") { text = text[(slash + 1)...] }
        var positions = [Bool](repeating: false, count: pieces.count + 1)
        var next = positions
        reach(0, in: &positions)
        for character in text {
            for position in next.indices { next[position] = false }
            for position in pieces.indices where positions[position] {
                if let reached = step(from: position, over: character) { reach(reached, in: &next) }
            }
            swap(&positions, &next)
        }
        return positions[pieces.count]
    }

    /// The position that a piece leads to when it takes a character; nil when it does not.
    private func step(from position: Int, over character: Character) -> Int? {
        let isSlash = character == "/"
        switch pieces[position] {
        case .one(let other): return other == character ? position + 1 : nil
        case .any: return isSlash ? nil : position + 1
        case .set(let set): return !isSlash && set.contains(character) ? position + 1 : nil
        case .star: return isSlash ? nil : position
        case .folders: return isSlash ? position : position + 1
        case .within: return isSlash ? position - 1 : position
        case .rest: return position
        }
    }

    /// Marks a position and those that it leads to without reading anything.
    private func reach(_ first: Int, in positions: inout [Bool]) {
        var position = first
        while !positions[position] {
            positions[position] = true
            guard position < pieces.count else { return }
            switch pieces[position] {
            case .star, .rest: position += 1
            case .folders: position += 2
            case .one, .any, .set, .within: return
            }
        }
    }
}

/// The characters between brackets in a pattern.
struct GlobSet: Sendable, Hashable {
    private var ranges: [ClosedRange<Character>] = []
    private var isNegated = false

    func contains(_ character: Character) -> Bool {
        ranges.contains { $0.contains(character) } != isNegated
    }

    /// Reads a set whose bracket was opened before an index: the set and the index after it; nil when
    /// no bracket closes it.
    static func read(
        _ text: [Character], from start: Int
    ) throws(GlobProblem) -> (GlobSet, end: Int)? {
        var set = GlobSet()
        var index = start
        if index < text.count, text[index] == "!" || text[index] == "^" {
            set.isNegated = true
            index += 1
        }
        let first = index
        /// What a range may begin with.
        var before: Character?
        while index < text.count, text[index] != "]" || index == first {
            if text[index] == "[", index + 1 < text.count, text[index + 1] == ":" {
                throw .namedSet
            }
            let isRange =
                text[index] == "-" && before != nil && index + 1 < text.count
                && text[index + 1] != "]"
            if isRange { index += 1 }
            if text[index] == "\\" { index += 1 }
            guard index < text.count else { return nil }
            if isRange, let low = before {
                if low <= text[index] { set.ranges.append(low...text[index]) }
                before = nil
            } else {
                set.ranges.append(text[index]...text[index])
                before = text[index]
            }
            index += 1
        }
        return index < text.count ? (set, index + 1) : nil
    }
}

/// Why a text is no pattern.
public enum GlobProblem: Error, Sendable, Hashable {
    /// Nothing is written.
    case empty
    /// A brace, which has no meaning in patterns; the patterns that were meant, when that is clear.
    case braces([String])
    /// A bracket that nothing closes.
    case openBracket
    /// A named set, such as `[:digit:]`.
    case namedSet
    /// A backslash with nothing after it.
    case openEscape

    /// The patterns that a shell would make of one with braces; none when it would leave it.
    static func alternatives(in pattern: String) -> [String] {
        guard let open = pattern.firstIndex(of: "{"),
            let close = pattern[open...].firstIndex(of: "}")
        else { return [] }
        let parts = pattern[pattern.index(after: open)..<close]
            .split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count > 1, parts.count <= 5 else { return [] }
        let (before, after) = (pattern[..<open], pattern[pattern.index(after: close)...])
        return parts.map { "\(before)\($0)\(after)" }
    }

    /// What is wrong and what to write, for a person, in English and in Chinese.
    ///
    /// - Parameter flag: the option whose value the pattern is; nil when it is part of a query.
    public func message(flag: String?) -> (english: String, chinese: String) {
        switch self {
        case .empty: return ("a pattern needs a character", "样式不能为空")
        case .braces(let meant):
            guard let flag, !meant.isEmpty else {
                return (
                    "a pattern has no braces; write \\{ for the character itself",
                    "样式中没有花括号；要表示花括号本身请写 \\{"
                )
            }
            let flags = meant.map { "\(flag) '\($0)'" }.joined(separator: " ")
            return ("a pattern has no braces; write \(flags)", "样式中没有花括号；请写 \(flags)")
        case .openBracket:
            return (
                "nothing closes the bracket; write [0-9] for a set, or \\[ for the character itself",
                "方括号没有闭合；一组字符写作 [0-9]，方括号本身写作 \\["
            )
        case .namedSet:
            return (
                "named sets are not known; write the characters, as in [0-9] or [a-z]",
                "不支持命名的字符组；请写出字符，例如 [0-9] 或 [a-z]"
            )
        case .openEscape:
            return (
                "nothing follows the backslash; write \\\\ for the character itself",
                "反斜杠之后没有字符；反斜杠本身写作 \\\\"
            )
        }
    }
}
