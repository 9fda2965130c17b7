import Foundation
import IndexSchema
import SystemPackage

/// The regular files below some paths.
struct FolderWalk {
    /// What was found: files in the order of their paths, and what could not be looked at.
    struct Result {
        var files: [SourceFile] = []
        var problems: [FileProblem] = []
    }

    /// Folders inside each other beyond this depth are reported, not entered.
    static let deepest = 64

    /// Patterns of which a file must match one; all files when empty.
    var include: [GlobPattern] = []
    /// Patterns of files and folders that are left out.
    var exclude: [GlobPattern] = []
    /// A folder that is never entered: the index itself.
    var indexFolder: String

    /// Walks files and folders.
    ///
    /// Links are not followed, names that begin with a full stop are left out unless named, each
    /// file is found once.
    func files(at paths: [String]) -> Result {
        var result = Result()
        var seen: Set<String> = []
        for path in paths {
            let root = AbsolutePath.of(path)
            var open = [(path: root, depth: 0)]
            while let (path, depth) = open.popLast() {
                guard path != indexFolder, seen.insert(path).inserted else { continue }
                visit(path, depth: depth, isNamed: depth == 0, &open, &result)
            }
        }
        result.files.sort { $0.path < $1.path }
        return result
    }

    private func visit(
        _ path: String, depth: Int, isNamed: Bool, _ open: inout [(path: String, depth: Int)],
        _ result: inout Result
    ) {
        do {
            // A path that the user named may be a link; one that was found may not.
            let stat = try Stat(FilePath(path), followTargetSymlink: isNamed)
            switch stat.type {
            case .directory:
                guard depth < Self.deepest else {
                    result.problems.append(
                        FileProblem(
                            reason: .unreadable, path: path,
                            detail: "more than \(Self.deepest) folders deep"))
                    return
                }
                let names = try FileManager.default.contentsOfDirectory(atPath: path)
                for name in names.sorted(by: >) where !name.hasPrefix(".") {
                    let child = path == "/" ? "/" + name : path + "/" + name
                    if !exclude.contains(where: { $0.matches(child) }) {
                        open.append((child, depth + 1))
                    }
                }
            case .regular:
                if isNamed || include.isEmpty || include.contains(where: { $0.matches(path) }) {
                    result.files.append(SourceFile(path: path, stat: stat))
                }
            case .symbolicLink:
                break
            default:
                result.problems.append(FileProblem(reason: .notRegular, path: path, detail: ""))
            }
        } catch {
            result.problems.append(
                FileProblem(
                    reason: .unreadable, path: path, detail: SourceFile.words(of: error)))
        }
    }
}

/// Paths as an index stores them.
public enum AbsolutePath {
    /// The absolute form of a path, without `.` and `..`, links not resolved.
    public static func of(_ path: String) -> String {
        let path = FilePath(path)
        let current = FilePath(FileManager.default.currentDirectoryPath)
        return (path.isAbsolute ? path : current.pushing(path)).lexicallyNormalized().string
    }
}
