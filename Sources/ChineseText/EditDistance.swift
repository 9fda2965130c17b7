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
