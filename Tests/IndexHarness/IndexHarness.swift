import CExactMapping
import Foundation

/// Asks indexes everything that commands ask, all in one process.
///
/// `Scripts/index-fuzz` names a folder a line, and reads a line for each. A crash ends the process, and
/// so names the folder. The first argument names a file with a query a line.
@main
struct IndexHarness {
    static func main() async throws {
        let queries = try String(contentsOfFile: CommandLine.arguments[1], encoding: .utf8)
            .split(separator: "\n").map(String.init)
        while let line = readLine() {
            let words = line.split(separator: "\t").map(String.init)
            let questions = Questions(folder: words[0], turn: Int(words[1]) ?? 0, queries: queries)
            await questions.ask(writing: words.dropFirst(2).first)
            let tally = questions.tally
            print(
                "\(tally.answers)\t\(tally.refusals)\t"
                    + tally.others.joined(separator: "; ").replacing("\n", with: " "))
            fflush(nil)
        }
    }
}
