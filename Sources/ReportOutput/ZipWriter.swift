/// Where a file is written that is corrected after it was written.
public struct PatchedOutput {
    /// Appends bytes.
    let append: ([UInt8]) throws -> Void
    /// Replaces bytes that were written, from an offset on.
    let patch: (_ offset: UInt64, [UInt8]) throws -> Void

    /// Makes an output of what appends to a file and what writes over a part of it.
    public init(
        append: @escaping ([UInt8]) throws -> Void,
        patch: @escaping (_ offset: UInt64, [UInt8]) throws -> Void
    ) {
        (self.append, self.patch) = (append, patch)
    }
}

/// Writes an archive whose members are stored as they are, one after the other.
///
/// The length of a member is written over its head when it is finished, so that none is held in
/// memory. The times of the members are those of no clock, so that the same members give the same
/// bytes.
struct ZipWriter {
    /// A member, or all of them, would be longer than the format without extensions can tell.
    struct TooLong: Error {}

    private struct Member {
        let name: [UInt8]
        let offset: UInt64
        var checksum = CRC32()
        var length: UInt64 = 0
    }

    private let output: PatchedOutput
    private var members: [Member] = []
    private var length: UInt64 = 0

    private static let longest = UInt64(UInt32.max)
    /// Midnight of the first of January 1980, the first that the format knows.
    private static let time: [UInt8] = [0, 0, 0x21, 0]

    init(_ output: PatchedOutput) { self.output = output }

    /// Begins a member.
    mutating func begin(_ name: String) throws {
        try finishMember()
        let member = Member(name: Array(name.utf8), offset: length)
        members.append(member)
        try write(Self.number(0x0403_4B50, 4) + Self.head(member) + member.name)
    }

    /// Adds bytes to the member that was begun last.
    mutating func add(_ bytes: [UInt8]) throws {
        guard !members.isEmpty else { return }
        members[members.count - 1].checksum.update(bytes)
        members[members.count - 1].length += UInt64(bytes.count)
        guard members[members.count - 1].length <= Self.longest else { throw TooLong() }
        try write(bytes)
    }

    /// Ends the archive.
    mutating func finish() throws {
        try finishMember()
        let start = length
        for member in members {
            try write(
                Self.number(0x0201_4B50, 4) + Self.number(20, 2) + Self.head(member)
                    + [UInt8](repeating: 0, count: 10) + Self.number(member.offset, 4)
                    + member.name)
        }
        guard length <= Self.longest, members.count <= UInt16.max else { throw TooLong() }
        let count = Self.number(UInt64(members.count), 2)
        try write(
            Self.number(0x0605_4B50, 4) + [0, 0, 0, 0] + count + count
                + Self.number(length - start, 4) + Self.number(start, 4) + [0, 0])
    }

    private mutating func finishMember() throws {
        guard let member = members.last else { return }
        // Behind the signature, the version, the flags, the method and the time.
        try output.patch(member.offset + 14, Self.sizes(member))
    }

    private mutating func write(_ bytes: [UInt8]) throws {
        length += UInt64(bytes.count)
        try output.append(bytes)
    }

    private static func sizes(_ member: Member) -> [UInt8] {
        number(UInt64(member.checksum.value), 4) + number(member.length, 4)
            + number(member.length, 4)
    }

    /// What the member's head and its entry in the directory have in common.
    private static func head(_ member: Member) -> [UInt8] {
        // Version 2.0, names in UTF-8, stored.
        number(20, 2) + number(0x0800, 2) + [0, 0] + time + sizes(member)
            + number(UInt64(member.name.count), 2) + [0, 0]
    }

    private static func number(_ number: UInt64, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
    }
}

/// The checksum of ZIP archives.
struct CRC32 {
    private static let table: [UInt32] = (0..<256).map { number in
        (0..<8).reduce(UInt32(number)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
        }
    }

    private var state: UInt32 = 0xFFFF_FFFF

    /// The checksum of what was taken in so far.
    var value: UInt32 { ~state }

    /// Takes more bytes in.
    mutating func update(_ bytes: [UInt8]) {
        var state = state
        for byte in bytes { state = Self.table[Int((state ^ UInt32(byte)) & 0xFF)] ^ state >> 8 }
        self.state = state
    }
}
