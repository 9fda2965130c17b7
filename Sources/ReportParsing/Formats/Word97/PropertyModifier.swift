import Documents

/// One change that a document of Word 97 makes to the looks of text, paragraphs or rows: a number
/// that says what, and its value.
struct PropertyModifier {
    let code: Int
    /// The value's bytes, without their count.
    let value: ArraySlice<UInt8>

    /// The value as a number of at most four bytes.
    var number: Int { value.number(at: 0, bytes: min(4, value.count)) ?? 0 }

    /// Whether the value turns something on; a style's own value may be meant, or its opposite.
    func isOn(inStyle styled: Bool) -> Bool {
        switch value.first ?? 0 {
        case 0: false
        case 0x80: styled
        case 0x81: !styled
        default: true
        }
    }

    // The numbers that are looked at, by their names in the format's document.

    /// sprmCFRMarkDel.
    static let isDeleted = 0x0800
    /// sprmCFVanish.
    static let isHidden = 0x083C
    /// sprmCFWebHidden.
    static let isHiddenOnPages = 0x0811
    /// sprmCFStrike.
    static let isStruck = 0x0837
    /// sprmCFDStrike.
    static let isStruckTwice = 0x2A53
    /// sprmCIss.
    static let position = 0x2A48
    /// sprmCHps, in half points.
    static let size = 0x4A43
    /// sprmCIstd.
    static let characterStyle = 0x4A30
    /// sprmPFInTable.
    static let isInTable = 0x2416
    /// sprmPFTtp.
    static let endsRow = 0x2417
    /// sprmPItap.
    static let depth = 0x6649
    /// sprmPFInnerTableCell.
    static let endsInnerCell = 0x244B
    /// sprmPFInnerTtp.
    static let endsInnerRow = 0x244C
    /// sprmPIlfo.
    static let list = 0x460B
    /// sprmPIlvl.
    static let level = 0x260A
    /// sprmPHugePapx and sprmPTableProps: where in the stream of data more stands.
    static let elsewhere: Set<Int> = [0x6645, 0x6646, 0x646B]
    /// sprmTDefTable.
    static let row = 0xD608
    /// sprmTVertMerge.
    static let verticalMerge = 0xD62B
    /// sprmTMerge.
    static let merge = 0x5624

    /// Calls `body` with the modifiers that stand end to end, up to one that is cut off.
    static func forEach(in list: ArraySlice<UInt8>, _ body: (PropertyModifier) -> Void) {
        var rest = list
        while let code = rest.number(at: 0, bytes: 2) {
            rest = rest.dropFirst(2)
            guard let length = length(ofValue: code, rest), length.head + length.value <= rest.count
            else { return }
            rest = rest.dropFirst(length.head)
            body(PropertyModifier(code: code, value: rest.prefix(length.value)))
            rest = rest.dropFirst(length.value)
        }
    }

    /// How many bytes count the bytes of the value, and how many these are.
    private static func length(
        ofValue code: Int, _ rest: ArraySlice<UInt8>
    ) -> (head: Int, value: Int)? {
        switch code >> 13 {
        case 0, 1: return (0, 1)
        case 2, 4, 5: return (0, 2)
        case 3: return (0, 4)
        case 7: return (0, 3)
        default:
            if code == row { return rest.number(at: 0, bytes: 2).map { (2, max(0, $0 - 1)) } }
            return rest.first.map { (1, Int($0)) }
        }
    }
}
