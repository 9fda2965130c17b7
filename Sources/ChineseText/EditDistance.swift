/// The edit distance of two texts where it is small; nil where it is greater than `limit`.
///
/// Texts that are far from each other are told in a fraction of the time.
public func editDistance(
    _ left: [Unicode.Scalar], _ right: [Unicode.Scalar], atMost limit: Int
) -> Int? {
    // A scalar that the other text does not hold costs one edit at least.
    guard abs(left.count - right.count) <= limit,
        left.count(where: { !right.contains($0) }) <= limit
    else { return nil }
    let distance = editDistance(left, right)
    return distance <= limit ? distance : nil
}

/// The number of scalars to insert, delete or change to make one text the other.
///
/// The distance of Levenshtein (1966). Time is the product of the lengths, so the texts should be
/// names, not narrative.
public func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, b) in right.enumerated() {
            let cost = min(row[j + 1] + 1, row[j] + 1, diagonal + (a == b ? 0 : 1))
            diagonal = row[j + 1]
            row[j + 1] = cost
        }
    }
    return row[right.count]
}
