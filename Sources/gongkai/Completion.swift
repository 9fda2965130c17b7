import ArgumentParser
import Platform
import ReportModel
import ReportSearch

/// What a shell offers for the values of options, from the index where the values are its own.
enum Completion {
    static let agencies = names(.agency)
    static let regions = names(.region)
    static let years = names(.year)
    static let sections = names(.section)

    /// The reports of the index by their ids, and files.
    static let reports = CompletionKind.custom { arguments, _, prefix in
        let ids = prefix.isEmpty ? [] : ids(beginning: prefix, reader(arguments))
        return ids + files(beginning: prefix)
    }

    /// The most ids that are offered: nobody chooses among more.
    private static let mostIDs = 100

    private static func ids(beginning prefix: String, _ reader: IndexReader?) -> [String] {
        (try? reader?.ids(beginning: prefix, limit: mostIDs)) ?? []
    }

    /// The files and folders whose paths begin so.
    private static func files(beginning prefix: String) -> [String] {
        let folder = prefix.lastIndex(of: "/").map { String(prefix[...$0]) } ?? ""
        guard let path = try? AbsolutePath.of(folder.isEmpty ? "." : folder),
            let opened = try? OpenFolder(at: path), let names = try? opened.names()
        else { return [] }
        return names.sorted().filter { !$0.hasPrefix(".") }.map { folder + $0 }
            .filter { $0.hasPrefix(prefix) }
    }

    /// The rules of `check`, their families too.
    static let rules = CompletionKind.custom { _, _, prefix in
        (CheckRules.families + CheckRules.names).filter { $0.hasPrefix(prefix) }
    }

    /// The columns of `export`, as a list that may go on.
    static let columns = list { ReportExport.columnNames }

    /// The statistics, as a list that may go on.
    static let statisticLists = list {
        ["all"] + Statistic.all.flatMap { $0.names.prefix(1) + [$0.key] }
    }

    private static func list(_ names: @escaping @Sendable () -> [String]) -> CompletionKind {
        .custom { _, _, prefix in
            let done = prefix.lastIndex(of: ",").map { String(prefix[...$0]) } ?? ""
            return names().map { done + $0 }.filter { $0.hasPrefix(prefix) }
        }
    }

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
            guard let names = try? reader(arguments)?.vocabulary(kind) else { return [] }
            let wanted = folded(prefix)
            return names.filter { $0.hasPrefix(wanted) }
        }
    }

    /// The index on the command line; nil without one.
    private static func reader(_ arguments: [String]) -> IndexReader? {
        let named = arguments.firstIndex(of: "--index").map { arguments[($0 + 1)...] }?.first
        guard let folder = try? IndexLocation.existing(named: named) else { return nil }
        return try? IndexReader(folder: folder)
    }
}
