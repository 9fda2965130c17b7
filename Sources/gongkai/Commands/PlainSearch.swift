extension Search {
    /// A search whose arguments are plain: the words of the query, and flags.
    ///
    /// - Throws: ``PlainArguments/NotPlain``; then ``SearchCommand`` reads them.
    init(plain arguments: ArraySlice<String>) throws(PlainArguments.NotPlain) {
        var rest = PlainArguments(arguments)
        let flags = Self.flags
        while let argument = try rest.next() {
            switch argument {
            case .word(let word): query.append(word)
            case .option(let name):
                guard let flag = flags.first(where: { $0.names.contains(name) }) else {
                    throw PlainArguments.NotPlain()
                }
                try flag.read(&rest, &self)
            }
        }
        do { try validate() } catch { throw PlainArguments.NotPlain() }
    }
}
