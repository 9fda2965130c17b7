import ChineseText

/// Bytes that hold no text that can be read.
public struct UndecodableText: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why not.
    public enum Reason: Sendable, Hashable {
        /// The bytes are malformed in each of these encodings.
        case malformed(tried: [String])
        /// The bytes are of a format that is not read.
        case format(String)
    }

    /// Why the bytes were not read.
    public let reason: Reason

    /// What is wrong and what to do, for a person.
    public var description: String {
        switch reason {
        case .malformed(let tried):
            "not text in \(tried.joined(separator: ", ")); "
                + "convert the file to UTF-8 or name its encoding with --encoding"
        case .format(let name): "\(name), which is not read; save the report as text"
        }
    }
}

/// A file's text and the encoding that it was decoded from.
struct DecodedText {
    let text: String
    let encoding: TextEncoding

    /// Decodes strictly: a byte order mark decides; without one UTF-8, then GB18030.
    ///
    /// `encoding` overrides the search. A mark stays in the text as U+FEFF, which repair drops.
    init(_ bytes: [UInt8], encoding: TextEncoding? = nil) throws(UndecodableText) {
        if encoding == nil, let format = FileFormat(bytes) {
            throw UndecodableText(reason: .format(format.rawValue))
        }
        let marked = Self.marks.first { bytes.starts(with: $0.mark) }?.encoding
        let candidates: [TextEncoding] =
            if let encoding = encoding ?? marked {
                [encoding]
            } else if bytes.contains(0) {
                // NUL bytes mean no text, or UTF-16 without a mark; GB18030 would let them pass.
                [.utf8]
            } else {
                [.utf8, .gb18030]
            }
        for candidate in candidates {
            if let text = candidate.decode(bytes.span) {
                self.init(text: text, encoding: candidate)
                return
            }
        }
        throw UndecodableText(reason: .malformed(tried: candidates.map(\.rawValue)))
    }

    private init(text: String, encoding: TextEncoding) {
        self.text = text
        self.encoding = encoding
    }

    /// Byte order marks, the longer ones first.
    private static let marks: [(mark: [UInt8], encoding: TextEncoding)] = [
        ([0xFF, 0xFE, 0, 0], .utf32le), ([0, 0, 0xFE, 0xFF], .utf32be),
        ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16le), ([0xFE, 0xFF], .utf16be),
    ]
}
