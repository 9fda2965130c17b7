/// Files that nobody wrote as a text, known by their names: what comes along with saved pages and
/// shared folders.
enum OtherKind {
    private static let endings: [(endings: Set<String>, kind: String)] = [
        (
            [
                "js", "mjs", "jsx", "ts", "vbs", "bat", "cmd", "ps1", "sh", "py", "pl", "rb", "php",
                "jsp", "asp", "aspx", "cs", "vb", "java", "c", "h", "go", "swift", "sql",
            ], "a script"
        ),
        (["css", "scss", "less", "xsl", "map"], "a style sheet"),
        (["url", "lnk", "webloc", "desktop", "website"], "a shortcut"),
        (
            [
                "ini", "inf", "sys", "dll", "exe", "so", "db", "sqlite", "reg", "cfg", "conf",
                "class", "jar", "swf", "ttf", "woff", "woff2", "eot", "ico", "yaml", "yml", "toml",
                "properties", "log", "plist",
            ], "a file of a system or program"
        ),
        (["lock", "lck", "tmp", "part", "crdownload", "swp"], "a lock or a part of a download"),
    ]
    private static let names: Set<String> = ["thumbs.db", "desktop.ini", ".ds_store", "makefile"]
    private static let kinds = Dictionary(
        uniqueKeysWithValues: endings.flatMap { group in group.endings.map { ($0, group.kind) } })

    /// What a file of this name is, for a person; nil when it may be a text.
    static func kind(ofName name: [UInt8]) -> String? {
        let name = String(decoding: name, as: UTF8.self).lowercased()
        if name.hasPrefix("~$") || name.hasPrefix(".~lock.") {
            return "the lock of an open document"
        }
        // A Mac's second file for each one on a foreign disk.
        if name.hasPrefix("._") || names.contains(name) { return "a file of a system or program" }
        guard let dot = name.lastIndex(of: ".") else { return nil }
        if dot == name.startIndex {
            // .gitignore, but not what somebody hid whose name is Chinese.
            return name.utf8.allSatisfy { $0 < 0x80 } ? "a file of a system or program" : nil
        }
        return kinds[String(name[name.index(after: dot)...])]
    }
}
