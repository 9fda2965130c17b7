import Platform
import SystemPackage

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// The key to the page: 32 random bytes, kept per user in a file that only the user can read, so
/// that addresses that were kept work after a restart.
enum Token {
    /// Why there is no token.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// The token of the user; made when there is none.
    static func ofUser() throws -> String {
        let folder = try folder()
        let path = FilePath(folder + "/serve-token")
        if let token = try kept(path) { return token }
        let token = random()
        let file: FileDescriptor
        do {
            file = try .open(
                path, .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
                permissions: .ownerReadWrite)
        } catch Errno.fileExists {
            // Another server was quicker.
            if let token = try kept(path) { return token }
            throw Problem(description: "\(path): cannot be read")
        } catch {
            throw Problem(description: "\(path): cannot be written (\(error))")
        }
        try file.closeAfter { _ = try file.writeAll(token.utf8) }
        return token
    }

    /// A token that nobody keeps.
    static func random() -> String {
        var source = SystemRandomNumberGenerator()
        let digits = Array("0123456789abcdef")
        return String((0..<64).map { _ in digits[Int.random(in: 0..<16, using: &source)] })
    }

    /// The token in a file; nil when there is none.
    ///
    /// - Throws: ``Problem`` when others could read or write it: then it is no secret.
    private static func kept(_ path: FilePath) throws -> String? {
        let file: FileDescriptor
        do {
            file = try .open(path, .readOnly, options: [.noFollow, .closeOnExec, .nonBlocking])
        } catch Errno.noSuchFileOrDirectory {
            return nil
        } catch {
            throw Problem(description: "\(path): cannot be read (\(error))")
        }
        let text = try file.closeAfter {
            var status = stat()
            guard unsafe fstat(file.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                status.st_uid == geteuid(), status.st_mode & 0o077 == 0
            else {
                throw Problem(
                    description: "\(path): others can read or write it, or it is no file of yours; "
                        + "remove it, and a new key is made")
            }
            var bytes = [UInt8](repeating: 0, count: 128)
            let count = try unsafe bytes.withUnsafeMutableBytes { try unsafe file.read(into: $0) }
            return String(decoding: bytes.prefix(count), as: UTF8.self)
        }
        guard text.utf8.count == 64, text.allSatisfy(\.isHexDigit) else {
            throw Problem(description: "\(path): holds no key; remove it, and a new one is made")
        }
        return text
    }

    /// The folder of the user's state (XDG Base Directory Specification), made when it is absent.
    private static func folder() throws -> String {
        let state: String
        if let named = Environment["XDG_STATE_HOME"], named.hasPrefix("/") {
            state = named
        } else if let home = Environment["HOME"], home.hasPrefix("/") {
            state = home + "/.local/state"
        } else {
            throw Problem(
                description: "neither HOME nor XDG_STATE_HOME names a folder to keep the key in; "
                    + "--new-key needs none")
        }
        let folder = state + "/gongkai"
        do {
            try FileSystem.makeFolder(folder)
        } catch {
            throw Problem(description: "\(folder): cannot be made (\(error))")
        }
        return folder
    }
}
