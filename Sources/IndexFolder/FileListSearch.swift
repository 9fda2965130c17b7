/// Where the lines of one report are looked for in the list of files.
///
/// A look reads one line and leaves out the lines on its wrong side. Ids are spread evenly, so that
/// where one stands can be guessed from the ids around: some five looks find it among a hundred
/// thousand. Several searches take turns, so that what one looks at next is fetched meanwhile.
struct FileListSearch {
    /// The digits of an id.
    static let digits = 16

    private let wanted: UInt64
    /// The line is found that begins at or after `low` and is the first not below the id.
    private(set) var low = 0
    private var high: Int
    private var lowest: UInt64 = 0
    private var highest = UInt64.max
    /// Where the next look is taken.
    private(set) var offset = 0
    private var looks = 0

    /// Starts a search in a list of so many bytes.
    init(ofReport id: UInt64, count: Int) {
        wanted = id
        high = count
        guess()
    }

    /// Whether `low` is where the lines of the report begin, if there are any.
    var isOver: Bool { low >= high }

    /// Looks at one line.
    mutating func look(in bytes: Span<UInt8>) {
        let line = FileList.startOfLine(around: offset, in: bytes)
        let number = Self.number(bytes, at: line)
        if number < wanted {
            low = FileList.endOfLine(from: line, in: bytes)
            lowest = Self.number(bytes, at: low)
        } else {
            high = line
            highest = number
        }
        looks += 1
        guess()
    }

    private mutating func guess() {
        var part = 0.5
        // Halves now and then, in case that the ids are not spread so.
        if lowest <= wanted, wanted <= highest, lowest < highest, looks < 8 || looks % 2 == 0 {
            part = Double(wanted - lowest) / Double(highest - lowest)
        }
        offset = max(low, min(high - 1, low + Int(Double(high - low) * part)))
    }

    /// The id in a line as a number; `~` lies after all, and what is no id somewhere.
    static func number(_ bytes: Span<UInt8>, at line: Int) -> UInt64 {
        guard line < bytes.count - digits, bytes[line] != FileList.none[0] else { return .max }
        var number: UInt64 = 0
        for index in line..<line + digits {
            // Letters are 9 more than their last bits.
            let byte = bytes[index]
            number = number << 4 | UInt64((byte & 0x0F) + (byte >> 6) * 9) & 0x0F
        }
        return number
    }
}
