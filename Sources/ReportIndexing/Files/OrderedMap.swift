/// Transforms values on several cores and delivers the results in the order of the values.
///
/// At most `width` values are in work or wait for delivery, so memory does not grow with the
/// number of values. A slot opens only when a result is delivered.
func orderedMap<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], width: Int, _ transform: @escaping @Sendable (Input) -> Output,
    deliver: (Output) async throws -> Void
) async throws {
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
        var next = 0
        var delivered = 0
        var waiting: [Int: Output] = [:]
        func start() {
            guard next < inputs.count else { return }
            let (index, input) = (next, inputs[next])
            group.addTask { (index, transform(input)) }
            next += 1
        }
        for _ in 0..<max(1, width) { start() }
        while let (index, output) = try await group.next() {
            waiting[index] = output
            while let output = waiting.removeValue(forKey: delivered) {
                try await deliver(output)
                delivered += 1
                start()
            }
        }
    }
}
