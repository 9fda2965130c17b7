import Foundation
import QueryLanguage
import ReportIndexing
import ReportModel
import ReportSearch
import TestSupport
import Testing

/// Reports with text of their own, standing phrases, and copies that were planted.
private struct PlantedCopies {
    /// A pair by the numbers of its agencies, and how much of the first one's own text the second one
    /// has.
    struct Pair: Hashable {
        let copier: Int
        let source: Int
        let share: Double
    }

    let folder: TemporaryFolder
    private(set) var pairs: [Pair] = []
    /// How many reports there are.
    private(set) var count = 0
    private var random: SeededGenerator

    /// Frequent ideographs, no numerals: of the rare ones many depend on the word, and these are set aside.
    private static let signs = Array(
        """
        的是在不有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发动同工也能下过子说产种面而方多定行学法所民得经之\
        进着等部度家电力如水化高自理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政日那社义事平形相全表\
        间样与关各重新线内数正心反你明看原又么利比或但质气向道命此变条只没结解问意建月公无情者最立代想已通并提直题程展果料象员革\
        位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指区强放决西被做必战先回则任取据\
        处队南给色光门即保治北造规热领海口东导器压志世金增争济阶油思术极交受联什认共权收证改清己美再采转更单风切打白教速花带安场\
        身车例真务具每目至达走积示议声报斗完类离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装\
        影算低持音众书布容儿须际商非验连断深难近矿周委素技备半办青省列习响约支般史感劳便团往酸历市何除消构府称太准精值号率族维划\
        选标写存候毛亲快效院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严
        """)

    private mutating func sentence() -> String {
        let length = Int.random(in: 24...70, using: &random)
        return String(
            (0..<length).map { _ in Self.signs.randomElement(using: &random) ?? "云" })
    }

    private static func agency(_ number: Int) -> String {
        let counties = "清青白赤玄素朱苍碧金银铜".map(String.init)
        let bureaus = ["水务局", "林业局", "教育局", "民政局", "司法局", "财政局", "商务局", "审计局"]
        return counties[number / 8 % 12] + "浅县" + bureaus[number % 8]
    }

    private mutating func write(_ sentences: [String], agency number: Int, year: Int) throws {
        let paragraphs = stride(from: 0, to: sentences.count, by: 3).map { start in
            sentences[start..<min(start + 3, sentences.count)].map { $0 + "。" }.joined()
        }
        try folder.write(
            "\(Self.agency(number))\(year)年政府信息公开工作年度报告\n\n一、总体情况\n\n"
                + paragraphs.joined(separator: "\n\n") + "\n", to: "files/\(number)-\(year).txt")
        count += 1
    }

    /// A sentence with some words changed, and how many of its characters are still those.
    private mutating func changed(_ sentence: String) -> (text: String, same: Int) {
        var characters = Array(sentence)
        guard characters.count > 40, Int.random(in: 0..<3, using: &random) == 0 else {
            return (sentence, sentence.count)
        }
        let middle = characters.count / 2
        for index in middle..<middle + 3 {
            characters[index] = Self.signs.randomElement(using: &random) ?? "云"
        }
        return (String(characters), characters.count - 3)
    }

    init(seed: UInt64) throws {
        folder = try TemporaryFolder()
        random = SeededGenerator(seed: seed)
        let standing = (0..<12).map { _ in sentence() }
        var last: [[String]] = []
        for number in 0..<96 {
            let own = (0..<30).map { _ in sentence() }
            last.append(own)
            try write((own + standing).shuffled(using: &random), agency: number, year: 2022)
        }
        // Each second agency copies: from itself or from the next one, more and more.
        for number in stride(from: 0, to: 96, by: 2) {
            let source = number % 4 == 0 ? number : number + 1
            let count = 3 + number * 24 / 95
            var copied: [String] = []
            var same = 0
            for sentence in last[source].prefix(count) {
                let (text, kept) = changed(sentence)
                copied.append(text)
                same += kept
            }
            let own = (0..<(30 - count)).map { _ in sentence() }
            let all = (copied + own).reduce(0) { $0 + $1.count }
            pairs.append(
                Pair(copier: number, source: source, share: Double(same) / Double(all)))
            try write(
                (copied + own + standing).shuffled(using: &random), agency: number, year: 2023)
        }
    }
}

@Suite("Pairs of reports that share text")
struct CopiedPairsTests {
    private static func number(_ file: String?) -> [Int] {
        let name = URL(filePath: file ?? "").deletingPathExtension().lastPathComponent
        return name.split(separator: "-").compactMap { Int($0) }
    }

    private static func indexed(_ world: PlantedCopies) async throws -> Searcher {
        var options = IndexOptions()
        options.jobs = 2
        _ = try await ReportIndexer(folder: world.folder.path("index"), options: options)
            .run([world.folder.path("files")])
        return try Searcher(IndexReader(folder: world.folder.path("index")))
    }

    /// Looks that the pairs are those that were planted, with their shares.
    private static func expect(_ world: PlantedCopies, in result: CopiesResult) {
        #expect(result.reports == world.count)
        #expect(result.total == result.pairs.count)
        var found: [[Int]: Double] = [:]
        for pair in result.pairs {
            let (one, other) = (number(pair.files.first), number(pair.otherFiles.first))
            #expect(one[1] == 2023 && other[1] == 2022)
            found[[one[0], other[0]]] = pair.share
            #expect(pair.boilerplate > 0)
        }
        for pair in world.pairs {
            let share = found.removeValue(forKey: [pair.copier, pair.source])
            if pair.share >= 0.13 { #expect(share != nil, "\(pair)") }
            if let share { #expect(abs(share - pair.share) <= 0.05, "\(pair) \(share)") }
        }
        #expect(found.isEmpty, "pairs that nobody planted: \(found)")
        #expect(result.pairs.map(\.share) == result.pairs.map(\.share).sorted(by: >))
    }

    @Test("Planted copies are found with their share, and standing phrases are no copies")
    func planted() async throws {
        let world = try PlantedCopies(seed: 17)
        let searcher = try await Self.indexed(world)
        var request = CopiesRequest()
        request.minimumShare = 0.08
        request.limit = 0
        let result = try searcher.copiedPairs(request)
        Self.expect(world, in: result)
        for run in result.pairs.flatMap(\.runs) {
            let text = Array(run.source.passage.text.unicodeScalars)[run.range]
            let other = Array(run.other.passage.text.unicodeScalars)[run.otherRange]
            #expect(
                text.filter(\.properties.isAlphabetic) == other.filter(\.properties.isAlphabetic))
            #expect(text.count(where: \.properties.isAlphabetic) == run.length)
        }

        // A larger index has more pieces than are counted one by one.
        request.mostPieces = 1 << 17
        Self.expect(world, in: try searcher.copiedPairs(request))

        request.relation = .year
        let years = try searcher.copiedPairs(request)
        #expect(years.pairs.allSatisfy { $0.report.agency == $0.other.agency })
        request.relation = .agency
        let agencies = try searcher.copiedPairs(request)
        #expect(agencies.pairs.allSatisfy { $0.report.agency != $0.other.agency })
        #expect(years.total + agencies.total == result.total)
        request.question = Question(try QueryTree.parse("机关:清浅县教育局"))
        let few = try searcher.copiedPairs(request)
        #expect((1..<agencies.total).contains(few.total))
        #expect(
            few.pairs.allSatisfy {
                [$0.report.agency, $0.other.agency].contains("清浅县教育局")
            })
    }
}
