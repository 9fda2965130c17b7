extension RandomAccessCollection<UInt8> where Index == Int {
    /// The number in some bytes, the lowest first; nil where they are not all there.
    ///
    ///     [0x34, 0x12].number(at: 0, bytes: 2)   // 0x1234
    ///
    /// - Parameters:
    ///   - offset: where the number begins, from the first byte.
    ///   - bytes: how many bytes it has, from 1 to 7.
    public func number(at offset: Int, bytes: Int) -> Int? {
        guard offset >= 0, offset <= count - bytes else { return nil }
        var number = 0
        for byte in stride(from: bytes - 1, through: 0, by: -1) {
            number = number << 8 | Int(self[startIndex + offset + byte])
        }
        return number
    }

    /// The number with a sign in two bytes, the lowest first; nil where they are not all there.
    public func signedNumber(at offset: Int) -> Int? {
        number(at: offset, bytes: 2).map { $0 >= 0x8000 ? $0 - 0x10000 : $0 }
    }
}
