/// Numbers that are the same on every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

/// Scalars that fold in every way there is; a text takes most of its scalars from few groups, so
/// that rules meet.
private let groups: [[Unicode.Scalar]] = [
    Array("政策解读讀長门門臺台户戶信息公开於乾一二〇○◯々𠀀𫝆".unicodeScalars),
    Array("⼾⼈⺠⻓⻔⽣⼀⼆⺇⻏\u{F900}\u{FA30}\u{2F800}\u{2F9F4}\u{FA0E}".unicodeScalars),
    Array("abcXYZ0189éÉßẞİıſKÅΣςДдⅣⅳ①²ǅ\u{1E9E}\u{10400}".unicodeScalars),
    Array("ＡＺａｚ０９（），．：；！？￥￣～｡､ｱｶﾞﾟ﹐﹝\u{FFA0}\u{FFA1}".unicodeScalars),
    Array(" \t\n\r\u{A0}\u{3000}\u{2002}\u{2028}\u{85}\u{202F}".unicodeScalars),
    Array("\u{200B}\u{FEFF}\u{AD}\u{202E}\u{2066}\u{FE0F}\u{E0101}\u{180E}\u{34F}".unicodeScalars),
    Array("\u{0}\u{1}\u{1B}\u{1F}\u{7F}\u{80}\u{9F}\u{FFFD}\u{E000}\u{FFFF}\u{378}".unicodeScalars),
    Array("\u{300}\u{301}\u{308}\u{20E3}\u{3099}\u{302A}\u{93E}".unicodeScalars),
    Array("，。、；：？！“”‘’„‟＂\"'（）()[]【】〔〕-—–―−…·,.;:%+$".unicodeScalars),
    Array("かナーㄅ한ก".unicodeScalars),
]

/// A text of up to `longest` scalars.
func randomText(_ numbers: inout SeededNumbers, longest: Int = 40) -> String {
    var text = String.UnicodeScalarView()
    let favourites = (0..<3).map { _ in groups[Int.random(in: 0..<groups.count, using: &numbers)] }
    for _ in 0..<Int.random(in: 0...longest, using: &numbers) {
        let group =
            Int.random(in: 0..<4, using: &numbers) == 0
            ? groups[Int.random(in: 0..<groups.count, using: &numbers)]
            : favourites[Int.random(in: 0..<favourites.count, using: &numbers)]
        let scalar = group[Int.random(in: 0..<group.count, using: &numbers)]
        let count = Int.random(in: 0..<16, using: &numbers) == 0 ? 12 : 1
        for _ in 0..<count { text.append(scalar) }
    }
    if Int.random(in: 0..<8, using: &numbers) == 0 {
        let value = UInt32.random(in: 0...0x10FFFF, using: &numbers)
        if let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    return String(text)
}

/// A part of `text` cut anywhere between scalars, and where it was cut.
func randomPart(
    of text: String, _ numbers: inout SeededNumbers
) -> (text: String, range: Range<Int>) {
    let scalars = Array(text.unicodeScalars)
    let start = Int.random(in: 0...scalars.count, using: &numbers)
    let end = Int.random(in: start...scalars.count, using: &numbers)
    var part = String.UnicodeScalarView()
    part.append(contentsOf: scalars[start..<end])
    return (String(part), start..<end)
}

/// Whether `part` is found in `whole`.
func isFound(_ part: [UInt8], in whole: [UInt8]) -> Bool {
    guard part.count <= whole.count else { return false }
    return (0...whole.count - part.count).contains { start in
        whole[start..<start + part.count].elementsEqual(part)
    }
}

/// The scalars as `U+XXXX`, for messages about texts that cannot be read.
func scalarNames(_ text: String) -> String {
    text.unicodeScalars.map { "U+" + String($0.value, radix: 16) }.joined(separator: " ")
}
