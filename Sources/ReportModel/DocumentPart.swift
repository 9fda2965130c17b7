/// A page or sheet of a document, and where its lines begin.
///
/// The lines from ``firstLine`` on, up to that of the next part, stand there.
public struct DocumentPart: Sendable, Hashable {
    /// What a part is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A printed page.
        case page
        /// A sheet of a workbook.
        case sheet
    }

    /// What the part is.
    public let kind: Kind
    /// The sheet's name, or the page's number from 1.
    public let name: String
    /// The number of its first line, from 1.
    public let firstLine: Int

    /// Makes a part.
    public init(kind: Kind, name: String, firstLine: Int) {
        self.kind = kind
        self.name = name
        self.firstLine = firstLine
    }
}

extension [DocumentPart] {
    /// The part that a line stands on; nil when it stands on none.
    public func part(ofLine line: Int) -> DocumentPart? { last { $0.firstLine <= line } }
}
