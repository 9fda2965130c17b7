import PlainXapian
import ReportOutput
import ReportSearch

/// What is told of plain databases and of servers.
extension Message {
    static let databasesAreWhole = Message(
        "--to xapian writes whole reports: leave out hits, statistics, --fields, --columns, --heads, "
            + "--bom, --force and --format",
        "--to xapian 写入完整的报告：请去掉 hits、statistics、--fields、--columns、--heads、--bom、--force "
            + "和 --format")

    /// What an export to plain databases did.
    static func exportedDatabases(_ counts: PlainExport.Counts) -> Message {
        Message(
            "\(counts.total == 1 ? "1 report" : "\(counts.total) reports"): +\(counts.added) added "
                + "~\(counts.changed) changed -\(counts.removed) removed",
            "\(counts.total) 份报告：新增 +\(counts.added) 变更 ~\(counts.changed) "
                + "移除 -\(counts.removed)")
    }

    /// A flag that servers cannot obey.
    static func notOfServers(_ what: String) -> Message {
        Message(
            "\(what) cannot be asked of servers; ask a local index for it",
            "服务器无法回答 \(what)；请查询本地索引")
    }

    static let nothingFoundOnServers = Message(
        "gongkai: nothing found; try fewer words, or drop a filter",
        "gongkai：没有找到；可以减少词语，或去掉一个筛选条件")

    static let valuesAlone = Message(
        "gongkai: servers keep the values of cells, not their raw texts and lines, and no findings",
        "gongkai：服务器只有单元格的数值，没有原文和行号，也没有读取说明")

    /// A question that took too long.
    static func late(_ servers: [ServerAddress], _ timeout: Double) -> Message {
        let names = servers.map(\.description).joined(separator: ", ")
        let seconds = (timeout * 1000).rounded() / 1000
        return Message(
            "gongkai: \(names): no answer within \(seconds) s; use a longer --timeout",
            "gongkai：\(names)：\(seconds) 秒内没有回答；请加长 --timeout")
    }

    /// An answer of some servers only.
    static func partial(_ partial: PartialAnswer) -> Message {
        Message(
            "gongkai: partial: \(partial.answered) of \(partial.of) servers answered",
            "gongkai：结果不完整（partial）：\(partial.of) 个服务器中有 \(partial.answered) 个回答")
    }

    /// A plain database that could not be written.
    static func failure(_ error: PlainError) -> Message {
        Message(
            "gongkai: \(DisplayPath.of(error.path)): \(error.detail)",
            "gongkai：\(DisplayPath.of(error.path))：\(error.chinese)")
    }
}
