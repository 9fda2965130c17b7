import SegmentStore

/// A report, and how many of its passages match.
struct ReportMatch {
    /// The report's index among all of the search index: those of the first segment come first.
    let index: Int
    /// How many of its passages match.
    let passages: Int
}

/// The reports that hold what matches, in the order of the index.
struct ReportMatches {
    /// The reports.
    var reports: [ReportMatch] = []
    /// For each section, from 0 to 7, how many passages match in how many reports.
    var sections = [(passages: Int, reports: Int)](repeating: (0, 0), count: 8)
}

extension Searcher {
    /// The reports of which passages match a term; nil matches every passage.
    ///
    /// - Parameter countsSections: whether passages are counted by their sections too.
    func matches(
        of term: ResolvedTerm?, isExact: Bool, countsSections: Bool = false
    ) throws -> ReportMatches {
        var matches = ReportMatches()
        var start = 0
        for segment in reader.segments {
            if let whole = try segment.wholeReports(of: term) {
                segment.addMatches(
                    of: whole, from: start, to: &matches, countsSections: countsSections)
            } else {
                let plan = QueryPlan(segment: segment, scoring: scoring, isExact: isExact)
                segment.addMatches(
                    ofPassages: try segment.passages(matching: plan.query(for: term)),
                    from: start, to: &matches, countsSections: countsSections)
            }
            start += segment.reportCount
        }
        return matches
    }
}

extension Segment {
    /// The reports that a term asks for with all their passages; nil where it asks for passages.
    fileprivate func wholeReports(of term: ResolvedTerm?) throws -> ReportSet? {
        guard let term else { return visible }
        guard var reports = try term.condition(in: self)?.all() else { return nil }
        if hasHidden { reports.formIntersection(visible) }
        return reports
    }

    /// Adds reports of which all passages match.
    fileprivate func addMatches(
        of wanted: ReportSet, from start: Int, to matches: inout ReportMatches,
        countsSections: Bool
    ) {
        let firsts = reports
        for report in firsts.indices where wanted[report] {
            let first = firsts[report]
            let end = report + 1 < firsts.count ? firsts[report + 1] : UInt32(passageCount) + 1
            guard first > 0, first < end, end <= passageCount + 1 else { continue }
            matches.reports.append(
                ReportMatch(index: start + report, passages: Int(end - first)))
        }
        guard countsSections else { return }
        var counter = SectionCounter()
        withSections { sections in
            for report in firsts.indices where wanted[report] {
                let first = firsts[report]
                let end = report + 1 < firsts.count ? firsts[report + 1] : UInt32(passageCount) + 1
                guard first > 0, first < end, end <= passageCount + 1 else { continue }
                for id in first..<end { counter.add(id, sections, of: report) }
            }
        }
        counter.addCounts(to: &matches.sections)
    }

    /// Adds the reports of passages that match.
    ///
    /// - Parameter ids: the passages, ascending.
    fileprivate func addMatches(
        ofPassages ids: [UInt32], from start: Int, to matches: inout ReportMatches,
        countsSections: Bool
    ) {
        var counter = SectionCounter()
        withSections { sections in
            forEachReport(ofPassages: ids) { report, range in
                matches.reports.append(ReportMatch(index: start + report, passages: range.count))
                guard countsSections else { return }
                for index in range { counter.add(ids[index], sections, of: report) }
            }
        }
        counter.addCounts(to: &matches.sections)
    }

    /// Calls `body` with each report of some passages, and which of them are its.
    ///
    /// - Parameter ids: the passages, ascending.
    func forEachReport(ofPassages ids: [UInt32], _ body: (Int, Range<Int>) -> Void) {
        let firsts = reports
        var report = 0
        var index = 0
        while index < ids.count {
            let id = ids[index]
            // The last report that does not begin behind the passage, in steps that double, then in
            // halves.
            var step = 1
            while report + step < firsts.count, firsts[report + step] <= id {
                report += step
                step *= 2
            }
            while step > 1 {
                step /= 2
                if report + step < firsts.count, firsts[report + step] <= id { report += step }
            }
            let end = report + 1 < firsts.count ? firsts[report + 1] : .max
            var next = index + 1
            while next < ids.count, ids[next] < end { next += 1 }
            if report < firsts.count, firsts[report] <= id { body(report, index..<next) }
            index = next
        }
    }
}

/// Counts passages by their sections, and the reports that hold them.
private struct SectionCounter {
    /// For each section the passages, the reports, and one more than the last report.
    private var counts = [(passages: Int, reports: Int, last: Int)](
        repeating: (0, 0, 0), count: 256)

    /// Adds a passage; those of a report follow each other.
    mutating func add(_ id: UInt32, _ sections: Span<UInt8>, of report: Int) {
        guard id > 0, id <= sections.count else { return }
        let section = sections[Int(id) - 1]
        counts[Int(section)].passages += 1
        if counts[Int(section)].last != report + 1 {
            counts[Int(section)].reports += 1
            counts[Int(section)].last = report + 1
        }
    }

    func addCounts(to sections: inout [(passages: Int, reports: Int)]) {
        for section in sections.indices {
            sections[section].passages += counts[section].passages
            sections[section].reports += counts[section].reports
        }
    }
}
