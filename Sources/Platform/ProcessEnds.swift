internal import CPlatform

/// How this process ends when the system ends it.
public enum ProcessEnds {
    /// From now on a look at a mapped file that cannot be read, since the disk fails or somebody cut
    /// the file short, ends the program with a message and exit code 3, not with a signal.
    public static func reportUnreadablePages() { cplatform_report_unreadable_pages() }

    /// Where the memory that this process may have is limited, its lack ends the program with a
    /// message and exit code 2, not with a signal.
    public static func reportLackOfMemory() { cplatform_report_lack_of_memory() }

    /// Leaves a signal unanswered from now on.
    ///
    /// - Returns: false when it was so before, since whoever started the program wanted it, as
    ///   `nohup` does.
    public static func ignore(signal number: Int32) -> Bool {
        cplatform_ignore_signal(number) != 0
    }
}
