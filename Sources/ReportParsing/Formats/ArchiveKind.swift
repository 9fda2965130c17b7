import Documents

/// What a ZIP archive is as a whole, told by the names of its parts.
enum ArchiveKind {
    case word
    case excel
    case openDocument
    /// A document with a fixed layout.
    case fixedLayout
    /// An archive of files.
    case files
    /// An archive of web archives with lists of what is in them (WACZ).
    case webCollection
    /// A document of a kind that is not read, by its name for a person.
    case unread(String)

    /// What the names of the files begin with that are to be read; nil when it is one document.
    var files: String? {
        switch self {
        case .files: ""
        case .webCollection: Self.webArchives
        case .word, .excel, .openDocument, .fixedLayout, .unread: nil
        }
    }

    /// The folder of the web archives in a collection.
    private static let webArchives = "archive/"

    init(_ names: [String]) {
        let all = Set(names)
        if names.contains(where: WordReader.isBody) {
            self = .word
        } else if all.contains("xl/workbook.xml") {
            self = .excel
        } else if all.contains("content.xml") {
            self = .openDocument
        } else if all.contains(OFDPages.root) {
            self = .fixedLayout
        } else if all.contains("ppt/presentation.xml") {
            self = .unread("a PowerPoint document")
        } else if all.contains("xl/workbook.bin") {
            self = .unread("an Excel workbook in its binary format (.xlsb)")
        } else if all.contains("datapackage.json"),
            names.contains(where: { $0.hasPrefix(Self.webArchives) && $0.contains(".warc") })
        {
            self = .webCollection
        } else {
            self = .files
        }
    }
}

/// What a compound file is, told by the names of its streams.
enum CompoundKind {
    case word
    case excel
    /// A newer document with a password.
    case encrypted
    /// A document of a kind that is not read, by its name for a person.
    case unread(String)

    init(_ file: CompoundFile) {
        if file.has("EncryptedPackage") {
            self = .encrypted
        } else if file.has("WordDocument") {
            self = .word
        } else if file.has("Workbook") {
            self = .excel
        } else if file.has("Book") {
            self = .unread("an Excel workbook of before 1997")
        } else if file.has("PowerPoint Document") {
            self = .unread("a PowerPoint document")
        } else {
            self = .unread("an Office file that is neither a text nor a sheet")
        }
    }
}
