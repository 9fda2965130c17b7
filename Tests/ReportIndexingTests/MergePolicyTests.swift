import Testing

@testable import ReportIndexing

@Suite("Which segments are merged")
struct MergePolicyTests {
    /// Runs of given sizes, each followed by what the policy asks for.
    private static func segments(after runs: [Int]) -> (sizes: [Int], written: Int) {
        var sizes: [Int] = []
        var written = 0
        for run in runs {
            sizes.append(run)
            written += run
            let groups = MergePolicy.groups(of: sizes.map { .init(visible: $0, hidden: 0) })
            let merged = groups.map { $0.reduce(0) { $0 + sizes[$1] } }
            let gone = Set(groups.joined())
            sizes = sizes.indices.filter { !gone.contains($0) }.map { sizes[$0] } + merged
            written += merged.reduce(0, +)
        }
        return (sizes, written)
    }

    @Test("A thousand small runs leave few segments, and rewrite little")
    func smallRuns() {
        for run in [1, 30, 1_000] {
            let (sizes, written) = Self.segments(after: Array(repeating: run, count: 1_000))
            #expect(sizes.count <= 7 * 5)
            #expect(sizes.reduce(0, +) == 1_000 * run)
            #expect(written <= 1_000 * run * 200)
        }
        let (sizes, _) = Self.segments(after: Array(repeating: 1, count: 1_000))
        #expect(sizes.count < 8)
    }

    @Test("A large segment is left alone by small ones")
    func large() {
        let (sizes, written) = Self.segments(after: [1_000_000] + Array(repeating: 10, count: 100))
        #expect(sizes.contains(1_000_000))
        #expect(written < 1_000_000 + 20_000)
    }

    @Test("A segment is rewritten when more than a quarter of it is hidden")
    func hidden() {
        #expect(MergePolicy.groups(of: [.init(visible: 75, hidden: 25)]).isEmpty)
        #expect(MergePolicy.groups(of: [.init(visible: 74, hidden: 26)]) == [[0]])
        #expect(MergePolicy.groups(of: []).isEmpty)
    }
}
