import ReportModel
import ReportSearch

/// A JSON text being built.
///
/// The keys keep the order in which the contract lists them, which Foundation's encoder does not,
/// and two hundred cells a report cost no dictionary.
public enum JSONValue {
    /// No value.
    case null
    /// A truth value.
    case bool(Bool)
    /// A whole number.
    case integer(Int)
    /// A number; null when it is not finite.
    case number(Double)
    /// A text.
    case string(String)
    /// A path: its text, and where its bytes are not UTF-8, in an object these in base64 beside it,
    /// under the key with `_base64`; null when nil.
    case path(String?)
    /// An array.
    case array([JSONValue])
    /// An array of so many values, each made when it is written, so that they are never held
    /// together.
    case list(count: Int, value: (Int) -> JSONValue)
    /// An object; its keys keep their order.
    case object([(String, JSONValue)])

    /// A string; null when nil.
    public init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }
    /// An integer; null when nil.
    public init(_ value: Int?) { self = value.map(JSONValue.integer) ?? .null }
    /// A number; null when nil.
    public init(_ value: Double?) { self = value.map(JSONValue.number) ?? .null }

    /// The text on one line.
    public var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes) { _ in }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Hands over the text on one line in pieces, each but the last of at least `pieceSize` bytes,
    /// so that the text of a large file is never held whole.
    ///
    /// - Parameter end: what is written after the text.
    public func write(end: String, to output: ([UInt8]) -> Void) {
        var bytes: [UInt8] = []
        write(to: &bytes) { bytes in
            guard bytes.count >= Self.pieceSize else { return }
            output(bytes)
            bytes.removeAll(keepingCapacity: true)
        }
        bytes += end.utf8
        output(bytes)
    }

    /// How many bytes a piece of a text has at least.
    private static let pieceSize = 64 << 10

    /// - Parameter relieve: is shown the bytes after each value of an array and may take them.
    private func write(to bytes: inout [UInt8], relieve: (inout [UInt8]) -> Void) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .integer(let value): bytes += String(value).utf8
        case .number(let value): bytes += (value.isFinite ? value.figure : "null").utf8
        case .string(let value): Self.write(value, to: &bytes)
        case .path(nil): bytes += "null".utf8
        case .path(let path?):
            let unusual = ReportSearch.bytes(ofUnusualPath: path)
            Self.write(unusual.map { String(decoding: $0, as: UTF8.self) } ?? path, to: &bytes)
        case .array(let values):
            Self.write(count: values.count, { values[$0] }, to: &bytes, relieve: relieve)
        case .list(let count, let value):
            Self.write(count: count, value, to: &bytes, relieve: relieve)
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.0, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.1.write(to: &bytes, relieve: relieve)
                if case .path(let path?) = member.1,
                    let raw = ReportSearch.bytes(ofUnusualPath: path)
                {
                    bytes.append(UInt8(ascii: ","))
                    Self.write(member.0 + "_base64", to: &bytes)
                    bytes.append(UInt8(ascii: ":"))
                    Self.write(Base64.text(of: raw), to: &bytes)
                }
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Writes an array.
    private static func write(
        count: Int, _ value: (Int) -> JSONValue, to bytes: inout [UInt8],
        relieve: (inout [UInt8]) -> Void
    ) {
        bytes.append(UInt8(ascii: "["))
        for index in 0..<count {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            value(index).write(to: &bytes, relieve: relieve)
            relieve(&bytes)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// Writes a string; control characters, C1 and bidirectional ones too, are escaped.
    private static func write(_ string: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        if string.utf8.contains(where: mayBeginEscaped) {
            writeEscaped(Array(string.utf8), to: &bytes)
        } else {
            bytes += string.utf8
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whether a character that is escaped may begin with a byte; most short texts hold none.
    private static func mayBeginEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xC2
            || byte == 0xE2 || byte == 0xEF
    }

    private static func writeEscaped(_ utf8: [UInt8], to bytes: inout [UInt8]) {
        let span = utf8.span
        var start = 0
        var index = 0
        while index < utf8.count {
            guard mayBeginEscaped(span[index]), let (value, length) = escaped(span, at: index)
            else {
                index += 1
                continue
            }
            bytes += utf8[start..<index]
            bytes.append(UInt8(ascii: "\\"))
            switch value {
            case 0x22, 0x5C: bytes.append(UInt8(value))
            case 0x0A: bytes.append(UInt8(ascii: "n"))
            case 0x0D: bytes.append(UInt8(ascii: "r"))
            case 0x09: bytes.append(UInt8(ascii: "t"))
            default:
                let hex = String(value, radix: 16)
                bytes += "u".utf8
                bytes += String(repeating: "0", count: 4 - hex.count).utf8
                bytes += hex.utf8
            }
            index += length
            start = index
        }
        bytes += utf8[start...]
    }

    /// The value of the character at an index and its length in bytes when it is escaped; nil for
    /// others.
    private static func escaped(
        _ utf8: Span<UInt8>, at index: Int
    ) -> (value: UInt32, length: Int)? {
        let lead = utf8[index]
        if lead < 0x80 { return (UInt32(lead), 1) }
        let length = lead == 0xC2 ? 2 : 3
        var value = UInt32(lead) & (lead == 0xC2 ? 0x1F : 0x0F)
        for next in 1..<length { value = value << 6 | UInt32(utf8[index + next] & 0x3F) }
        return Unicode.Scalar(value)?.isUnsafeOnTerminal == true ? (value, length) : nil
    }
}
