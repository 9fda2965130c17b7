"""Invented bodies over real divisions: a grammar of the names of Chinese authorities."""

import csv

from newer_districts import newer

NEWER = newer()
UNREAL = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")

BUREAUS = [
    ("教育局", "教育局"), ("财政局", "财政局"), ("水利局", "水利局"), ("民政局", "民政局"),
    ("审计局", "审计局"), ("统计局", "统计局"), ("司法局", "司法局"), ("公安局", "公安局"),
    ("农业农村局", "农业农村局"), ("交通运输局", "交通局"), ("应急管理局", "应急局"),
    ("市场监督管理局", "市场监管局"), ("生态环境局", "生态环境局"), ("自然资源局", "自然资源局"),
    ("人力资源和社会保障局", "人社局"), ("住房和城乡建设局", "住建局"), ("文化广电和旅游局", "文旅局"),
    ("卫生健康委员会", "卫健委"), ("发展和改革委员会", "发改委"), ("林业和草原局", "林草局"),
    ("医疗保障局", "医保局"), ("退役军人事务局", "退役军人局"), ("乡村振兴局", "乡村振兴局"),
    ("行政审批服务局", "审批局"), ("城市管理局", "城管局"), ("信访局", "信访局"), ("档案局", "档案局"),
    ("政务服务和大数据管理局", "政务和大数据局"), ("民族宗教事务局", "民宗局"), ("粮食和物资储备局", "粮储局"),
    ("城市管理综合行政执法局", "综合执法局"), ("机关事务管理局", "机关事务局"), ("商务局", "商务局"),
    ("科学技术局", "科技局"), ("工业和信息化局", "工信局"), ("体育局", "体育局"), ("外事办公室", "外事办"),
    ("国有资产监督管理委员会", "国资委"), ("园林绿化中心", "园林中心"), ("残疾人联合会", "残联"),
    ("供销合作社联合社", "供销社"), ("气象局", "气象局"), ("地震局", "地震局"), ("公路事业发展中心", "公路中心"),
]
ODD = ["12345热线服务中心", "5G产业办公室", "“三线一单”管理站", "“一带一路”建设促进中心", "12348公共法律服务中心",
       "推进政府职能转变领导小组办公室", "大数据发展领导小组办公室", "《山水志》编纂办公室", "“互联网+”政务服务中心", "IT产业发展办公室"]
SYLLABLES = "清石临安平河兴龙永长柳云溪泉桥岭沙白松梅金凤山湖塘坪口坝营寨关堡沟湾渡"
OWN_WORD = [("委员会", "我委"), ("管委会", "管委会"), ("人民政府", "我县"), ("办公室", "我办"), ("街道办事处", "我街道"),
            ("中心", "本中心"), ("海关", "我关"), ("公司", "公司"), ("局", "我局"), ("分局", "我局"), ("厅", "我厅")]


class Body:
    """A reporting body: its name as a report prints it, its region, how its text speaks of it."""

    def __init__(self, kind, name, region, short=None, accepted=(), free_region=False):
        self.kind, self.name, self.region, self.short = kind, name, region, short
        self.accepted = {name, *accepted}
        self.free_region = free_region
        self.own = next((word for end, word in OWN_WORD if name.endswith(end)), "我单位")
        for end, word in [("镇人民政府", "我镇"), ("乡人民政府", "我乡"), ("苏木人民政府", "我苏木"),
                          ("区人民政府", "我区"), ("市人民政府", "我市"), ("旗人民政府", "我旗")]:
            if name.endswith(end):
                self.own = word


class Gazetteer:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        self.counties = [(r["province"], None if r["city"] in UNREAL else r["city"], r["county"])
                         for r in rows if r["county"] and r["county"] not in UNREAL
                         and r["county"][-1] in "县区市旗" and r["city"] != "莱芜市"] + NEWER
        self.cities = [(r["province"], r["city"], None) for r in rows
                       if r["city"] and not r["county"] and r["city"] not in (*UNREAL, "莱芜市")]
        self.provinces = sorted({r["province"] for r in rows} - {"台湾省", "香港特别行政区", "澳门特别行政区"})
        self.times, self.holders = {}, {}
        for province, _, county in self.counties:
            self.times[county] = self.times.get(county, 0) + 1
            self.holders.setdefault(county, set()).add(province)
        for _, city, _ in self.cities:
            self.times[city] = self.times.get(city, 0) + 1

    def place(self, rng):
        """A place, its name as printed, and what a reader can know of its region."""
        roll = rng.random()
        if roll < 0.2:
            province, city, _ = rng.choice(self.cities)
            name = (province if rng.random() < 0.2 else "") + city
            return name, {"province": province, "city": city, "county": None}, city
        province, city, county = rng.choice(self.counties)
        region = {"province": province, "city": city, "county": county}
        prefix = ""
        if rng.random() < 0.35 and (city or province):
            prefix = city or province
        elif city and rng.random() < 0.08:
            prefix = province + city
        if not prefix and self.times[county] > 1:
            known = province if len(self.holders[county]) == 1 else None
            region = {"province": known, "city": None, "county": county, "ambiguous": True}
        return prefix + county, region, county

    def body(self, rng, kind=None):
        kind = kind or rng.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
        return KINDS[kind][1](self, rng)

    # One function a kind.

    def bureau(self, rng):
        name, region, last = self.place(rng)
        full, short = rng.choice(BUREAUS)
        return Body("bureau", name + full, region, level_word(last) + short)

    def government(self, rng):
        name, region, last = self.place(rng)
        return Body("government", name + "人民政府", region, level_word(last) + "政府")

    def government_office(self, rng):
        name, region, last = self.place(rng)
        tail = rng.choice(["人民政府办公室", "人民政府办公室", "人民政府外事办公室", "人民政府办公厅"])
        return Body("A9 office of a government", name + tail, region, level_word(last) + "政府办")

    def township(self, rng):
        name, region, last = self.place(rng)
        seat = "".join(rng.sample(SYLLABLES, 2))
        kind = rng.choices(["镇", "乡", "街道"], [5, 3, 3])[0]
        if last.endswith("旗") and rng.random() < 0.6:
            kind = "苏木"
        tail = "办事处" if kind == "街道" else "人民政府"
        if rng.random() < 0.08 and kind == "街道":
            seat, kind = "东城街", "街道"
        if rng.random() < 0.12:
            name, region = "", {"province": None, "city": None, "county": None}
            return Body("A23 township without county", seat + kind + tail, region, None)
        if rng.random() < 0.1 and kind == "街道":
            return Body("A9 office of a government", f"{name}人民政府{seat}街道办事处", region, None)
        return Body("township", name + seat + kind + tail, region, seat + kind)

    def zone(self, rng):
        province, city, _ = rng.choice(self.cities)
        bare = city[:-1] if city.endswith("市") else city
        seat = "".join(rng.sample(SYLLABLES, 2))
        zone = rng.choice([bare + "高新技术产业开发区", bare + "经济技术开发区", f"{bare}{seat}新区", bare + "高新区",
                           f"{bare}{seat}工业园区", f"{city}{seat}示范区"])
        tail = rng.choice(["管理委员会", "管委会", "管委会城市管理局", "教育局", "市场监督管理局", "管委会应急管理局"])
        region = {"province": province, "city": city, "county": None}
        return Body("A12 zone", zone + tail, region, "管委会" if "管" in tail[:1] else None,
                    free_region=True)

    def tax(self, rng):
        name, region, last = self.place(rng)
        return Body("A10 vertical bureau", f"国家税务总局{name}税务局", region, level_word(last) + "税务局")

    def supervision(self, rng):
        name, region, _ = self.place(rng)
        if not name.endswith("市"):
            return self.tax(rng)
        head = rng.choice(["国家金融监督管理总局", "中国人民银行"])
        tail = "监管分局" if head.startswith("国家") else "分行"
        return Body("A10 vertical bureau", f"{head}{name}{tail}", region, None, free_region=True)

    def customs(self, rng):
        seat = "".join(rng.sample(SYLLABLES, 2))
        name = rng.choice([seat + "海关", seat + "海关", f"中华人民共和国{seat}海关", seat + "关"])
        accepted = {name.replace("中华人民共和国", "")}
        return Body("A29 customs", name, {"province": None, "city": None, "county": None}, None,
                    accepted, free_region=True)

    def branch(self, rng):
        while True:
            province, city, county = rng.choice(self.counties)
            if city and city.endswith("市") and county.endswith("区"):
                break
        full, _ = rng.choice([("公安局", 0), ("生态环境局", 0), ("自然资源和规划局", 0)])
        region = {"province": province, "city": city, "county": county}
        part = county if rng.random() < 0.6 else county[:-1] + "区"
        return Body("R11 branch", f"{city}{full}{part}分局", region, None)

    def doubled(self, rng):
        while True:
            province, city, county = rng.choice(self.counties)
            if county.endswith("市"):
                break
        region = {"province": province, "city": city, "county": county}
        prefix = city if self.times[county] > 1 and city else ""
        return Body("A7 市市", prefix + county + "市场监督管理局", region, "市市场监管局")

    def odd(self, rng):
        name, region, _ = self.place(rng)
        return Body("A28 digits, Latin, quotes", name + rng.choice(ODD), region, None)

    def company(self, rng):
        name, region, _ = self.place(rng)
        brand = "".join(rng.sample(SYLLABLES, 2))
        tail = rng.choice(["供水有限公司", "公共交通有限公司", "城市燃气有限公司", "水务集团有限公司"])
        return Body("A26 company", name + brand + tail, region, None)

    def collective(self, rng):
        name, region, _ = self.place(rng)
        return Body("A13 collective", name + "气象部门", region, None, {name + "气象局"})

    def province_body(self, rng):
        province = rng.choice(self.provinces)
        tail = rng.choice(["水利厅", "民政厅", "人力资源和社会保障厅", "人民政府办公厅", "药品监督管理局", "统计局"])
        if province in ("北京市", "天津市", "上海市", "重庆市"):
            tail = tail.replace("厅", "局") if "人民政府" not in tail else tail
        return Body("province", province + tail, {"province": province, "city": None, "county": None},
                    "省" + tail if province.endswith("省") else None)

    def newer(self, rng):
        province, city, county = rng.choice(NEWER)
        full, short = rng.choice(BUREAUS)
        name = (city or province) + county + full if rng.random() < 0.5 else county + full
        return Body("R12 newer district", name, {"province": province, "city": city, "county": county},
                    "区" + short)


def level_word(place):
    return place[-1] if place[-1] in "县区市旗州" else ""


KINDS = {
    "bureau": (40, Gazetteer.bureau), "government": (7, Gazetteer.government),
    "office": (7, Gazetteer.government_office), "township": (14, Gazetteer.township),
    "zone": (7, Gazetteer.zone), "tax": (4, Gazetteer.tax), "supervision": (1, Gazetteer.supervision),
    "customs": (3, Gazetteer.customs), "branch": (4, Gazetteer.branch),
    "doubled": (2, Gazetteer.doubled), "odd": (4, Gazetteer.odd), "company": (2, Gazetteer.company),
    "collective": (1, Gazetteer.collective), "province": (4, Gazetteer.province_body),
    "newer": (2, Gazetteer.newer),
}
