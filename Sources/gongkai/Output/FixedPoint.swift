extension Double {
    /// The number with so many digits after the point, of which there are some: `0.05`.
    func fixed(places: Int) -> String {
        let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
        let digits = String(Int((abs(self) * scale).rounded()))
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return (self < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }
}
