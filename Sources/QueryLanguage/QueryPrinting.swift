extension QueryTree: CustomStringConvertible {
    /// The query in its normal form: reading it gives an equal tree.
    ///
    ///     try QueryTree.parse("“政策解读” 且 （新收≥１０ 或 非 大厅）")
    ///     // "政策解读" (新收>=10 OR NOT 大厅)
    ///
    /// Of a tree made by hand, as long as it keeps what the cases of ``Kind`` promise.
    public var description: String {
        switch kind {
        case .run(let text):
            plainly(text, orElse: escapedWord(text))
        case .phrase(let text):
            quoted(text)
        case .prefix(let text):
            plainly(text + "*", orElse: escapedWord(text) + "*")
        case .near(let texts, let distance):
            if texts.contains(where: { $0.unicodeScalars.contains(where: \.isSpace) }) {
                texts.map(quoted).joined(separator: " NEAR/\(distance) ")
            } else {
                quoted(texts.joined(separator: " ")) + "~\(distance)"
            }
        case .field(let name, .text(let text, isQuoted: false)):
            plainly("\(name):\(text)", orElse: "\(name):\(escapedWord(text))")
        case .field(let name, .text(let text, isQuoted: true)):
            "\(name):\(quoted(text))"
        case .field(let name, .range(let range)):
            // After a name that ends in a digit the colon alone would be text.
            plainly("\(name):\(range)", orElse: "\(name):=\(range)")
        case .field(let name, .comparison(let comparison, let number)):
            "\(name):\(comparison)\(number)"
        case .comparison(let name, let comparison, let operand):
            "\(name)\(comparison)\(operand)"
        case .call(let name, let arguments):
            call(name, arguments)
        case .and(let terms):
            terms.map { $0.bracketed(unless: !$0.isOr) }.joined(separator: " ")
        case .or(let terms):
            terms.map(\.description).joined(separator: " OR ")
        case .not(let term):
            "NOT " + term.bracketed(unless: !term.isOr && !term.isAnd)
        }
    }

    /// The tree as lines, one node a line, two spaces a level, each with its position.
    ///
    ///     and [0,15]
    ///       run "政策解读" [0,4]
    ///       comparison 新收 >= 10 [5,11]
    ///       not [12,15]
    ///         run "大厅" [13,15]
    public var dump: String {
        var lines: [String] = []
        dump(into: &lines, level: 0)
        return lines.joined(separator: "\n")
    }

    private func dump(into lines: inout [String], level: Int) {
        let position = "[\(range.lowerBound),\(range.upperBound)]"
        lines.append("\(String(repeating: "  ", count: level))\(label) \(position)")
        switch kind {
        case .and(let terms), .or(let terms):
            for term in terms { term.dump(into: &lines, level: level + 1) }
        case .not(let term): term.dump(into: &lines, level: level + 1)
        default: break
        }
    }

    /// The node without its terms, its text escaped for a terminal.
    private var label: String {
        switch kind {
        case .run(let text): "run \"\(escaped(text))\""
        case .phrase(let text): "phrase \"\(escaped(text))\""
        case .prefix(let text): "prefix \"\(escaped(text))\""
        case .near(let texts, let distance):
            "near/\(distance) " + texts.map { "\"\(escaped($0))\"" }.joined(separator: " ")
        case .field(let name, .text(let text, let isQuoted)):
            "field \(name) \(isQuoted ? "phrase " : "")\"\(escaped(text))\""
        case .field(let name, .range(let range)): "field \(name) \(range)"
        case .field(let name, .comparison(let comparison, let number)):
            "field \(name) \(comparison) \(number)"
        case .comparison(let name, let comparison, let operand):
            "comparison \(name) \(comparison) \(operand)"
        case .call(let name, let arguments):
            "call " + call(name, arguments)
        case .and: "and"
        case .or: "or"
        case .not: "not"
        }
    }

    private func call(_ name: QueryName, _ arguments: [QueryOperand]) -> String {
        // Between arguments a comma cannot separate thousands.
        let written = arguments.map { $0.description.filter { $0 != "," } }
        return "\(name)(\(written.joined(separator: ", ")))"
    }

    private var isAnd: Bool { if case .and = kind { true } else { false } }
    private var isOr: Bool { if case .or = kind { true } else { false } }

    private func bracketed(unless isPlain: Bool) -> String {
        isPlain ? description : "(\(description))"
    }

    /// A spelling without escapes if it reads as this node, and another otherwise.
    private func plainly(_ plain: String, orElse escaped: @autoclosure () -> String) -> String {
        (try? QueryParser.tree(of: plain)) == self ? plain : escaped()
    }

    private func escapedWord(_ text: String) -> String {
        var written = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            // An escape at the beginning keeps the word from being an operator or a number.
            if written.isEmpty || !scalar.halfWidth.continuesName { written.append("\\") }
            written.append(scalar)
        }
        return String(written)
    }

    private func quoted(_ text: String) -> String {
        var written = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in text.unicodeScalars {
            if scalar == "\\" || scalar.quotationEnd?.contains("\"") == true {
                written.append("\\")
            }
            written.append(scalar)
        }
        written.append("\"")
        return String(written)
    }
}

extension QueryName: CustomStringConvertible {
    /// The name as read.
    public var description: String { text }
}

extension QueryComparison: CustomStringConvertible {
    /// The operator in ASCII.
    public var description: String { rawValue }
}

extension QueryOperand: CustomStringConvertible {
    /// The operand as a query would write it.
    public var description: String {
        switch self {
        case .name(let name): name.description
        case .number(let number): number.description
        case .range(let range): range.description
        }
    }
}

extension QueryRange: CustomStringConvertible {
    /// The range as a query would write it: `10..50`, `10..`, `..50`.
    public var description: String {
        "\(lower?.text ?? "")..\(upper?.text ?? "")"
    }
}

extension QueryNumber: CustomStringConvertible {
    /// The number as written, in half-width.
    public var description: String { text }
}
