import ArgumentParser
import Foundation
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
        let done = try await Interruption.guarding {
            try await IndexCompaction.perform(on: folder, timeout: timeout) {
                terminal.note(LockOption.waiting)
            }
        }
        guard done.isChange else {
            terminal.print("nothing to do: \(done.segments.after) segments, nothing hidden")
            return
        }
        terminal.print(
            "\(done.segments.before) segments made \(done.segments.after), "
                + String(
                    format: "%.1f MB instead of %.1f MB", Double(done.bytes.after) / 1e6,
                    Double(done.bytes.before) / 1e6))
    }
}
