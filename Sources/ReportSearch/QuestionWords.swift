import SegmentStore

/// The words with which Chinese asks: what a question holds and its answer does not.
enum QuestionWords {
    /// Folded; of two that begin alike the longer stands first.
    private static let all: [[UInt8]] = [
        "为什么", "什么样", "什么时候", "什么", "哪一年", "哪几个", "哪些", "哪个", "哪里", "哪位", "哪年",
        "哪几", "哪一", "哪", "多少", "几个", "怎么样", "怎么", "怎样", "如何", "何时", "何地", "何处",
        "何人", "为何", "是否", "请问", "多久", "多长", "多大", "多高", "谁", "吗", "呢", "几",
    ].map { Array($0.utf8) }

    /// Whether the first character of some word, of three bytes, ends with a byte: most characters
    /// end with another one.
    private static let mayBegin: [Bool] = {
        var mayBegin = [Bool](repeating: false, count: 256)
        for word in all { mayBegin[Int(word[2])] = true }
        return mayBegin
    }()

    /// What a folded text says apart from asking: the pieces between its question words.
    ///
    /// All of the text when it only asks.
    static func pieces(of folded: [UInt8]) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var start = 0
        var position = 0
        while position + 2 < folded.count {
            guard mayBegin[Int(folded[position + 2])],
                let word = all.first(where: { folded[position...].starts(with: $0) })
            else {
                position += 1
                continue
            }
            if start < position { pieces.append(Array(folded[start..<position])) }
            position += word.count
            start = position
        }
        if start == 0 { return [folded] }
        if start < folded.count { pieces.append(Array(folded[start...])) }
        return pieces.isEmpty ? [folded] : pieces
    }
}
