import QueryLanguage
import ReportOutput
import ReportSearch

/// The query language as one page, in both languages: `gongkai help query`, `gongkai man query`.
enum QueryHelp {
    /// The page.
    static var text: String {
        QuerySyntaxError.Language.ofUser == .chinese ? chinese : english
    }

    static let english = """
        A question is words, conditions, or both; all of them are required.

        Words
          政策解读            passages with all of its words: those with the exact text first, then
                              those in which the words stand near each other
          孟津区 2022 征迁    a word that names an agency, a place or a year of the index is looked
                              for in the head of each report, or else in the text; short forms and
                              other spellings too: 孟津, 市监局, 二〇二二年, 22年
          孟津区2023年收到多少件申请   the same in one run; what names a report is told from the rest
          "政策解读" “政策解读”      exactly this text; names are text too
          -大厅, NOT 大厅, 非 大厅   without
          三审三校 OR 分级审核, |, 或  either; brackets group: (A OR B) C
          政策*               a beginning
          "公开 审查"~10, 公开 NEAR/15 审查   near each other, by characters
          lyszf, zhengce jiedu  pinyin, in full or the first letters of a name

        Equal are full and half width, upper and lower case, traditional and simplified characters,
        radicals and characters, and a text with or without spaces between Chinese.

        Fields
          agency:/机关:  region:/地区:  year:/年:2022 2020..2023 2022..  section:/节:5 or a heading
          subsection:/小节:  form:/格式:2021  title:/标题:  file:/文件:2022/*.txt  level:/级别:county
          scope:/范围:own  kind:/类型:other  length:/字数<=20  check:/勾稽:fails
          A value with spaces stands in quotation marks; unknown asks for what could not be told.

        Statistics
          新收>=10  新收=10..50  不予公开.国家秘密>0  规范性文件.废止>规范性文件.制发
          予以公开率>=50%  missing(新收)
          Names are keys, Chinese names, or labels as 'gongkai show' prints them. A number that was
          not read matches no comparison. 'gongkai fields' lists all.

        Not enough, or too much
          When not all words are found together, passages with some of them follow, marked; they are
          never counted. --match any asks for any word, phrase for each run exactly, all for all.
          When the reports that are named hold none of the other words, passages of any report
          follow, marked and not counted too (names_are_words in JSON).
          A search counts every report, other versions of one too; agencies, years and stats count
          one of them, and say how many they leave out: 'gongkai duplicates' lists them.

        Limits: 4 KiB, 64 terms, 32 brackets inside each other.
        """

    static let chinese = """
        查询由词语、条件或两者组成，全部都要满足。

        词语
          政策解读            含有其全部词语的段落：有完整原文的在前，词语相近的其次
          孟津区 2022 征迁    指称索引中机关、地区、年份的词，先看报告的机关、地区、年份，也看正文；
                              简称和别的写法也行：孟津、市监局、二〇二二年、22年
          孟津区2023年收到多少件申请   连写也一样，指称报告的部分会分出来
          "政策解读" “政策解读”      完全一致的文字，其中的名称也只作文字
          -大厅, NOT 大厅, 非 大厅   不含
          三审三校 OR 分级审核, |, 或  任一；括号分组：(甲 OR 乙) 丙
          政策*               开头
          "公开 审查"~10, 公开 NEAR/15 审查   相距不超过若干字
          lyszf, zhengce jiedu  拼音：全拼，或名称的首字母

        全角与半角、大写与小写、繁体与简体、部首与汉字视为相同；汉字之间的空格不计。

        字段
          机关:  地区:  年:2022 2020..2023 2022..  节:5 或标题  小节:  格式:2021  标题:
          文件:2022/*.txt  级别:county  范围:own  类型:other  字数<=20  勾稽:fails
          值中有空格时加引号；unknown（未知）指未能识别的。

        统计项
          新收>=10  新收=10..50  不予公开.国家秘密>0  规范性文件.废止>规范性文件.制发
          予以公开率>=50%  missing(新收)
          可用键名、中文名，或“gongkai show”所印的标签。没有读到的数字不满足任何比较。
          “gongkai fields”列出全部。

        结果太少或太多
          没有同时含有全部词语的段落时，其后列出含有一部分的，并有标记，从不计入总数。
          --match any 任一词语，phrase 每一串完全一致，all 全部词语。
          所指的报告不含其余词语时，其后列出任何报告的段落，同样有标记、不计入总数（JSON 中为 names_are_words）。
          检索计入每一份报告，同一报告的其他版本也在内；agencies、years 和 stats 只计其中一份，
          并说明略去几份：“gongkai duplicates”列出它们。

        限度：4 KiB，64 项，括号 32 层。
        """
}
