public import CPlatform

/// The calls of ``CFiles``, with bytes for names and buffers.
///
/// What fails returns the negative error number.
public enum FileCalls {
    /// Opens what a name in a folder stands for, with `cplatform_opening` flags together: a descriptor.
    public static func open(_ folder: CInt, _ name: [UInt8], opening: UInt32) -> CInt {
        unsafe name.withUnsafeBufferPointer {
            unsafe cplatform_open(folder, $0.baseAddress, CInt($0.count), CInt(opening))
        }
    }

    /// Looks at a name in a folder; a link is looked through when `follows` says so.
    public static func status(
        of name: [UInt8], in folder: CInt, follows: Bool
    ) -> cplatform_status {
        unsafe name.withUnsafeBufferPointer {
            unsafe cplatform_status_at(folder, $0.baseAddress, CInt($0.count), follows ? 1 : 0)
        }
    }

    /// Looks at something open.
    public static func status(of descriptor: CInt) -> cplatform_status {
        cplatform_status(descriptor)
    }

    /// Begins to read the names in an open folder: a number for the two functions below, to be
    /// ended once, or 0 with the error number in `errno`.
    public static func list(_ folder: CInt) -> UInt { cplatform_list(folder) }

    /// Writes the next name into a buffer: its length, 0 at the end.
    public static func next(_ list: UInt, into name: inout [UInt8]) -> CInt {
        unsafe name.withUnsafeMutableBufferPointer {
            unsafe cplatform_next(list, $0.baseAddress, CInt($0.count))
        }
    }

    /// Ends the reading of a folder.
    public static func end(_ list: UInt) { cplatform_end(list) }

    /// Reads from an offset in a file into a buffer: the number of bytes, 0 at the end.
    public static func read(_ descriptor: CInt, at offset: Int, into bytes: inout [UInt8]) -> Int {
        unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe Int(
                cplatform_read(descriptor, $0.baseAddress, Int64($0.count), Int64(offset)))
        }
    }

    /// Reads what comes next, as from a pipe, into a buffer: the number of bytes, 0 at the end.
    public static func readNext(_ descriptor: CInt, into bytes: inout [UInt8]) -> Int {
        unsafe bytes.withUnsafeMutableBufferPointer {
            unsafe Int(cplatform_read_next(descriptor, $0.baseAddress, Int64($0.count)))
        }
    }

    /// Writes the path of something open, links resolved, into a buffer: its length.
    public static func path(of descriptor: CInt, into path: inout [UInt8]) -> CInt {
        unsafe path.withUnsafeMutableBufferPointer {
            unsafe cplatform_path(descriptor, $0.baseAddress, CInt($0.count))
        }
    }

    /// Makes a new file in a folder, for reading and writing: a descriptor.
    static func create(_ folder: CInt, _ name: [UInt8]) -> CInt {
        unsafe name.withUnsafeBufferPointer {
            unsafe cplatform_create(folder, $0.baseAddress, CInt($0.count))
        }
    }

    /// Opens a file in a folder for reading and writing, made when nothing has the name: a
    /// descriptor.
    static func openOrCreate(_ folder: CInt, _ name: [UInt8]) -> CInt {
        unsafe name.withUnsafeBufferPointer {
            unsafe cplatform_open_or_create(folder, $0.baseAddress, CInt($0.count))
        }
    }

    /// Makes a folder in a folder: 0.
    static func makeFolder(_ folder: CInt, _ name: [UInt8], mode: UInt32) -> CInt {
        unsafe name.withUnsafeBufferPointer {
            unsafe cplatform_make_folder(folder, $0.baseAddress, CInt($0.count), mode)
        }
    }

    /// Removes a file or an empty folder: 0.
    static func remove(_ folder: CInt, _ name: [UInt8]) -> CInt {
        unsafe name.withUnsafeBufferPointer {
            unsafe cplatform_remove(folder, $0.baseAddress, CInt($0.count))
        }
    }

    /// Gives a file or folder another name at once, in place of a file that has it: 0.
    static func rename(
        _ old: [UInt8], in oldFolder: CInt, to new: [UInt8], in newFolder: CInt
    ) -> CInt {
        unsafe old.withUnsafeBufferPointer { old in
            unsafe new.withUnsafeBufferPointer { new in
                unsafe cplatform_rename(
                    oldFolder, old.baseAddress, CInt(old.count), newFolder, new.baseAddress,
                    CInt(new.count))
            }
        }
    }

    /// The path of the working folder, written into a buffer: its length.
    static func workingFolder(into path: inout [UInt8]) -> CInt {
        unsafe path.withUnsafeMutableBufferPointer {
            unsafe cplatform_working_folder($0.baseAddress, CInt($0.count))
        }
    }
}
