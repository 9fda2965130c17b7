import ChineseText
import Documents

/// What a web page shows around its article: menus, tools, notices, and data about the article.
enum PageFurniture {
    private static let droppedElements: Set<String> = [
        "script", "style", "noscript", "template", "nav", "aside", "footer", "svg", "iframe",
        "object", "select", "button", "textarea", "map", "rt", "rp", "video", "audio",
    ]
    private static let droppedNames: Set<String> = [
        "breadcrumb", "breadcrumbs", "crumb", "crumbs", "nav", "navbar", "navigation", "menu",
        "sidebar", "share", "bdsharebuttonbox", "bshare", "copyright", "footer", "qrcode",
        "pagination", "contentinfo", "search",
    ]

    /// Whether an element and all in it are no part of the article.
    static func isDropped(_ name: String, _ attributes: [MarkupAttribute]) -> Bool {
        if droppedElements.contains(name) { return true }
        guard !attributes.isEmpty, name != "body", name != "html" else { return false }
        return attributes.contains { attribute in
            switch attribute.name {
            case "hidden": true
            default: names(attribute).contains { droppedNames.contains($0) }
            }
        }
    }

    /// The names of an element in one of its attributes, in lower case: its identifier, its classes
    /// or its role; none in other attributes.
    static func names(_ attribute: MarkupAttribute) -> [String] {
        switch attribute.name {
        case "id", "class", "role":
            attribute.value.lowercased().split(separator: " ").map(String.init)
        default: []
        }
    }

    // MARK: Lines

    /// The most characters that such a line holds.
    private static let longest = 100

    private static let beginnings = [
        "当前位置", "您的位置", "您现在的位置", "您当前的位置", "你的位置", "所在位置", "首页>", "首页»",
        "首页/", "网站首页", "字体", "【字体", "[字体", "字号", "【字号", "【打印", "[打印", "打印本页",
        "关闭窗口", "关闭本页", "【关闭", "[关闭", "浏览次数", "浏览量", "阅读次数", "点击数", "点击次数", "点击量", "访问量",
        "分享到", "分享:", "扫一扫", "扫描二维码", "用微信扫", "微信扫一扫", "手机扫", "听全文", "语音播报", "无障碍",
        "长者模式", "关怀版", "上一篇", "下一篇", "上一条", "下一条", "版权所有", "主办单位:", "主办:", "承办单位:",
        "承办:", "网站标识码", "网站支持IPv6", "技术支持:", "网站地图", "联系我们", "设为首页", "加入收藏",
        "收藏本站", "您的浏览器", "您使用的浏览器", "返回顶部", "相关链接", "copyright", "©",
    ].map { Array($0.unicodeScalars) }
    private static let beginningsByFirst = Dictionary(grouping: beginnings) { $0[0] }
    private static let parts: WordList = ["ICP备", "公网安备", "icp备"]
    private static let wholes: Set<String> = [
        "首页", "打印", "关闭", "收藏", "分享", "微信", "微博", "qq空间", "放大", "缩小", "大", "中", "小", "朗读",
        "返回", "顶部", "全文", "下载", "搜索", "登录", "注册", "简体", "繁体", "english",
    ]
    /// No word that alone is furniture is longer, in characters.
    private static let longestWhole = 7
    /// Labels of what is said of the article: who published it, when, and the rest.
    private static let publisherLabels: Set<String> = [
        "发布机构", "发文机关", "发文机构", "发布单位", "公开机构", "信息来源", "文章来源", "稿件来源", "来源",
    ]
    private static let dateLabels: Set<String> = ["发布时间", "发布日期", "公开日期", "公开时间", "生成日期"]
    private static let otherLabels: Set<String> = [
        "成文日期", "发文日期", "日期", "时间", "索引号", "信息分类", "主题分类", "文号", "文件编号", "发文字号",
        "有效性", "名称", "主题词", "关键词", "责任编辑", "编辑", "作者", "录入", "审核", "浏览次数", "阅读",
        "字体", "字号", "打印",
    ]

    /// Whether a line is short enough for furniture.
    static func mayTake(_ raw: String) -> Bool { raw.utf8.count <= 4 * longest }

    /// Whether a line is furniture; what it says of the article is kept.
    static func takes(_ raw: String, into evidence: inout DocumentEvidence) -> Bool {
        guard mayTake(raw) else { return false }
        let text = TextFolding().foldedScalars(of: TextRepair.repaired(raw))
        guard let first = text.first, text.count <= longest else { return false }
        if text.count <= longestWhole, wholes.contains(String(scalars: text)) { return true }
        if let beginnings = beginningsByFirst[first],
            beginnings.contains(where: { text.starts(with: $0) }),
            !Punctuation.endsSentence(String(scalars: text))
        {
            return true
        }
        if text.holds(anyOf: parts) { return true }
        return takesData(raw, into: &evidence)
    }

    /// 发布机构：某局 发布日期：2023-01-20, with or without a table around it.
    private static func takesData(_ raw: String, into evidence: inout DocumentEvidence) -> Bool {
        guard raw.unicodeScalars.contains(where: { $0 == "：" || $0 == ":" || $0 == "\t" }) else {
            return false
        }
        let words = raw.unicodeScalars.split {
            $0.isSpace || $0 == "：" || $0 == ":" || "|｜[]【】".unicodeScalars.contains($0)
        }.map { String(Substring($0)) }
        guard let first = words.first, isLabel(first) else { return false }
        var known = 0
        for (index, word) in words.enumerated() where isLabel(word) {
            known += 1
            guard index + 1 < words.count, !isLabel(words[index + 1]) else { continue }
            let label = TextRepair.repaired(word)
            if publisherLabels.contains(label) {
                evidence.publisher = evidence.publisher ?? words[index + 1]
            } else if dateLabels.contains(label) {
                evidence.published = evidence.published ?? words[index + 1]
            }
        }
        // A sentence that only begins with such a word holds more.
        return known * 4 >= words.count && !raw.unicodeScalars.contains("。")
    }

    private static func isLabel(_ word: String) -> Bool {
        let plain = TextRepair.repaired(word)
        return publisherLabels.contains(plain) || dateLabels.contains(plain)
            || otherLabels.contains(plain)
    }
}
