"""What the official form and the indicators mean, written down apart from the program.

A field is (numerator, denominator): SQL over columns named by keys; the denominator is None for what is
added up. `requests.x` may be printed in other cells on the form of 2019: coalesce() says so.
"""

APPLICANTS = ["natural_person", "commercial", "research", "public_welfare", "legal_service", "other_org"]
COLUMNS = APPLICANTS + ["total"]
DENIED = ["state_secret", "law_prohibited", "security_stability", "third_party_rights", "internal_affairs",
          "process_info", "enforcement_file", "admin_query"]
UNABLE = ["not_held", "needs_creation", "unclear_after_correction"]
NOT_PROCESSED = ["petition", "duplicate", "publication", "excessive", "confirm_reissue"]
OTHER = ["no_correction", "fee_unpaid", "other"]
ANSWERS = (["granted", "partial"] + ["denied." + key for key in DENIED] + ["unable." + key for key in UNABLE]
           + ["not_processed." + key for key in NOT_PROCESSED])
OUTCOMES = ["upheld", "corrected", "other", "pending", "total"]
BLOCKS = ["review", "litigation.direct", "litigation.after_review"]


def q(key):
    return f'"{key}"'


def plus(keys):
    return "(" + " + ".join(q(key) for key in keys) + ")"


def request(row, column="total"):
    return f"requests.{row}.{column}"


def several(group, rows, column="total"):
    return plus([request(f"{group}.{row}", column) for row in rows])


def other_handling(column="total"):
    """Three rows on the form of 2021, one on that of 2019; a table may have the one in either."""
    return f"coalesce({several('other_handling', OTHER, column)}, {q(request('other_handling', column))})"


def cell(row, column="total"):
    return q(request(row, column))


NEW, OLD, RESULTS, OUT = (cell(row) for row in ("new", "carried_in", "results_total", "carried_out"))
DISCLOSED = f"({cell('granted')} + {cell('partial')})"
REVIEW = {outcome: q("disputes.review." + outcome) for outcome in OUTCOMES}
DIRECT = {outcome: q("disputes.litigation.direct." + outcome) for outcome in OUTCOMES}
AFTER = {outcome: q("disputes.litigation.after_review." + outcome) for outcome in OUTCOMES}
SUED = {outcome: f"({DIRECT[outcome]} + {AFTER[outcome]})" for outcome in OUTCOMES}
REFUSED, NOT_GIVEN = several("denied", DENIED), several("unable", UNABLE)


def either(key):
    return f"coalesce({q('proactive.' + key + '.decisions')}, {q('proactive19.' + key + '.decisions')})"


FIELDS = {
    "requests.to_handle": (f"({NEW} + {OLD})", None),
    "requests.completed": (RESULTS, None),
    "requests.carried_change": (f"({OUT} - {OLD})", None),
    "rate.granted": (cell("granted"), RESULTS),
    "rate.partial": (cell("partial"), RESULTS),
    "rate.disclosed": (DISCLOSED, RESULTS),
    "rate.disclosed.answerable": (
        DISCLOSED, f"({RESULTS} - {several('not_processed', NOT_PROCESSED)} - {other_handling()})"),
    "rate.disclosed.of_new": (DISCLOSED, NEW),
    "rate.denied": (REFUSED, RESULTS),
    "rate.unable": (NOT_GIVEN, RESULTS),
    "rate.not_processed": (several("not_processed", NOT_PROCESSED), RESULTS),
    "rate.other_handling": (other_handling(), RESULTS),
    "rate.completed": (RESULTS, f"({NEW} + {OLD})"),
    "rate.carried_out": (OUT, f"({NEW} + {OLD})"),
    "rate.not_held": (cell("unable.not_held"), NOT_GIVEN),
    "rate.not_held.of_results": (cell("unable.not_held"), RESULTS),
    "rate.petition": (cell("not_processed.petition"), several("not_processed", NOT_PROCESSED)),
    "rate.factual": (NOT_GIVEN, f"({NOT_GIVEN} + {REFUSED})"),
    "rate.zero": (f"(case when {NEW} is null then null when {NEW} = 0 then 1 else 0 end)", "1"),
    "rate.natural_person": (cell("new", "natural_person"), NEW),
    "rate.organisations": (plus([request("new", column) for column in APPLICANTS[1:]]), NEW),
    "rate.review": (REVIEW["total"], RESULTS),
    "rate.review.of_new": (REVIEW["total"], NEW),
    "rate.litigation": (SUED["total"], RESULTS),
    "rate.litigation.of_new": (SUED["total"], NEW),
    "rate.disputes": (f"({REVIEW['total']} + {SUED['total']})", NEW),
    "rate.disputes.once": (f"({REVIEW['total']} + {DIRECT['total']})", NEW),
    "rate.sued_after_review": (AFTER["total"], f"({REVIEW['total']} - {REVIEW['pending']})"),
    "ratio.review_to_litigation": (REVIEW["total"], SUED["total"]),
    "disputes.corrected": (f"({REVIEW['corrected']} + {SUED['corrected']})", None),
    "enforcement.decisions": (
        f"({either('licensing')} + {either('penalties')} + {either('coercion')})", None),
    "ratio.penalties_to_licensing": (either("penalties"), either("licensing")),
    "requests.denied.sum.total": (REFUSED, None),
    "requests.unable.sum.commercial": (several("unable", UNABLE, "commercial"), None),
    "requests.other_handling.sum.total": (other_handling(), None),
    "requests.organisations.granted": (
        plus([request("granted", column) for column in APPLICANTS[1:]]), None),
    "disputes.litigation.pending": (SUED["pending"], None),
}
for column in APPLICANTS[1:]:
    FIELDS[f"rate.applicant.{column}"] = (cell("new", column), NEW)
for column in APPLICANTS:
    FIELDS[f"rate.disclosed.{column}"] = (
        f"({cell('granted', column)} + {cell('partial', column)})", cell("results_total", column))
for reason in DENIED:
    FIELDS[f"rate.denied.{reason}"] = (cell("denied." + reason), REFUSED)
for name, block in (("review", REVIEW), ("litigation", SUED), ("direct", DIRECT), ("after_review", AFTER)):
    decided = f"({block['total']} - {block['pending']})"
    FIELDS[f"rate.{name}_corrected"] = (block["corrected"], block["total"])
    FIELDS[f"rate.{name}_corrected.decided"] = (block["corrected"], decided)
    FIELDS[f"rate.{name}_upheld"] = (block["upheld"], decided)
    FIELDS[f"rate.{name}_pending"] = (block["pending"], block["total"])
for name in ("regulations", "normative_docs"):
    issued, repealed, valid = (q(f"proactive.{name}.{what}") for what in ("issued", "repealed", "in_force"))
    FIELDS[f"{name}.net"] = (f"({issued} - {repealed})", None)
    FIELDS[f"rate.{name}_repealed"] = (repealed, f"({valid} + {repealed})")


def identities(form):
    """Sums that must hold on a form: (left, right), both SQL, and the keys that stand in them."""
    rows = ["new", "carried_in"] + ANSWERS
    others = ["other_handling." + key for key in OTHER] if form == "2021" else ["other_handling"]
    rows += others + ["results_total", "carried_out"]
    for row in rows:
        parts = [request(row, column) for column in APPLICANTS]
        yield plus(parts), q(request(row)), set(parts) | {request(row)}
    for column in COLUMNS:
        answers = [request(row, column) for row in ANSWERS]
        whole = request("other_handling", column)
        three = [request("other_handling." + key, column) for key in OTHER]
        if form == "2021":
            nothing = " and ".join(f"{q(key)} is null" for key in three)
            rest = f"(case when {q(whole)} is not null and {nothing} then {q(whole)} else {plus(three)} end)"
        else:
            rest = q(whole)
        total = request("results_total", column)
        keys = set(answers) | {whole, total} | (set(three) if form == "2021" else set())
        yield f"({plus(answers)} + {rest})", q(total), keys
        left = [request("new", column), request("carried_in", column)]
        right = [request("results_total", column), request("carried_out", column)]
        yield plus(left), plus(right), set(left + right)
    for block in BLOCKS:
        parts = [f"disputes.{block}.{outcome}" for outcome in OUTCOMES[:-1]]
        yield plus(parts), q(f"disputes.{block}.total"), set(parts) | {f"disputes.{block}.total"}
