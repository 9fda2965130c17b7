#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// What the process was given besides its arguments.
///
/// Foundation makes a dictionary of all variables for each that is asked for.
public enum Environment {
    /// The value of a variable, as ``PathText``; nil when it is not set.
    public static subscript(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe PathText.text(of: value)
    }

    /// The arguments of the process, its name left out, as ``PathText``: they may name files.
    public static var arguments: [String] {
        unsafe UnsafeBufferPointer(
            start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)
        ).dropFirst().compactMap { argument in
            unsafe argument.map { unsafe PathText.text(of: $0) }
        }
    }

    /// The number of the process, which no other running one has.
    public static var processID: Int { Int(getpid()) }
}

extension PathText {
    fileprivate static func text(of bytes: UnsafePointer<CChar>) -> String {
        let count = unsafe strlen(bytes)
        return unsafe bytes.withMemoryRebound(to: UInt8.self, capacity: count) {
            unsafe text(of: UnsafeBufferPointer(start: $0, count: count))
        }
    }
}
