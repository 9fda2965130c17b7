import ChineseText
import Documents

/// What stands on every page and is none of the text: page numbers, running heads and feet.
enum PageFrame {
    /// Such lines stand in this share of the page's height at either end.
    private static let margin = 0.1
    /// A line that so many pages print at the same height is a running head.
    private static let fewestPages = 3
    /// The same height, in points.
    private static let slack = 3.0
    /// No page number is wider, in points, nor has it more characters, its signs counted.
    private static let widestNumber = 120.0
    private static let longestNumber = 16

    /// The lines without page numbers and running heads; of a running head the first stays, since
    /// it may be the title.
    static func removed(
        from lines: [PrintedLine], heights: [Double]
    ) -> [PrintedLine] {
        var pages: [String: [(page: Int, top: Double)]] = [:]
        func isInMargin(_ line: PrintedLine) -> Bool {
            let height = heights[line.page]
            return line.box.bottom < margin * height || line.box.top > (1 - margin) * height
        }
        for line in lines where isInMargin(line) {
            pages[line.text, default: []].append((line.page, line.box.top))
        }
        return lines.filter { line in
            guard isInMargin(line) else { return true }
            if line.box.width < widestNumber, isPageNumber(line.text) { return false }
            let same = (pages[line.text] ?? []).filter { abs($0.top - line.box.top) < slack }
            guard same.count >= fewestPages, let first = same.first else { return true }
            return line.page == first.page
        }
    }

    /// 5, — 5 —, 第 5 页 共 9 页, 5/9.
    private static func isPageNumber(_ text: String) -> Bool {
        let scalars = text.unicodeScalars.filter { !$0.isSpace }
        guard scalars.count <= longestNumber else { return false }
        var digits = 0
        for scalar in scalars {
            switch scalar {
            case "0"..."9", "０"..."９": digits += 1
            case "-", "－", "—", "–", "―", "_", "·", "第", "页", "頁", "共", "/", "、", ",", "，": break
            default: return false
            }
        }
        let numbers = text.unicodeScalars.split {
            !("0"..."9").contains($0) && !("０"..."９").contains($0)
        }
        return digits > 0 && digits <= 6 && numbers.count <= 2
    }
}
