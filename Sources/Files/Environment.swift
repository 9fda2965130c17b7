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
    /// The value of a variable; nil when it is not set.
    public static subscript(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe String(cString: value)
    }

    /// The number of the process, which no other running one has.
    public static var processID: Int { Int(getpid()) }
}
