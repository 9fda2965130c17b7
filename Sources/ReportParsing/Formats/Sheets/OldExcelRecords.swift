import Documents

/// The records of which a workbook of Excel 97 is made: a type, a length and so many bytes.
struct OldExcelRecords {
    struct Record {
        let type: Int
        let bytes: ArraySlice<UInt8>
    }

    private let stream: [UInt8]
    private var offset: Int

    init(_ stream: [UInt8], from offset: Int = 0) {
        self.stream = stream
        self.offset = offset
    }

    /// The records from another offset on.
    func from(_ offset: Int) -> OldExcelRecords { OldExcelRecords(stream, from: offset) }

    /// The next record; nil at the end, and where one is cut off.
    mutating func next() -> Record? {
        guard let type = stream.number(at: offset, bytes: 2),
            let length = stream.number(at: offset + 2, bytes: 2),
            offset + 4 + length <= stream.count
        else { return nil }
        defer { offset += 4 + length }
        return Record(type: type, bytes: stream[(offset + 4)..<(offset + 4 + length)])
    }

    /// What goes on with the last record.
    mutating func continuations() -> [ArraySlice<UInt8>] {
        var parts: [ArraySlice<UInt8>] = []
        while stream.number(at: offset, bytes: 2) == 0x003C, let record = next() {
            parts.append(record.bytes)
        }
        return parts
    }
}

/// Text of a workbook of Excel 97, in one record or cut over several.
struct OldExcelString {
    private var parts: [ArraySlice<UInt8>]
    private var part = 0
    private let lengthBytes: Int

    /// Text in a record, with so many bytes for its length.
    init(_ bytes: ArraySlice<UInt8>, lengthBytes: Int) {
        parts = [bytes]
        self.lengthBytes = lengthBytes
    }

    /// The texts that the cells of a workbook share.
    static func table(_ parts: [ArraySlice<UInt8>]) -> [String] {
        guard let first = parts.first, let count = first.number(at: 4, bytes: 4) else { return [] }
        var reader = OldExcelString(first.dropFirst(8), lengthBytes: 2)
        reader.parts += parts.dropFirst()
        var texts: [String] = []
        while texts.count < count, reader.hasMore { texts.append(reader.read()) }
        return texts
    }

    private var hasMore: Bool {
        part < parts.count && (!parts[part].isEmpty || part + 1 < parts.count)
    }

    private mutating func number(_ bytes: Int) -> Int? {
        // A head is never cut.
        if part < parts.count, parts[part].isEmpty, part + 1 < parts.count { part += 1 }
        guard part < parts.count, let number = parts[part].number(at: 0, bytes: bytes) else {
            part = parts.count
            return nil
        }
        parts[part] = parts[part].dropFirst(bytes)
        return number
    }

    /// The next text; what is cut off is left out.
    mutating func read() -> String {
        guard var left = number(lengthBytes), let flags = number(1) else { return "" }
        let runs = flags & 8 != 0 ? number(2) ?? 0 : 0
        let more = flags & 4 != 0 ? number(4) ?? 0 : 0
        var isWide = flags & 1 != 0
        var units: [UInt16] = []
        while left > 0, part < parts.count {
            if parts[part].isEmpty {
                part += 1
                // The rest may have the other width.
                guard left > 0, let mark = number(1) else { break }
                isWide = mark & 1 != 0
                continue
            }
            let width = isWide ? 2 : 1
            let count = min(left, parts[part].count / width)
            guard count > 0 else {
                parts[part] = []
                continue
            }
            for index in 0..<count {
                units.append(UInt16(parts[part].number(at: width * index, bytes: width) ?? 0))
            }
            parts[part] = parts[part].dropFirst(width * count)
            left -= count
        }
        skip(4 * runs + more)
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func skip(_ count: Int) {
        var left = count
        while left > 0, part < parts.count {
            let taken = min(left, parts[part].count)
            parts[part] = parts[part].dropFirst(taken)
            left -= taken
            if left > 0 { part += 1 }
        }
    }
}
