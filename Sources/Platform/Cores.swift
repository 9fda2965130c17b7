#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The processor.
public enum Cores {
    /// How many cores this process may use, by the machine and by the limits set for it.
    public static var count: Int { ProcessInfo.processInfo.activeProcessorCount }
}
