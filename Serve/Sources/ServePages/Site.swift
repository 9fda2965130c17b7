import Platform
public import QueryLanguage
import ReportModel
public import ReportSearch

/// The pages of an index: an answer for each address.
///
/// Not shared between threads. The index is opened again when a run of `index` has changed it.
public final class Site {
    private let indexes: Indexes
    private var opened: (reader: IndexReader, states: [FileStatus?])?

    /// The pages of one index, or of several read as one.
    public init(_ indexes: Indexes) { self.indexes = indexes }

    /// Opens the index now, so that what is wrong with it is known before anybody asks.
    public func open() throws { _ = try source() }

    /// The answer for an address.
    public func answer(to address: Address, in language: QuerySyntaxError.Language) -> Answer {
        let words = Words(language: language)
        do {
            return try answer(to: address, words)
        } catch let error as QuerySyntaxError {
            return problem(400, error.message(in: language), address, words)
        } catch let error as FilterProblem {
            return problem(400, error.message(in: language), address, words)
        } catch let error as BadRequest {
            return problem(400, error.message, address, words)
        } catch let error as SearchError {
            let status =
                switch error.reason {
                case .question: 400
                case .server: 502
                case .late: 504
                default: 503
                }
            // In English the error names the server itself.
            let server =
                [502, 504].contains(status) ? words("", error.path.map { $0 + "：" } ?? "") : ""
            return problem(status, server + error.message(in: language), address, words)
        } catch {
            return problem(500, "\(error)", address, words)
        }
    }

    private func answer(to address: Address, _ words: Words) throws -> Answer {
        let path = address.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        switch (path.first.map(String.init) ?? "", path.count) {
        case ("", 1), ("search", 1):
            return try SearchPage(source: source(), address: address, words: words).answer()
        case ("report", 2):
            let id = String(path[path.startIndex + 1])
            guard let page = try ReportPage(source: source(), id: id, address, words) else { break }
            return try page.answer()
        case ("agencies", 1):
            return try AgenciesPage(source: source(), address: address, words: words).answer()
        case ("agency", 1):
            return try AgencyPage(source: source(), address: address, words: words).answer()
        case ("stats", 1):
            return try StatisticsPage(source: source(), address: address, words: words).answer()
        case ("checks", 1):
            let reader = try source().index(for: words("Checks", "勾稽核对"), words)
            return try ChecksPage(reader: reader, address: address, words: words).answer()
        case ("about", 1):
            return try AboutPage(source: source(), address: address, words: words).answer()
        case ("style.css", 1) where address.form == .html:
            return Answer(
                status: 200, type: "text/css; charset=utf-8", body: Array(Style.sheet.utf8))
        default: break
        }
        return problem(
            404, words("There is nothing at this address.", "这个地址没有内容。"), address, words)
    }

    /// What the pages are made of, as it stands now: servers are connected to for each question.
    private func source() throws -> Source {
        guard !indexes.servers.isEmpty else { return .index(try reader()) }
        let searcher = try ServerSearcher(
            indexes.servers, beside: indexes.folders.isEmpty ? nil : reader(),
            timeout: indexes.timeout, mayMiss: false)
        return .servers(searcher, names: indexes.names)
    }

    /// The index as it stands now.
    private func reader() throws -> IndexReader {
        let folders = indexes.folders
        let states = folders.map { FileSystem.status(of: $0 + "/manifest", follows: true) }
        if let opened, opened.states == states { return opened.reader }
        let reader = try IndexReader.reading(folders)
        opened = (reader, states)
        return reader
    }

    /// A page, or an object, that says what went wrong.
    private func problem(
        _ status: Int, _ message: String, _ address: Address, _ words: Words
    ) -> Answer {
        guard address.form == .html else { return .failure(status, message) }
        let page = PageFrame(
            title: words("That did not work", "未能完成"), address: address, words: words)
        return .page(
            page.html("<p class=\"problem\" role=\"alert\">\(message)</p>"), status: status)
    }
}

extension IndexReader {
    /// Some indexes opened for reading, as one.
    public static func reading(_ folders: [String]) throws -> IndexReader {
        let readers = try folders.map { try IndexReader(folder: $0) }
        return readers.count == 1 ? readers[0] : try IndexReader(merging: readers)
    }
}

/// An address whose fields make no sense.
struct BadRequest: Error {
    let message: String
}
