/// Groups of passages that say the same, made of one passage after the other.
///
/// A passage joins the first group whose first passage it copies. Copies have four of five shingles in
/// common, so they share one of the first fifth of each, in the order of their hashes: only groups with
/// one of these are compared.
struct CopyGroups<Member> {
    /// The members of each group, in the order in which they were added.
    private(set) var members: [[Member]] = []
    private var first: [PassagePrint] = []
    /// The groups by the shingles, with the numbers, of which copies share one.
    private var holding: [UInt64: [Int]] = [:]

    /// Adds a passage.
    mutating func add(_ member: Member, saying print: PassagePrint) {
        let shared = print.sharedByCopies
        var found = Int.max
        var compared: Set<Int> = []
        for shingle in shared {
            for group in holding[shingle] ?? []
            where group < found && compared.insert(group).inserted {
                if print.isCopy(of: first[group]) { found = group }
            }
        }
        if found < members.count {
            members[found].append(member)
            return
        }
        for shingle in shared { holding[shingle, default: []].append(members.count) }
        members.append([member])
        first.append(print)
    }
}
