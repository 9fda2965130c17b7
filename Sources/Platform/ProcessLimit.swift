internal import CPlatform

/// What the system lets this process have.
public enum ProcessLimit {
    /// How many files may be open at once.
    public static var descriptors: Int { cplatform_most_descriptors() }
    /// How many bytes of memory may be addressed.
    public static var memory: Int { cplatform_most_memory() }
}
