/// How figures are drawn.
public enum ChartKind: String, Sendable, CaseIterable {
    /// What suits the figures: lines over years, boxes of quantiles, dots of proportions, bars.
    case auto
    /// A bar from 0 for each row.
    case bar
    /// A line over years for each series, broken where a year is missing.
    case line
    /// A box from P25 to P75 with its median, and whiskers to P10 and P90.
    case box
    /// A dot for each row, with its interval.
    case dot
}
