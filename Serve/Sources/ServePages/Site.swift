import Platform
public import QueryLanguage
import ReportModel
public import ReportSearch

/// The pages of an index: an answer for each address.
///
/// Not shared between threads. The index is opened again when a run of `index` has changed it.
public final class Site {
    private let folders: [String]
    private var opened: (reader: IndexReader, states: [FileStatus?])?

    /// The pages of one index, or of several read as one.
    public init(folders: [String]) { self.folders = folders }

    /// Opens the index now, so that what is wrong with it is known before anybody asks.
    public func open() throws { _ = try reader() }

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
            let status = error.reason == .question ? 400 : 503
            return problem(status, error.message(in: language), address, words)
        } catch {
            return problem(500, "\(error)", address, words)
        }
    }

    private func answer(to address: Address, _ words: Words) throws -> Answer {
        let path = address.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        switch (path.first.map(String.init) ?? "", path.count) {
        case ("", 1), ("search", 1):
            return try SearchPage(reader: reader(), address: address, words: words).answer()
        case ("report", 2):
            let id = String(path[path.startIndex + 1])
            guard let page = try ReportPage(reader: reader(), id: id, address, words) else { break }
            return try page.answer()
        case ("agencies", 1):
            return try AgenciesPage(reader: reader(), address: address, words: words).answer()
        case ("agency", 1):
            return try AgencyPage(reader: reader(), address: address, words: words).answer()
        case ("stats", 1):
            return try StatisticsPage(reader: reader(), address: address, words: words).answer()
        case ("checks", 1):
            return try ChecksPage(reader: reader(), address: address, words: words).answer()
        case ("about", 1):
            return try AboutPage(reader: reader(), address: address, words: words).answer()
        case ("style.css", 1) where address.form == .html:
            return Answer(
                status: 200, type: "text/css; charset=utf-8", body: Array(Style.sheet.utf8))
        default: break
        }
        return problem(
            404, words("There is nothing at this address.", "这个地址没有内容。"), address, words)
    }

    /// The index as it stands now.
    private func reader() throws -> IndexReader {
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
