#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#endif

/// What libFuzzer calls with bytes of its own making.
///
/// One program has all targets, so that they are built once; `$GONGKAI_FUZZ_TARGET` chooses.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

extension FuzzTarget {
    /// The target that the environment names.
    static let chosen: FuzzTarget = {
        let name = getenv("GONGKAI_FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            fatalError(
                "GONGKAI_FUZZ_TARGET is one of "
                    + FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return target
    }()
}
