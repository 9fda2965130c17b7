import ArgumentParser
import Platform
import QueryLanguage
import SystemPackage

/// The lines of a file or of standard input, read as they come.
///
/// Of a line longer than any query only as much is kept as shows that it is too long, so that
/// memory stays bounded whatever the input.
struct BatchLines: Sequence, IteratorProtocol {
    private let file: FileDescriptor
    private var buffer: [UInt8] = []
    /// Where the next line starts in the buffer.
    private var start = 0
    private var isAtEnd = false

    /// The bytes that are kept of a line.
    private static let longest = QueryLimits.bytes + 64
    /// The bytes that are read at once.
    private static let piece = 1 << 16

    init(_ name: String) throws {
        if name == "-" {
            file = .standardInput
        } else if let opened = try? FileDescriptor.open(
            FilePath(name), .readOnly, options: .closeOnExec)
        {
            file = opened
        } else {
            throw ValidationError(Message.cannotOpen(name))
        }
    }

    mutating func next() -> String? {
        var line: [UInt8] = []
        var isEmpty = true
        while true {
            if start < buffer.count {
                isEmpty = false
                let end = buffer[start...].firstIndex(of: 0x0A)
                let room = Self.longest - line.count
                line += buffer[start..<(end ?? buffer.count)].prefix(Swift.max(0, room))
                start = end.map { $0 + 1 } ?? buffer.count
                if end != nil { return text(of: line) }
            } else if isAtEnd {
                return isEmpty ? nil : text(of: line)
            } else {
                buffer = [UInt8](repeating: 0, count: Self.piece)
                let count = FileCalls.readNext(file.rawValue, into: &buffer)
                buffer.removeLast(Self.piece - Swift.max(0, count))
                start = 0
                isAtEnd = buffer.isEmpty
            }
        }
    }

    private func text(of line: [UInt8]) -> String {
        String(decoding: line.last == 0x0D ? line.dropLast() : line[...], as: UTF8.self)
    }
}
