/// What was read for earlier questions, so that where many are asked little is read again.
struct RecentlyRead<Value> {
    private var values: [SegmentKey: Value] = [:]
    private var size = 0
    /// The most that is kept, in what sizes are given in.
    private let most: Int

    /// Keeps nothing yet.
    init(most: Int) { self.most = most }

    /// What was read; nil when it has to be.
    subscript(key: SegmentKey) -> Value? { values[key] }

    /// Keeps what was read, which was not kept; when there is too much, only this.
    mutating func keep(_ value: Value, for key: SegmentKey, size: Int = 1) {
        if self.size + size > most {
            values.removeAll(keepingCapacity: true)
            self.size = 0
        }
        values[key] = value
        self.size += size
    }
}

/// A report or a passage, told by its number in its segment.
struct SegmentKey: Hashable {
    let segment: Int
    let number: Int
}
