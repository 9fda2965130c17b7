import Documents

/// What a paragraph of a document of Word 97 is: its list, and where it stands in a table.
struct Word97Paragraph {
    var list: Int?
    var level: Int?
    private var isInTable = false
    private var givenDepth: Int?
    private(set) var endsRow = false
    private(set) var endsInnerCell = false
    private(set) var endsInnerRow = false
    /// The cells of the row that the paragraph ends.
    private var edges: [Int] = []
    private var flags: [Int] = []
    private var merged: [Range<Int>] = []
    private var verticalMerges: [(cell: Int, flags: Int)] = []

    /// The length of what tells of a cell in the definition of a row.
    private static let cellLength = 20

    /// How many tables the paragraph stands in, one in another.
    var depth: Int { isInTable ? max(1, givenDepth ?? 1) : max(0, givenDepth ?? 0) }

    /// Takes one change in.
    mutating func take(_ modifier: PropertyModifier) {
        switch modifier.code {
        case PropertyModifier.list: list = modifier.number
        case PropertyModifier.level: level = modifier.number
        case PropertyModifier.isInTable: isInTable = modifier.number != 0
        case PropertyModifier.depth: givenDepth = modifier.number < 1 << 16 ? modifier.number : nil
        case PropertyModifier.endsRow: endsRow = modifier.number != 0
        case PropertyModifier.endsInnerCell: endsInnerCell = modifier.number != 0
        case PropertyModifier.endsInnerRow: endsInnerRow = modifier.number != 0
        case PropertyModifier.row: takeRow(modifier.value)
        case PropertyModifier.merge:
            if let first = modifier.value.number(at: 0, bytes: 1),
                let end = modifier.value.number(at: 1, bytes: 1), first < end
            {
                merged.append(first..<end)
            }
        case PropertyModifier.verticalMerge:
            if let cell = modifier.value.number(at: 0, bytes: 1),
                let flags = modifier.value.number(at: 1, bytes: 1)
            {
                verticalMerges.append((cell, flags))
            }
        default: break
        }
    }

    private mutating func takeRow(_ value: ArraySlice<UInt8>) {
        let count = Int(value.first ?? 0)
        edges = (0...count).compactMap { value.signedNumber(at: 1 + 2 * $0) }
        flags = (0..<count).map {
            value.number(at: 1 + 2 * (count + 1) + Self.cellLength * $0, bytes: 2) ?? 0
        }
    }

    /// Gives the cells of the row that the paragraph ends their edges.
    func arrange(_ row: inout [MeasuredTable.Cell]) {
        for index in row.indices where index + 1 < edges.count {
            row[index].left = edges[index]
            row[index].right = edges[index + 1]
            let flags = flags[index]
            row[index].isPart = flags & 2 != 0
            set(&row[index], vertically: flags >> 5 & 3)
        }
        for range in merged {
            for index in range.dropFirst() where row.indices.contains(index) {
                row[index].isPart = true
            }
        }
        for (index, flags) in verticalMerges where row.indices.contains(index) {
            set(&row[index], vertically: flags)
        }
    }

    private func set(_ cell: inout MeasuredTable.Cell, vertically flags: Int) {
        cell.merge = flags & 1 == 0 ? .none : flags & 2 != 0 ? .first : .continued
    }
}
