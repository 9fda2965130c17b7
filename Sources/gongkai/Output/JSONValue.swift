import ReportModel
import ReportSearch

/// A JSON text being built.
///
/// The keys keep the order in which the contract lists them, which Foundation's encoder does not,
/// and two hundred cells a report cost no dictionary.
enum JSONValue {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    /// A path: its text, and where its bytes are not UTF-8, in an object these in base64 beside it,
    /// under the key with `_base64`; null when nil.
    case path(String?)
    case array([JSONValue])
    /// An array of so many values, each made when it is written, so that they are never held
    /// together.
    case list(count: Int, value: (Int) -> JSONValue)
    case object([(String, JSONValue)])

    init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }
    init(_ value: Int?) { self = value.map(JSONValue.integer) ?? .null }
    init(_ value: Double?) { self = value.map(JSONValue.number) ?? .null }

    /// The text on one line.
    var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes) { _ in }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Hands over the text on one line in pieces, each but the last of at least `pieceSize` bytes,
    /// so that the text of a large file is never held whole.
    ///
    /// - Parameter end: what is written after the text.
    func write(end: String, to output: ([UInt8]) -> Void) {
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
        guard string.utf8.contains(where: mayNeedEscape) else {
            bytes += string.utf8
            bytes.append(UInt8(ascii: "\""))
            return
        }
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": bytes += "\\\"".utf8
            case "\\": bytes += "\\\\".utf8
            case "\n": bytes += "\\n".utf8
            case "\r": bytes += "\\r".utf8
            case "\t": bytes += "\\t".utf8
            default:
                if scalar.isUnsafeOnTerminal, scalar.value <= 0xFFFF {
                    let hex = String(scalar.value, radix: 16)
                    bytes += "\\u".utf8
                    bytes += String(repeating: "0", count: 4 - hex.count).utf8
                    bytes += hex.utf8
                } else {
                    bytes += UTF8.encode(scalar) ?? UTF8.CodeUnits()
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Whether a byte may belong to a character that is escaped; most texts hold none.
    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || byte == 0xC2
            || byte == 0xE2 || byte == 0xEF
    }

    private typealias UTF8 = Unicode.UTF8
}

extension Unicode.UTF8 {
    fileprivate typealias CodeUnits = Unicode.UTF8.EncodedScalar
}

extension Unicode.Scalar {
    /// Whether the character could change what a terminal shows.
    ///
    /// Controls do, and marks that turn the direction of text. Bytes of paths that are not UTF-8
    /// count as such.
    var isUnsafeOnTerminal: Bool {
        switch value {
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069,
            0xFEFF:
            true
        default: pathByte(of: self) != nil
        }
    }
}
