import TestSupport
import Testing

@testable import ReportSearch

@Suite("Copies are found as by comparing each passage with each")
struct CopyGroupTests {
    private static let words = [
        "政府信息公开", "申请", "办理", "2023年", "12件", "群众", "满意", "一、", "平台", "网站", "。", "",
    ]

    @Test("The groups of random passages and small changes of them")
    func groups() {
        var random = SeededGenerator(seed: 61)
        var texts: [String] = ["", "，", "公开", "公开。", "开"]
        for _ in 0..<400 {
            if let old = texts.randomElement(using: &random), Bool.random(using: &random) {
                var changed = Array(old.unicodeScalars)
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    let index = Int.random(in: 0...changed.count, using: &random)
                    changed.insert("改", at: index)
                }
                texts.append(String(String.UnicodeScalarView(changed)))
            } else {
                let count = Int.random(in: 0...20, using: &random)
                texts.append(
                    (0..<count).map { _ in Self.words.randomElement(using: &random) ?? "" }
                        .joined())
            }
        }
        let prints = texts.map { PassagePrint($0.unicodeScalars.map(\.value)) }
        var plain: [[Int]] = []
        for index in prints.indices {
            let known = plain.firstIndex { prints[index].isCopy(of: prints[$0[0]]) }
            if let known { plain[known].append(index) } else { plain.append([index]) }
        }
        var groups = CopyGroups<Int>()
        for (index, print) in prints.enumerated() { groups.add(index, saying: print) }
        #expect(groups.members == plain, "seed 61")
        #expect(plain.count < texts.count && plain.contains { $0.count > 2 })
    }
}
