/// What libxapian takes for a term, a value, a key or data: a string of any bytes.
///
/// Text stands for its UTF-8. libxapian compares terms and values byte by byte, changes no letters,
/// and knows no languages.
///
///     try Query.term("fox")
///     try Query.term([0xE7, 0x8B, 0x90])  // 狐
public protocol ByteString {
    /// The bytes.
    var byteString: [UInt8] { get }
}

extension String: ByteString {
    /// The text's UTF-8.
    public var byteString: [UInt8] { Array(utf8) }
}

extension Substring: ByteString {
    /// The text's UTF-8.
    public var byteString: [UInt8] { Array(utf8) }
}

extension String.UTF8View: ByteString {
    /// The bytes.
    public var byteString: [UInt8] { Array(self) }
}

extension Array: ByteString where Element == UInt8 {
    /// The bytes themselves.
    public var byteString: [UInt8] { self }
}

extension ArraySlice: ByteString where Element == UInt8 {
    /// The bytes.
    public var byteString: [UInt8] { Array(self) }
}
