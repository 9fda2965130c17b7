import Documents

extension PDFPage {
    /// The page turned so that its text runs from left to right.
    ///
    /// A wide table is often printed across an upright page. Lines that are much taller than wide
    /// run up or down; which, the margin tells: more lines begin at one height than end at one.
    var upright: PDFPage {
        var standing: [PDFBox] = []
        var level = 0
        for line in lines {
            guard var box = line.first?.box else { continue }
            for word in line { box.grow(by: word.box) }
            let length = line.reduce(0) { $0 + $1.text.unicodeScalars.count }
            if length < 2 { continue }
            if box.height > 1.5 * box.width { standing.append(box) } else { level += 1 }
        }
        guard standing.count > level else { return self }
        let runsUp =
            Self.mostAtOneHeight(standing.map(\.bottom))
            >= Self.mostAtOneHeight(standing.map(\.top))
        return turned { box in
            runsUp
                ? PDFBox(
                    left: height - box.bottom, top: box.left, right: height - box.top,
                    bottom: box.right)
                : PDFBox(
                    left: box.top, top: width - box.right, right: box.bottom,
                    bottom: width - box.left)
        }
    }

    /// How many edges stand within two points of each other.
    private static func mostAtOneHeight(_ edges: [Double]) -> Int {
        var counts: [Int: Int] = [:]
        for edge in edges { counts[Int((edge / 2).rounded()), default: 0] += 1 }
        return counts.values.max() ?? 0
    }

    private func turned(_ turn: (PDFBox) -> PDFBox) -> PDFPage {
        PDFPage(
            width: height, height: width,
            lines: lines.map { $0.map { PDFWord($0.text, turn($0.box)) } })
    }
}
