public import TestSupport

/// One way in which a published report departs from the official form, or the plain way.
///
/// The codes are those of the catalogue of layouts; a raw value is a code and a few words, as the
/// accuracy table prints it.
public protocol ReportTrait: CaseIterable, RawRepresentable, Sendable, Hashable
where RawValue == String {}

/// How a file prints its tables.
public enum TableLayout: String, ReportTrait {
    case spaces = "S1 words between spaces"
    case brokenGroups = "S1 group labels broken round rows"
    case tabs = "S2 tabs"
    case lostTabs = "S2 tabs with lost spans"
    case pipes = "S3 a | b |"
    case leadingPipes = "S4 | a | b |"
    case cellAndPipe = "S5 one cell a line and |"
    case lonePipes = "S6 | alone between cells"
    case cellLines = "S7 one cell a line"
    case cellLinesBlank = "S7 with blank lines, heads broken"
    case brokenPipes = "S8 line ends inside cells"
    case pipeNoise = "S9 rows of many pipes"
    case html = "S10 HTML with spans"
    case smallTables = "S11 small tables, invented heads"
    case lostLabels = "S12 rows without labels"
    case disputesApart = "S13 three tables"
    case disputesGlued = "S13 heads glued"
    case pipesNoHeads = "S13 heads lost"
    case labelsAway = "S12 labels away from numbers"
    case htmlInText = "S10 HTML tables in text"
    case word = "S10 Word document"

    /// Whether the file is not plain text.
    var isMarkup: Bool { self == .html || self == .word }
}

/// How a file names itself: title, agency and year.
public enum HeadLayout: String, ReportTrait {
    case plain = "T1 one line"
    case noTitle = "T2 no title, agency opens the text"
    case afterHeading = "T3 after the first heading"
    case yearFirst = "T4 year first"
    case yearInside = "T5 year in the middle"
    case split = "T6 split over lines"
    case otherTail = "T7 other tails"
    case typo = "T8 tail with a typo"
    case repeated = "T9 repeated"
    case quoted = "T10 inside 《》"
    case decorated = "T11 spaces and decorations"
    case agencyLine = "T12 agency line first"
    case brokenTail = "T13 end of a broken title"
    case runOn = "A1 政府 shared with the tail"
    case regionOnly = "A2 region only"
    case shortForm = "A3 short form in the title"
    case speaker = "A4 only 我局"
    case contact = "A5 contact clause only"
    case compiled = "A6 由…编制 only"
    case cityCity = "A7 市市"
    case twice = "A8 same words twice"
    case governmentOffice = "A9 人民政府 in the middle"
    case vertical = "A10 vertical bureau"
    case branch = "A11 branch"
    case zone = "A12 zone"
    case collective = "A13 collective"
    case others = "A15 other agencies in the text"
    case differing = "A16 title and text differ"
    case placeholder = "A17 placeholder"
    case signature = "A18 signature only"
    case misread = "A19 name misread in the title"
    case spam = "A20 spam in the name"
    case documentNumber = "R2 place told by the document's number"
    case periodYear = "Y2 year in the period only"
    case yearConflict = "Y5 text of another year"
    case lostDigits = "Y6 digits lost in the period"
    case chineseYear = "Y7 Chinese numerals"
    case bareYear = "Y8 no 年 after the year"
    case noYear = "Y12 no year"
    case spacedOut = "T14 letters and digits spaced out"
    case labelled = "T15 behind a label of data"
    case announced = "T16 announced in a sentence"
    case siteName = "T17 the site's name after the title"
    case newZone = "A21 zone without 市"
    case shortFirst = "A22 short form before the full name"
    case bareTown = "A23 town without its county"
    case placeAnnounced = "A24 place announced"
    case secondClause = "A25 subject of a second clause"
    case company = "A26 company"
    case remark = "A27 remark in brackets"
    case signs = "A28 digits, letters, quotes"
    case customs = "A29 customs"
    case innerOffice = "A30 inner office"
    case districtBranch = "R11 bureau before district"
    case newDistrict = "R12 newer district"
    case clauseYear = "Y13 year inside section 1"
    case rolledUp = "compiled from all below"
}

/// How a file prints headings and where its paragraphs stand.
public enum HeadingLayout: String, ReportTrait {
    case plain = "H1 six headings"
    case longNames = "H2 longer names"
    case wrongNumbers = "H3 wrong numbers"
    case parenthesised = "H4 （一） for sections too"
    case extra = "H5 an extra section"
    case missing = "H6 headings missing"
    case secondRun = "H7 一 … 六 inside section 1"
    case oneLine = "H8 all on one line"
    case runOn = "H9 sentence on the heading's line"
    case otherMarks = "H10 other marks"
    case noMarks = "H10 marks lost"
    case runIn = "H11 run-in subsections"
    case skipped = "H12 numbers skipped"
    case preamble = "H13 H14 preamble lists the headings"
    case preambleInside = "H13 preamble inside section 1"
    case contents = "H15 table of contents"
    case oldNames = "H17 old names"
    case notes = "H19 notes among the tables"
    case markdown = "H10 ###"
    case subsectionMarks = "H22 1. ① • for subsections"
    case glued = "H21 glued into one line"
    case additions = "H23 headings with additions"
    case numberedLines = "H24 numbered lines after table 4"
    case beforeForm = "H25 before 2019"
    case opening = "K1 ends after section 1"
}

/// How a file wraps its paragraphs.
public enum WrapLayout: String, ReportTrait {
    case none = "one line a paragraph"
    case blankLines = "Wrap 1 blank line between wraps"
    case wraps = "Wrap 1 wraps without blank lines"
    case blankInside = "Wrap 1 blank inside, none between"
    case spaces = "Wrap 2 wraps turned into spaces"
    case pageNumbers = "Wrap 3 page numbers"
    case indents = "U+3000 indents, blank lines"
    case brokenSentence = "blank line inside a sentence"
}

/// What stands before the title and after the text.
public enum NoiseLayout: String, ReportTrait {
    case none = "no noise"
    case breadcrumb = "breadcrumb and buttons"
    case metadata = "索引号 table"
    case footer = "footer and QR code"
    case secondReport = "S23 a second report follows"
}

/// How the characters were damaged.
public enum TextDamage: String, ReportTrait {
    case none = "no damage"
    case radicals = "E1 radicals"
    case traditional = "E2 traditional"
    case pinyin = "E3 pinyin"
    case halfWidth = "E6 half width punctuation"
    case fullWidthDigits = "E6 full width digits"
    case spaces = "E7 spaces round digits"
    case noBreakSpaces = "E7 NBSP and U+3000"
    case entities = "E12 HTML entities"
}

/// How the cells print their values.
public enum ValueLayout: String, ReportTrait {
    case plain = "V1 plain"
    case blanks = "V2 blank cells"
    case blankTotals = "V2 blank 总计"
    case dashes = "V3 -"
    case slashes = "V4 / — 无"
    case circles = "V4 〇 for 0"
    case units = "V5 units"
    case decimals = "V6 decimals"
    case signs = "V7 signs"
    case notes = "V8 notes"
    case large = "V9 large, separators"
    case zero = "all zero"
    case allBlank = "S15 all blank"
    case single = "S14 one number a row"
}

/// How the tables word their labels.
public enum LabelLayout: String, ReportTrait {
    case official = "official labels"
    case form2019 = "L1 form of 2019"
    case shortNormative = "L5 规范性文件"
    case typos = "L6 L7 typos"
    case annotations = "L8 annotations"
    case instructions = "L9 filling instructions"
    case extraRow = "L10 extra row"
    case clause = "L11 第二十条(一)项"
    case pageInLabel = "V14 page number in a label"
    case hybrid = "L2 hybrid heads"
}

/// How the bytes are made.
public enum ByteLayout: String, ReportTrait {
    case utf8 = "UTF-8"
    case mark = "UTF-8 with mark"
    case crlf = "CRLF"
    case gb18030 = "E5 GB18030"
    case utf16 = "UTF-16 with mark"
}

/// The traits of one report.
public struct Traits: Sendable, Hashable {
    /// How the file prints its tables.
    public var table = TableLayout.spaces
    /// How it names itself.
    public var head = HeadLayout.plain
    /// How it prints headings.
    public var heading = HeadingLayout.plain
    /// How it wraps its paragraphs.
    public var wrap = WrapLayout.none
    /// What stands around the text.
    public var noise = NoiseLayout.none
    /// How its characters were damaged.
    public var damage = TextDamage.none
    /// How its cells print values.
    public var value = ValueLayout.plain
    /// How its tables word their labels.
    public var label = LabelLayout.official
    /// How its bytes are made.
    public var bytes = ByteLayout.utf8

    /// Plain traits.
    public init() {}

    /// Traits of which most are plain and some are not.
    public init(using random: inout SeededGenerator) {
        func pick<Trait: ReportTrait>(_ type: Trait.Type, plain: Int) -> Trait {
            let all = Array(Trait.allCases)
            return Int.random(in: 0..<100, using: &random) < plain
                ? all[0] : all[Int.random(in: 0..<all.count, using: &random)]
        }
        table = pick(TableLayout.self, plain: 20)
        head = pick(HeadLayout.self, plain: 30)
        heading = pick(HeadingLayout.self, plain: 40)
        wrap = pick(WrapLayout.self, plain: 40)
        noise = pick(NoiseLayout.self, plain: 60)
        damage = pick(TextDamage.self, plain: 50)
        value = pick(ValueLayout.self, plain: 50)
        label = pick(LabelLayout.self, plain: 50)
        bytes = pick(ByteLayout.self, plain: 70)
    }

    /// The printed names of the traits, in one order.
    public var names: [String] {
        [
            table.rawValue, head.rawValue, heading.rawValue, wrap.rawValue, noise.rawValue,
            damage.rawValue, value.rawValue, label.rawValue, bytes.rawValue,
        ]
    }

    /// Every name that ``names`` can hold, in one order.
    public static let allNames: [String] =
        TableLayout.allCases.map(\.rawValue) + HeadLayout.allCases.map(\.rawValue)
        + HeadingLayout.allCases.map(\.rawValue) + WrapLayout.allCases.map(\.rawValue)
        + NoiseLayout.allCases.map(\.rawValue) + TextDamage.allCases.map(\.rawValue)
        + ValueLayout.allCases.map(\.rawValue) + LabelLayout.allCases.map(\.rawValue)
        + ByteLayout.allCases.map(\.rawValue)

    /// Sets the trait whose name begins with some text; false when none does.
    public mutating func force(_ prefix: String) -> Bool {
        if let one = TableLayout.allCases.first(where: { $0.rawValue.hasPrefix(prefix) }) {
            table = one
        } else if let one = HeadLayout.allCases.first(where: { $0.rawValue.hasPrefix(prefix) }) {
            head = one
        } else if let one = HeadingLayout.allCases.first(where: { $0.rawValue.hasPrefix(prefix) }) {
            heading = one
        } else if let one = WrapLayout.allCases.first(where: { $0.rawValue.hasPrefix(prefix) }) {
            wrap = one
        } else if let one = NoiseLayout.allCases.first(where: { $0.rawValue.hasPrefix(prefix) }) {
            noise = one
        } else if let one = TextDamage.allCases.first(where: { $0.rawValue.hasPrefix(prefix) }) {
            damage = one
        } else if let one = ValueLayout.allCases.first(where: { $0.rawValue.hasPrefix(prefix) }) {
            value = one
        } else if let one = LabelLayout.allCases.first(where: { $0.rawValue.hasPrefix(prefix) }) {
            label = one
        } else if let one = ByteLayout.allCases.first(where: { $0.rawValue.hasPrefix(prefix) }) {
            bytes = one
        } else {
            return false
        }
        return true
    }
}
