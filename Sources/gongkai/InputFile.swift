import ArgumentParser
import Platform
import ReportSearch
import SystemPackage

/// Files of a user that a command reads whole.
enum InputFile {
    /// The most bytes of a table or a list that is taken.
    private static let most = 16 << 20
    /// The bytes that are read at once.
    private static let piece = 1 << 16

    /// The lines of a file.
    static func lines(_ name: String) throws -> [Substring] {
        try text(name).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    }

    /// A table of populations.
    static func population(_ name: String) throws -> PopulationTable {
        let text = try text(name)
        do throws(PopulationTable.Failure) {
            return try PopulationTable(csv: text)
        } catch {
            let reason =
                switch error.problem {
                case .columns:
                    Message("a line holds three values: region,year,number", "每行三个值：地区,年份,人数")
                case .year(let text): Message("'\(text)' is no year", "“\(text)”不是年份")
                case .number(let text):
                    Message("'\(text)' is no number of people", "“\(text)”不是人数")
                case .twice(let region):
                    Message(
                        "'\(region)' has another number for this year above",
                        "上面“\(region)”这一年另有人数")
                }
            throw ValidationError("\(name):\(error.line): \(reason)")
        }
    }

    static func text(_ name: String) throws -> String {
        guard
            let file = try? FileDescriptor.open(
                FilePath(name), .readOnly, options: .closeOnExec)
        else { throw ValidationError(Message.cannotOpen(name)) }
        defer { try? file.close() }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: piece)
        while true {
            let count = FileCalls.readNext(file.rawValue, into: &buffer)
            guard count >= 0 else {
                throw ValidationError(Message.noText(name))
            }
            if count == 0 { break }
            bytes += buffer[..<count]
            guard bytes.count <= most else {
                throw ValidationError(Message.tooLarge(name, megabytes: most >> 20))
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ValidationError(Message.notUTF8(name))
        }
        return text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    }
}
