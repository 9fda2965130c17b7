/// Reads data in JSON as far as a scraper's records go: objects, and the texts in them by name.
///
/// Nothing is kept of the rest; what is malformed ends the reading.
struct JSONScanner {
    private let bytes: [UInt8]
    private(set) var offset: Int
    /// Where reading ends at the latest.
    private let end: Int
    /// Whether a value has no end.
    private var isBroken = false

    /// Objects within each other beyond this are passed over.
    private static let deepest = 16
    /// A list of records lies in no more objects and lists.
    private static let deepestList = 3
    /// No record has more fields.
    private static let mostFields = 1_000

    init(_ utf8: [UInt8]) {
        bytes = utf8
        end = utf8.count
        offset = utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Reads no more than a value that stands there: what is malformed could else lead far behind it, of
    /// each of many values.
    init(_ utf8: [UInt8], in range: Range<Int>) {
        bytes = utf8
        offset = range.lowerBound
        end = range.upperBound
    }

    /// The next byte that is no space; nil at the end.
    mutating func next() -> UInt8? {
        while offset < end {
            switch bytes[offset] {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","), UInt8(ascii: ":"): offset += 1
            default: return bytes[offset]
            }
        }
        return nil
    }

    /// Where an object stands.
    struct Object {
        let range: Range<Int>
        /// Whether it has an end.
        let isWhole: Bool
    }

    /// Where each object stands that is at the top or in a list at the top.
    mutating func objects() -> [Object] {
        var objects: [Object] = []
        while let byte = next(), !isBroken {
            if byte == UInt8(ascii: "{") {
                objects.append(object())
            } else {
                skipToken(byte)
            }
        }
        return objects
    }

    /// The object that begins here.
    private mutating func object() -> Object {
        let start = offset
        skipValue()
        return Object(range: start..<offset, isWhole: !isBroken)
    }

    /// So many lines tell whether each is to hold an object.
    private static let tellingLines = 100

    /// The object of each line of JSON Lines, where a broken one costs only itself; nil when less than
    /// half of the first lines hold one.
    func objectsOfLines() -> [Object]? {
        var objects: [Object] = []
        var start = offset
        while start < end {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? self.end
            let line = start..<end
            start = end + 1
            // The brackets of a list around them may have lines of their own.
            guard bytes[line].contains(where: { !" \t\r,[]".utf8.contains($0) }) else { continue }
            objects.append(Object(range: line, isWhole: Self.isObject(bytes[line])))
            if objects.count == Self.tellingLines, !Self.areMostlyWhole(objects) { return nil }
        }
        return objects.count > 1 && Self.areMostlyWhole(objects.prefix(Self.tellingLines))
            ? objects : nil
    }

    private static func areMostlyWhole(_ objects: some Collection<Object>) -> Bool {
        2 * objects.count(where: \.isWhole) >= objects.count
    }

    private static func isObject(_ line: ArraySlice<UInt8>) -> Bool {
        guard line.first(where: { $0 > 0x20 }) == UInt8(ascii: "{") else { return false }
        var scanner = JSONScanner(Array(line))
        _ = scanner.next()
        return scanner.object().isWhole && scanner.next() == nil
    }

    /// The same of the first list of objects that an object holds, as in `{"data": {"rows": […]}}`.
    func objects(in object: Range<Int>) -> [Object] {
        var scanner = JSONScanner(bytes, in: object)
        var depth = 0
        while scanner.offset < object.upperBound, let byte = scanner.next() {
            switch byte {
            case UInt8(ascii: "["):
                if depth <= Self.deepestList, scanner.opensObjects() { return scanner.list() }
                depth += 1
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            scanner.skipToken(byte)
        }
        return []
    }

    /// The objects of the list that begins here.
    private mutating func list() -> [Object] {
        var objects: [Object] = []
        offset += 1
        while let byte = next(), byte == UInt8(ascii: "{") { objects.append(object()) }
        return objects
    }

    /// Whether a list that begins here begins with an object.
    private func opensObjects() -> Bool {
        var scanner = self
        scanner.offset += 1
        return scanner.next() == UInt8(ascii: "{")
    }

    /// Passes over a value.
    private mutating func skipValue() {
        var depth = 0
        repeat {
            guard let byte = next() else {
                isBroken = true
                return
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            skipToken(byte)
        } while depth > 0
    }

    /// Passes over a bracket, a string or a word.
    private mutating func skipToken(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "}"), UInt8(ascii: "]"): offset += 1
        case UInt8(ascii: "\""): skipString()
        default: skipWord()
        }
    }

    private mutating func skipString() {
        offset += 1
        while offset < end, bytes[offset] != UInt8(ascii: "\"") {
            offset += bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
        offset = min(end, offset + 1)
    }

    private mutating func skipWord() {
        let start = offset
        while offset < end, !" \t\r\n,:{}[]\"".utf8.contains(bytes[offset]) { offset += 1 }
        if offset == start { offset += 1 }
    }

    // MARK: Fields

    /// The texts and numbers of the record that begins here, by their names in lower case.
    ///
    /// Those in objects stand behind the name of the object and a full stop. The parts of a list are
    /// lines.
    mutating func fields() -> [String: String] {
        var fields: [String: String] = [:]
        if next() == UInt8(ascii: "{") { object("", depth: 0, &fields) }
        return fields
    }

    private mutating func object(_ prefix: String, depth: Int, _ fields: inout [String: String]) {
        offset += 1
        while let byte = next(), byte != UInt8(ascii: "}") {
            guard byte == UInt8(ascii: "\"") else {
                offset += 1
                continue
            }
            let name = prefix + string().lowercased()
            value(name, depth: depth, &fields)
        }
        offset += 1
    }

    private mutating func value(_ name: String, depth: Int, _ fields: inout [String: String]) {
        switch next() {
        case UInt8(ascii: "\""): add(string(), name, &fields)
        case UInt8(ascii: "{"):
            if depth < Self.deepest {
                object(name + ".", depth: depth + 1, &fields)
            } else {
                skipValue()
            }
        case UInt8(ascii: "["):
            offset += 1
            while let byte = next(), byte != UInt8(ascii: "]") {
                if byte == UInt8(ascii: "\"") { add(string(), name, &fields) } else { skipValue() }
            }
            offset += 1
        case nil, UInt8(ascii: "}"): return
        default:
            let start = offset
            skipWord()
            let word = String(decoding: bytes[start..<offset], as: UTF8.self)
            if word != "null" { add(word, name, &fields) }
        }
    }

    private func add(_ text: String, _ name: String, _ fields: inout [String: String]) {
        if fields[name] != nil {
            fields[name]? += "\n" + text
        } else if fields.count < Self.mostFields {
            fields[name] = text
        }
    }

    private mutating func string() -> String {
        offset += 1
        var units: [UInt8] = []
        var wide: [UInt16] = []
        func finishWide() {
            guard !wide.isEmpty else { return }
            units += Array(String(decoding: wide, as: UTF16.self).utf8)
            wide = []
        }
        while offset < end, bytes[offset] != UInt8(ascii: "\"") {
            let byte = bytes[offset]
            offset += 1
            guard byte == UInt8(ascii: "\\"), offset < end else {
                finishWide()
                units.append(byte)
                continue
            }
            let escaped = bytes[offset]
            offset += 1
            switch escaped {
            case UInt8(ascii: "u"):
                let digits = bytes[offset..<min(end, offset + 4)].compactMap(
                    HexadecimalDigit.value)
                offset = min(end, offset + 4)
                wide.append(digits.reduce(UInt16(0)) { $0 << 4 | UInt16($1) })
                continue
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "r"), UInt8(ascii: "b"), UInt8(ascii: "f"): continue
            default:
                finishWide()
                units.append(escaped)
            }
        }
        finishWide()
        offset = min(end, offset + 1)
        return String(decoding: units, as: UTF8.self)
    }
}
