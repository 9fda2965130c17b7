/// Lets some processes run at a time; the others wait for their turn.
///
/// Tests run side by side, hundreds of them. Foundation's `Process` reads behind the end of a buffer
/// when some 1,300 descriptors are open, and each run takes seven.
actor ProcessTurns {
    /// The turns of all tests: more than the tests that start one process while another runs.
    static let shared = ProcessTurns(count: 16)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(count: Int) { free = count }

    /// Takes a turn, once there is one.
    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    /// Gives a turn back.
    func give() {
        if waiting.isEmpty {
            free += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
