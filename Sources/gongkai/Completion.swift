import ArgumentParser
import ReportModel
import ReportSearch

/// What a shell offers for the values of options, from the index where the values are its own.
enum Completion {
    static let agencies = names(.agency)
    static let regions = names(.region)
    static let years = names(.year)
    static let sections = names(.section)

    /// The fields and statistics of a query, each with what follows it.
    static let fields = CompletionKind.custom { _, _, prefix in
        let fields = FieldName.allCases.flatMap { $0.names.map { $0 + ":" } }
        let statistics = Statistic.all.flatMap { $0.names + [$0.key] }.map { $0 + ">=" }
        return (fields + statistics).filter { $0.hasPrefix(prefix) }
    }

    /// What hits are sorted by.
    static let orders = CompletionKind.custom { _, _, prefix in
        let statistics = Statistic.all.flatMap { $0.names.prefix(1) + [$0.key] }
        let names = ["relevance", "year"] + statistics
        return (names + names.dropFirst().map { "-" + $0 }).filter { $0.hasPrefix(prefix) }
    }

    /// The statistics alone.
    static let statistics = CompletionKind.custom { _, _, prefix in
        Statistic.all.flatMap { $0.names + [$0.key] }.filter { $0.hasPrefix(prefix) }
    }

    /// What reports are grouped by, as a list that may go on.
    static let groups = CompletionKind.custom { _, _, prefix in
        let done = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
        return GroupField.plain.map { done + $0.key }.filter { $0.hasPrefix(prefix) }
    }

    /// What passages are counted by, as a list that may go on.
    static let facets = CompletionKind.custom { _, _, prefix in
        let done = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
        return FacetField.allCases.map { done + $0.rawValue }.filter { $0.hasPrefix(prefix) }
    }

    /// The names of one kind that the index on the command line holds; none without an index.
    private static func names(_ kind: Vocabulary) -> CompletionKind {
        .custom { arguments, _, prefix in
            let named = arguments.firstIndex(of: "--index").map { arguments[($0 + 1)...] }?.first
            guard let folder = try? IndexLocation.existing(named: named),
                let reader = try? IndexReader(folder: folder),
                let names = try? reader.vocabulary(kind)
            else { return [] }
            let wanted = folded(prefix)
            return names.filter { $0.hasPrefix(wanted) }
        }
    }
}
