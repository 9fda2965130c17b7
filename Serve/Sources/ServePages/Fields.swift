import QueryLanguage
import ReportSearch

/// The filters of an address, as terms of the query language.
struct Fields {
    /// The fields of an address that narrow, each with the field of the query language.
    static let names = ["agency", "region", "section", "form", "level", "scope", "kind", "year"]

    let address: Address

    /// What the fields narrow.
    var filters: Filters {
        var filters = Filters()
        filters.agency = address.values(of: "agency")
        filters.region = address.values(of: "region")
        filters.section = address.values(of: "section")
        filters.form = address.values(of: "form")
        filters.level = address.values(of: "level")
        filters.scope = address.values(of: "scope")
        filters.kind = address.values(of: "kind")
        filters.year = address.values(of: "year")
        filters.where = address.values(of: "where")
        return filters
    }

    /// The filters as terms; a field of an address has the name that it has in the query language.
    func terms() throws -> [Question.Term] { try filters.terms { $0 } }

    /// The filters as a tree; nil where there are none.
    func tree() throws -> QueryTree? { try Question(terms()).tree }

    /// Which agencies should have reports, as a tree; nil where all should.
    func treeOfAgencies() throws -> QueryTree? {
        try Question(filters.withoutYearsAndNumbers.terms { $0 }).tree
    }

    /// The whole question: what is typed in the box and the filters.
    func question() throws -> Question {
        var terms = try terms()
        if let text = address["q"], let tree = try QueryTree.parse(text) {
            terms.insert(Question.Term(tree, from: .query(text)), at: 0)
        }
        return Question(terms)
    }

    /// Hidden fields of a form that keep the filters.
    func kept(_ names: [String]) -> [HTML] {
        names.flatMap { name in
            address.values(of: name).map { value -> HTML in
                "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
            }
        }
    }
}
