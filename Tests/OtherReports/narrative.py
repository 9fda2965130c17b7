"""Narrative of annual reports, in sentences of our own, with the numbers that readers trip over."""

OPENING = [
    "{year}年，{own}坚持把政务公开作为服务群众的基础工作来抓，对照年度工作要点逐条分解任务，全年各项公开任务如期完成。",
    "{year}年以来，{own}聚焦企业和群众最关心的事项，完善公开目录{n}项，推动公开工作由有到优、由全到精。",
    "过去一年，{own}严格执行《中华人民共和国政府信息公开条例》（国务院令第711号），较{before}年公开总量增长{p}%。",
    "{year}年度，{own}按照“谁制作、谁公开、谁负责”的原则，把公开要求嵌入办文办会全过程，公开质量稳中有升。",
    "一年来，{own}围绕中心、服务大局，深入落实上级关于政务公开的部署，办理各类公开事项{n}件，群众满意度达到{p}%。",
]
UNDATED = ["{own}坚持把政务公开作为服务群众的基础工作来抓，对照工作要点逐条分解任务，各项公开任务如期完成。",
           "{own}按照“谁制作、谁公开、谁负责”的原则，把公开要求嵌入办文办会全过程，公开质量稳中有升。"]
PUBLISHED = [
    "全年通过门户网站公开各类信息{n}条，其中政策文件{m}件、政策解读{k}篇，较{before}年多出{k}条。",
    "通过微信公众号推送图文{n}篇次，累计阅读量{w}万余次，单篇最高阅读{m}次。",
    "围绕义务教育、社会救助、公共法律服务等领域公开信息{n}条，更新办事指南{k}份。",
    "及时公开{year}年度部门预算和{before}年度决算，涉及下属单位{k}家，实现应公开尽公开。",
    "依法公开行政许可决定{n}件、行政处罚决定{m}件，均在决定作出之日起7个工作日内上网。",
    "制作“一图读懂”{k}期、短视频{m}条，邀请负责同志参加在线访谈{k}次，回应网民留言{n}条。",
    "公开重大建设项目批准信息{k}条、招标投标信息{m}条、征地补偿信息{k}条。",
]
REQUESTED = [
    "全年收到依申请公开{n}件，均在法定期限内答复，按时办结率100%，未发生因答复不当引发的纠错。",
    "畅通当面、邮寄、网络等受理渠道，完善登记、审核、办理、答复、归档流程，答复文书一律经法制审核。",
    "未收到公民、法人和其他组织提出的公开申请，也没有结转到{after}年办理的事项。",
    "办理过程中主动与申请人沟通{n}次，对内容不明确的一次性告知补正，平均办理时长缩短{k}个工作日。",
    "与{before}年相比，申请量增加{k}件，主要集中在房屋征收、土地权属等方面。",
]
MANAGED = [
    "修订《信息公开保密审查办法》，落实拟稿、初审、终审三道关口，全年退回修改{k}件。",
    "对历年规范性文件进行集中清理，废止{k}件、宣布失效{m}件，结果向社会公布。",
    "建立公开属性源头认定制度，公文起草时同步注明主动公开、依申请公开或者不予公开。",
    "指定专人每日巡查栏目，发现错别字{n}处、失效链接{m}个，均于当日整改。",
]
PLATFORM = [
    "完成门户网站适老化改造，新设“惠企政策”“办事公开”两个专栏，访问量达{w}万人次。",
    "在便民服务大厅设置公开专区{k}个，配备查询机{m}台，现场解答群众咨询{n}人次。",
    "关停更新缓慢的新媒体账号{k}个，保留的{m}个账号全部纳入统一监测。",
    "升级检索功能，支持按文号、主题、年份查找，网址为http://www.example{k}.gov.cn/zwgk/，全年无安全事故。",
]
SUPERVISED = [
    "召开专题会议{k}次，举办业务培训班{k}期，参训{n}人次；将公开工作纳入年度考核，分值权重不低于4%。",
    "聘请社会监督员{m}名开展评议，收集意见{k}条，采纳{k}条。",
    "未发生因公开不及时、不准确被责任追究的情形，社会评议结果为“满意”。",
    "配备专职人员{k}名、兼职人员{m}名，印发工作提示{k}期，季度通报{k}次。",
]
PROBLEMS = [
    "一是个别科室对公开工作重视不够，信息报送不够及时；二是解读形式较为单一，图表和动漫类产品偏少。",
    "存在的主要问题：业务人员流动较快，对政策把握不够准；公开内容与群众期待还有差距。",
    "目前仍有栏目更新滞后、重点领域公开不够深入等短板，需要在今后的工作中加以改进。",
]
REMEDIES = [
    "一是加强学习培训，全年计划组织培训不少于{k}次；二是优化栏目设置，力争{after}年解读率达到100%。",
    "下一步，{own}将健全工作台账，每月开展一次自查，对发现的问题限期{m}日内整改到位。",
    "改进措施：拓宽公开渠道，增强解读实效，{after}年将重点推进基层公开标准化，确保取得实效。",
]
ENDING = [
    "{own}{year}年未收取信息处理费。", "无其他需要报告的事项。", "无。", "本年度没有需要说明的其他事项。",
    "按照《政府信息公开信息处理费管理办法》，{year}年共收取信息处理费{m}元，已全额上缴财政。",
    "{year}年办理建议提案{n}件，答复均已公开。",
]
LISTS = [
    ["1.开展公开目录更新，涉及一级目录{k}个、二级目录{m}个。", "2.组织政府开放日活动{k}场，参与群众{n}人次。",
     "3.编发公报{k}期，免费赠阅{n}份。"],
    ["一是把牢方向。成立工作专班，定期研究部署，形成上下联动的格局。", "二是夯实基础。完善制度{k}项，明确责任科室{m}个。",
     "三是强化考核。通报问题{k}个，约谈责任人{k}名。"],
]
FIVE = [("主动公开", PUBLISHED), ("依申请公开", REQUESTED), ("政府信息管理", MANAGED),
        ("政府信息公开平台建设", PLATFORM), ("监督保障", SUPERVISED)]
OTHER_BODIES = ["县委编办", "省财政厅", "市司法局", "国务院办公厅", "省政府办公厅", "市纪委监委"]
EXTRA_SECTIONS = [("林草生产工作完成情况", "完成造林{n}亩，补植补造{m}亩，森林覆盖率达到{p}%。"),
                  ("{after}年工作思路", "{after}年将紧扣高质量发展主题，谋划项目{k}个，争取资金{m}万元。"),
                  ("政务公开培训开展情况", "组织集中学习{k}次，参训{n}人次，考试合格率100%。")]


class Voice:
    """Fills sentences for one body and year; numbers differ each time."""

    def __init__(self, rng, own, year, tells_year=True):
        self.rng, self.own, self.year, self.tells_year = rng, own, year, tells_year

    def usable(self, pool):
        if self.tells_year:
            return pool
        dated = ("{year}", "{before}", "{after}")
        return [text for text in pool if not any(mark in text for mark in dated)]

    def fill(self, text):
        rng = self.rng
        return text.format(
            own=self.own, year=self.year, before=self.year - 1, after=self.year + 1,
            n=rng.choice([rng.randint(12, 99), rng.randint(100, 999), rng.randint(1000, 48000)]),
            m=rng.randint(11, 88), k=rng.randint(2, 9), w=f"{rng.uniform(1.1, 80):.1f}",
            p=f"{rng.uniform(3, 99):.1f}")

    def paragraph(self, pool, sentences=None):
        count = sentences or self.rng.choice([1, 1, 2, 3])
        pool = self.usable(pool)
        chosen = self.rng.sample(pool, min(count, len(pool)))
        text = "".join(self.fill(sentence) for sentence in chosen)
        if self.rng.random() < 0.12:
            text += f"配合{self.rng.choice(OTHER_BODIES)}开展专项检查{self.rng.randint(2, 9)}次，未发现违规问题。"
        return text

    def items(self):
        return [self.fill(text) for text in self.rng.choice(LISTS)]
