/// Writes a text scalar by scalar; see ``Swift/String/init(capacity:writing:)``.
@safe public struct UTF8Writer: ~Copyable {
    @usableFromInline let buffer: UnsafeMutableBufferPointer<UInt8>
    @usableFromInline let capacity: Int
    @usableFromInline var count = 0

    @inlinable init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        unsafe self.buffer = buffer
        capacity = buffer.count
    }

    /// Writes a scalar, given by its value, or U+FFFD where it is none; there must be room for it.
    @inlinable @inline(__always)
    public mutating func append(_ scalar: UInt32) {
        // Most of a text.
        if 0x800...0xD7FF ~= scalar {
            append(threeBytes: scalar)
        } else if scalar < 0x80 {
            append(byte: scalar)
        } else {
            append(rare: scalar)
        }
    }

    @inlinable @inline(__always)
    mutating func append(threeBytes scalar: UInt32) {
        precondition(count + 3 <= capacity, "A text has the bytes that it was given")
        unsafe Self.write(threeBytes: scalar, to: buffer, at: count)
        count += 3
    }

    @inlinable @inline(__always)
    static func write(
        threeBytes scalar: UInt32, to buffer: UnsafeMutableBufferPointer<UInt8>, at offset: Int
    ) {
        unsafe buffer[offset] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
        unsafe buffer[offset + 1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
        unsafe buffer[offset + 2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
    }

    /// Writes the ideographs with which some scalars begin, and what else lies between U+2E80 and
    /// U+D7FF, and gives where the first other scalar stands; there must be room for all.
    ///
    /// Most of a text, written in a third of the time.
    @inlinable
    public mutating func append(
        ideographsOf scalars: Span<UInt32>, from start: Int, to end: Int
    ) -> Int {
        precondition(
            end <= scalars.count && count + 3 * (end - start) <= capacity,
            "A text has the bytes that it was given")
        var index = start
        var next = count
        while index < end, 0x2E80...0xD7FF ~= scalars[index] {
            unsafe Self.write(threeBytes: scalars[index], to: buffer, at: next)
            next += 3
            index += 1
        }
        count = next
        return index
    }

    @usableFromInline mutating func append(rare scalar: UInt32) {
        if scalar < 0x800 {
            append(byte: 0xC0 | scalar >> 6)
        } else if 0x10000...0x10FFFF ~= scalar {
            append(byte: 0xF0 | scalar >> 18)
            append(byte: 0x80 | scalar >> 12 & 0x3F)
            append(byte: 0x80 | scalar >> 6 & 0x3F)
        } else {
            return append(threeBytes: 0xE000...0xFFFF ~= scalar ? scalar : 0xFFFD)
        }
        append(byte: 0x80 | scalar & 0x3F)
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
            let written = unsafe Span(
                _unsafeElements: UnsafeBufferPointer(rebasing: buffer[..<writer.count]))
            // Only scalars were written: nothing is left to be proved.
            return unsafe String(copying: UTF8Span(unchecked: written))
        }
    }
}
