import ArgumentParser
import PlainXapian
import Platform
import ReportIndexing
import ReportSearch

/// Where the index is.
///
/// An index that a person names is taken, through links too. One that is found by looking upward may
/// have been put there by anyone who can write to a folder above, so it must be a folder and belong
/// to the user: the rule that git came to.
enum IndexLocation {
    /// The name of an index folder that nobody named.
    private static let name = ".gongkai"

    /// The index folder of the working folder, where there may be none yet.
    ///
    /// - Throws: ``ForeignIndex`` when something that is not the user's stands there.
    static func own() throws -> String {
        guard let current = FileSystem.workingFolder else { throw NoWorkingFolder() }
        let own = path(in: current)
        if let status = FileSystem.status(of: own, follows: false), !isFolderOfUser(status) {
            throw ForeignIndex(path: own, status: status)
        }
        return own
    }

    /// The index that a command uses: the named one, else the environment's, else the nearest
    /// upward; nil when there is none.
    static func existing(named name: String?) throws -> String? {
        let variable = Environment["GONGKAI_INDEX"] ?? ""
        if let name = name ?? (variable.isEmpty ? nil : variable) {
            let path = try AbsolutePath.of(name)
            if let status = FileSystem.status(of: path, follows: true), !isOfUser(status) {
                Terminal.complain("\(Message.anothersIndex(path, owner: status.owner))")
            }
            return path
        }
        return try nearest()
    }

    /// The servers that indexes are named by, with the folders beside them; nil when all are folders.
    static func servers(named names: [String]) -> NamedServers? {
        let variable = Environment["GONGKAI_INDEX"] ?? ""
        let names = names.isEmpty && !variable.isEmpty ? [variable] : names
        var servers: [ServerAddress] = []
        for name in names where isServer(name) {
            guard let server = ServerAddress(name) else { continue }
            if !servers.contains(server) { servers.append(server) }
        }
        return servers.isEmpty
            ? nil : NamedServers(addresses: servers, folders: names.filter { !isServer($0) })
    }

    /// As ``existing(named:)``; a server's address is refused.
    static func local(_ name: String?) throws -> String? {
        if let name = name ?? Environment["GONGKAI_INDEX"], isServer(name) {
            throw ValidationError(Message.noServers(name))
        }
        return try existing(named: name)
    }

    /// The index folders that a command reads, each once: the named ones, or the one of
    /// ``existing(named:)``.
    static func all(named names: [String]) throws -> [String] {
        var paths: [String] = []
        for name in names.isEmpty ? [nil] : names.map(Optional.some) {
            let path = try local(name) ?? own()
            // Names that look alike may have other bytes.
            if !paths.contains(where: { $0.utf8.elementsEqual(path.utf8) }) { paths.append(path) }
        }
        return paths
    }

    /// The nearest index at or above the working folder; nil when there is none.
    ///
    /// What is not the user's is passed over, and that is said.
    private static func nearest() throws -> String? {
        guard var folder = FileSystem.workingFolder else { throw NoWorkingFolder() }
        while true {
            let candidate = path(in: folder)
            if FileSystem.exists(candidate + "/manifest"),
                let status = FileSystem.status(of: candidate, follows: false)
            {
                if isFolderOfUser(status) { return candidate }
                Terminal.complain("\(Message.passedOver(candidate, status))")
            }
            guard folder != "/", let slash = folder.lastIndex(of: "/") else { return nil }
            folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
        }
    }

    private static func path(in folder: String) -> String {
        (folder == "/" ? "" : folder) + "/" + name
    }

    private static func isFolderOfUser(_ status: FileStatus) -> Bool {
        status.kind == .folder && isOfUser(status)
    }

    /// Whether something belongs to the user; behind `sudo` to the one who called it, too.
    private static func isOfUser(_ status: FileStatus) -> Bool {
        let user = FileSystem.user
        return status.owner == user
            || user == 0 && Environment["SUDO_UID"].flatMap { UInt32($0) } == status.owner
    }

    /// Whether a name is `host:port` and no folder of that name is there.
    private static func isServer(_ name: String) -> Bool {
        ServerAddress(name) != nil && !FileSystem.exists(name)
    }
}

/// Servers, and the index folders that are asked together with them.
struct NamedServers {
    let addresses: [ServerAddress]
    let folders: [String]

    /// The folders opened for reading, as one; nil for none.
    func index() throws -> IndexReader? {
        folders.isEmpty ? nil : try IndexReader(folders: folders)
    }
}

/// Something that is not the user's stands where an index would be made.
struct ForeignIndex: Error {
    let path: String
    let status: FileStatus
}
