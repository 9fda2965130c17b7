internal import CPlatform

/// The terminal behind a file descriptor.
public enum TerminalDevice {
    /// Its width in columns; nil when it is none or tells none.
    public static func columns(of descriptor: Int32) -> Int? {
        let columns = Int(cplatform_terminal_columns(descriptor))
        return columns > 0 ? columns : nil
    }
}

/// A program that reads what this one writes to standard output.
public struct PagerProcess: Sendable {
    private let process: Int32

    /// Starts a shell command that reads what goes to standard output from now on, and what goes to
    /// standard error when that is a terminal; nil when it cannot be started.
    ///
    /// The key that interrupts is the command's from then on.
    public init?(command: String) {
        process = cplatform_start_pager(command)
        guard process > 0 else { return nil }
    }

    /// Ends what the command reads, and waits until it is done.
    public func finish() { cplatform_finish_pager(process) }
}
