/// What a document says about itself beside its text.
///
/// Evidence, not proof: the title of a page is often that of the site, and its publisher another
/// agency than the one that reports.
struct DocumentEvidence: Equatable {
    /// The title that the document names, such as a page's `ArticleTitle`; nil when none.
    var title: String?
    /// Who published it, such as a page's `ContentSource`; nil when none.
    var publisher: String?
    /// The site or series that it belongs to, such as a page's `SiteName`; nil when none.
    var site: String?
    /// When it was published, as printed; nil when unknown.
    var published: String?
}
