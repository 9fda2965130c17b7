import ArgumentParser
import Dispatch
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Signals that end a command that writes: it takes back what it has begun, and then the program
/// ends as the signal would have ended it.
///
/// A second signal ends it at once, which the index survives as well.
enum Interruption {
    /// Runs `body` in a task that a signal cancels.
    ///
    /// - Throws: the exit code 130 after an interrupt (Ctrl-C), 143 after a request to terminate;
    ///   otherwise what `body` throws.
    static func guarding<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let received = Received()
        let (signals, continuation) = AsyncStream.makeStream(of: CInt.self)
        // Signals are heard before anything is begun that they should take back.
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                if received.number.exchange(number, ordering: .relaxed) != 0 {
                    exit(128 + number)
                }
                continuation.yield(number)
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        let task = Task { try await body() }
        let watch = Task { for await _ in signals { task.cancel() } }
        defer { watch.cancel() }
        do {
            let result = try await task.value
            let number = received.number.load(ordering: .relaxed)
            if number != 0 { throw ExitCode(128 + number) }
            return result
        } catch is CancellationError {
            Terminal.complain("gongkai: interrupted; the index is as it was")
            throw ExitCode(128 + max(SIGINT, received.number.load(ordering: .relaxed)))
        }
    }

    /// The signal that came; 0 when none did.
    private final class Received: Sendable {
        let number = Atomic<CInt>(0)
    }
}
