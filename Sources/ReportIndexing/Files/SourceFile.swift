import Foundation
import IndexSchema
import SystemPackage

/// Why a file was not read.
public struct FileProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What kind of reason it is.
    public enum Reason: String, Sendable {
        /// The file could not be opened or read.
        case unreadable
        /// The path is neither a file nor a folder.
        case notRegular = "not_regular"
        /// The file is larger than the limit.
        case tooLarge = "too_large"
        /// The file holds nothing, or only spaces.
        case empty
        /// The bytes are of a format that is not read.
        case notText = "not_text"
        /// The bytes are no text in any encoding.
        case undecodable
        /// The bytes are of a format that is read, but cut off or damaged.
        case damaged
        /// The file wants a password.
        case encrypted
        /// The file expands to more than any report holds.
        case overLimits = "over_limits"
        /// The program that reads the format is not installed.
        case noProgram = "no_program"
        /// The file was written to while it was read.
        case changed = "changed_while_reading"
    }

    /// Why the file was not read.
    public let reason: Reason
    /// The file's path.
    public let path: String
    /// More about the reason, for a person.
    public let detail: String

    /// Whether the file itself was at fault, rather than what it holds.
    public var isFailure: Bool { reason == .unreadable || reason == .changed }

    /// What is wrong and what to do, for a person.
    public var description: String {
        switch reason {
        case .unreadable:
            "\(path): cannot be read (\(detail)); check that it exists and its permissions"
        case .notRegular: "\(path): not a regular file"
        case .tooLarge: "\(path): larger than \(SourceFile.largest >> 20) MiB"
        case .empty: "\(path): empty"
        case .notText, .undecodable, .damaged, .encrypted, .overLimits, .noProgram:
            "\(path): \(detail)"
        case .changed: "\(path): changed while it was read; run the command again"
        }
    }
}

/// A regular file as it stood when it was found.
struct SourceFile: Sendable, Hashable {
    /// The absolute path without `.` and `..`.
    let path: String
    /// The size in bytes.
    let size: Int64
    /// The time of the last change of content, in nanoseconds since 1970.
    let modified: Int64
    /// The time of the last change of content or attributes, in nanoseconds since 1970.
    let changed: Int64
    /// The file's number in its file system.
    let inode: UInt64

    /// A larger file is skipped: reports are of some kilobytes.
    static let largest: Int64 = 64 << 20

    init(path: String, stat: Stat) {
        self.path = path
        size = stat.size
        modified = Self.nanoseconds(stat.st_mtim.tv_sec, stat.st_mtim.tv_nsec)
        changed = Self.nanoseconds(stat.st_ctim.tv_sec, stat.st_ctim.tv_nsec)
        inode = UInt64(stat.inode.rawValue)
    }

    private static func nanoseconds(_ seconds: Int, _ nanoseconds: Int) -> Int64 {
        Int64(seconds) &* 1_000_000_000 &+ Int64(nanoseconds)
    }

    /// The file's bytes, read through a descriptor that is checked again, so that neither a pipe
    /// nor a link put in the file's place is read.
    func bytes() throws(FileProblem) -> [UInt8] {
        guard size <= Self.largest else {
            throw FileProblem(reason: .tooLarge, path: path, detail: "")
        }
        do {
            let descriptor = try FileDescriptor.open(
                FilePath(path), .readOnly, options: [.noFollow, .nonBlocking, .closeOnExec])
            defer { try? descriptor.close() }
            guard try descriptor.stat().type == .regular else {
                throw FileProblem(reason: .notRegular, path: path, detail: "")
            }
            let handle = FileHandle(fileDescriptor: descriptor.rawValue, closeOnDealloc: false)
            let data = try handle.read(upToCount: Int(Self.largest) + 1) ?? Data()
            let after = SourceFile(path: path, stat: try descriptor.stat())
            guard after.size == data.count, after.changed == changed, after.inode == inode else {
                throw FileProblem(reason: .changed, path: path, detail: "")
            }
            return Array(data)
        } catch let problem as FileProblem {
            throw problem
        } catch {
            throw FileProblem(reason: .unreadable, path: path, detail: Self.words(of: error))
        }
    }

    /// Whether nothing stands at a path any more; false when that cannot be told.
    static func isGone(_ path: String) -> Bool {
        do throws(Errno) {
            _ = try Stat(FilePath(path), followTargetSymlink: false)
            return false
        } catch {
            return error == .noSuchFileOrDirectory || error == .notDirectory
        }
    }

    /// The system's words for an error, without class names.
    static func words(of error: any Error) -> String {
        if let number = error as? Errno { return number.description }
        return (error as NSError).localizedDescription
    }
}
