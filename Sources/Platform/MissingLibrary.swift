internal import CPlatform

/// A library of the system that was needed and is not installed.
///
/// ICU, libxml2, Nettle and SQLite are loaded when they are first needed. What asks one that is
/// missing gets no answer, and what was read without it is not to be believed.
public struct MissingLibrary: Error, Sendable, Hashable, CustomStringConvertible {
    /// The name of its file: `libxml2.so.2`.
    public let file: String
    /// The name of Debian's package that has it: `libxml2`.
    public let package: String

    /// The first library that this process needed and did not find; nil when all were found.
    public static var first: MissingLibrary? {
        let missing = unsafe cplatform_missing_library()
        guard let file = unsafe missing.file, let package = unsafe missing.package else {
            return nil
        }
        return unsafe MissingLibrary(
            file: String(cString: file), package: String(cString: package))
    }

    /// What is wrong and what to do, for a person.
    public var description: String {
        "the library \(file) is not installed; install the package \(package)"
    }
}
