import Foundation
import Testing
import Xapian

/// libxapian itself, asked through Debian's bindings for Python: no code of ours.
enum StockXapian {
    static let python = "/usr/bin/python3"

    struct Failure: Error {
        let text: String
    }

    /// Runs a script and returns what it prints.
    static func run(_ script: String, input: Data) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: python)
        process.arguments = ["-c", script]
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        try process.run()
        // The script reads everything before it prints.
        try stdin.fileHandleForWriting.write(contentsOf: input)
        try stdin.fileHandleForWriting.close()
        let output = try stdout.fileHandleForReading.readToEnd() ?? Data()
        let errors = try stderr.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw Failure(
                text: "\(process.terminationReason) \(process.terminationStatus): "
                    + String(decoding: errors, as: UTF8.self))
        }
        return output
    }

    /// A match as stock libxapian has it.
    struct Match: Codable, Equatable {
        let id: UInt32
        /// Nil when it is no number.
        let weight: Double?
        let percent: Int
        let collapsed: Int
        let terms: [String]
        let numbers: [Double?]
    }

    /// An answer of stock libxapian.
    struct Answer: Codable, Equatable {
        let matches: [Match]
        /// Lower bound, estimate, upper bound.
        let count: [Int]
        let uncollapsed: [Int]
        /// The counts of slot 1: numbers and how often they stand there.
        let counts: [[Double]]
    }

    /// Asks the databases at the paths, taken as one, what `requests` say.
    static func answers(to requests: [[String: Any]], at paths: [String]) throws -> [Answer] {
        let input = try JSONSerialization.data(
            withJSONObject: ["paths": paths, "requests": requests])
        return try JSONDecoder().decode([Answer].self, from: run(script, input: input))
    }

    private static let script = #"""
        import json, sys
        import xapian as x
        given = json.load(sys.stdin)
        db = x.Database()
        for path in given["paths"]:
            db.add_database(x.Database(path))
        Q = x.Query
        def number(value): return x.sortable_serialise(value)
        joins = {"and": Q.OP_AND, "or": Q.OP_OR, "xor": Q.OP_XOR, "synonym": Q.OP_SYNONYM,
                 "maximum": Q.OP_MAX, "and_not": Q.OP_AND_NOT, "and_maybe": Q.OP_AND_MAYBE,
                 "filter": Q.OP_FILTER}
        def query(plan):
            kind = plan[0]
            if kind == "everything": return Q("")
            if kind == "nothing": return Q()
            if kind == "term": return Q(plan[1], plan[2])
            if kind == "prefix":
                return Q(Q.OP_WILDCARD, plan[1], 1000, Q.WILDCARD_LIMIT_ERROR, Q.OP_SYNONYM)
            if kind == "phrase": return Q(Q.OP_PHRASE, plan[1], plan[2])
            if kind == "near": return Q(Q.OP_NEAR, plan[1], plan[2])
            if kind == "any_value": return Q(Q.OP_VALUE_GE, plan[1], b"\0")
            if kind == "at_least": return Q(Q.OP_VALUE_GE, plan[1], number(plan[2]))
            if kind == "at_most": return Q(Q.OP_VALUE_LE, plan[1], number(plan[2]))
            if kind == "range":
                return Q(Q.OP_VALUE_RANGE, plan[1], number(plan[2]), number(plan[3]))
            if kind == "scale": return Q(Q.OP_SCALE_WEIGHT, query(plan[1]), plan[2])
            return Q(joins[kind], [query(part) for part in plan[1]])
        def finite(weight): return weight if abs(weight) < float("inf") else None
        def weighting(name, p):
            if name == "language":
                return x.LMWeight(0.0, x.Weight.DIRICHLET_SMOOTHING if p[0] else
                                  x.Weight.JELINEK_MERCER_SMOOTHING, p[1])
            return getattr(x, name)(*p)
        answers = []
        for request in given["requests"]:
            enquire = x.Enquire(db)
            enquire.set_query(query(request["query"]))
            enquire.set_weighting_scheme(weighting(*request["weighting"]))
            enquire.set_docid_order(enquire.DESCENDING if request["newest"] else enquire.ASCENDING)
            keys = x.MultiValueKeyMaker()
            for slot, descending, last in request["keys"]:
                missing = db.get_value_upper_bound(slot) + b"x" if last != descending else b""
                keys.add_value(slot, descending, missing)
            if request["sort"] == "keys": enquire.set_sort_by_key(keys, False)
            if request["sort"] == "keys_relevance":
                enquire.set_sort_by_key_then_relevance(keys, False)
            if request["sort"] == "relevance_keys":
                enquire.set_sort_by_relevance_then_key(keys, False)
            if request["collapse"]: enquire.set_collapse_key(*request["collapse"])
            enquire.set_cutoff(request["percent"], request["weight"])
            spy = x.ValueCountMatchSpy(1)
            enquire.add_matchspy(spy)
            offset, limit = request["offset"], request["limit"]
            if request["all"]:
                found = enquire.get_mset(0, db.get_doccount(), db.get_doccount())
                page = list(found)[offset:offset + limit]
            else:
                found = enquire.get_mset(offset, limit, db.get_doccount())
                page = list(found)
            def values(document):
                all = [document.get_value(slot) for slot in (0, 2)]
                return [x.sortable_unserialise(v) if v else None for v in all]
            answers.append({
                "matches": [{"id": m.docid, "weight": finite(m.weight), "percent": m.percent,
                             "collapsed": m.collapse_count,
                             "terms": [t.decode() for t in enquire.matching_terms(m.docid)],
                             "numbers": values(m.document)} for m in page],
                "count": [found.get_matches_lower_bound(), found.get_matches_estimated(),
                          found.get_matches_upper_bound()],
                "uncollapsed": [found.get_uncollapsed_matches_lower_bound(),
                                found.get_uncollapsed_matches_estimated(),
                                found.get_uncollapsed_matches_upper_bound()],
                "counts": [[x.sortable_unserialise(v.term), v.termfreq] for v in spy.values()]})
        json.dump(answers, sys.stdout)
        """#
}
