import ArgumentParser
import QueryLanguage

/// What ArgumentParser says of wrong arguments, in Chinese.
enum UsageMessage {
    /// The message in Chinese; sentences that are not known stay as they are.
    ///
    /// - Parameter english: the message with usage, as ArgumentParser prints it.
    static func chinese(_ english: String) -> String {
        english.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            if let rest = line.after("Error: ") { return "错误：" + sentence(rest) }
            if let rest = line.after("Help:  ") { return "说明：" + help(rest) }
            if let rest = line.after("Usage: ") { return "用法：" + rest }
            if let command = line.between("  See '", "' for more information.") {
                return "  “\(command)”查看详细说明。"
            }
            return String(line)
        }.joined(separator: "\n")
    }

    /// An argument, two spaces, and what is said of it.
    private static func help(_ text: String) -> String {
        guard let gap = text.firstRange(of: "  ") else { return text }
        return text[..<gap.upperBound]
            + HelpCatalogue.text(String(text[gap.upperBound...]), in: .chinese)
    }

    private static func sentence(_ text: String) -> String {
        if let rest = text[...].after("Unknown option '") {
            let names = rest.split(separator: "'")
            let nearest = names.count > 2 ? "；是否要用“\(names[2])”？" : ""
            return "没有选项“\(names.first ?? "")”" + nearest
        }
        if let name = text[...].between("Missing value for '", "'") { return "“\(name)”缺少值" }
        if let name = text[...].between("Missing expected argument '", "'") {
            return "缺少参数“\(name)”"
        }
        if let value = text[...].between("Unexpected argument '", "'") { return "多余的参数“\(value)”" }
        if let count = text.firstRange(of: " unexpected arguments: ") {
            return "多余的 \(text[..<count.lowerBound]) 个参数：\(text[count.upperBound...])"
        }
        if let rest = text[...].after("The value '"),
            let middle = rest.ranges(of: "' is invalid for '").last
        {
            let value = rest[..<middle.lowerBound]
            let parts = rest[middle.upperBound...].split(separator: "'", maxSplits: 1)
            let known =
                parts.count > 1
                ? parts[1][...].between(". Please provide one of ", ".").map {
                    "；可取 "
                        + $0.replacing(" or ", with: "、").replacing(" and ", with: "、")
                        .replacing(", ", with: "、")
                } ?? "" : ""
            return "“\(parts.first ?? "")”的值“\(value)”无效" + known
        }
        return text
    }
}

extension Substring {
    /// What follows a beginning; nil when the text does not begin so.
    fileprivate func after(_ beginning: String) -> String? {
        hasPrefix(beginning) ? String(dropFirst(beginning.count)) : nil
    }

    /// What stands between a beginning and an ending; nil when the text is not so.
    fileprivate func between(_ beginning: String, _ ending: String) -> String? {
        guard hasSuffix(ending), let rest = after(beginning), rest.count >= ending.count else {
            return nil
        }
        return String(rest.dropLast(ending.count))
    }
}
