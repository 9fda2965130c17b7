public import ReportModel

/// A passage that says the same as a hit above it.
public struct PassageCopy: Sendable {
    /// The report that holds it.
    public let report: ReportHead
    /// The paths of the files with that report.
    public let files: [String]
    /// The lines of the file that hold it, from 1.
    public let lines: ClosedRange<Int>
}

/// What a passage says, so that copies of it can be told: its shingles and its numbers.
///
/// Two passages are copies when they have the same numbers, years aside, about the same length, and
/// four of five shingles of four characters in common. A changed number is something to say; a changed year is not, in
/// what an office writes every year.
struct PassagePrint {
    private let shingles: [UInt64]
    private let numbers: [UInt64]
    private let length: Int

    private static let shingle = 4

    /// The print of a folded text.
    init(_ folded: [UInt32]) {
        let scalars = folded[Self.listNumber(of: folded)...].filter(Self.says)
        length = scalars.count
        var hashes: [UInt64] = []
        hashes.reserveCapacity(scalars.count)
        var numbers: [UInt64] = []
        var number: UInt64?
        for (index, scalar) in scalars.enumerated() {
            if (0x30...0x39).contains(scalar) {
                number = (number ?? 0) &* 10 &+ UInt64(scalar - 0x30)
            } else if let ended = number {
                if !(1990...2050).contains(ended) { numbers.append(ended) }
                number = nil
            }
            if index + 1 >= Self.shingle {
                hashes.append(Self.hash(of: scalars[(index + 1 - Self.shingle)...index]))
            }
        }
        if let ended = number, !(1990...2050).contains(ended) { numbers.append(ended) }
        if hashes.isEmpty { hashes = scalars.map(UInt64.init) }
        self.numbers = numbers
        var previous: UInt64?
        shingles = hashes.sorted().filter { hash in
            defer { previous = hash }
            return hash != previous
        }
    }

    /// How many characters number a passage in a list: （一）, 1., 二、.
    private static func listNumber(of folded: [UInt32]) -> Int {
        let marks = Set("()、.".unicodeScalars.map(\.value) + [0xFF08, 0xFF09, 0x3001])
        let numbers = Set("0123456789一二三四五六七八九十".unicodeScalars.map(\.value))
        let isNumber = { (value: UInt32) in marks.contains(value) || numbers.contains(value) }
        let count = folded.prefix(6).prefix(while: isNumber).count
        guard count > 0, count < 6, marks.contains(folded[count - 1]) else { return 0 }
        return count
    }

    private static func hash(of shingle: ArraySlice<UInt32>) -> UInt64 {
        shingle.reduce(0) { ($0 &* 0x1_0000_0001_B3) ^ UInt64($1) &* 0x9E37_79B9_7F4A_7C15 }
    }

    /// Whether a character counts: a letter, an ideograph, or a digit.
    static func says(_ scalar: UInt32) -> Bool {
        switch scalar {
        // Most of a text, without asking for properties.
        case 0x4E00...0x9FFF, 0x30...0x39, 0x61...0x7A: return true
        case ..<0x80: return false
        default:
            guard let properties = Unicode.Scalar(scalar)?.properties else { return false }
            return properties.isAlphabetic || properties.numericType != nil
        }
    }

    /// Keys of which two copies have one in common: of the shingles, and of all numbers.
    var sharedByCopies: [UInt64] {
        let numbers = numbers.reduce(UInt64(numbers.count)) { ($0 &* 0x1_0000_0001_B3) ^ $1 }
        // Four of five are common, so of any fifth, and one more, one is.
        let few = shingles.prefix(shingles.count - (shingles.count * 4 + 4) / 5 + 1)
        return (few.isEmpty ? [0] : few).map { $0 ^ numbers &* 0x9E37_79B9_7F4A_7C15 }
    }

    /// Whether two passages say the same.
    func isCopy(of other: PassagePrint) -> Bool {
        let (few, many) = (min(length, other.length), max(length, other.length))
        guard few * 10 >= many * 9, numbers == other.numbers else { return false }
        var common = 0
        var (one, two) = (0, 0)
        while one < shingles.count, two < other.shingles.count {
            if shingles[one] == other.shingles[two] {
                common += 1
                one += 1
                two += 1
            } else if shingles[one] < other.shingles[two] {
                one += 1
            } else {
                two += 1
            }
        }
        let all = shingles.count + other.shingles.count - common
        return common * 10 >= all * 8
    }
}
