internal import CXapian

/// What the program says before it ends when libxapian falls over a damaged database.
///
/// libxapian believes the blocks of its files, and a search does not read them all beforehand. So a
/// file that was made to do harm may end the process; this is how it ends then.
public enum CrashReport {
    /// Sets what goes to standard error, and the exit code.
    ///
    /// - Parameter text: names the database and ends its line; 4,096 bytes of it are written.
    public static func set(_ text: String, exitCode: Int32) {
        let bytes = Array(text.utf8)
        unsafe cx_report_crashes(bytes, bytes.count, exitCode)
    }
}
