internal import CPlatform

extension Span<UInt8> {
    /// Whether other bytes are the same.
    public func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        // Every offset leaves room for what is read there.
        return unsafe withUnsafeBytes { one in
            unsafe other.withUnsafeBytes { other in
                var offset = 0
                while one.count - offset >= 8 {
                    let eight = unsafe one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    guard
                        unsafe other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                            == eight
                    else { return false }
                    offset += 8
                }
                while offset < one.count {
                    guard unsafe one[offset] == other[offset] else { return false }
                    offset += 1
                }
                return true
            }
        }
    }

    /// The first offset of a byte, from an offset on; nil when there is none.
    public func firstOffset(of byte: UInt8, from start: Int = 0) -> Int? {
        let offset = unsafe withUnsafeBufferPointer {
            unsafe cplatform_first($0.baseAddress, Int64(start), Int64($0.count), byte)
        }
        return offset < 0 ? nil : Int(offset)
    }

    /// The last offset of a byte before another offset; nil when there is none.
    public func lastOffset(of byte: UInt8, before end: Int) -> Int? {
        let offset = unsafe withUnsafeBufferPointer {
            unsafe cplatform_last($0.baseAddress, Int64(Swift.min(end, $0.count)), byte)
        }
        return offset < 0 ? nil : Int(offset)
    }
}

extension String {
    /// The text that some bytes are in UTF-8; nil when they are not.
    public init?(validating bytes: Span<UInt8>) {
        let text = unsafe bytes.withUnsafeBufferPointer {
            unsafe String(validating: $0, as: UTF8.self)
        }
        guard let text else { return nil }
        self = text
    }
}
