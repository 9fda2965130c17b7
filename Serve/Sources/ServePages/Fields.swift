import QueryLanguage
import ReportSearch

/// The filters of an address, as terms of the query language.
struct Fields {
    /// The fields of an address that narrow, each with the field of the query language.
    static let names = ["agency", "region", "section", "form", "level", "scope", "kind", "year"]

    let address: Address

    /// The terms: any of one field's values, all of the fields.
    ///
    /// - Throws: `QuerySyntaxError` where a year or a condition cannot be read.
    func terms() throws -> [Question.Term] {
        var terms: [Question.Term] = []
        for name in Self.names {
            let trees = try address.values(of: name).map { value in
                name == "year"
                    ? try Self.year(value)
                    : QueryTree(.field(QueryName(name), .text(value, isQuoted: true)))
            }
            guard let first = trees.first else { continue }
            terms.append(
                Question.Term(
                    trees.count > 1 ? QueryTree(.or(trees)) : first,
                    from: .flag(name, text: nil)))
        }
        for value in address.values(of: "where") {
            guard let tree = try QueryTree.parse(value) else { continue }
            terms.append(Question.Term(tree, from: .flag("where", text: value)))
        }
        return terms
    }

    private static func year(_ value: String) throws -> QueryTree {
        let tree = try QueryTree.parse("year:" + value)
        guard let tree, case .field = tree.kind else {
            throw BadRequest(message: "'\(value)': no year; 2022, 2020..2023")
        }
        return tree
    }

    /// Which agencies should have reports: the filters without years, forms, sections and conditions.
    var ofAgencies: Fields {
        let names: Set<String> = ["agency", "region", "level", "scope", "kind"]
        return Fields(address: address.at(address.path, keeping: names))
    }

    /// The whole question: what is typed in the box and the filters.
    func question() throws -> Question {
        var terms = try terms()
        if let text = address["q"], let tree = try QueryTree.parse(text) {
            terms.insert(Question.Term(tree, from: .query(text)), at: 0)
        }
        return Question(terms)
    }

    /// The filters as terms of a query, as they are written.
    var written: [String] {
        Self.names.flatMap { name -> [String] in
            let values = address.values(of: name).map { value in
                name == "year" ? "year:" + value : "\(name):\"\(value.filter { $0 != "\"" })\""
            }
            return values.count > 1 ? ["(" + values.joined(separator: " OR ") + ")"] : values
        } + address.values(of: "where").map { "(\($0))" }
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
