import NIOHTTP1
import ServePages

/// Who may ask: the rules that stand before every answer.
///
/// 1. The host must be one that the server was told to answer for: a page elsewhere that has its own
///    name point to this machine gets nothing. Where it listens on every address of the machine, that
///    is the address that the connection came to.
/// 2. GET and HEAD alone.
/// 3. A request that another site's page made is refused, unless it is a person following a link.
/// 4. The token: in the address once, then in a cookie; programs send `Authorization: Bearer`.
struct Access: Sendable {
    let token: String
    let port: Int
    /// The hosts as the Host field names them, with the port.
    private let hosts: Set<String>
    /// Whether every address of this machine is listened on.
    private let isOnEveryAddress: Bool

    /// - Parameter listening: the address that is listened on beside loopback; nil when none is.
    init(token: String, port: Int, listening: String?) {
        (self.token, self.port) = (token, port)
        isOnEveryAddress = listening == "0.0.0.0" || listening == "::"
        hosts = Set(
            (["127.0.0.1", "localhost", "::1"] + [listening].compactMap(\.self))
                .flatMap { Self.names(of: $0, port: port) })
    }

    /// How the Host field may name an address.
    private static func names(of address: String, port: Int) -> [String] {
        let name = address.contains(":") ? "[\(address)]" : address.lowercased()
        return ["\(name):\(port)"] + (port == 80 ? [name] : [])
    }

    /// Whether the server answers for a host.
    ///
    /// - Parameter address: the address of this machine that the connection came to; nil when it is
    ///   not known.
    private func answers(for host: String, at address: String?) -> Bool {
        let host = host.lowercased()
        if hosts.contains(host) { return true }
        guard isOnEveryAddress, let address else { return false }
        // On a socket of both versions an address of version 4 has this before it.
        let plain = address.hasPrefix("::ffff:") ? String(address.dropFirst(7)) : address
        return Self.names(of: plain, port: port).contains(host)
    }

    /// What becomes of a request.
    enum Decision {
        /// It is answered.
        case granted
        /// It is sent to the same address without the token, with a cookie.
        case admitted(location: String)
        /// It is refused.
        case refused(HTTPResponseStatus, english: String, chinese: String)
    }

    /// - Parameter machine: the address of this machine that the connection came to; nil when it is
    ///   not known.
    func decision(
        on head: HTTPRequestHead, _ address: Address?, at machine: String? = nil
    ) -> Decision {
        let named = head.headers["host"]
        guard named.count == 1, answers(for: named[0], at: machine) else {
            return .refused(
                .misdirectedRequest, english: "This server does not answer for that host.",
                chinese: "本服务不以该主机名应答。")
        }
        guard head.method == .GET || head.method == .HEAD else {
            return .refused(
                .methodNotAllowed, english: "GET and HEAD are all that is answered.",
                chinese: "只应答 GET 与 HEAD。")
        }
        if isFromElsewhere(head, machine) {
            return .refused(
                .forbidden, english: "Another site's page asked; open the address yourself.",
                chinese: "请求来自其他网站的页面；请自行打开该地址。")
        }
        guard let address else {
            return .refused(
                .badRequest, english: "That is no address.", chinese: "地址无法识别。")
        }
        if let given = address["token"] {
            guard isToken(given) else { return unknown }
            return .admitted(location: address.dropping("token").text)
        }
        return holdsToken(head) ? .granted : unknown
    }

    private var unknown: Decision {
        .refused(
            .unauthorized,
            english: "Open the address that gongkai serve printed: it holds the key to this page.",
            chinese: "请打开 gongkai serve 打印的地址，其中含有进入本页的密钥。")
    }

    /// The name of the cookie; browsers keep cookies by host alone, so it holds the port.
    var cookieName: String { "gongkai_\(port)" }

    /// The cookie that lets a browser in.
    var cookie: String { "\(cookieName)=\(token); Path=/; HttpOnly; SameSite=Lax" }

    private func isFromElsewhere(_ head: HTTPRequestHead, _ machine: String?) -> Bool {
        let isNavigation =
            head.headers["sec-fetch-mode"] == ["navigate"]
            && head.headers["sec-fetch-dest"].allSatisfy { $0 == "document" }
        if head.headers["sec-fetch-site"].contains(where: { $0 != "same-origin" && $0 != "none" }),
            !isNavigation
        {
            return true
        }
        return head.headers["origin"].contains { origin in
            let scheme = "http://"
            return !origin.hasPrefix(scheme)
                || !answers(for: String(origin.dropFirst(scheme.count)), at: machine)
        }
    }

    private func holdsToken(_ head: HTTPRequestHead) -> Bool {
        for field in head.headers["authorization"] where field.hasPrefix("Bearer ") {
            if isToken(String(field.dropFirst("Bearer ".count))) { return true }
        }
        for field in head.headers["cookie"] {
            for pair in field.split(separator: ";") {
                let sides = pair.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
                if sides.count == 2, sides[0] == cookieName, isToken(sides[1]) { return true }
            }
        }
        return false
    }

    /// Whether a text is the token; takes as long wherever it differs.
    private func isToken(_ text: String) -> Bool {
        let (one, other) = (Array(text.utf8), Array(token.utf8))
        guard one.count == other.count else { return false }
        return zip(one, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
