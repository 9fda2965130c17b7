internal import CGramIndex

/// Counts some characters in texts of an index, as they are stored.
///
/// A character is one byte or several, up to four, of which only the last is 48 or above.
public struct CharacterCounter: Sendable {
    private let characters: [cg_character]

    /// The most bytes of a character.
    private static let longest = 4

    /// How many characters are counted.
    public var count: Int { characters.count }

    /// Counts characters, each given by its bytes; one of more than four is never found.
    public init(_ characters: [[UInt8]]) {
        self.characters = characters.map { bytes in
            var character = cg_character()
            func byte(_ index: Int) -> UInt8 { index < bytes.count ? bytes[index] : 0 }
            character.bytes = (byte(0), byte(1), byte(2), byte(3))
            character.length = bytes.count <= Self.longest ? UInt32(bytes.count) : 0
            return character
        }
    }

    /// Counts the characters in a text.
    ///
    /// - Parameters:
    ///   - text: the text, with its characters as the index stores them.
    ///   - occurrences: how often the text holds each is put behind what is there.
    /// - Returns: how many characters it has in all.
    public func count(in text: Span<UInt8>, into occurrences: inout [UInt32]) -> Int {
        let start = occurrences.count
        occurrences.append(contentsOf: repeatElement(0, count: characters.count))
        return unsafe text.withUnsafeBufferPointer { text in
            unsafe occurrences.withUnsafeMutableBufferPointer { occurrences in
                unsafe cg_count_characters(
                    text.baseAddress, text.count, characters, characters.count,
                    occurrences.baseAddress.map { unsafe $0 + start })
            }
        }
    }
}
