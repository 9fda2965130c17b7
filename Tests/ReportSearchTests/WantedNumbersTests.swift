import QueryLanguage
import SegmentStore
import Testing

@testable import ReportSearch

@Suite("Which numbers a condition asks for")
struct WantedNumbersTests {
    private static let numbers: [Double] = [
        -3, -0.5, 0, 0.5, 1, 6.999, 7, 8.5, 253, 254, 255, 1e12,
    ]

    /// What is wanted, and what that should be.
    private static var wanted: [(wanted: WantedNumbers, holds: (Double) -> Bool)] {
        var all: [(WantedNumbers, (Double) -> Bool)] = []
        for number in numbers {
            for comparison in QueryComparison.allCases {
                let holds = { (value: Double) in comparison.holds(value, number) }
                all.append((WantedNumbers(comparison, number), holds))
            }
            for other in numbers {
                let range = QueryRange(
                    lower: QueryNumber(number, text: ""), upper: QueryNumber(other, text: ""))
                all.append((WantedNumbers(range), range.contains))
                all.append((WantedNumbers(range, areOutside: true), { !range.contains($0) }))
            }
            let open = QueryRange(lower: QueryNumber(number, text: ""), upper: nil)
            all.append((WantedNumbers(open), open.contains))
        }
        return all
    }

    @Test("A number is wanted when the comparison holds")
    func contains() {
        for (wanted, holds) in Self.wanted {
            for value in Self.numbers + [-1e300, 1e300, 7.0.nextUp, 7.0.nextDown] {
                #expect(wanted.contains(value) == holds(value))
            }
        }
    }

    @Test("Whole numbers in ranges are those wanted one by one")
    func wholeNumbers() {
        for (wanted, holds) in Self.wanted {
            let found = wanted.wholeNumbers(below: 255).flatMap { Array($0) }
            #expect(found == (0..<255).filter { holds(Double($0)) }.map(UInt64.init))
        }
    }
}
