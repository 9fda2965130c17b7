import NIOHTTP1
import ServePages
import Testing

@testable import gongkai_serve

@Suite("Who may ask")
struct AccessTests {
    let access = Access(token: String(repeating: "a", count: 64), port: 8397, listening: nil)

    /// What becomes of a request: a status, or `granted`, or where it is sent.
    private func outcome(
        _ target: String, _ method: HTTPMethod = .GET, _ fields: [(String, String)]
    ) -> String {
        let head = HTTPRequestHead(
            version: .http1_1, method: method, uri: target, headers: HTTPHeaders(fields))
        switch access.decision(on: head, Address(target: target)) {
        case .granted: return "granted"
        case .admitted(let location): return "to " + location
        case .refused(let status, _, _): return "\(status.code)"
        }
    }

    private let host = ("Host", "127.0.0.1:8397")
    private var cookie: (String, String) { ("Cookie", "a=b; \(access.cookieName)=\(access.token)") }

    @Test("the key in the address lets in once, and leaves the address")
    func admission() {
        #expect(outcome("/search?q=a&token=\(access.token)", .GET, [host]) == "to /search?q=a")
        #expect(outcome("/?token=\(access.token.dropLast())b", .GET, [host]) == "401")
    }

    @Test("the cookie and the bearer token let in; nothing else does")
    func keys() {
        #expect(outcome("/", .GET, [host, cookie]) == "granted")
        #expect(
            outcome("/", .HEAD, [host, ("Authorization", "Bearer \(access.token)")]) == "granted")
        #expect(outcome("/", .GET, [host]) == "401")
        #expect(outcome("/", .GET, [host, ("Cookie", "gongkai_1=\(access.token)")]) == "401")
        #expect(outcome("/", .GET, [host, ("Authorization", "Bearer ")]) == "401")
    }

    @Test(
        "another host is refused before anything else, with the key too",
        arguments: ["evil.example", "evil.example:8397", "127.0.0.1", "127.0.0.1:80", ""])
    func hosts(name: String) {
        #expect(outcome("/?token=\(access.token)", .GET, [("Host", name), cookie]) == "421")
        #expect(outcome("/", .GET, [cookie]) == "421")
        #expect(outcome("/", .GET, [host, ("Host", name), cookie]) == "421")
    }

    @Test("a page of another site gets nothing, a link on it does")
    func otherSites() {
        let elsewhere = ("Sec-Fetch-Site", "cross-site")
        #expect(
            outcome("/", .GET, [host, cookie, elsewhere, ("Sec-Fetch-Mode", "no-cors")]) == "403")
        #expect(
            outcome(
                "/", .GET,
                [host, cookie, ("Sec-Fetch-Site", "same-site"), ("Sec-Fetch-Mode", "cors")])
                == "403")
        #expect(
            outcome(
                "/", .GET,
                [
                    host, cookie, elsewhere, ("Sec-Fetch-Mode", "navigate"),
                    ("Sec-Fetch-Dest", "iframe"),
                ])
                == "403")
        #expect(
            outcome(
                "/", .GET,
                [
                    host, cookie, elsewhere, ("Sec-Fetch-Mode", "navigate"),
                    ("Sec-Fetch-Dest", "document"),
                ])
                == "granted")
        #expect(outcome("/", .GET, [host, cookie, ("Origin", "http://evil.example")]) == "403")
        #expect(
            outcome("/", .GET, [host, cookie, ("Origin", "http://127.0.0.1:8397")]) == "granted")
    }

    @Test("only GET and HEAD are answered", arguments: [HTTPMethod.POST, .PUT, .OPTIONS, .CONNECT])
    func methods(method: HTTPMethod) {
        #expect(outcome("/", method, [host, cookie]) == "405")
    }

    @Test("a server on every address answers for the one that was asked, and for no name")
    func everyAddress() {
        func status(_ listening: String, _ host: String, _ machine: String?) -> String {
            let access = Access(token: access.token, port: 8397, listening: listening)
            let head = HTTPRequestHead(
                version: .http1_1, method: .GET, uri: "/",
                headers: HTTPHeaders([
                    ("Host", host), ("Authorization", "Bearer \(access.token)"),
                ]))
            return switch access.decision(on: head, Address(target: "/"), at: machine) {
            case .granted: "granted"
            case .admitted: "admitted"
            case .refused(let status, _, _): "\(status.code)"
            }
        }
        #expect(status("0.0.0.0", "192.0.2.7:8397", "192.0.2.7") == "granted")
        #expect(status("::", "192.0.2.7:8397", "::ffff:192.0.2.7") == "granted")
        #expect(status("::", "[2001:db8::7]:8397", "2001:db8::7") == "granted")
        #expect(status("0.0.0.0", "192.0.2.8:8397", "192.0.2.7") == "421")
        #expect(status("0.0.0.0", "evil.example:8397", "192.0.2.7") == "421")
        #expect(status("192.0.2.7", "192.0.2.7:8397", "192.0.2.7") == "granted")
        #expect(status("192.0.2.7", "192.0.2.8:8397", "192.0.2.8") == "421")
    }
}
