import Platform
import SystemPackage

/// The folders at and below some paths, as a walk for files enters them.
struct FolderTree {
    /// Calls `body` with the path of each folder; what cannot be entered is passed over.
    ///
    /// Links are not followed, the index and names that begin with a full stop left out.
    static func forEachFolder(
        of paths: [String], without index: OpenFolder?, _ body: (String) throws(Errno) -> Void
    ) throws {
        let hidden = try? index?.status().identity
        var waiting: [(folder: OpenFolder, depth: Int)] = []
        for path in try paths.map(AbsolutePath.of) {
            if let folder = try? OpenFolder(at: path) {
                waiting.append((folder, 0))
            } else {
                // A file is told of by the folder that holds it.
                try body(FilePath(path).removingLastComponent().string)
            }
        }
        while let (folder, depth) = waiting.popLast() {
            if let hidden, (try? folder.status().identity) == hidden { continue }
            try body(folder.path)
            guard depth < FolderWalk.deepest else { continue }
            for name in (try? folder.names()) ?? [] where !name.hasPrefix(".") {
                let bytes = PathText.bytes(of: name)
                guard (try? folder.status(of: bytes, follows: false).kind) == .folder,
                    let inner = try? folder.folder(named: bytes, follows: false)
                else { continue }
                waiting.append((inner, depth + 1))
            }
        }
    }
}
