// The only file that calls libxml2's wrapper, and so handles pointers.

internal import CDocuments

/// One step through a page or an XML document.
public enum MarkupEvent: Sendable, Equatable {
    /// An element opens; its name is in lower case in HTML, and has no prefix in XML.
    case start(String, attributes: [MarkupAttribute])
    /// An element closes.
    case end(String)
    /// Text, with entities resolved; `line` is where it begins, from 1.
    case text(String, line: Int)
    /// A part of a page's style sheet, in a `style` element.
    case style(String)
    /// Nothing is open any more: too many elements were.
    case reset
}

/// One attribute of an element.
public struct MarkupAttribute: Sendable, Equatable {
    /// Its name, as that of an element.
    public let name: String
    /// Its value with entities resolved.
    public let value: String
}

/// What was wrong with markup.
public enum MarkupProblem: Error, Sendable, Hashable {
    /// XML that is not well-formed; the events before the fault were delivered.
    case malformed
    /// XML with a document type, which could define entities.
    case documentType
    /// Memory ran short.
    case noMemory
}

/// Reads HTML and XML as a stream of events, without a tree.
///
///     try Markup.html.read(utf8) { event in … }
///
/// HTML never fails: mistakes are mended as browsers do. XML must be well-formed and have no
/// document type; nothing is fetched. A zero byte in HTML is a space. Memory is bounded by the largest
/// text between two tags, whatever the depth, and where a tag or comment has no end by the rest.
public enum Markup: Sendable {
    /// Any page.
    case html
    /// Well-formed XML.
    case xml

    /// How much is handed over at a time.
    private static let part = 16 << 10

    /// Calls `body` with every event of a document in UTF-8.
    public func read(
        _ utf8: [UInt8], _ body: (MarkupEvent) -> Void
    ) throws(MarkupProblem) {
        guard let parser = MarkupParser(self) else { throw .noMemory }
        var start = 0
        repeat {
            var end = min(utf8.count, start + Self.part)
            while end < utf8.count, end > start + 1, utf8[end] & 0xC0 == 0x80 { end -= 1 }
            let problem = parser.feed(utf8[start..<end], isLast: end == utf8.count)
            parser.deliver(body)
            if let problem { throw problem }
            start = end
        } while start < utf8.count
    }
}

/// A parser of the C library; used by one task.
@safe private final class MarkupParser {
    private let handle: OpaquePointer
    private var pending: (name: String, attributes: [MarkupAttribute])?
    private var attribute = ""
    private let isXML: Bool

    init?(_ language: Markup) {
        let number = language == .html ? CDOCUMENTS_HTML : CDOCUMENTS_XML
        guard let handle = unsafe cdocuments_markup_open(Int32(number)) else { return nil }
        unsafe self.handle = handle
        isXML = language == .xml
    }

    deinit { unsafe cdocuments_markup_close(handle) }

    func feed(_ part: ArraySlice<UInt8>, isLast: Bool) -> MarkupProblem? {
        // The parser takes a zero byte for the end of a page.
        let isCut = !isXML && part.contains(0)
        let part = isCut ? ArraySlice(part.map { $0 == 0 ? 0x20 : $0 }) : part
        let state = unsafe part.withUnsafeBufferPointer { bytes in
            unsafe cdocuments_markup_feed(
                handle, bytes.baseAddress, bytes.count, isLast ? 1 : 0)
        }
        switch Int(state) {
        case CDOCUMENTS_FINE: return nil
        case CDOCUMENTS_MALFORMED: return .malformed
        case CDOCUMENTS_DOCTYPE: return .documentType
        default: return .noMemory
        }
    }

    /// The events of the last part.
    ///
    /// They are read where the parser keeps them: of a page with a comment without an end they are
    /// as long as the page.
    func deliver(_ body: (MarkupEvent) -> Void) {
        var count = 0
        let events = unsafe cdocuments_markup_events(handle, &count)
        let bytes = unsafe UnsafeBufferPointer(start: events, count: count)
        var offset = 0
        while offset < count {
            let letter = unsafe bytes[offset]
            let line = unsafe Self.number(bytes, at: offset + 1)
            let length = unsafe Self.number(bytes, at: offset + 5)
            offset += 9
            let content = unsafe UnsafeBufferPointer(rebasing: bytes[offset..<(offset + length)])
            offset += length
            unsafe deliver(letter, content, line, body)
        }
        flush(body)
    }

    /// A number of four bytes, the lowest first.
    private static func number(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        unsafe Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 | Int(bytes[offset + 2]) << 16
            | Int(bytes[offset + 3]) << 24
    }

    private func deliver(
        _ letter: UInt8, _ content: UnsafeBufferPointer<UInt8>, _ line: Int,
        _ body: (MarkupEvent) -> Void
    ) {
        switch letter {
        case UInt8(ascii: "a"):
            attribute = unsafe name(content)
            return
        case UInt8(ascii: "v"):
            pending?.attributes.append(
                MarkupAttribute(
                    name: attribute, value: unsafe String(decoding: content, as: UTF8.self)))
            return
        default: flush(body)
        }
        switch letter {
        case UInt8(ascii: "<"): pending = (unsafe name(content), [])
        case UInt8(ascii: ">"): body(.end(unsafe name(content)))
        case UInt8(ascii: "!"): body(.reset)
        case UInt8(ascii: "s"): body(.style(unsafe String(decoding: content, as: UTF8.self)))
        default:
            // The parser tells where a text ends.
            let lines = unsafe content.count { $0 == 0x0A }
            body(
                .text(
                    unsafe String(decoding: content, as: UTF8.self), line: max(1, line - lines)))
        }
    }

    private func flush(_ body: (MarkupEvent) -> Void) {
        if let element = pending.take() {
            body(.start(element.name, attributes: element.attributes))
        }
    }

    private func name(_ name: UnsafeBufferPointer<UInt8>) -> String {
        guard isXML else { return unsafe String(decoding: name, as: UTF8.self) }
        let start = unsafe name.lastIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
        return unsafe String(decoding: name[start...], as: UTF8.self)
    }
}

extension [MarkupAttribute] {
    /// The value of the attribute with a name; nil when there is none.
    public subscript(name: String) -> String? { first { $0.name == name }?.value }
}
