/// How a cell's value was come by.
public enum CellStatus: String, Sendable, CaseIterable {
    /// The number is printed in the file.
    case printed
    /// The cell is blank and its value follows from one identity.
    case inferred
    /// The cell is blank and its value is unknown.
    case blank
    /// The number is printed with something beside it, as in 22（其中修订16件）, 317* or a struck 310
    /// before 317, or in another unit than the form's.
    case annotated
    /// The file prints the cell twice with different numbers.
    case conflict
    /// The cell prints something of which no one number can be told, as in 310→317; no value.
    case unsure
}

/// One cell of an official table, as it was read.
public struct Cell: Sendable, Hashable {
    /// The value in the field's unit; nil when it is not known.
    ///
    /// A blank is never 0.
    public var value: Double?
    /// How the value was come by.
    public var status: CellStatus
    /// The cell's text as the file prints it; empty for a blank.
    public var raw: String
    /// The line of the file that holds the cell, from 1.
    public var line: Int
    /// The identity that gave an inferred value; nil otherwise.
    public var inferredFrom: String?

    /// Makes a cell.
    public init(
        value: Double?, status: CellStatus, raw: String, line: Int, inferredFrom: String? = nil
    ) {
        self.value = value
        self.status = status
        self.raw = raw
        self.line = line
        self.inferredFrom = inferredFrom
    }
}

/// The cells of one report, by field number.
///
/// A field that was not met in the file has no cell.
public struct StatisticTable: Sendable, Hashable {
    /// The cells up to the last one that is there.
    private var cells: [Cell?] = []

    /// An empty table.
    public init() {}

    /// The cell of a field, or nil when the file has none.
    public subscript(field: Int) -> Cell? {
        get { field < cells.count ? cells[field] : nil }
        set {
            guard let newValue else {
                guard field < cells.count else { return }
                cells[field] = nil
                while case .some(nil) = cells.last { cells.removeLast() }
                return
            }
            if field < cells.count {
                cells[field] = newValue
                return
            }
            if cells.isEmpty { cells.reserveCapacity(StatisticField.all.count) }
            while cells.count < field { cells.append(nil) }
            cells.append(newValue)
        }
    }

    /// The cell with this key, or nil when the file has none or the key is unknown.
    public subscript(key: String) -> Cell? {
        StatisticField.index(ofKey: key).flatMap { self[$0] }
    }

    /// The value of a field, or nil when it is not known.
    public func value(of field: Int) -> Double? {
        field < cells.count ? cells[field]?.value : nil
    }

    /// The fields that have a cell, by number.
    public var fields: [Int] {
        // The status alone: no cell is copied for the question.
        cells.indices.filter { cells[$0]?.status != nil }
    }

    /// The fields whose cell is as asked, by number, told by its value and its text's bytes.
    public func fields(where isWanted: (_ value: Double?, _ bytes: Int) -> Bool) -> [Int] {
        cells.indices.filter { field in
            guard let bytes = cells[field]?.raw.utf8.count else { return false }
            return isWanted(cells[field]?.value, bytes)
        }
    }

    /// How many fields have a cell.
    public var count: Int { count { _ in true } }

    /// How many cells were come by in a way that is asked for.
    public func count(where isCounted: (CellStatus) -> Bool) -> Int {
        var count = 0
        for field in cells.indices {
            if let status = cells[field]?.status, isCounted(status) { count += 1 }
        }
        return count
    }

    /// Whether no cell was read.
    public var isEmpty: Bool { count == 0 }
}
