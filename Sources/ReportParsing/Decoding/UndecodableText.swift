/// Bytes that hold no text that can be read.
public struct UndecodableText: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why not; a format is named for a person, as in `a PDF document`.
    public enum Reason: Sendable, Hashable {
        /// The bytes are malformed in each of these encodings.
        case malformed(tried: [String])
        /// The bytes are of a format that is not read.
        case format(String)
        /// The bytes are of a format that is read, but cut off or damaged.
        case damaged(String)
        /// The bytes want a password.
        case encrypted(String)
        /// The bytes hold more than any report does.
        case overLimits(String)
        /// The bytes take more time to read than any report does.
        case tooSlow(String)
        /// The pages are pictures without text.
        case scan(String)
        /// The page holds scripts that fetch or draw its text, and no text.
        case drawnByScript
        /// The text is made of characters, and of no language.
        case noLanguage
        /// The program that reads the format is not installed.
        case noProgram(String, package: String)
        /// The bytes could not be read now, whatever they hold: what failed.
        case failedForNow(String, why: String)
    }

    /// Why the bytes were not read.
    public let reason: Reason

    /// What is wrong and what to do, for a person.
    public var description: String {
        switch reason {
        case .malformed(let tried):
            "not text in \(tried.joined(separator: ", ")); "
                + "convert the file to UTF-8 or name its encoding with --encoding"
        case .format(let name): "\(name), which is not read; save the report as text"
        case .damaged(let name): "\(name), cut off or damaged; get the file anew"
        case .encrypted(let name): "\(name) with a password; save it without"
        case .overLimits(let name): "\(name) that holds more than any report; save it as text"
        case .tooSlow(let name):
            "\(name) that takes longer to read than any report; save it as text"
        case .failedForNow(let name, let why):
            "\(name); \(why); it is tried again at the next run"
        case .scan(let name):
            "\(name) without text; --ocr COMMAND recognises what its pictures show"
        case .drawnByScript:
            "a web page whose text a script draws; open it in a browser and save what it shows"
        case .noLanguage: "text of no language, such as keys or coded data"
        case .noProgram(let name, let package): "\(name); install \(package) to read it"
        }
    }
}
