/// The round numbers that an axis has lines at: steps of 1, 2 or 5 times a power of ten.
struct AxisTicks {
    /// Ascending; every value of the range lies between the first and the last.
    let values: [Double]

    /// Of a range of finite numbers that is not empty, with five lines or a few more.
    ///
    /// Between whole numbers above 1 there are whole numbers only: half a request is none.
    init(over range: ClosedRange<Double>) {
        let least = (range.upperBound - range.lowerBound) / Self.steps
        var power = 1.0
        while power > least { power /= 10 }
        while power * 10 <= least { power *= 10 }
        var step = [1, 2, 5, 10].map { $0 * power }.first { $0 >= least } ?? power
        if range.upperBound > 1,
            [range.lowerBound, range.upperBound].allSatisfy({ $0 == $0.rounded() })
        {
            step = max(1, step)
        }
        let first = (range.lowerBound / step).rounded(.down)
        let last = (range.upperBound / step).rounded(.up)
        values = Array(stride(from: first, through: last, by: 1)).map { $0 * step }
    }

    /// How many steps a range has at most, but for the parts at its ends.
    private static let steps = 4.0
}
