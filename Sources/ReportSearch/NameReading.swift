import QueryLanguage
import SegmentStore

/// Tells the words of a run that name reports from those that a passage must hold, by the agencies,
/// places and years of the index.
///
///     孟津区2023年收到多少件申请   孟津区 (region), 2023年 (year), 收到多少件申请
///
/// A place is named by its name, with or without 省, 市, 区, 县; an agency by its name, or by the part
/// behind the place, or by a short form of that (市监局). A name of two characters that more passages
/// hold than its reports have is an ordinary word (和平, 建设).
struct NameReading {
    let segments: [Segment]
    let scoring: Scoring

    /// A part of a run.
    enum Part {
        case name(NamedReports)
        case text(String)
    }

    /// A name found in a run.
    struct Found {
        let range: Range<Int>
        let field: NamedReports.Field
        let value: String
        let names: [[UInt8]]
        var year: Int?
        var isTelling = true
    }

    /// The longest run in which names are looked for, in characters.
    private static let longest = 120

    /// The parts of a run, which stands in a query at a range; nil when nothing in it names reports.
    func parts(of run: String, at range: Range<Int>) throws -> [Part]? {
        let scalars = Array(scoring.analysis.folded(run).unicodeScalars)
        guard (2...Self.longest).contains(scalars.count) else { return nil }
        let found = try names(in: scalars)
        guard !found.isEmpty else { return nil }
        var parts: [Part] = []
        var end = 0
        func addText(_ text: ArraySlice<Unicode.Scalar>) {
            let text = Self.trimmed(text)
            if !text.isEmpty { parts.append(.text(Self.string(text))) }
        }
        for name in found {
            addText(scalars[end..<name.range.lowerBound])
            parts.append(
                .name(
                    NamedReports(
                        field: name.field, text: Self.string(scalars[name.range]),
                        value: name.value, isTelling: name.isTelling, range: range,
                        names: name.names, year: name.year)))
            end = name.range.upperBound
        }
        addText(scalars[end...])
        return parts
    }

    /// The places of which a text is made, and of nothing else; nil when it is made of more.
    func places(in text: String) throws -> [String]? {
        let scalars = Array(scoring.analysis.folded(text).unicodeScalars)
        var names: [String] = []
        var position = 0
        while position < scalars.count {
            guard let found = try region(in: scalars, at: position) else { return nil }
            names.append(Self.string(scalars[found.range]))
            position = found.range.upperBound
        }
        return names
    }

    /// The names, the first and longest first, none over another.
    private func names(in scalars: [Unicode.Scalar]) throws -> [Found] {
        let agencies = try AgencyReading(segments: segments, scalars: scalars).found()
        var found: [Found] = []
        var position = 0
        while position < scalars.count {
            let candidates = [
                agencies[position],
                YearReading.year(in: scalars, at: position) { year in
                    let wanted = WantedNumbers(.equal, Double(year))
                    return segments.contains { $0.reports(ofYears: wanted).count > 0 }
                },
                try region(in: scalars, at: position),
            ].compactMap(\.self)
            if let best = candidates.max(by: { $0.range.count < $1.range.count }) {
                found.append(best)
                position = best.range.upperBound
            } else {
                position += 1
            }
        }
        return found
    }

    // MARK: Places

    private static let endings: Set<Unicode.Scalar> = ["省", "市", "区", "县", "旗", "州", "盟"]
    /// What stands behind the names of places that are named without it.
    private static let longEndings = [
        "特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "自治州", "自治县", "自治旗", "地区",
    ].map { Array($0.unicodeScalars) }

    /// The longest name of a place that begins at a position in a run.
    private func region(in scalars: [Unicode.Scalar], at position: Int) throws -> Found? {
        guard position + 1 < scalars.count else { return nil }
        let start = Self.bytes(scalars[position...(position + 1)])
        var best: (length: Int, name: [UInt8])?
        for segment in segments where segment.regions.mayHaveName(beginning: start) {
            for name in segment.regions.names(beginning: start) {
                let known = Array(String(decoding: name, as: UTF8.self).unicodeScalars)
                let length = Self.length(ofName: known, in: scalars[position...])
                guard length >= 2, length > best?.length ?? 0 else { continue }
                best = (length, name)
            }
        }
        guard let best else { return nil }
        let range = position..<position + best.length
        let text = Self.bytes(scalars[range])
        if best.length == 2, try isOrdinary(text) { return nil }
        return Found(
            range: range, field: .region, value: String(decoding: best.name, as: UTF8.self),
            names: [text])
    }

    /// How many characters of a text are the name, with or without its ending; 0 when it is not there.
    static func length(
        ofName name: [Unicode.Scalar], in text: ArraySlice<Unicode.Scalar>
    ) -> Int {
        if text.starts(with: name) { return name.count }
        if let long = longEndings.first(where: { name.suffix($0.count).elementsEqual($0) }) {
            let stem = name.dropLast(long.count)
            return stem.count >= 2 && text.starts(with: stem) ? stem.count : 0
        }
        guard let last = name.last, endings.contains(last), name.count >= 3,
            text.starts(with: name.dropLast())
        else { return 0 }
        return name.count - 1
    }

    /// Whether a name of two characters is more often a word: more passages hold it than the reports
    /// of the place have.
    private func isOrdinary(_ text: [UInt8]) throws -> Bool {
        let holding = try scoring.frequency(of: text)
        var passages = 0
        for segment in segments {
            let reports = segment.regions.reports(holding: text)
            passages += segment.passageCount * reports.count / max(1, segment.reportCount)
        }
        return holding > passages
    }

    // MARK: Characters

    /// A text without the particles and marks that stand between it and a name.
    private static func trimmed(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
        var text = text
        while let first = text.first, isGlue(first) { text.removeFirst() }
        while let last = text.last, isGlue(last) { text.removeLast() }
        return text
    }

    private static func isGlue(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "的" || scalar == "在" || scalar == "于" || scalar == "度"
            || scalar.properties.generalCategory == .otherPunctuation
    }

    static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        String(String.UnicodeScalarView(scalars))
    }

    static func bytes(_ scalars: ArraySlice<Unicode.Scalar>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(3 * scalars.count)
        for scalar in scalars { bytes.append(contentsOf: scalar.utf8) }
        return bytes
    }
}

/// Reads years: 2022, 2022年, 2022年度, 二〇二二年, 22年.
enum YearReading {
    private static let digits: [Unicode.Scalar: Int] = [
        "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
        "九": 9,
    ]
    /// What makes a number before it a count, or a year a day.
    private static let counted: Set<Unicode.Scalar> = [
        "件", "个", "条", "份", "元", "万", "亿", "人", "次", "项", "家", "号", "页", "名", "篇", "期", "%", ".",
        "-", "/",
    ]
    private static let parts: Set<Unicode.Scalar> = ["底", "末", "初", "前", "后", "来", "以", "间"]

    /// The year at a position in a run, when some report is about it.
    static func year(
        in scalars: [Unicode.Scalar], at position: Int, isKnown: (Int) -> Bool
    ) -> NameReading.Found? {
        guard position == 0 || value(scalars[position - 1]) == nil else { return nil }
        var end = position
        var number = 0
        while end < scalars.count, end - position <= 4, let digit = value(scalars[end]) {
            number = 10 * number + digit
            end += 1
        }
        let isFollowed = end < scalars.count && scalars[end] == "年"
        switch end - position {
        case 4: break
        case 2 where isFollowed && number > 0: number += 2000
        default: return nil
        }
        if isFollowed {
            end += 1
            if end < scalars.count, scalars[end] == "度" { end += 1 }
            if end < scalars.count, parts.contains(scalars[end]) || value(scalars[end]) != nil {
                return nil
            }
        } else if end < scalars.count, counted.contains(scalars[end]) {
            return nil
        }
        guard ReportEntry.years ~= number, isKnown(number) else { return nil }
        return NameReading.Found(
            range: position..<end, field: .year, value: "\(number)", names: [], year: number)
    }

    private static func value(_ scalar: Unicode.Scalar) -> Int? {
        "0"..."9" ~= scalar ? Int(scalar.value) - 0x30 : digits[scalar]
    }
}
