import Foundation
import Testing

@testable import ChineseText

/// The catalogue of radicals beside the package, when it is there.
private struct Catalogue: Decodable {
    let kangxi: [String: String]
    let supplement: [String: String]
    let override_kangxi: [String: String]

    static let url = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "../shared/domain/radicals.json").standardizedFileURL
    static var isPresent: Bool { FileManager.default.fileExists(atPath: url.path) }

    var forms: [String: String] {
        kangxi.merging(supplement) { $1 }.merging(override_kangxi) { $1 }
    }
}

@Suite("Radicals") struct RadicalTests {
    @Test("Every radical of the catalogue becomes its ideograph", .enabled(if: Catalogue.isPresent))
    func followsCatalogue() throws {
        let catalogue = try JSONDecoder().decode(
            Catalogue.self, from: Data(contentsOf: Catalogue.url))
        #expect(catalogue.forms.count > 300)
        let folding = TextFolding()
        for (radical, ideograph) in catalogue.forms {
            #expect(TextRepair.repaired(radical) == ideograph)
            #expect(folding.folded(radical).utf8 == folding.folded(ideograph).utf8)
        }
    }

    @Test("Radicals become ideographs, in all three blocks and the compatibility blocks")
    func becomeIdeographs() {
        #expect(TextRepair.repaired("⼾⼈⺠⻓⻏⺟") == "户人民长阝母")
        #expect(TextRepair.repaired("\u{F900}\u{FA30}\u{2F800}") == "豈侮丽")
    }
}
