extension QueryTree {
    /// The tree of a query; `nil` when the query is empty or nothing but spaces.
    ///
    ///     let tree = try QueryTree.parse("政策解读 year:2022 -大厅")
    ///
    /// The argument of the command, `--where` and each line of a batch are read alike. Time is
    /// linear in the query; a query over ``QueryLimits/bytes`` is refused without being read.
    public static func parse(_ text: String) throws(QuerySyntaxError) -> QueryTree? {
        nil
    }
}
