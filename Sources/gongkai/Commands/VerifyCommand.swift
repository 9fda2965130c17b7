import ArgumentParser
import ReportIndexing
import ReportOutput

struct VerifyCommand: ParsableCommand, PrintingCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read the whole index and compare it with its checksums.",
        discussion: """
            Every changed, missing, added or cut file is named, and the command that mends it. \
            Exit code 0 when all is as it was written, 3 otherwise.
            """)

    @OptionGroup var indexOption: IndexOption
    @OptionGroup var output: OutputOptions

    var isPaged: Bool { false }

    func run() throws {
        let terminal = Terminal(output)
        let folder = try indexOption.path
        let found = try IndexVerification(of: folder)
        if output.format?.isJSON == true {
            terminal.write(json(found, folder))
        } else {
            for fault in found.faults {
                terminal.print(
                    "\(terminal.styled(Message.fault(fault.kind).text, .bad))  "
                        + "\(fault.file): \(fault.detail)")
            }
            if found.faults.isEmpty {
                terminal.print("\(Message.verified(files: found.files, bytes: found.bytes))")
            }
        }
        if found.leftovers > 0 { terminal.note(Message.leftovers(found.leftovers)) }
        guard !found.faults.isEmpty else { return }
        let path = DisplayPath.of(folder)
        Terminal.complain(
            Message.faults(found.faults.count, in: path, mend: command(for: found)))
        throw ExitCode(3)
    }

    /// What mends the index; nil when only files were added, which are to be removed.
    private func command(for found: IndexVerification) -> String? {
        guard found.faults.contains(where: { $0.kind != .added }) else { return nil }
        return found.isMendedByIndex ? "gongkai index PATH..." : "gongkai index --rebuild PATH..."
    }

    private func json(_ found: IndexVerification, _ folder: String) -> JSONValue {
        let mend = found.faults.isEmpty ? nil : command(for: found)
        return .object([
            ("schema", .string("gongkai.verify/1")), ("index", .string(folder)),
            ("files", .integer(found.files)), ("bytes", .integer(Int(found.bytes))),
            ("leftovers", .integer(found.leftovers)),
            (
                "faults",
                .array(
                    found.faults.map {
                        .object([
                            ("file", .string($0.file)), ("fault", .string($0.kind.rawValue)),
                            ("detail", .string($0.detail)),
                        ])
                    })
            ),
            ("mend", mend.map(JSONValue.string) ?? .null),
        ])
    }
}
