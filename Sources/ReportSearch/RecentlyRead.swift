/// What was read for earlier questions, so that where many are asked little is read again.
struct RecentlyRead<Value> {
    private var values: [Place: Value] = [:]

    /// The most that is kept.
    private var most: Int { 512 }

    /// A report or a passage by its number in its segment.
    struct Place: Hashable {
        let segment: Int
        let number: Int
    }

    /// What was read; nil when it has to be.
    subscript(place: Place) -> Value? { values[place] }

    /// Keeps what was read; when there is too much, only this.
    mutating func keep(_ value: Value, at place: Place) {
        if values.count >= most { values.removeAll(keepingCapacity: true) }
        values[place] = value
    }
}
