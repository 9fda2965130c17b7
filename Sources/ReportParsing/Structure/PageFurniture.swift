import ChineseText

/// Words of the web page around a report: buttons, paths, tables of metadata.
enum PageFurniture {
    /// Words that open or stand in such a line.
    private static let words = [
        "索引号", "信息索引", "发布机构", "发文机关", "公开日期", "发文日期", "成文日期", "发布日期", "发布时间", "信息分类",
        "主题分类", "文号：", "有效性", "信息名称", "公开方式", "公开范围", "公开责任部门", "来源：", "信息来源", "作者：", "责任编辑",
        "字体：", "字号：", "[大", "【大", "浏览次数", "浏览量", "阅读次数", "点击次数", "点击数", "点击量", "打印", "关闭", "分享到",
        "分享：", "扫一扫", "听全文", "无障碍", "长者模式", "当前位置", "您的位置", "您所在的位置", "首页", "收藏", "浏览器", "视力保护",
        "网站地图", "版权所有", "主办单位", "主办：", "承办单位", "ICP备", "网安备", "网站标识码", "技术支持", "上一篇", "下一篇",
        "联系我们", "返回顶部", "二维码", "下载文字版", "相关链接", "繁体", "时间：", "日期：", "访问量", "标签：",
    ].map { FormWording().aligned($0.unicodeScalars) }
    /// Such a line is never longer than this, in characters.
    private static let longest = 80

    /// Whether a line belongs to the page rather than to the report.
    static func isFurniture(_ text: String, wording: FormWording) -> Bool {
        guard text.utf8.count <= 4 * longest else { return false }
        let scalars = wording.aligned(text.unicodeScalars)
        guard scalars.count <= longest, !scalars.contains("。"), !scalars.contains(";") else {
            return false
        }
        return isDate(scalars) || words.contains { scalars.offset(of: $0) != nil }
    }

    /// Whether a line is nothing but a date, with or without a time.
    static func isDate(_ scalars: [Unicode.Scalar]) -> Bool {
        guard (8...24).contains(scalars.count), CalendarYear.leading(scalars[...]) != nil else {
            return false
        }
        return scalars.allSatisfy {
            CalendarYear.digit($0) != nil || "年月日时分十-/.: ".unicodeScalars.contains($0)
        }
    }
}
