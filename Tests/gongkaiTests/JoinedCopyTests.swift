import TestSupport
import Testing

@Suite("Passages that say the same are one hit")
struct JoinedCopyTests {
    /// A report with one passage that names a year and a number.
    private static func report(_ agency: String, passage year: Int, number: Int) -> String {
        """
        \(agency)2022年政府信息公开工作年度报告

        一、总体情况

        \(year)年，本局通过门户网站、政务新媒体和办事大厅的公开栏主动公开政府信息\(number)条，办理依申请公开\
        三件，均在法定期限内按时答复申请人，没有因信息公开引起行政复议和行政诉讼，群众满意度逐年提高。
        """
    }

    @Test("Another year makes no difference, another number does")
    func numbers() async throws {
        let work = try Workplace()
        try work.write(Self.report("云岫县林业局", passage: 2022, number: 20), to: "r/1.txt")
        try work.write(Self.report("云岫县水务局", passage: 2022, number: 20), to: "r/2.txt")
        try work.write(Self.report("云岫县粮食局", passage: 2021, number: 20), to: "r/3.txt")
        try work.write(Self.report("云岫县民政局", passage: 2022, number: 21), to: "r/4.txt")
        #expect(try await work.run("index", "r").status == 0)
        let asked = ["search", "\"按时答复申请人\"", "--format", "jsonl", "--limit", "9"]
        #expect(try await work.run(asked).lines.count == 4)
        let joined = try await work.run(asked + ["--join"]).lines
        #expect(joined.count == 2, "\(joined)")
        #expect(joined.contains { $0.contains("信息21条") })
    }
}
