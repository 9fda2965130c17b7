/// A number or a range read from a word in half-width.
///
///     number = [+-] digits [. digits] [unit]      digits may be 1,234,567
///     unit   = 万 | 亿 | 万亿 | %
///     range  = [number] ..|~ [number]             one of the two at least
enum NumberReading: Equatable {
    case number(value: Double, text: String)
    case range(lower: Bound?, upper: Bound?)
    /// Not a number, though it may begin as one.
    case malformed
    case tooLarge
    /// The lower end is above the upper; with the range the other way round.
    case emptyRange(swapped: String)

    /// An end of a range, with its position in the word: offsets of scalars from 0.
    struct Bound: Equatable {
        let value: Double
        let text: String
        let range: Range<Int>
    }

    init(_ word: [Unicode.Scalar]) {
        guard let (lowerEnd, upperStart) = Self.separator(in: word) else {
            self = Self.number(in: word[...])
            return
        }
        var bounds: [Bound?] = []
        for part in [word[..<lowerEnd], word[upperStart...]] {
            guard !part.isEmpty else {
                bounds.append(nil)
                continue
            }
            switch Self.number(in: part) {
            case .number(let value, let text):
                bounds.append(
                    Bound(value: value, text: text, range: part.startIndex..<part.endIndex))
            case let failure:
                self = failure
                return
            }
        }
        switch (bounds[0], bounds[1]) {
        case (nil, nil): self = .malformed
        case (let lower?, let upper?) where lower.value > upper.value:
            self = .emptyRange(swapped: "\(upper.text)..\(lower.text)")
        case (let lower, let upper): self = .range(lower: lower, upper: upper)
        }
    }

    /// Where the lower end stops and the upper begins.
    private static func separator(in word: [Unicode.Scalar]) -> (Int, Int)? {
        for (index, scalar) in word.enumerated() {
            if scalar == "~" { return (index, index + 1) }
            if scalar == ".", index + 1 < word.count, word[index + 1] == "." {
                return (index, index + 2)
            }
        }
        return nil
    }

    private static func number(in word: ArraySlice<Unicode.Scalar>) -> NumberReading {
        var rest = word
        var decimal = String.UnicodeScalarView()
        if let sign = rest.first, sign == "-" || sign == "+" {
            decimal.append(sign)
            rest.removeFirst()
        }
        guard let whole = wholePart(of: &rest) else { return .malformed }
        decimal.append(contentsOf: whole)
        if rest.first == "." {
            let digits = rest.dropFirst().prefix(while: \.isASCIIDigit)
            guard !digits.isEmpty else { return .malformed }
            decimal.append(".")
            decimal.append(contentsOf: digits)
            rest = rest.dropFirst(1 + digits.count)
        }
        guard let exponent = exponent(ofUnit: rest) else { return .malformed }
        guard let value = Double(String(decimal) + exponent) else { return .malformed }
        guard value.magnitude <= QueryLimits.magnitude else { return .tooLarge }
        return .number(value: value, text: String(String.UnicodeScalarView(word)))
    }

    /// The digits before the decimal point, without their separators of thousands.
    private static func wholePart(
        of rest: inout ArraySlice<Unicode.Scalar>
    ) -> ArraySlice<Unicode.Scalar>? {
        var digits = rest.prefix(while: \.isASCIIDigit)
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        guard rest.first == "," else { return digits }
        guard digits.count <= 3 else { return nil }
        while rest.first == "," {
            let group = rest.dropFirst().prefix(while: \.isASCIIDigit)
            guard group.count == 3 else { return nil }
            digits += group
            rest = rest.dropFirst(4)
        }
        return digits
    }

    /// The power of ten of a unit, as the end of a literal, so that 0.07万 is exactly 700.
    private static func exponent(ofUnit unit: ArraySlice<Unicode.Scalar>) -> String? {
        switch String(String.UnicodeScalarView(unit)) {
        case "": ""
        case "%": "e-2"
        case "万", "萬": "e4"
        case "亿", "億": "e8"
        case "万亿", "萬億": "e12"
        default: nil
        }
    }
}
