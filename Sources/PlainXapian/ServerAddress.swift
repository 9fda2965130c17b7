import Xapian

/// Where a server of Xapian is asked: `host:port`, `[::1]:port`.
public struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// A name or an address, without brackets.
    public let host: String
    /// The port, not 0.
    public let port: UInt16

    /// Reads an address; nil when it is none: a path has a slash in it.
    public init?(_ text: String) {
        guard !text.utf8.contains(0x2F), let colon = text.utf8.lastIndex(of: 0x3A) else {
            return nil
        }
        var host = text[..<colon]
        let digits = text[text.utf8.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(digits), port > 0
        else { return nil }
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.utf8.contains(0x3A) else { return nil }
        } else if host.utf8.contains(0x3A) {
            return nil
        }
        // Nothing but what stands in names and addresses of machines.
        guard !host.isEmpty, host.utf8.count <= 253,
            host.utf8.allSatisfy({
                (0x30...0x3A).contains($0) || (0x41...0x5A).contains($0)
                    || (0x61...0x7A).contains($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F
                    || $0 == 0x25
            })
        else { return nil }
        self.host = String(host)
        self.port = port
    }

    /// The address as it is written.
    public var description: String {
        host.utf8.contains(0x3A) ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

/// Why a server did not answer.
public struct ServerError: Error, Sendable, Hashable {
    /// What kind of failure it is.
    public enum Reason: Sendable, Hashable {
        /// Nobody answers there, or the connection broke.
        case unreachable
        /// No answer came in time.
        case late
        /// Its databases are not plain databases of gongkai, or of another version.
        case otherSchema
        /// What it answered is not what a plain database holds, or libxapian refused it.
        case wrongAnswer
    }

    /// What kind of failure it is.
    public let reason: Reason
    /// The server, or all that were asked where it cannot be told which.
    public let server: String
    /// libxapian's words; empty where there are none.
    public let detail: String

    init(_ reason: Reason, _ server: String, _ detail: String = "") {
        self.reason = reason
        self.server = server
        self.detail = detail
    }

    /// Values that are not what a plain database holds.
    public static func oddValues(_ server: String) -> ServerError {
        ServerError(.wrongAnswer, server, "its values are not those of a plain database")
    }

    /// What libxapian said of a server.
    init(_ error: XapianError, _ server: String) {
        self.server = server
        detail = error.message
        reason =
            switch error.code {
            case .networkTimedOut: .late
            case .networkFailed, .databaseNotOpened, .databaseNotFound: .unreachable
            default: .wrongAnswer
            }
    }
}
