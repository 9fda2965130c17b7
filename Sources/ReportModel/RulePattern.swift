/// Which rules of ``CheckResult`` are meant: `balance:total`, `row:*`, a whole group as `narrative`,
/// or `any`.
public struct RulePattern: Sendable, Hashable {
    /// The pattern, with its group as the rules call it.
    public let text: String

    private let parts: [Substring]

    /// What the groups are called otherwise.
    private static let otherNames = ["normative": "in_force"]

    /// Makes a pattern, in which `*` stands for any characters.
    ///
    /// `normative` stands for `in_force`, the rule about normative documents.
    public init(_ given: String) {
        let group = given.prefix { $0 != ":" && $0 != "*" }
        let text = (Self.otherNames[String(group)] ?? String(group)) + given[group.endIndex...]
        self.text = text
        parts = text.split(separator: "*", omittingEmptySubsequences: false)
    }

    /// Whether a rule is meant.
    public func matches(_ rule: String) -> Bool {
        text == "any" || rule.hasPrefix(text + ":") || matchesParts(of: rule)
    }

    /// Whether the parts between the stars stand in a rule in their order.
    private func matchesParts(of rule: String) -> Bool {
        guard let first = parts.first, let last = parts.last, rule.hasPrefix(first) else {
            return false
        }
        guard parts.count > 1 else { return rule == first }
        var rest = rule.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.range(ofPart: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}

extension Substring {
    /// Where a part first stands in this text; the standard library's search needs Foundation or
    /// string processing.
    fileprivate func range(ofPart part: Substring) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) {
                return start..<index(start, offsetBy: part.count)
            }
            start = index(after: start)
        }
        return nil
    }
}
