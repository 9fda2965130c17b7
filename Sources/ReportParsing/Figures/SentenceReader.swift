import ChineseText
import ReportModel

/// Reads the numbers of a passage, sentence by sentence, and what each counts.
struct SentenceReader {
    /// A number and what it counts.
    struct Found {
        let subject: NarrativeSubject
        let value: Double
        let tolerance: Double
        /// The offset of the number in the passage, in scalars from 0.
        let offset: Int
    }

    private let year: Int?
    private let agency: [Unicode.Scalar]
    /// What a number counts whose clause names nothing: 办结18件 after 收到申请20件.
    private var topic: FigureWords
    /// Whether requests for information are what the passage is about, so that a review or a
    /// lawsuit in it is one about them.
    private var isAboutRequests: Bool

    /// The passage, folded.
    private let text: [Unicode.Scalar]

    // The sentence.
    private var found: [Found] = []
    private var sentence = 0..<0
    /// Whether the sentence has turned to another year.
    private var isElsewhere = false
    /// Whether the sentence has come to the parts of what it stated, as 其中 says.
    private var isListing = false

    // The clause since its start or the last number.
    private var lead: FigureWords = []
    private var isKnown = true
    /// The last word that names something, when the clause ends in it.
    private var lastNoun: FigureWords = []
    /// Whether anything stands in the clause since its start or the last number.
    private var hasBegun = false

    init(
        of text: [Unicode.Scalar], year: Int?, agency: [Unicode.Scalar], isAboutRequests: Bool
    ) {
        self.text = text
        self.year = year
        self.agency = agency
        self.isAboutRequests = isAboutRequests
        topic = isAboutRequests ? .request : []
    }

    /// The figures of the next sentence of the passage.
    mutating func read(_ sentence: Range<Int>) -> [Found] {
        found = []
        self.sentence = sentence
        isElsewhere = false
        isListing = false
        if topic.isEmpty, isAboutRequests { topic = .request }
        lead = []
        isKnown = true
        lastNoun = []
        hasBegun = false
        var index = sentence.lowerBound
        while index < sentence.upperBound {
            let scalar = text[index]
            if scalar.value < 0x4E00, Self.isSeparator(scalar) {
                // 公民、法人或其他组织 and 行政复议、行政诉讼 are one thing to be counted.
                if scalar != "、" || !hasBegun { endClause(at: index) }
                index += 1
            } else if scalar.isDigit || scalar.isNumeral,
                let number = StatedNumber(text, at: index)
            {
                hasBegun = true
                index = read(number, at: index)
            } else if !isKnown {
                index += 1
            } else {
                hasBegun = true
                index += readWord(at: index)
            }
        }
        endClause(at: sentence.upperBound)
        return found
    }

    /// Whether a character ends a clause.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", "、", ":", ";", "。", "!", "?", "(", ")", "-": true
        default: false
        }
    }

    private static let included: WordList = ["含", "包括", "包含", "加上", "连同"]
    private static let before: WordList = ["结转", "上年", "(含"]

    /// Whether the sentence counts what was carried in: 含上年结转3件, or 41件(含3件).
    private var includesCarriedIn: Bool {
        text[sentence].holds(anyOf: Self.included) && text[sentence].holds(anyOf: Self.before)
    }

    // MARK: Words

    /// Reads the word at an offset and gives its length.
    private mutating func readWord(at index: Int) -> Int {
        if lead.isSubset(of: .bare), agency.count >= 4, text.matches(agency, at: index) {
            return agency.count
        }
        guard let word = FigureWords.match(text, at: index), word.meaning != .unknown else {
            isKnown = false
            lastNoun = []
            return 1
        }
        if word.meaning == .elsewhere {
            isElsewhere = true
            isKnown = false
            return word.length
        }
        lead.formUnion(word.meaning)
        if word.meaning == .among { isListing = true }
        if !word.meaning.isDisjoint(with: .nouns) { lastNoun = word.meaning }
        return word.length
    }

    // MARK: Numbers

    /// Reads a number with what follows it, and gives the offset where reading goes on.
    private mutating func read(_ number: StatedNumber, at index: Int) -> Int {
        switch number.unit {
        case .other:
            isKnown = false
            lastNoun = []
            return number.end
        case .year:
            readYear(Int(number.value))
            return number.end
        case .count, .yuan:
            break
        }
        var end = number.end
        let after = words(at: end)
        var words = lead.subtracting(.bare)
        let saysNothing = words.subtracting(.among).isEmpty
        if words.isDisjoint(with: .nouns), !after.first.isDisjoint(with: .nouns) {
            // 收到12件政府信息公开申请, or 1件复议被纠正: the noun stands behind. 二十一件申请都在问 is
            // of some of them.
            words.formUnion(saysNothing ? after.all : after.first)
            if !after.isEnd || saysNothing && after.all.isSubset(of: .nouns) { words = [] }
            end = after.end
        } else if saysNothing,
            !after.first.isDisjoint(with: FigureWords.outcomes.union([.carriedOut, .carriedIn]))
        {
            // 其中8件予以公开
            words.formUnion(after.first)
            end = after.end
        } else if words.isDisjoint(with: .nouns), !after.isEnd {
            // 受理3件 of something unknown.
            words = []
        }
        let isApproximate = number.tolerance > 0 || lead.contains(.about)
        if isKnown, !isElsewhere, !lead.contains(.negation), number.value.isFinite,
            let subject = subject(of: words, unit: number.unit)
        {
            let isMoney = number.unit == .yuan
            found.append(
                Found(
                    subject: subject, value: isMoney ? number.value / 10_000 : number.value,
                    tolerance: isApproximate
                        ? (isMoney ? number.slack / 10_000 : number.slack) : 0,
                    offset: index))
            turn(to: words)
        } else if !isKnown, !isListing {
            // The clause counts something that the tables do not; so may the ones after it.
            topic = []
        }
        startLead()
        return end
    }

    private mutating func readYear(_ stated: Int) {
        guard isKnown else { return }
        if stated == year {
            lead.insert(.thisYear)
            isElsewhere = false
        } else if lead.contains(.carried), let year, stated == year + 1 {
            lead.remove(.carried)
            lead.insert(.carriedOut)
        } else {
            isElsewhere = true
            isKnown = false
        }
    }

    /// The known words that follow a number: the first of them that says something, all of them,
    /// where they end, and whether the clause ends with them.
    private func words(
        at start: Int
    ) -> (first: FigureWords, all: FigureWords, end: Int, isEnd: Bool) {
        var first: FigureWords = []
        var all: FigureWords = []
        var end = start
        while end < sentence.upperBound, !Self.isSeparator(text[end]),
            StatedNumber(text, at: end) == nil
        {
            guard let word = FigureWords.match(text, at: end), word.meaning != .unknown else {
                return (first, all, end, false)
            }
            if first.isEmpty { first = word.meaning }
            all.formUnion(word.meaning)
            end += word.length
        }
        return (first, all, end, true)
    }

    private mutating func startLead() {
        lead = []
        isKnown = true
        lastNoun = []
        hasBegun = false
    }

    private mutating func turn(to words: FigureWords) {
        let nouns = words.intersection(.nouns)
        if !nouns.isEmpty { topic = nouns }
        if topic.contains(.request) { isAboutRequests = true }
    }

    // MARK: Clauses

    private mutating func endClause(at index: Int) {
        if lead.contains(.negation), isKnown, !isElsewhere {
            found += Self.none(of: lead.subtracting(.bare)).map {
                Found(
                    subject: $0, value: 0, tolerance: 0,
                    offset: max(sentence.lowerBound, index - 1))
            }
        }
        if !lastNoun.isEmpty {
            topic = lastNoun
            if lastNoun.contains(.request) { isAboutRequests = true }
        }
        startLead()
    }

    /// What a clause denies: 未收到政府信息公开申请, 无行政复议和行政诉讼.
    private static func none(of words: FigureWords) -> [NarrativeSubject] {
        let what = words.subtracting(.negation)
        let verbs: FigureWords = [.receive, .newly, .handle, .issue]
        switch what.subtracting(verbs) {
        case .request where !what.isDisjoint(with: verbs): return [.newRequests]
        case .review, [.review, .request]: return [.reviews]
        case .lawsuit, [.lawsuit, .request]: return [.lawsuits]
        case [.review, .lawsuit], [.review, .lawsuit, .request]: return [.reviews, .lawsuits]
        case .carriedOut, [.carriedOut, .request]: return [.carriedOut]
        case .documents where what.contains(.issue): return [.normativeIssued]
        default: return []
        }
    }

    // MARK: What is counted

    private func subject(of words: FigureWords, unit: StatedNumber.Unit) -> NarrativeSubject? {
        let nouns = words.intersection(.nouns)
        let verbs = words.subtracting(.nouns).subtracting(.among)
        let isAmong = words.contains(.among)
        if unit == .yuan {
            return nouns == .fees && verbs.isSubset(of: .charge) && !isAmong ? .fees : nil
        }
        switch nouns {
        case .documents:
            return document(verbs, isAmong, .normativeIssued, .normativeRepealed, .normativeInForce)
        case .regulations:
            return document(
                verbs, isAmong, .regulationsIssued, .regulationsRepealed, .regulationsInForce)
        case .licensing: return decision(verbs, isAmong, unit, .licensing)
        case .penalties: return decision(verbs, isAmong, unit, .penalties)
        case .coercion: return decision(verbs, isAmong, unit, .coercion)
        case .review, [.review, .request]:
            return dispute(verbs, isAmong, .reviews, .reviewsUpheld, .reviewsCorrected)
        case .lawsuit, [.lawsuit, .request]:
            return dispute(verbs, isAmong, .lawsuits, .lawsuitsUpheld, .lawsuitsCorrected)
        case .request: return request(verbs, isAmong)
        case []: return byTopic(verbs, isAmong)
        default: return nil
        }
    }

    /// What a number counts whose clause names only what was done.
    private func byTopic(_ verbs: FigureWords, _ isAmong: Bool) -> NarrativeSubject? {
        guard !verbs.isEmpty else { return nil }
        switch topic {
        case .request: return request(verbs, isAmong)
        case .documents:
            return document(verbs, true, .normativeIssued, .normativeRepealed, .normativeInForce)
        case .regulations:
            return document(
                verbs, true, .regulationsIssued, .regulationsRepealed, .regulationsInForce)
        case .review where verbs == .upheld || verbs == .corrected:
            return dispute(verbs, true, .reviews, .reviewsUpheld, .reviewsCorrected)
        case .lawsuit where verbs == .upheld || verbs == .corrected:
            return dispute(verbs, true, .lawsuits, .lawsuitsUpheld, .lawsuitsCorrected)
        default: return nil
        }
    }

    /// - Parameter needsVerb: whether the number counts documents only when a verb says so.
    private func document(
        _ verbs: FigureWords, _ needsVerb: Bool, _ issued: NarrativeSubject,
        _ repealed: NarrativeSubject, _ inForce: NarrativeSubject
    ) -> NarrativeSubject? {
        switch verbs {
        case []: return needsVerb ? nil : issued
        case .publish: return needsVerb ? nil : issued
        case .issue, [.issue, .publish]: return issued
        case .repeal: return repealed
        case .inForce: return inForce
        default: return nil
        }
    }

    private func decision(
        _ verbs: FigureWords, _ isAmong: Bool, _ unit: StatedNumber.Unit,
        _ subject: NarrativeSubject
    ) -> NarrativeSubject? {
        // 行政许可120条 are entries of a web site, 12项 are kinds of permits.
        let units: [Unicode.Scalar] = ["件", "宗", "起", "例"]
        guard !isAmong, units.contains(where: { unit == .count($0) }) else { return nil }
        return verbs.isSubset(of: [.decide, .handle]) ? subject : nil
    }

    private func dispute(
        _ verbs: FigureWords, _ isAmong: Bool, _ all: NarrativeSubject,
        _ upheld: NarrativeSubject, _ corrected: NarrativeSubject
    ) -> NarrativeSubject? {
        guard isAboutRequests || lead.contains(.disclosure) else { return nil }
        switch verbs {
        case .upheld: return upheld
        case .corrected: return corrected
        default: return !isAmong && verbs.isSubset(of: [.receive, .newly]) ? all : nil
        }
    }

    private func request(_ verbs: FigureWords, _ isAmong: Bool) -> NarrativeSubject? {
        if verbs == .newly || verbs == [.newly, .receive] { return .newRequests }
        switch verbs.subtracting([.receive, .newly]) {
        case .natural: return .naturalPersons
        case .organisations: return .organisations
        case [.natural, .organisations] where !isAmong:
            return includesCarriedIn ? .receivedRequests : .newRequests
        case .carriedIn: return .carriedIn
        case .carriedOut: return .carriedOut
        case .carried: return .carried
        case .granted: return .granted
        case .partial: return .partial
        case .denied: return .denied
        case .unable: return .unable
        case .notProcessed: return .notProcessed
        case .otherHandling: return .otherHandling
        case .finish where !isAmong && verbs == .finish: return .results
        case .handle where !isAmong, .finish where !isAmong: return .handledRequests
        case [] where !isAmong: return includesCarriedIn ? .receivedRequests : .newRequests
        default: return nil
        }
    }
}
