import GramIndex
import Platform
import ReportModel
import Xapian

extension Segment {
    /// How the values that the segment's database holds differ from its columns; nil when they are
    /// the same.
    ///
    /// - Parameter database: the bytes of the database's file.
    public func difference(toDatabase database: Span<UInt8>) -> String? {
        var column: (slot: Int, numbers: [Double?]) = (-1, [])
        var counts: [Int: Int] = [:]
        var wrong: (slot: Int, document: Int)?
        let isSound = GlassValues.forEach(in: database) { value in
            if value.slot != column.slot { column = (value.slot, numbers(inSlot: value.slot)) }
            counts[value.slot, default: 0] += 1
            let index = value.document - 1
            guard column.numbers.indices.contains(index),
                column.numbers[index] == SortableNumber.number(from: value.value)
            else {
                wrong = wrong ?? (value.slot, value.document)
                return
            }
        }
        guard isSound else { return "it is not as libxapian writes it" }
        if let wrong {
            return "slot \(wrong.slot) of document \(wrong.document) is not what the column has"
        }
        let lacking = Self.slots.first { slot in
            counts[slot] ?? 0 != numbers(inSlot: slot).count { $0 != nil }
        }
        return lacking.map { "slot \($0) lacks values that the column has" }
    }

    /// The slots in which the database has a report's numbers: the cells, and the year.
    private static let slots =
        Array(StatisticField.all.indices) + [Int(ReportDocument.yearSlot)]

    /// The number that each report has in a slot, as the columns tell it; nil where it has none.
    private func numbers(inSlot slot: Int) -> [Double?] {
        if slot == ReportDocument.yearSlot {
            return storedYears.map { $0 < .max ? Double($0) : nil }
        }
        // Zeros are not stored.
        return numbers(ofField: slot).map { $0.isNaN || $0 == 0 ? nil : $0 }
    }
}
