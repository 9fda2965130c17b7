import Platform

/// The list of files of an index.
///
/// One line a file, its fields set apart by tabs: report, path, size, time of the last change of
/// content, of content or attributes, inode, time of reading, reason for skipping, detail, and the
/// ``RecordCheck`` of all before it in four hexadecimal digits. The lines are in the order of their
/// bytes, so that the files of a report are found without reading the rest. A file without a report
/// has `~` instead of an id, which sorts last. In paths and details the bytes below 0x20, 0x7F, `%`,
/// and those that are not UTF-8 are written as `%` and two digits. Paths stand as ``StoredPath`` says.
///
/// ``FileTable`` has one in memory, ``NextFileList`` makes one of another.
public enum FileList {
    static let tab: UInt8 = 0x09
    static let newline: UInt8 = 0x0A
    private static let hexadecimal = Array("0123456789ABCDEF".utf8)
    /// What stands for no report.
    static let none = Array("~".utf8)
    static let fieldCount = 10
    /// The number of the field with the reason for skipping.
    private static let skippedField = 7

    // MARK: Writing

    /// Appends the line of an entry.
    static func append(_ entry: FileEntry, to bytes: inout [UInt8], _ paths: StoredPath) {
        let start = bytes.count
        bytes += (entry.report ?? "~").utf8
        bytes.append(tab)
        escape(paths.bytes(of: entry.path), into: &bytes)
        for number in [entry.size, entry.modified, entry.changed] {
            bytes.append(tab)
            bytes += String(number).utf8
        }
        bytes.append(tab)
        bytes += String(entry.inode).utf8
        bytes.append(tab)
        bytes += String(entry.read).utf8
        bytes.append(tab)
        bytes += (entry.skipped ?? "").utf8
        bytes.append(tab)
        escape(Array((entry.detail ?? "").utf8), into: &bytes)
        bytes.append(tab)
        let check = RecordCheck.value(of: bytes.span.extracting(start..<bytes.count))
        for shift in [12, 8, 4, 0] { bytes.append(hexadecimal[Int(check >> shift & 15)]) }
        bytes.append(newline)
    }

    /// A path as it stands in a line.
    static func field(ofPath path: String, _ paths: StoredPath) -> [UInt8] {
        var field: [UInt8] = []
        escape(paths.bytes(of: path), into: &field)
        return field
    }

    private static func escape(_ raw: [UInt8], into bytes: inout [UInt8]) {
        let isUTF8 = String(validating: raw, as: UTF8.self) != nil
        for byte in raw {
            if byte < 0x20 || byte == 0x7F || byte == 0x25 || (byte >= 0x80 && !isUTF8) {
                bytes += [0x25, hexadecimal[Int(byte >> 4)], hexadecimal[Int(byte & 15)]]
            } else {
                bytes.append(byte)
            }
        }
    }

    // MARK: Reading

    /// Hands over the entry of each line; a list may have millions.
    ///
    /// - Returns: whether all lines are entries; the first that is none is the last that is read.
    public static func forEachEntry(
        in bytes: Span<UInt8>, _ paths: StoredPath, _ body: (FileEntry) -> Void
    ) -> Bool {
        var fields: [Range<Int>] = []
        var start = 0
        for index in bytes.indices {
            let byte = bytes[index]
            guard byte == tab || byte == newline else { continue }
            guard fields.count < fieldCount else { return false }
            fields.append(start..<index)
            start = index + 1
            guard byte == newline else { continue }
            guard let entry = entry(bytes, fields, paths) else { return false }
            body(entry)
            fields.removeAll(keepingCapacity: true)
        }
        return start == bytes.count && fields.isEmpty
    }

    /// How many files have a report, and how many were skipped for each reason; nil when a line is
    /// no entry.
    public static func counts(in bytes: Span<UInt8>) -> (reports: Int, skipped: [String: Int])? {
        var counts = (reports: 0, skipped: [String: Int]())
        var start = 0
        while start < bytes.count {
            guard let end = bytes.firstOffset(of: newline, from: start),
                isEntry(bytes.extracting(start..<end))
            else { return nil }
            if bytes[start] != none[0] { counts.reports += 1 }
            // Where reason and detail are empty, three tabs stand before the check.
            if bytes[end - 6] != tab || bytes[end - 7] != tab {
                guard let reason = skipped(in: bytes, start..<end) else { return nil }
                if !reason.isEmpty {
                    counts.skipped[String(decoding: reason, as: UTF8.self), default: 0] += 1
                }
            }
            start = end + 1
        }
        return counts
    }

    /// Whether a line without its end has all fields, of which the last is the check of the others.
    private static func isEntry(_ line: Span<UInt8>) -> Bool {
        var tabs = 0
        for index in line.indices where line[index] == tab { tabs += 1 }
        let check = line.count - 4
        return tabs == fieldCount - 1 && check > 0 && line[check - 1] == tab
            && isWhole(line, 0..<check, check: check..<line.count)
    }

    /// The reason for skipping in a line that has all fields; nil when its escapes are broken.
    private static func skipped(in bytes: Span<UInt8>, _ line: Range<Int>) -> [UInt8]? {
        var (start, field) = (line.lowerBound, 0)
        for index in line where bytes[index] == tab {
            if field == skippedField { return text(bytes, start..<index) }
            (start, field) = (index + 1, field + 1)
        }
        return nil
    }

    /// The paths of the files with the content of each of some reports, in their order; nil when a
    /// line is damaged.
    ///
    /// Looks at a few lines, however long the list is.
    ///
    /// - Parameters:
    ///   - ids: the reports, by ``ReportModel/ReportHead/idNumber``.
    ///   - prefetch: has the processor fetch what stands around an offset.
    public static func paths(
        ofReports ids: [UInt64], in bytes: Span<UInt8>, _ stored: StoredPath,
        prefetch: (Int) -> Void
    ) -> [[String]]? {
        var searches = ids.map { FileListSearch(ofReport: $0, count: bytes.count) }
        for search in searches { prefetch(search.offset) }
        var isOver = false
        while !isOver {
            isOver = true
            for index in searches.indices where !searches[index].isOver {
                let offset = searches[index].offset
                searches[index].look(in: bytes)
                let next = searches[index].offset
                // The lines beside one that was looked at are there.
                if abs(next - offset) > 128 { prefetch(next) }
                isOver = false
            }
        }
        var all: [[String]] = []
        all.reserveCapacity(ids.count)
        for (id, search) in zip(ids, searches) {
            guard let paths = paths(ofReport: id, from: search.low, in: bytes, stored) else {
                return nil
            }
            all.append(paths)
        }
        return all
    }

    /// The paths in the lines of a report, of which the first begins at an offset.
    private static func paths(
        ofReport id: UInt64, from start: Int, in bytes: Span<UInt8>, _ stored: StoredPath
    ) -> [String]? {
        var paths: [String] = []
        var line = start
        while line < bytes.count, bytes[line] != none[0],
            FileListSearch.number(bytes, at: line) == id
        {
            let next = endOfLine(from: line, in: bytes)
            // The check is the four digits before the end of the line.
            let check = max(line, next - 5)..<max(line, next - 1)
            let path = line + FileListSearch.digits + 1
            guard isWhole(bytes, line..<check.lowerBound, check: check),
                let end = bytes.firstOffset(of: tab, from: path), end < next,
                let text = text(bytes, path..<end).map(stored.path)
            else { return nil }
            paths.append(text)
            line = next
        }
        // Escaped, some sort otherwise.
        if paths.count > 1 { paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
        return paths
    }

    /// The id of the report in a line as a number; nil when it has none.
    static func report(ofLine line: ArraySlice<UInt8>) -> UInt64? {
        var number: UInt64 = 0
        for byte in line {
            switch byte {
            case 0x30...0x39: number = number << 4 | UInt64(byte - 0x30)
            case 0x61...0x66: number = number << 4 | UInt64(byte - 0x61 + 10)
            case tab: return number
            default: return nil
            }
        }
        return number
    }

    /// Where the line begins that holds an offset.
    static func startOfLine(around offset: Int, in bytes: Span<UInt8>) -> Int {
        bytes.lastOffset(of: newline, before: offset).map { $0 + 1 } ?? 0
    }

    /// Where the line after an offset begins.
    static func endOfLine(from offset: Int, in bytes: Span<UInt8>) -> Int {
        bytes.firstOffset(of: newline, from: offset).map { $0 + 1 } ?? bytes.count
    }

    static func entry(
        _ bytes: Span<UInt8>, _ fields: [Range<Int>], _ paths: StoredPath
    ) -> FileEntry? {
        guard fields.count == fieldCount,
            isWhole(bytes, fields[0].lowerBound..<fields[9].lowerBound, check: fields[9]),
            let path = text(bytes, fields[1]),
            let size = number(bytes, fields[2]), let modified = number(bytes, fields[3]),
            let changed = number(bytes, fields[4]), let inode = number(bytes, fields[5]),
            let read = number(bytes, fields[6]), let skipped = text(bytes, fields[7]),
            let detail = text(bytes, fields[8]), let report = text(bytes, fields[0])
        else { return nil }
        return FileEntry(
            path: paths.path(of: path),
            report: report == none ? nil : String(decoding: report, as: UTF8.self),
            skipped: skipped.isEmpty ? nil : String(decoding: skipped, as: UTF8.self),
            detail: detail.isEmpty ? nil : String(decoding: detail, as: UTF8.self),
            size: size, modified: modified, changed: changed,
            inode: UInt64(bitPattern: inode), read: read)
    }

    /// Whether some bytes have the check that stands in a field.
    private static func isWhole(
        _ bytes: Span<UInt8>, _ range: Range<Int>, check: Range<Int>
    ) -> Bool {
        var stored = 0
        for index in check {
            guard let digit = digit(bytes[index]) else { return false }
            stored = stored << 4 | Int(digit)
        }
        return check.count == 4 && stored == Int(RecordCheck.value(of: bytes.extracting(range)))
    }

    /// A field without its escapes; nil when they are broken.
    private static func text(_ bytes: Span<UInt8>, _ field: Range<Int>) -> [UInt8]? {
        var text: [UInt8] = []
        text.reserveCapacity(field.count)
        var offset = field.lowerBound
        while offset < field.upperBound {
            if bytes[offset] == 0x25 {
                guard offset + 2 < field.upperBound, let high = digit(bytes[offset + 1]),
                    let low = digit(bytes[offset + 2])
                else { return nil }
                text.append(high << 4 | low)
                offset += 3
            } else {
                text.append(bytes[offset])
                offset += 1
            }
        }
        return text
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        default: nil
        }
    }

    /// A whole number; one beyond 64 bits wraps, as an inode's bits do.
    private static func number(_ bytes: Span<UInt8>, _ field: Range<Int>) -> Int64? {
        var digits = field
        let isNegative = !field.isEmpty && bytes[field.lowerBound] == 0x2D
        if isNegative { digits = (field.lowerBound + 1)..<field.upperBound }
        guard (1...20).contains(digits.count) else { return nil }
        var number: Int64 = 0
        for index in digits {
            guard (0x30...0x39).contains(bytes[index]) else { return nil }
            number = number &* 10 &+ Int64(bytes[index] - 0x30)
        }
        return isNegative ? 0 &- number : number
    }
}
