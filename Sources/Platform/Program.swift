internal import CPlatform
public import SystemPackage

/// This program and the ones beside it.
public enum Program {
    /// The absolute path of the running program, its links followed; nil where that cannot be told.
    public static var path: String? {
        var path = [UInt8](repeating: 0, count: 4_096)
        let length = unsafe path.withUnsafeMutableBufferPointer { buffer in
            unsafe cplatform_own_path(buffer.baseAddress, buffer.count)
        }
        return length > 0 ? PathText.text(of: path[..<Int(length)]) : nil
    }

    /// Becomes another program, with the same files and environment.
    ///
    /// - Parameters:
    ///   - path: the program's absolute path.
    ///   - arguments: its arguments, the name that it is told to have left out.
    /// - Throws: why it cannot; where it does not throw, it does not return.
    public static func become(_ path: String, _ arguments: [String]) throws(Errno) -> Never {
        let name = PathText.bytes(of: path) + [0]
        let texts = ([path] + arguments).map(PathText.bytes)
        guard texts.allSatisfy({ !$0.contains(0) }) else { throw .invalidArgument }
        let list = Array(texts.map { $0 + [0] }.joined())
        let result = unsafe name.withUnsafeBufferPointer { name in
            unsafe list.withUnsafeBufferPointer { list in
                unsafe cplatform_become(name.baseAddress, list.baseAddress, texts.count)
            }
        }
        throw Errno(rawValue: -result)
    }
}
