/// A code for folded text of one to four bytes a character, short for characters that are frequent
/// in Chinese, in which texts can be searched as they are.
///
///     TextCode.encoded(Array("政策解读".utf8))   // 5 bytes; UTF-8 has 12
///
/// It is an (s,c)-dense code (Brisaboa, Fariña, Navarro, Paramá 2007). Characters are ranked; a
/// code is the digits of a rank, the last one a byte from ``firstEnd`` on, the others bytes below.
/// So every code ends where a byte is not below ``firstEnd``, and the code of a phrase stands in
/// the code of a text wherever the phrase stands in the text. It may stand elsewhere too, beginning
/// in the middle of a character: a position counts when it is the text's start or follows a byte from
/// ``firstEnd`` on.
///
/// The ranks are fixed: 208 characters by their frequency in reports have one byte; ASCII, the
/// ideographs of GB/T 2312 and the scalars up to U+0C35 two; the others three or four.
public enum TextCode {
    /// The number of this code, from 1; texts stored with another one cannot be read.
    public static let version = 1

    /// The lowest byte that ends a character.
    public static let firstEnd: UInt8 = 48

    private static let middles = UInt32(firstEnd)
    private static let ends = 256 - middles

    /// The most frequent characters of reports, by their frequency in the samples.
    private static let frequent: [UInt32] =
        ("0,公政.开信一结、21息申。请年不的理其果行()三府\"-正他务3关人机项计第数法二件本要处和作于四未有上量分新4收度"
        + "复5部工办情提是期事全总由到内属出加持在区求用审后:之形服报十费成类尚维业;纠为据当明无诉补予了水供再改中进告6方"
        + "以大布个发时通局查议次等确逾起转重制容下管企保律规条8及网定7合家现位会只没六按每设过知五图程问面小电民实多我止已"
        + "文动把认读村月门益点单主答列安构组解两系这相取纳案仍接另或能平与写应增").unicodeScalars.map(\.value)

    private static let frequentRanks = Dictionary(
        uniqueKeysWithValues: zip(frequent, (0 as UInt32)...))

    private static let asciiStart: UInt32 = 208
    private static let commonStart = asciiStart + 0x60
    /// The scalars of the ranks below ``othersStart``: the frequent characters, ASCII, and the common
    /// ideographs in the order of their scalars.
    private static let ranked: [UInt16] = {
        var scalars: [UInt16] = []
        scalars.reserveCapacity(Int(othersStart))
        for scalar in frequent { scalars.append(UInt16(scalar)) }
        for scalar in UInt16(0x20)..<0x80 { scalars.append(scalar) }
        for (index, word) in commonIdeographs.enumerated() {
            var rest = word
            while rest != 0 {
                scalars.append(UInt16(0x4E00 + 64 * index + rest.trailingZeroBitCount))
                rest &= rest - 1
            }
        }
        return scalars
    }()
    private static let commonCount: UInt32 = 6763
    private static let othersStart = commonStart + commonCount

    /// The codes of the scalars up to U+FFFF: bytes, the first one lowest, and from bit 24 on how
    /// many they are.
    ///
    /// Making them costs as much as ranking some thousand characters one by one.
    private static let codes: [UInt32] = {
        func code(ofRank rank: UInt32) -> UInt32 {
            var bytes: [UInt8] = []
            append(rank: rank, to: &bytes)
            return bytes.enumerated().reduce(UInt32(bytes.count) << 24) {
                $0 | UInt32($1.element) << (8 * UInt32($1.offset))
            }
        }
        var codes = (0..<UInt32(0x10000)).map { code(ofRank: othersStart + $0) }
        for (index, scalar) in ranked[Int(commonStart)...].enumerated() {
            codes[Int(scalar)] = code(ofRank: commonStart + UInt32(index))
        }
        for value in UInt32(0x20)..<0x80 {
            codes[Int(value)] = code(ofRank: asciiStart + value - 0x20)
        }
        for (rank, scalar) in frequent.enumerated() {
            codes[Int(scalar)] = code(ofRank: UInt32(rank))
        }
        return codes
    }()

    /// Appends the code of scalars, given by their values.
    public static func append(_ scalars: [UInt32], to code: inout [UInt8]) {
        code.reserveCapacity(code.count + 2 * scalars.count)
        let codes = codes
        for scalar in scalars {
            guard scalar <= 0xFFFF else {
                append(rank: othersStart + scalar, to: &code)
                continue
            }
            let entry = codes[Int(scalar)]
            code.append(UInt8(truncatingIfNeeded: entry))
            if entry >> 24 > 1 { code.append(UInt8(truncatingIfNeeded: entry >> 8)) }
            if entry >> 24 > 2 { code.append(UInt8(truncatingIfNeeded: entry >> 16)) }
        }
    }

    /// Appends the code of one scalar, given by its value, without the table that many would need.
    public static func append(shortly scalar: UInt32, to code: inout [UInt8]) {
        append(rank: rank(of: scalar), to: &code)
    }

    private static func append(rank: UInt32, to code: inout [UInt8]) {
        // Where the codes of two, three and four bytes begin.
        let starts = (ends, ends + middles * ends, ends + (middles + middles * middles) * ends)
        let (length, start) =
            rank < starts.0
            ? (1, 0)
            : rank < starts.1 ? (2, starts.0) : rank < starts.2 ? (3, starts.1) : (4, starts.2)
        let digits = (rank - start) / ends
        if length > 3 { code.append(UInt8(digits / (middles * middles))) }
        if length > 2 { code.append(UInt8(digits / middles % middles)) }
        if length > 1 { code.append(UInt8(digits % middles)) }
        code.append(UInt8(middles + (rank - start) % ends))
    }

    /// The code of a text, for short ones; malformed bytes count as U+FFFD.
    public static func encoded(_ utf8: [UInt8]) -> [UInt8] {
        var code: [UInt8] = []
        let bytes = utf8.span
        var position = 0
        while position < bytes.count {
            let scalar = decodedScalar(bytes, at: position)
            append(rank: rank(of: scalar.value), to: &code)
            position += scalar.length
        }
        return code
    }

    private static func rank(of scalar: UInt32) -> UInt32 {
        if let rank = frequentRanks[scalar] { return rank }
        if 0x20..<0x80 ~= scalar { return asciiStart + scalar - 0x20 }
        let number = Int(scalar) - 0x4E00
        guard number >= 0, number / 64 < commonIdeographs.count,
            commonIdeographs[number / 64] >> UInt64(number % 64) & 1 == 1
        else { return othersStart + scalar }
        var before = 0
        for index in 0..<number / 64 { before += commonIdeographs[index].nonzeroBitCount }
        let lower = commonIdeographs[number / 64] & (1 << UInt64(number % 64) - 1)
        return commonStart + UInt32(before + lower.nonzeroBitCount)
    }

    /// The scalars of a code; nil when it is not the code of a text.
    public static func scalars(of code: Span<UInt8>) -> [UInt32]? {
        var isCode = true
        let scalars = [UInt32](capacity: code.count) { scalars in
            isCode = forEachScalar(of: code) { scalars.append($0) }
        }
        return isCode ? scalars : nil
    }

    /// The text of a code; nil when it is not the code of one.
    public static func text(of code: Span<UInt8>) -> String? {
        var isCode = true
        // No scalar has more bytes of UTF-8 than three times those of its code.
        let text = String(capacity: 3 * code.count) { writer in
            isCode = forEachScalar(of: code) { writer.append($0) }
        }
        return isCode ? text : nil
    }

    /// Calls `body` with each scalar; false when some bytes are not the code of a text.
    @inline(__always)
    private static func forEachScalar(of code: Span<UInt8>, _ body: (UInt32) -> Void) -> Bool {
        let ranked = ranked
        let scalars = ranked.span
        return forEachRank(of: code) { rank in
            if rank < othersStart {
                body(UInt32(scalars[Int(rank)]))
            } else if let scalar = Unicode.Scalar(rank - othersStart) {
                body(scalar.value)
            } else {
                return false
            }
            return true
        }
    }

    /// Calls `body` with the rank of each character, until it gives false; false when it did, or some
    /// bytes are no codes.
    @inline(__always)
    private static func forEachRank(of code: Span<UInt8>, _ body: (UInt32) -> Bool) -> Bool {
        var index = 0
        while index < code.count {
            let first = code[index]
            index += 1
            // Nearly every character has one byte or two.
            if first >= firstEnd {
                guard body(UInt32(first - firstEnd)) else { return false }
                continue
            }
            guard index < code.count else { return false }
            let second = code[index]
            if second >= firstEnd {
                index += 1
                let rank = ends + UInt32(first) * ends + UInt32(second - firstEnd)
                guard body(rank) else { return false }
                continue
            }
            var digits = UInt32(first)
            var start = ends
            var length = 1
            while code[index] < firstEnd {
                digits = digits * middles + UInt32(code[index])
                start += (length == 1 ? middles : middles * middles) * ends
                length += 1
                index += 1
                guard index < code.count, length < 4 else { return false }
            }
            let rank = start + digits * ends + UInt32(code[index]) - middles
            index += 1
            guard body(rank) else { return false }
        }
        return true
    }
}

/// The UTF-8 of one scalar.
struct UTF8Bytes: Sequence, IteratorProtocol {
    /// The bytes that are left, the next one lowest.
    private var bytes: UInt32
    private var count: Int

    @inline(__always)
    init(_ value: UInt32) {
        if value < 0x80 {
            (bytes, count) = (value, 1)
        } else if value < 0x800 {
            (bytes, count) = (0xC0 | value >> 6 | (0x80 | value & 0x3F) << 8, 2)
        } else if value < 0x10000 {
            let tail = (0x80 | value >> 6 & 0x3F) << 8 | (0x80 | value & 0x3F) << 16
            (bytes, count) = (0xE0 | value >> 12 | tail, 3)
        } else {
            let tail = (0x80 | value >> 6 & 0x3F) << 16 | (0x80 | value & 0x3F) << 24
            (bytes, count) = (0xF0 | value >> 18 | (0x80 | value >> 12 & 0x3F) << 8 | tail, 4)
        }
    }

    @inline(__always)
    mutating func next() -> UInt8? {
        guard count > 0 else { return nil }
        count -= 1
        defer { bytes >>= 8 }
        return UInt8(truncatingIfNeeded: bytes)
    }
}
