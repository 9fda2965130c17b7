import ArgumentParser
import QueryLanguage
import ReportModel
import ReportOutput
import ReportSearch

/// What statistics can be asked for: those of the program and the user's own indicators.
struct KnownFields {
    private var own: [String: Statistic] = [:]

    /// Reads a user's file of indicators; none is none.
    init(indicators file: String?) throws {
        guard let file else { return }
        for (index, line) in try InputFile.lines(file).enumerated() {
            let text = line.prefix { $0 != "#" }
            if text.allSatisfy(\.isWhitespace) { continue }
            do throws(FileProblem) {
                try add(String(text))
            } catch {
                throw ValidationError("\(DisplayPath.of(file)):\(index + 1): \(error.reason)")
            }
        }
    }

    private struct FileProblem: Error {
        let reason: Message

        init(_ reason: Message) { self.reason = reason }
    }

    /// Adds the indicator of a line: `key = formula; names; unit`.
    private mutating func add(_ line: String) throws(FileProblem) {
        guard let equals = line.firstIndex(where: { $0 == "=" || $0 == "＝" }) else {
            throw FileProblem(
                Message(
                    "no = here; write 'key = formula; names; unit'",
                    "没有“=”；请写成“键 = 公式; 名称; 单位”"))
        }
        let key = Self.trimmed(line[..<equals])
        let parts = line[line.index(after: equals)...].split(
            omittingEmptySubsequences: false, whereSeparator: { ";；".contains($0) }
        ).map(Self.trimmed)
        guard Self.isName(key) else {
            throw FileProblem(
                Message(
                    "'\(key)' is no key: letters, digits, dots and _ make one",
                    "“\(key)”不能作键；可用字母、数字、点和 _"))
        }
        guard parts.count <= 3 else {
            throw FileProblem(
                Message("more than 'key = formula; names; unit'", "多于“键 = 公式; 名称; 单位”"))
        }
        let names = parts.count > 1 ? parts[1].split { ",，、".contains($0) }.map(Self.trimmed) : []
        for name in [key] + names {
            if !Self.isName(name) {
                throw FileProblem(
                    Message(
                        "'\(name)' is no name: letters, digits, dots and _ make one",
                        "“\(name)”不能作名称；可用字母、数字、点和 _"))
            }
            if own[name] != nil || Statistic.named(folded(name)) != nil {
                throw FileProblem(
                    Message("'\(name)' is the name of something else", "“\(name)”已是别的名称"))
            }
        }
        let formula: Formula
        do throws(FormulaError) {
            formula = try self.formula(parts[0])
        } catch {
            throw FileProblem(error.reason(in: parts[0], self))
        }
        let unit = parts.count > 2 && !parts[2].isEmpty ? parts[2] : (try? formula.unit())
        let statistic = Statistic(
            key: key, names: names.isEmpty ? [key] : names, english: nil, unit: unit,
            section: 6, formula: formula, definition: formula.description)
        for name in [key] + names { own[name] = statistic }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return String(text)
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic || first == "_"
        else { return false }
        return text.unicodeScalars.count <= 100
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "."
                    || $0 == "_"
            }
    }

    private func formula(_ text: String) throws(FormulaError) -> Formula {
        try Formula(parsing: text) { named($0)?.formula }
    }

    /// The statistic or indicator with a key or name.
    func named(_ name: String) -> Statistic? {
        own[name] ?? Statistic.named(name) ?? Statistic.called(name)
    }

    /// What some words ask for: a composition stands for its members, a formula for itself.
    func fields(_ words: [String]) throws -> [Statistic] {
        var fields: [Statistic] = []
        let names = words.flatMap { word in
            word.split { ",，、".contains($0) }.map(Self.trimmed)
        }
        for name in names {
            if let field = named(name) {
                fields.append(field)
            } else if let composition = Composition.named(folded(name)) {
                fields += composition.members.compactMap(Statistic.named)
            } else {
                fields.append(try computed(name))
            }
        }
        guard !fields.isEmpty else { throw ValidationError(Message.noFields) }
        var seen: Set<String> = []
        return fields.filter { seen.insert($0.key).inserted }
    }

    /// An indicator that is written where one is asked for.
    private func computed(_ text: String) throws -> Statistic {
        do throws(FormulaError) {
            let formula = try formula(text)
            return Statistic(
                key: text, names: [text], english: nil, unit: try? formula.unit(), section: 6,
                formula: formula, definition: formula.description)
        } catch {
            throw ValidationError(error.reason(in: text, self).description)
        }
    }

    /// Complains of indicators of the user's own in a condition, which searches do not know.
    func refuseOwn(in tree: QueryTree?) throws {
        let names = (tree?.leaves ?? []).flatMap { leaf -> [QueryName] in
            switch leaf.kind {
            case .comparison(let name, _, .name(let other)): [name, other]
            case .comparison(let name, _, _): [name]
            default: []
            }
        }
        for name in names where own[name.text] != nil && Statistic.called(name.text) == nil {
            throw ValidationError(
                Message(
                    "\(name.text) is an indicator of your own: --where takes those of 'gongkai "
                        + "fields'; write a condition on rows with --having",
                    "“\(name.text)”是自定义指标：--where 只接受“gongkai fields”列出的；"
                        + "对结果行的条件请用 --having"
                ).description)
        }
    }

    /// Each of some statistics as a share of another one.
    func shares(of fields: [Statistic], in name: String) throws -> [Statistic] {
        guard let whole = named(name) else {
            throw ValidationError(
                FormulaError(.unknownName(name), at: 0).reason(in: name, self).description)
        }
        return fields.map { field in
            let formula = Formula.quotient(field.formula, whole.formula)
            return Statistic(
                key: "\(field.key)/\(whole.key)",
                names: ["\(field.names[0])÷\(whole.names[0])"], english: nil,
                unit: field.unit == whole.unit ? "%" : try? formula.unit(), section: 6,
                formula: formula, definition: formula.description)
        }
    }

    /// The name that a misspelt one comes nearest to.
    fileprivate func nearest(to name: String) -> String? {
        nearestName(
            to: name,
            among: Statistic.all.flatMap { $0.names + [$0.key] } + Composition.all.flatMap(\.names)
                + own.keys.sorted())
    }
}

extension FormulaError {
    /// What is wrong with a text, for a person.
    fileprivate func reason(in text: String, _ known: KnownFields) -> Message {
        let number = offset + 1
        let position: ShownText = "at character \(number) of '\(text)'"
        let chinesePosition: ShownText = "“\(text)”第 \(number) 个字符处"
        switch reason {
        case .unknownName(let name):
            let meant = known.nearest(to: name)
            return Message(
                "no statistic is called \(name); 'gongkai fields' lists them"
                    + (meant.map { "; did you mean \($0)?" } ?? ""),
                "没有叫“\(name)”的统计项；“gongkai fields”列出全部"
                    + (meant.map { "；是否要找“\($0)”？" } ?? ""))
        case .expectedOperand:
            return Message(
                "a statistic, a number or ( should stand \(position)",
                "\(chinesePosition)应为统计项、数或“(”")
        case .unexpected(let text):
            return Message(
                "'\(text)' means nothing \(position)", "\(chinesePosition)的“\(text)”没有意义")
        case .unclosed:
            return Message("a bracket is not closed \(position)", "\(chinesePosition)的括号没有闭合")
        case .tooLong:
            return Message("too many brackets or parts \(position)", "\(chinesePosition)括号或项太多")
        case .mixedUnits(let units):
            return Message(
                "\(units.joined(separator: " and ")) cannot be added in '\(text)'",
                "“\(text)”中\(units.joined(separator: "和"))不能相加")
        }
    }
}
