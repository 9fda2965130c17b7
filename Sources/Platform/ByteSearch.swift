internal import CPlatform

extension Span<UInt8> {
    /// The first place of a byte, from a place on; nil when there is none.
    public func firstPlace(of byte: UInt8, from start: Int = 0) -> Int? {
        let place = unsafe withUnsafeBufferPointer {
            unsafe cplatform_first($0.baseAddress, Int64(start), Int64($0.count), byte)
        }
        return place < 0 ? nil : Int(place)
    }

    /// The last place of a byte before another place; nil when there is none.
    public func lastPlace(of byte: UInt8, before end: Int) -> Int? {
        let place = unsafe withUnsafeBufferPointer {
            unsafe cplatform_last($0.baseAddress, Int64(Swift.min(end, $0.count)), byte)
        }
        return place < 0 ? nil : Int(place)
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
