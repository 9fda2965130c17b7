import ChineseText
import GramIndex

/// Characters that are counted in passages, without the passages being decoded.
public struct WantedCharacters: Sendable {
    let counter: CharacterCounter

    /// How many there are.
    public var count: Int { counter.count }

    /// Counts characters, given by the different values of their folded scalars.
    public init(_ characters: [UInt32]) {
        counter = CharacterCounter(
            characters.map { character in
                var code: [UInt8] = []
                TextCode.append(shortly: character, to: &code)
                return code
            })
    }
}
