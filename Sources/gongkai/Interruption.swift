import ArgumentParser
import Dispatch
import Platform
import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Signals that end a command that reads files or writes: it takes back what it has begun, ends the
/// programs that it started, and then ends as the signal would have ended it.
///
/// A second signal ends it at once, which the index survives as well.
enum Interruption {
    /// Runs `body` in a task that a signal cancels.
    ///
    /// - Throws: the exit code 130 after an interrupt (Ctrl-C), 143 after a request to terminate,
    ///   129 when the terminal went away; otherwise what `body` throws.
    static func guarding<Result: Sendable>(
        saying words: Message, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let received = Received()
        // Signals are heard before anything is begun that they should take back.
        let (signals, begin) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            for await _ in signals { break }
            try Task.checkCancellation()
            return try await body()
        }
        let sources = [SIGINT, SIGTERM, SIGHUP].filter(isHeard).map { number in
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                if received.number.exchange(number, ordering: .relaxed) != 0 {
                    exit(128 + number)
                }
                // Here and not in a task: each of their threads may wait for a child.
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        begin.yield()
        begin.finish()
        do {
            let result = try await task.value
            let number = received.number.load(ordering: .relaxed)
            if number != 0 { throw ExitCode(128 + number) }
            return result
        } catch is CancellationError {
            Terminal.complain(words)
            let number = received.number.load(ordering: .relaxed)
            throw ExitCode(128 + (number == 0 ? SIGINT : number))
        }
    }

    /// Takes a signal from the system; false for one that whoever started the program ignores, as
    /// `nohup` does.
    private static func isHeard(_ number: CInt) -> Bool {
        ProcessEnds.ignore(signal: number) || number != SIGHUP
    }

    /// The signal that came; 0 when none did.
    private final class Received: Sendable {
        let number = Atomic<CInt>(0)
    }
}
