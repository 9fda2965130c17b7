/// Writes a text scalar by scalar; see ``Swift/String/init(capacity:writing:)``.
@safe public struct UTF8Writer: ~Copyable {
    @usableFromInline let buffer: UnsafeMutableBufferPointer<UInt8>
    @usableFromInline let capacity: Int
    @usableFromInline var count = 0

    @inlinable init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        unsafe self.buffer = buffer
        capacity = buffer.count
    }

    /// Writes a scalar, given by its value; there must be room for it.
    @inlinable @inline(__always)
    public mutating func append(_ scalar: UInt32) {
        if 0x800...0xFFFF ~= scalar {
            precondition(count + 3 <= capacity, "A text has the bytes that it was given")
            unsafe buffer[count] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
            unsafe buffer[count + 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
            unsafe buffer[count + 2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
            count += 3
        } else if scalar < 0x80 {
            append(byte: scalar)
        } else {
            if scalar < 0x800 {
                append(byte: 0xC0 | scalar >> 6)
            } else {
                append(byte: 0xF0 | scalar >> 18)
                append(byte: 0x80 | scalar >> 12 & 0x3F)
                append(byte: 0x80 | scalar >> 6 & 0x3F)
            }
            append(byte: 0x80 | scalar & 0x3F)
        }
    }

    @inlinable mutating func append(byte: UInt32) {
        precondition(count < capacity, "A text has the bytes that it was given")
        unsafe buffer[count] = UInt8(truncatingIfNeeded: byte)
        count += 1
    }
}

extension String {
    /// The text that a closure writes; what is no scalar becomes U+FFFD.
    ///
    /// It is written aside first, since a text keeps all that it was given room for.
    ///
    /// - Parameter capacity: how many bytes of UTF-8 the text has at most.
    @inlinable public init(capacity: Int, writing write: (inout UTF8Writer) -> Void) {
        self = unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: capacity) { buffer in
            var writer = unsafe UTF8Writer(buffer)
            write(&writer)
            return unsafe String(
                decoding: UnsafeBufferPointer(rebasing: buffer[..<writer.count]), as: UTF8.self)
        }
    }
}
