internal import CPlatform

/// What the system lets this process have.
public enum ProcessLimit {
    /// How many files may be open at once.
    public static var descriptors: Int { cplatform_most_descriptors() }

    /// Raises ``descriptors`` to a number, or as far as the system lets this process.
    public static func allowDescriptors(_ wanted: Int) { cplatform_allow_descriptors(wanted) }

    /// How many bytes of memory may be addressed.
    public static var memory: Int { cplatform_most_memory() }

    /// Whether so many threads can be started beside this one now.
    public static func allowsThreads(_ count: Int) -> Bool {
        cplatform_can_start_threads(Int32(clamping: count)) != 0
    }
}
