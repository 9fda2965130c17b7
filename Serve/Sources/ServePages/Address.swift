/// The part of an address behind the host: a path and the fields of its question.
///
/// Every state of a page has an address; a link is the address of the page with some fields changed.
public struct Address: Sendable, Hashable {
    /// The path without the ending that names a format, percent signs decoded: `/report/52d551dc`.
    public private(set) var path: String
    /// What is wanted: a page, or data.
    public private(set) var form: Form
    /// The fields in their order; a field may stand several times.
    public private(set) var fields: [Field]

    /// A field of a question.
    public struct Field: Sendable, Hashable {
        /// Its name.
        public let name: String
        /// Its value.
        public let value: String
    }

    /// What is sent.
    public enum Form: String, Sendable {
        /// A page.
        case html
        /// JSON, as the command prints it.
        case json
        /// Comma-separated values, as the command prints them.
        case csv
        /// A spreadsheet.
        case xlsx
    }

    /// The most bytes of a request's target.
    public static let longest = 8_192
    /// The most fields of a question.
    private static let mostFields = 100

    /// An address of the program's own.
    init(_ path: String, _ fields: [(String, String)] = [], form: Form = .html) {
        (self.path, self.form) = (path, form)
        self.fields = fields.map { Field(name: $0.0, value: $0.1) }
    }

    /// Reads a request's target; nil when it is none: no path, too long, wrongly encoded.
    public init?(target: String) {
        guard target.utf8.count <= Self.longest, target.utf8.first == UInt8(ascii: "/") else {
            return nil
        }
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard var path = Self.decoded(parts[0], plusIsSpace: false) else { return nil }
        form = .html
        for form in [Form.json, .csv, .xlsx] where path.hasSuffix("." + form.rawValue) {
            self.form = form
            path.removeLast(form.rawValue.count + 1)
        }
        self.path = path
        fields = []
        let texts = parts.count > 1 ? parts[1].split(separator: "&") : []
        guard texts.count <= Self.mostFields else { return nil }
        for text in texts {
            let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(sides[0], plusIsSpace: true),
                let value = sides.count > 1 ? Self.decoded(sides[1], plusIsSpace: true) : ""
            else { return nil }
            fields.append(Field(name: name, value: value))
        }
    }

    /// The first value of a field that is not blank.
    public subscript(name: String) -> String? { values(of: name).first }

    /// The values of a field that are not blank.
    public func values(of name: String) -> [String] {
        fields.filter { $0.name == name && !$0.value.allSatisfy(\.isWhitespace) }.map(\.value)
    }

    /// The same with one field of a name and a value, or without it; the page of the answer is the
    /// first again.
    func with(_ name: String, _ value: String?) -> Address {
        var address = self
        address.fields.removeAll { $0.name == name || $0.name == "page" || $0.value.isEmpty }
        if let value { address.fields.append(Field(name: name, value: value)) }
        return address
    }

    /// The same without a field.
    public func dropping(_ name: String) -> Address {
        var address = self
        address.fields.removeAll { $0.name == name }
        return address
    }

    /// The same without one value of a field.
    func without(_ name: String, value: String) -> Address {
        var address = self
        address.fields.removeAll { $0.name == name && $0.value == value || $0.name == "page" }
        return address
    }

    /// The same in another form.
    func with(form: Form) -> Address {
        var address = self
        address.form = form
        return address
    }

    /// Another page with some of the fields of this one.
    func at(_ path: String, keeping names: Set<String>) -> Address {
        var address = self
        address.path = path
        address.form = .html
        address.fields.removeAll { !names.contains($0.name) || $0.value.isEmpty }
        return address
    }

    /// The address as a link has it.
    public var text: String {
        let question = fields.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }
        return Self.encoded(path, keepsSlashes: true) + (form == .html ? "" : ".\(form.rawValue)")
            + (question.isEmpty ? "" : "?" + question.joined(separator: "&"))
    }

    // MARK: Percent signs (RFC 3986)

    private static func decoded(_ text: Substring, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.popFirst().flatMap(digit),
                    let low = rest.popFirst().flatMap(digit)
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        guard !bytes.contains(0) else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    private static func encoded(_ text: String, keepsSlashes: Bool = false) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            case UInt8(ascii: "/") where keepsSlashes: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
