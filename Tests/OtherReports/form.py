"""The official form: its rows, columns and articles, filled with numbers that add up."""

APPLICANTS = [
    ("natural_person", "自然人"), ("commercial", "商业企业"), ("research", "科研机构"),
    ("public_welfare", "社会公益组织"), ("legal_service", "法律服务机构"), ("other_org", "其他"),
]
COLUMNS = APPLICANTS + [("total", "总计")]

RESULTS = "三、本年度办理结果"
DENIED, UNABLE, NOT_PROCESSED, OTHER = "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理"

# (key, group, label)
ROWS = [
    ("new", None, "一、本年新收政府信息公开申请数量"),
    ("carried_in", None, "二、上年结转政府信息公开申请数量"),
    ("granted", RESULTS, "（一）予以公开"),
    ("partial", RESULTS, "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    ("denied.state_secret", DENIED, "1.属于国家秘密"),
    ("denied.law_prohibited", DENIED, "2.其他法律行政法规禁止公开"),
    ("denied.security_stability", DENIED, "3.危及“三安全一稳定”"),
    ("denied.third_party_rights", DENIED, "4.保护第三方合法权益"),
    ("denied.internal_affairs", DENIED, "5.属于三类内部事务信息"),
    ("denied.process_info", DENIED, "6.属于四类过程性信息"),
    ("denied.enforcement_file", DENIED, "7.属于行政执法案卷"),
    ("denied.admin_query", DENIED, "8.属于行政查询事项"),
    ("unable.not_held", UNABLE, "1.本机关不掌握相关政府信息"),
    ("unable.needs_creation", UNABLE, "2.没有现成信息需要另行制作"),
    ("unable.unclear_after_correction", UNABLE, "3.补正后申请内容仍不明确"),
    ("not_processed.petition", NOT_PROCESSED, "1.信访举报投诉类申请"),
    ("not_processed.duplicate", NOT_PROCESSED, "2.重复申请"),
    ("not_processed.publication", NOT_PROCESSED, "3.要求提供公开出版物"),
    ("not_processed.excessive", NOT_PROCESSED, "4.无正当理由大量反复申请"),
    ("not_processed.confirm_reissue", NOT_PROCESSED, "5.要求行政机关确认或重新出具已获取信息"),
    ("other_handling.no_correction", OTHER,
     "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"),
    ("other_handling.fee_unpaid", OTHER,
     "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请"),
    ("other_handling.other", OTHER, "3.其他"),
    ("results_total", RESULTS, "（七）总计"),
    ("carried_out", None, "四、结转下年度继续办理"),
]
OTHER_AS_ONE_ROW = ("other_handling", RESULTS, "（六）其他处理")

OUTCOMES = [("upheld", "结果维持"), ("corrected", "结果纠正"), ("other", "其他结果"),
            ("pending", "尚未审结"), ("total", "总计")]
BLOCKS = [("review", "行政复议"), ("litigation.direct", "未经复议直接起诉"),
          ("litigation.after_review", "复议后起诉")]

# Each article: its name, heads, rows of (label, keys).
ARTICLES_2021 = [
    ("第二十条第（一）项", ["本年制发件数", "本年废止件数", "现行有效件数"], [
        ("规章", ["regulations.issued", "regulations.repealed", "regulations.in_force"]),
        ("行政规范性文件",
         ["normative_docs.issued", "normative_docs.repealed", "normative_docs.in_force"])]),
    ("第二十条第（五）项", ["本年处理决定数量"], [("行政许可", ["licensing.decisions"])]),
    ("第二十条第（六）项", ["本年处理决定数量"],
     [("行政处罚", ["penalties.decisions"]), ("行政强制", ["coercion.decisions"])]),
    ("第二十条第（八）项", ["本年收费金额（单位：万元）"], [("行政事业性收费", ["fees.amount"])]),
]
ITEMS = ["items_prev_year", "items_change", "decisions"]
ITEM_HEADS = ["上一年项目数量", "本年增/减", "处理决定数量"]
ARTICLES_2019 = [
    ("第二十条第（一）项", ["本年新制作数量", "本年新公开数量", "对外公开总数量"], [
        ("规章", ["regulations.made", "regulations.disclosed", "regulations.total_disclosed"]),
        ("规范性文件",
         ["normative_docs.made", "normative_docs.disclosed", "normative_docs.total_disclosed"])]),
    ("第二十条第（五）项", ITEM_HEADS, [
        ("行政许可", ["licensing." + item for item in ITEMS]),
        ("其他对外管理服务事项", ["other_external_management." + item for item in ITEMS])]),
    ("第二十条第（六）项", ITEM_HEADS, [
        ("行政处罚", ["penalties." + item for item in ITEMS]),
        ("行政强制", ["coercion." + item for item in ITEMS])]),
    ("第二十条第（八）项", ["上一年项目数量", "本年增/减"],
     [("行政事业性收费", ["fees.items_prev_year", "fees.items_change"])]),
    ("第二十条第（九）项", ["采购项目数量", "采购总金额"],
     [("政府集中采购", ["procurement.projects", "procurement.amount"])]),
]


def articles(form):
    """The articles of table 2 with whole keys."""
    prefix = "proactive." if form == "2021" else "proactive19."
    source = ARTICLES_2021 if form == "2021" else ARTICLES_2019
    return [(name, list(heads), [(label, [prefix + key for key in keys]) for label, keys in rows])
            for name, heads, rows in source]


def request_rows(form):
    """The rows of table 3: 25 in the form of 2021, 23 in that of 2019."""
    if form == "2021":
        return list(ROWS)
    before = [row for row in ROWS if not row[0].startswith("other_handling")]
    return before[:-2] + [OTHER_AS_ONE_ROW] + before[-2:]


def split(rng, total, parts):
    """`total` as the sum of `parts` numbers, most of them zero."""
    shares = [0] * parts
    favoured = rng.sample(range(parts), min(parts, rng.randint(1, 5)))
    left = total
    while left > 0:
        step = rng.randint(1, max(1, left // 2))
        shares[rng.choice(favoured)] += step
        left -= step
    return shares


def fill_requests(rng, form, size):
    """Table 3 with sums that hold: rows across, results down, and the balance."""
    values = {}
    rows = [key for key, _, _ in request_rows(form)]
    parts = [key for key in rows if key not in ("new", "carried_in", "results_total", "carried_out")]
    for column, _ in APPLICANTS:
        likely = {"zeros": 0, "few": 0.35, "many": 0.8}[size]
        if column == "natural_person" and size != "zeros":
            likely = 0.97
        high = {"zeros": 0, "few": 28, "many": 1900}[size]
        new = rng.randint(1, high) if rng.random() < likely else 0
        old = rng.randint(0, max(1, new // 6)) if new and rng.random() < 0.5 else 0
        out = rng.randint(0, max(1, (new + old) // 5)) if new and rng.random() < 0.5 else 0
        done = new + old - out
        column_values = {"new": new, "carried_in": old, "results_total": done, "carried_out": out}
        column_values.update(zip(parts, split(rng, done, len(parts))))
        for key in rows:
            values[f"requests.{key}.{column}"] = column_values[key]
    for key in rows:
        values[f"requests.{key}.total"] = sum(values[f"requests.{key}.{c}"] for c, _ in APPLICANTS)
    return values


def fill_disputes(rng, size):
    values = {}
    for block, _ in BLOCKS:
        counts = [rng.randint(1, 40 if size == "many" else 4)
                  if size != "zeros" and rng.random() < 0.3 else 0 for _ in OUTCOMES[:-1]]
        for (outcome, _), count in zip(OUTCOMES, counts + [sum(counts)]):
            values[f"disputes.{block}.{outcome}"] = count
    return values


def fill_articles(rng, form, size):
    values = {}
    for _, _, rows in articles(form):
        for _, keys in rows:
            for key in keys:
                values[key] = article_value(rng, key, size)
    return values


def article_value(rng, key, size):
    busy = rng.random() < {"zeros": 0.15, "few": 0.5, "many": 0.9}[size]
    if not busy:
        return 0
    if key.endswith("fees.amount") or key.endswith("procurement.amount"):
        return round(rng.uniform(0.01, 9000), rng.choice([1, 2, 3, 4]))
    if key.endswith("items_change"):
        return rng.choice([1, -1, 2, -4, 7, -13, 25])
    if "regulations" in key:
        return rng.randint(0, 6)
    if "normative_docs" in key:
        return rng.randint(1, 260)
    return rng.choice([rng.randint(1, 90), rng.randint(100, 40000), rng.randint(100000, 9999999)]
                      if size == "many" else [rng.randint(1, 400)])


def fill(rng, form):
    """All numbers of one form, and how busy the body is."""
    size = rng.choices(["zeros", "few", "many"], [30, 45, 25])[0]
    values = fill_articles(rng, form, size)
    values.update(fill_requests(rng, form, size))
    values.update(fill_disputes(rng, size))
    return values
