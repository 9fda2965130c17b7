/// Why the folder of an index could not be written to, or is none.
public struct FolderError: Error, Sendable, Hashable {
    /// What kind of failure it is.
    public enum Reason: Sendable, Hashable {
        /// The folder holds something else than an index.
        case foreign
        /// Something in it could not be written.
        case unwritable
    }

    /// What kind of failure it is.
    public let reason: Reason
    /// The file or folder that it is about.
    public let path: String
    /// The system's words for it.
    public let detail: String
}
