extension Double {
    /// The number as a report prints it: without a fraction when it has none, as in 20 and 43.788.
    public var figure: String {
        if self == rounded(), abs(self) < 1e15 { return String(Int(self)) }
        return "\(self)"
    }
}
