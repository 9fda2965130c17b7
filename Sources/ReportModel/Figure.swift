extension Double {
    /// The number as a report prints it: without a fraction when it has none, as in 20 and 43.788.
    public var figure: String {
        if self == rounded(), abs(self) < 1e15 { return String(Int(self)) }
        return "\(self)"
    }
}

extension Double {
    /// The number with so many digits after the point, of which there are some: `0.05`.
    public func fixed(decimals: Int) -> String {
        let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
        guard abs(self) * scale < 1e18 else { return "\(self)" }
        let digits = String(Int((abs(self) * scale).rounded()))
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let isNegative = self < 0 && digits.contains { $0 != "0" }
        return (isNegative ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }
}
