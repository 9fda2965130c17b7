import ArgumentParser
import ReportIndexing

struct CompactCommand: AsyncParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Make the index one segment, without what was replaced or removed.",
        discussion: """
            'gongkai index' merges small segments by itself; this does it all at once. Searches \
            go on meanwhile. It needs as much free room as the index takes.
            """)

    @OptionGroup var indexOption: IndexOption
    @OptionGroup var lock: LockOption
    @OptionGroup var output: OutputOptions

    var isPaged: Bool { false }

    func run() async throws {
        let terminal = Terminal(output)
        let (folder, timeout) = (try indexOption.path, lock.timeout)
        let done = try await Interruption.guarding(saying: .interrupted) {
            try await IndexCompaction.perform(on: folder, timeout: timeout) {
                terminal.note(LockOption.waiting)
            }
        }
        guard done.isChange else {
            let count = done.segments.after
            return terminal.print("\(Message.nothingToCompact(segments: count))")
        }
        terminal.print("\(Message.compacted(done))")
    }
}
