/// Transforms values on several cores and delivers the results in the order of the values.
///
/// At most `width` values, of at most `weightLimit` together, are in work or wait for delivery, so
/// memory grows neither with their number nor with their size; a value that is heavier than that
/// goes alone. `next` is asked for a value only when there is room for it. What `atOnce` knows the
/// result of takes no core of its own. With a width of 1 the caller's task does all.
func orderedMap<Input: Sendable, Output: Sendable>(
    width: Int, weightLimit: Int64, next: () -> Input?, weight: (Input) -> Int64,
    atOnce: (Input) -> Output? = { _ in nil },
    _ transform: @escaping @Sendable (Input) -> Output,
    deliver: (Output) async throws -> Void
) async throws {
    if width <= 1 {
        while let input = next() { try await deliver(atOnce(input) ?? transform(input)) }
        return
    }
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
        var started = 0
        var delivered = 0
        var waiting: [Int: Output] = [:]
        var weights: [Int: Int64] = [:]
        var inWork: Int64 = 0
        var held: Input?
        var isAtEnd = false
        func startWhatFits() {
            while started - delivered < width, !isAtEnd {
                guard let input = held ?? next() else {
                    isAtEnd = true
                    return
                }
                held = nil
                if let output = atOnce(input) {
                    waiting[started] = output
                    started += 1
                    continue
                }
                let weight = weight(input)
                guard inWork == 0 || inWork + weight <= weightLimit else {
                    held = input
                    return
                }
                let number = started
                weights[number] = weight
                inWork += weight
                group.addTask { (number, transform(input)) }
                started += 1
            }
        }
        startWhatFits()
        while started > delivered {
            if waiting[delivered] == nil {
                guard let (number, output) = try await group.next() else { return }
                waiting[number] = output
            }
            while let output = waiting.removeValue(forKey: delivered) {
                try await deliver(output)
                inWork -= weights.removeValue(forKey: delivered) ?? 0
                delivered += 1
                startWhatFits()
            }
        }
    }
}
