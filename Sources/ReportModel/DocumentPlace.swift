/// A page or sheet of a document, and where its lines begin.
///
/// The lines from ``firstLine`` on, up to that of the next place, stand there.
public struct DocumentPlace: Sendable, Hashable {
    /// What a place is.
    public enum Kind: String, Sendable, CaseIterable {
        /// A printed page.
        case page
        /// A sheet of a workbook.
        case sheet
    }

    /// What the place is.
    public let kind: Kind
    /// The sheet's name, or the page's number from 1.
    public let name: String
    /// The number of its first line, from 1.
    public let firstLine: Int

    /// Makes a place.
    public init(kind: Kind, name: String, firstLine: Int) {
        self.kind = kind
        self.name = name
        self.firstLine = firstLine
    }
}

extension [DocumentPlace] {
    /// The place that a line stands on; nil when it stands on none.
    public func place(ofLine line: Int) -> DocumentPlace? { last { $0.firstLine <= line } }
}
