import Platform

/// What the system must let the program have before it begins.
///
/// With less, the libraries that start its threads and hear signals end it, or wait for ever for what
/// does not come.
enum ProcessLimits {
    /// Too little of something, as a message.
    struct Shortage: Error {
        let message: Message
    }

    private static let fewestDescriptors = 32

    /// Makes sure that some files may be open at once.
    static func requireDescriptors() throws(Shortage) {
        guard ProcessLimit.descriptors < fewestDescriptors else { return }
        throw Shortage(message: .fewDescriptors(fewestDescriptors))
    }

    /// Makes sure that a command which works on several cores may address enough memory for all
    /// their threads.
    static func requireMemory() throws(Shortage) {
        let megabytes = 512 + 16 * Cores.count
        guard ProcessLimit.memory < megabytes << 20 else { return }
        throw Shortage(message: .littleMemory(megabytes: megabytes))
    }

    /// Makes sure that a command which works on several cores gets its threads.
    ///
    /// There is one a core for tasks of each of two priorities, and one that hears signals; without
    /// them it would wait for ever.
    static func requireThreads() throws(Shortage) {
        let threads = 2 * Cores.count + 1
        guard !ProcessLimit.allowsThreads(threads) else { return }
        throw Shortage(message: .fewThreads(threads))
    }
}
