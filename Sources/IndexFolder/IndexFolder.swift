public import Platform
internal import SystemPackage

/// The folder of an index, open: everything of the index is reached through it, whatever is put at
/// its path meanwhile.
///
/// A folder is an index when it holds the file ``markName``, which `index` makes in a new or empty
/// folder and in no other. So no folder of anything else is ever written to.
public struct IndexFolder: Sendable {
    /// The folder.
    public let folder: OpenFolder

    /// The name of the file that marks an index; the one writer locks it.
    public static let markName = "gongkai-index"

    /// Why a folder is no index.
    public enum Failure: Error, Sendable, Hashable {
        /// There is no folder, or one without an index.
        case missing
        /// The folder holds something else.
        case other
        /// The index is of another version.
        case otherVersion
        /// The index is of a version from before folders were marked.
        case outdated
        /// The folder or its manifest cannot be read; the system's words for why.
        case unreadable(String)
        /// The manifest is not what was written.
        case damaged(String)
    }

    /// The path of the folder, absolute, as ``PathText``.
    public var path: String { folder.path }

    /// How the index stores paths.
    public var paths: StoredPath {
        // The folder that holds this one is that in which it is, not the one with a link to it.
        let real = (try? folder.realPath()) ?? PathText.bytes(of: path)
        let end = real.lastIndex(of: 0x2F) ?? real.startIndex
        return StoredPath(below: end == 0 ? "/" : PathText.text(of: real[..<end]))
    }

    /// Opens the folder of an index by its absolute path, which may lead through links.
    public init(at path: String) throws(Failure) {
        folder = try Self.opened(path)
        guard hasMark else { throw failureWithoutMark }
    }

    /// Opens the folder of an index, or one in which an index can be made: an empty one.
    ///
    /// - Returns: nil when there is no folder.
    public init?(forWritingAt path: String) throws(Failure) {
        do throws(Failure) {
            folder = try Self.opened(path)
        } catch {
            if error == .missing { return nil }
            throw error
        }
        guard !hasMark else { return }
        let names: [String]
        do throws(Errno) {
            names = try folder.names()
        } catch {
            throw .unreadable(error.description)
        }
        guard names.isEmpty else { throw failureWithoutMark }
    }

    private static func opened(_ path: String) throws(Failure) -> OpenFolder {
        do throws(Errno) {
            return try OpenFolder(at: path)
        } catch {
            switch error {
            case .noSuchFileOrDirectory: throw .missing
            case .notDirectory: throw .other
            default: throw .unreadable(error.description)
            }
        }
    }

    private var hasMark: Bool {
        (try? folder.status(of: Array(Self.markName.utf8), follows: false).kind) == .file
    }

    /// What a folder without the mark is.
    private var failureWithoutMark: Failure {
        let file = try? folder.file(named: Manifest.fileName)
        let isFile = (try? file?.status().kind) == .file
        // Where `index` ended before it had made the mark, there is nothing yet.
        if file == nil, (try? folder.names())?.isEmpty == true { return .missing }
        let start = isFile ? try? file?.bytes(limit: Manifest.firstWords.utf8.count) : nil
        return start?.elementsEqual(Manifest.firstWords.utf8) == true ? .outdated : .other
    }

    /// The manifest's bytes; nil when there is none yet.
    public func manifestBytes() throws(Failure) -> [UInt8]? {
        let status: FileStatus
        let bytes: [UInt8]
        do throws(Errno) {
            let file = try folder.file(named: Manifest.fileName)
            status = try file.status()
            // What is no file gives no bytes, or no end of them.
            let limit = Int(min(status.size, Int64(Manifest.largest))) + 1
            bytes = status.kind == .file ? try file.bytes(limit: limit) : []
        } catch {
            switch error {
            case .noSuchFileOrDirectory: return nil
            case .tooManySymbolicLinkLevels, .noSuchAddressOrDevice: throw Self.noFile
            default: throw .unreadable(error.description)
            }
        }
        guard status.kind == .file else { throw Self.noFile }
        guard bytes.count <= Manifest.largest else {
            throw .damaged("the manifest is larger than any")
        }
        return bytes
    }

    private static let noFile = Failure.damaged("the manifest is not a regular file")

    /// The manifest; nil when there is none yet.
    public func manifest() throws(Failure) -> Manifest? {
        guard let bytes = try manifestBytes() else { return nil }
        do throws(ManifestError) {
            return try Manifest(bytes)
        } catch {
            switch error {
            case .schema: throw .otherVersion
            case .damaged: throw .damaged("the manifest is damaged")
            }
        }
    }
}
