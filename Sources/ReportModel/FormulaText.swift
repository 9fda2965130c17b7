/// Why a text is no formula.
public struct FormulaError: Error, Sendable, Hashable {
    /// What is wrong.
    public enum Reason: Sendable, Hashable {
        /// Nothing has this name.
        case unknownName(String)
        /// A name, a number or a bracket should stand here.
        case expectedOperand
        /// Something stands here that belongs to no formula.
        case unexpected(String)
        /// A bracket is not closed.
        case unclosed
        /// There are too many brackets inside each other, or too many parts.
        case tooLong
        /// Numbers of different units are added.
        case mixedUnits([String])
    }

    /// What is wrong.
    public let reason: Reason
    /// Where in the text: Unicode scalars from 0.
    public let offset: Int

    /// Makes an error.
    public init(_ reason: Reason, at offset: Int) {
        (self.reason, self.offset) = (reason, offset)
    }
}

extension Formula {
    /// Reads a formula such as `(予以公开 + 部分公开) / 办理总计`.
    ///
    /// Full-width and typographic signs (＋ − × ÷ （ ）) are the same as + - * / ( ). `为零(x)`,
    /// `上年(x)`, `报告数` and `常住人口` stand for the other operands.
    ///
    /// - Parameter named: what a name stands for; nil when nothing has it.
    public init(
        parsing text: String, named: @escaping (String) -> Formula?
    ) throws(FormulaError) {
        var parser = FormulaParser(scalars: Array(text.unicodeScalars), named: named)
        self = try parser.whole()
        do throws(MixedUnits) {
            _ = try unit()
        } catch {
            throw FormulaError(.mixedUnits(error.units), at: 0)
        }
    }
}

/// Reads formulas by recursive descent.
private struct FormulaParser {
    let scalars: [Unicode.Scalar]
    let named: (String) -> Formula?
    var position = 0
    var depth = 0
    var parts = 0

    private static let deepest = 32
    private static let mostParts = 256

    init(scalars: [Unicode.Scalar], named: @escaping (String) -> Formula?) {
        (self.scalars, self.named) = (scalars, named)
    }

    mutating func whole() throws(FormulaError) -> Formula {
        let formula = try terms()
        skipSpaces()
        if position < scalars.count {
            throw FormulaError(.unexpected(String(scalars[position])), at: position)
        }
        return formula
    }

    private mutating func skipSpaces() {
        while position < scalars.count, scalars[position].properties.isWhitespace { position += 1 }
    }

    /// Passes over one of some signs and gives which; nil when another character stands here.
    private mutating func sign(_ signs: [Character: String]) -> Character? {
        skipSpaces()
        guard position < scalars.count else { return nil }
        for (sign, forms) in signs where forms.unicodeScalars.contains(scalars[position]) {
            position += 1
            return sign
        }
        return nil
    }

    private mutating func terms() throws(FormulaError) -> Formula {
        var formula = try factors()
        while let sign = sign(["+": "+＋", "-": "-－−–"]) {
            let next = try factors()
            formula = sign == "+" ? .sum(formula, next) : .difference(formula, next)
        }
        return formula
    }

    private mutating func factors() throws(FormulaError) -> Formula {
        var formula = try operand()
        while let sign = sign(["*": "*＊×", "/": "/／÷"]) {
            let next = try operand()
            formula = sign == "*" ? .product(formula, next) : .quotient(formula, next)
        }
        return formula
    }

    private mutating func operand() throws(FormulaError) -> Formula {
        skipSpaces()
        parts += 1
        if parts > Self.mostParts { throw FormulaError(.tooLong, at: position) }
        let start = position
        if sign(["(": "(（"]) != nil { return try bracketed() }
        guard position < scalars.count else { throw FormulaError(.expectedOperand, at: position) }
        if (0x30...0x39).contains(scalars[position].value) { return try number() }
        let name = name()
        if name.isEmpty {
            throw FormulaError(.expectedOperand, at: start)
        }
        if name == "报告数" { return .operand(.reports) }
        if name == "常住人口" { return .operand(.population) }
        if name == "信息处理费" || name == "narrative.processing_fee" {
            return .operand(.processingFee)
        }
        if name == "为零" || name == "上年", sign(["(": "(（"]) != nil {
            guard case .operand(.cells(let cells)) = try bracketed() else {
                throw FormulaError(.expectedOperand, at: start)
            }
            return .operand(name == "为零" ? .isZero(cells) : .yearBefore(cells))
        }
        guard let formula = named(name) else {
            throw FormulaError(.unknownName(name), at: start)
        }
        return formula
    }

    private mutating func bracketed() throws(FormulaError) -> Formula {
        depth += 1
        if depth > Self.deepest { throw FormulaError(.tooLong, at: position) }
        let formula = try terms()
        guard sign([")": ")）"]) != nil else { throw FormulaError(.unclosed, at: position) }
        depth -= 1
        return formula
    }

    private mutating func number() throws(FormulaError) -> Formula {
        let start = position
        var digits = ""
        while position < scalars.count {
            let isDigit = (0x30...0x39).contains(scalars[position].value)
            guard isDigit || ".,_".unicodeScalars.contains(scalars[position]) else { break }
            // Commas part thousands.
            if isDigit || scalars[position] == "." {
                digits.unicodeScalars.append(scalars[position])
            }
            position += 1
        }
        guard let number = Double(digits), number.isFinite else {
            throw FormulaError(.unexpected(digits), at: start)
        }
        return .number(number)
    }

    private mutating func name() -> String {
        var name = String.UnicodeScalarView()
        while position < scalars.count {
            let scalar = scalars[position]
            guard
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                    || scalar == "." || scalar == "_"
            else { break }
            name.append(scalar)
            position += 1
        }
        return String(name)
    }
}
