import ChineseText
import Documents

/// Which printed lines of narrative are one paragraph, told from where they stand.
///
/// A paragraph goes on from a full line to one that is not indented; a wider distance, another
/// size of type or an item mark ends it.
struct PrintedParagraphs {
    /// Where full lines begin and end, in points; nil when no line is long enough to tell.
    private let margins: (left: Double, right: Double)?
    /// The usual distance from one line to the next, in heights of a line.
    private let pitch: Double

    /// A first line is indented by so many heights of the line at least: two characters less some
    /// slack.
    private static let indent = 1.2
    /// Lines whose heights differ by more than this share are of two sizes of type.
    private static let sizeSlack = 0.15
    /// Lines farther apart than so many times the usual distance are two paragraphs.
    private static let farTimes = 1.45
    /// A line that takes this share of the widest one tells where lines begin.
    private static let tellingShare = 0.25

    /// Learns from the lines of narrative of the whole document.
    init(of lines: [PrintedLine]) {
        let size = Self.usualSize(of: lines)
        let own = lines.filter { abs($0.size - size) <= Self.sizeSlack * size }
        let widest = own.map(\.box.width).max() ?? 0
        let left = own.filter { $0.box.width > Self.tellingShare * widest }.map(\.box.left).min()
        let right = own.map(\.box.right).max()
        if let left, let right, right - left > 10 * size {
            margins = (left, right)
        } else {
            margins = nil
        }
        var distances: [Double] = []
        for (one, next) in zip(own, own.dropFirst()) where one.page == next.page {
            let distance = (next.box.top - one.box.top) / max(1, one.size)
            if distance > 0.8, distance < 4 { distances.append(distance) }
        }
        distances.sort()
        pitch = distances.isEmpty ? 2 : distances[distances.count / 2]
    }

    /// The height of the lines in which most characters stand.
    private static func usualSize(of lines: [PrintedLine]) -> Double {
        var counts: [Int: Int] = [:]
        for line in lines {
            counts[Int((line.size * 2).rounded()), default: 0] += line.text.unicodeScalars.count
        }
        let usual = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        return Double(usual) / 2
    }

    /// Whether a paragraph goes on from one line to the next.
    func joins(_ line: PrintedLine, _ next: PrintedLine) -> Bool {
        guard let margins else { return false }
        let size = line.size
        guard abs(next.size - size) <= Self.sizeSlack * max(size, next.size) else { return false }
        if line.page == next.page {
            let distance = next.box.top - line.box.top
            guard distance > 0, distance <= Self.farTimes * pitch * size else { return false }
        }
        guard next.box.left - margins.left < Self.indent * size,
            line.box.right + firstPiece(of: next.text) * size > margins.right - 0.3 * size
        else { return false }
        return ItemMark(next.text) == nil
    }

    /// The length of the first piece that no line may break, in heights of the line: a character
    /// with the marks after it, or a number or word.
    private func firstPiece(of text: String) -> Double {
        var length = 0.0
        for (index, scalar) in text.unicodeScalars.prefix(200).enumerated() {
            if index > 0 {
                let isMark = "，。；：、！？）》”’%％".unicodeScalars.contains(scalar)
                let isRun = scalar.isASCII && !scalar.isSpace
                let wasRun = text.unicodeScalars.first.map { $0.isASCII } ?? false
                guard isMark || wasRun && isRun else { break }
            }
            length += scalar.value >= 0x2E80 ? 1 : 0.5
        }
        return length
    }
}
