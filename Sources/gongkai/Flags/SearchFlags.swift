import ArgumentParser
import ReportSearch

extension Search {
    static var flags: [CommandFlag<Search>] {
        Filters.flags.map { $0.within(\.filters) } + ownFlags
            + IndexFolders.flags.map { $0.within(\.indexes) }
            + OutputChoices.flags.map { $0.within(\.output) }
    }

    private static var ownFlags: [CommandFlag<Search>] { whatIsAsked + whatIsPrinted + whatIsRead }

    private static var whatIsAsked: [CommandFlag<Search>] {
        [
            .toggle(
                "--new", sets: \.onlyNew,
                help: "Search only the reports that the last run of index added or changed."),
            .choice(
                "--by", sets: \.listedBy,
                help:
                    "What is listed: passages, or reports with their best one; auto lists reports "
                    + "where no text is asked."),
            .choice(
                "--match", sets: \.match,
                help: "How unquoted text is matched: auto, phrase, all or any."),
            .text(
                "--sort", sets: \.sort, value: "field",
                help: "relevance, year or a statistic; -FIELD sorts down.",
                completion: Completion.orders),
            .optionalNumber(
                "--limit", sets: \.limit,
                help: "The most hits to print; 0 prints all. Without it 10, with --files all."),
            .number("--offset", sets: \.offset, help: "How many hits to pass over."),
            .optionalNumber(
                "--per-report", sets: \.perReport, value: "n",
                help: "The most hits of one report."),
        ]
    }

    private static var whatIsPrinted: [CommandFlag<Search>] {
        [
            .number(
                "--context", sets: \.context, value: "n",
                help: "Print n passages before and after each hit from its report."),
            .texts(
                "--facet", addTo: \.facet, value: "field",
                help:
                    "Count all matching passages, and their reports, by agency, region, province, "
                    + "city, county, year, section or form; several with commas.",
                completion: Completion.facets),
            .toggle(
                "--all", sets: \.all,
                help: "Show each passage, also those that say the same as one above."),
            .toggle(
                "--join", sets: \.join,
                help:
                    "Join passages that say the same, which only text does by itself; after the "
                    + "first 50,000 they stand apart, which is told."),
            .toggle(
                "--count", sets: \.count,
                help: "Print only the number of passages, or of reports with --by report."),
            .toggle("-l", "--files", sets: \.filesOnly, help: "Print only the files' paths."),
            .toggle(
                "-0", "--null", sets: \.endsWithNull,
                help:
                    "End each path of --files with a null byte, its own bytes as they are, for "
                    + "xargs -0."),
            .toggle(
                "--explain", sets: \.explain,
                help:
                    "Tell how the question was read and looked up, and why each hit ranks where it "
                    + "does."),
        ]
    }

    private static var whatIsRead: [CommandFlag<Search>] {
        [
            .optionalText(
                "--batch", sets: \.batch, value: "file",
                help: "Read queries from a file, or - for standard input."),
            .optionalText(
                "--synonyms", sets: \.synonyms, value: "file",
                help: "A file of words that say the same, a group a line, instead of the program's "
                    + "own, which 'gongkai help synonyms' prints.",
                completion: .file()),
            .text(
                "--timeout", sets: \.timeout, value: "time",
                help: "How long servers may take for a question: 5s, 500ms, 2m."),
            .toggle(
                "--partial", sets: \.mayMiss,
                help: "Answer without the servers that do not; exit code 4 then."),
        ]
    }
}
