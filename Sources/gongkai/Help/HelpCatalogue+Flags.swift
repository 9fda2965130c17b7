import ReportIndexing

extension HelpCatalogue {
    /// What arguments, options and flags mean.
    static let flags: [String: String] = [
        // Of index, parse and check.
        "Files and folders to read; without any those of the last run.":
            "要读取的文件和文件夹；不给则读取上次的。",
        "Files and folders to read; - is standard input.": "要读取的文件和文件夹；- 是标准输入。",
        "Files and folders to read; - is standard input; none checks the index.":
            "要读取的文件和文件夹；- 是标准输入；不给则核对索引。",
        "The index folder.": "索引文件夹。",
        "Read every file anew and replace the whole index.": "重新读取每个文件，替换整个索引。",
        "Say what would be done, and do nothing.": "只说明会做什么，不实际执行。",
        "Keep reports whose files are gone.": "保留文件已不在的报告。",
        "Remove reports also where a folder may be a disk that is away.":
            "文件夹可能是没有挂载的磁盘时，也移除其报告。",
        "Stay until interrupted, and index what changes. Where the system tells of no changes, all is looked at every minute.":
            "持续运行直到中断，随时索引变化的内容。系统不通知变化时，每分钟全部查看一遍。",
        "How many files are read at the same time.": "同时读取多少个文件。",
        "The field of a scraper's records that holds text, title, agency, date or url; repeatable.":
            "抓取程序的记录中，存放正文（text）、标题（title）、机关（agency）、日期（date）或网址（url）的字段；可重复。",
        "The encoding of every file: auto, \(TextEncodingName.all.joined(separator: ", ")).":
            "每个文件的编码：auto（自动）、\(TextEncodingName.all.joined(separator: "、"))。",
        "A program that reads the text of scanned pages, such as Scripts/ocr-rapidocr.":
            "识别扫描页文字的程序，如 Scripts/ocr-rapidocr。",
        "Read only what matches, a pattern as in .gitignore; repeatable.":
            "只读取相符的，模式与 .gitignore 相同；可重复。",
        "Leave out what matches, a pattern as in .gitignore: '*.html', 'backup/', '!a.txt'.":
            "略去相符的，模式与 .gitignore 相同：'*.html'、'backup/'、'!a.txt'。",
        "Follow links, as long as they lead to a place below the folder that is read.":
            "跟随链接，只要指向所读文件夹之内。",
        "Write what became of each file, and what was odd in it, as JSON Lines; - is standard output.":
            "把每个文件的处理结果和异常之处写成 JSON Lines；- 是标准输出。",
        "How long to wait for another writer: 10s, 500ms, 2m.": "等待另一个写入者多久：10s、500ms、2m。",
        // Of every command.
        "How results are written.": "结果的格式。",
        "Colour results. NO_COLOR is obeyed.": "结果是否着色。遵从 NO_COLOR。",
        "Make file names hyperlinks.": "文件名是否做成链接。",
        "Write to the terminal, not through $GONGKAI_PAGER, $PAGER or less.":
            "直接写到终端，不经过 $GONGKAI_PAGER、$PAGER 或 less。",
        "Print results and errors only.": "只输出结果和错误。",
        "Tell more on standard error: the index, the time taken.": "在标准错误上说明更多：所用的索引、用时。",
        "The index folder; else $GONGKAI_INDEX, else the nearest .gongkai upward.":
            "索引文件夹；否则为 $GONGKAI_INDEX，再否则为向上最近的 .gongkai。",
        "An index folder, or a server's HOST:PORT; repeatable, all are read as one. Else $GONGKAI_INDEX, else the nearest .gongkai upward.":
            "索引文件夹，或服务器的“主机:端口”；可重复，合为一个来读。否则为 $GONGKAI_INDEX，再否则为向上最近的 .gongkai。",
        "Replace the file when it is there.": "文件已存在时替换。",
        "What for: xapian, plain Xapian databases in the folder that --output names.":
            "用途：xapian，在 --output 指定的文件夹中生成普通的 Xapian 数据库。",
        "With --to xapian: over how many databases the reports are spread; 1 without.":
            "与 --to xapian 合用：报告分到多少个数据库；不给为 1 个。",
        "How long servers may take for a question: 5s, 500ms, 2m.":
            "服务器回答一个问题最多用多久：5s、500ms、2m。",
        "Answer without the servers that do not; exit code 4 then.":
            "略去没有回答的服务器；此时退出码为 4。",
        // Filters.
        "Part of the agency's name; repeatable, any of them.": "机关名称的一部分；可重复，满足任一个。",
        "Part of a province's, city's or county's name.": "省、市或县名称的一部分。",
        "A year or years: 2022, 2020..2023, 2022..": "年份：2022、2020..2023、2022..",
        "A section's number, or a word of its heading.": "章节的编号，或标题中的词。",
        "The edition of the form: 2021, 2019 or none.": "表格的版式：2021、2019 或 none（无）。",
        "A condition, such as '新收>=10'; all are required.": "条件，如 '新收>=10'；全部都要满足。",
        "How high the agency stands: ministry, province, city, county or town.":
            "机关的级别：ministry（部委）、province（省）、city（市）、county（县）或 town（乡镇）。",
        "Whether a report is of one body or compiled from others: own, rolled_up, unknown.":
            "报告是本机关的还是汇总的：own（本级）、rolled_up（汇总）、unknown（未知）。",
        "annual_report, or other for pages of another kind.": "annual_report（年度报告），或 other（其他页面）。",
        // Of search.
        "The query. Several arguments are joined by spaces.": "查询。多个参数以空格相连。",
        "Search only the reports that the last run of index added or changed.":
            "只检索上次运行 index 增加或改变的报告。",
        "What is listed: passages, or reports with their best one; auto lists reports where no text is asked.":
            "列出什么：段落（passage），或报告及其最相关的段落（report）；auto 在没有问正文时列出报告。",
        "How unquoted text is matched: auto, phrase, all or any.":
            "没有引号的文字如何匹配：auto（自动）、phrase（完全一致）、all（全部词语）或 any（任一词语）。",
        "relevance, year or a statistic; -FIELD sorts down.":
            "relevance（相关度）、year（年份）或统计项；前加 - 为从大到小。",
        "The most hits to print; 0 prints all. Without it 10, with --files all.":
            "最多列出几条；0 为全部。不给时为 10，用 --files 时为全部。",
        "How many hits to pass over.": "略过前面几条。",
        "The most hits of one report.": "每份报告最多几条。",
        "Print n passages before and after each hit from its report.": "每条命中的前后各列出报告中的 n 段。",
        "Count all matching passages, and their reports, by agency, region, province, city, county, year, section or form; several with commas.":
            "把全部相符的段落及其报告计数，按 agency（机关）、region（地区）、province（省）、city（市）、county（县）、year（年）、section（章节）或 form（版式）；多个用逗号分开。",
        "Show each passage, also those that say the same as one above.": "列出每个段落，与上面某段相同的也列出。",
        "Join passages that say the same, which only text does by itself; after the first 50,000 they stand apart, which is told.":
            "合并内容相同的段落；只有文字格式会自行合并。超过 50,000 段的部分不合并，并会说明。",
        "Print only the number of passages, or of reports with --by report.":
            "只输出段落的数量；用 --by report 时为报告的数量。",
        "Print only the files' paths.": "只输出文件的路径。",
        "End each path of --files with a null byte, its own bytes as they are, for xargs -0.":
            "--files 的每个路径以空字节结尾，原样输出字节，供 xargs -0 使用。",
        "Tell how the question was read and looked up, and why each hit ranks where it does.":
            "说明查询如何理解和查找，每条命中为何排在其位置。",
        "Read queries from a file, or - for standard input.": "从文件读取查询，- 为标准输入。",
        "A file of words that say the same, a group a line, instead of the program's own, which 'gongkai help synonyms' prints.":
            "同义词文件，每行一组，代替程序自带的（“gongkai help synonyms”列出）。",
        // Of show and similar.
        "The report's id, the beginning of it, or a file.": "报告的编号、编号的开头，或文件。",
        "Show the tables alone.": "只显示表格。",
        "Show one statistic with its raw text, file and line.": "显示一个统计项及其原文、文件和行号。",
        "The report, or one of its passages as REPORT:LINE.": "报告，或其中一个段落，写作 REPORT:LINE。",
        "The fewest characters in a row that count.": "至少连续多少字相同才算。",
        "The most pairs to print; 0 prints all.": "最多列出几对；0 为全部。",
        // Of stats and compare.
        "Statistics, indicators, compositions, or a formula such as '予以公开/新收'.":
            "统计项、指标、构成，或公式如 '予以公开/新收'。",
        "Group by agency, region, province, city, county, year, level, form, scope or a statistic; several with commas.":
            "分组：agency（机关）、region（地区）、province（省）、city（市）、county（县）、year（年）、level（级别）、form（版式）、scope（范围）或统计项；多个用逗号分开。",
        "Add up; the default.": "相加；默认。",
        "The mean of the reports' own values.": "各报告自身数值的平均数。",
        "The median of the reports' own values.": "各报告自身数值的中位数。",
        "P10, P25, P50, P75 and P90 of the reports' own values.": "各报告自身数值的 P10、P25、P50、P75 和 P90。",
        "How many reports lie between bounds.": "各区间内有多少份报告。",
        "The bounds of a distribution, ascending; else natural ones.": "分布的分界，从小到大；不给则取自然的分界。",
        "The reports whose value lies far from the others' (by the median deviation).":
            "数值远离其他的报告（按中位数偏差）。",
        "How much few groups have: the share of the largest ones (--top, else 10), the sum of squared shares, and the Gini coefficient, over the last field of --by.":
            "少数组占多少：最大几组的占比（--top，否则 10）、占比平方和、基尼系数，按 --by 的最后一个字段计。",
        "Rank the rows, the highest first; equal values have one rank.": "给各行排名，最高的在前；数值相等的名次相同。",
        "Only the first n of each ranking.": "每个排名只取前 n 名。",
        "Compare each year with the calendar year before.": "每年与上一年比较。",
        "Each sum as a share: of 'total', of the sum within a field of --by, or of a statistic.":
            "每个合计所占的比例：占 'total'（总计），占 --by 某字段内的合计，或占某统计项。",
        "Rank only rows of at least n cases; without it 10 for shares.": "只给不少于 n 件的行排名；不给时比例为 10。",
        "Only rows of which this is true: 'denominator>=10', 'value>50%'.":
            "只取满足条件的行：'denominator>=10'、'value>50%'。",
        "Leave out reports in which a sum with the cells does not hold.": "略去所用数据的合计不成立的报告。",
        "Indicators of your own: lines 'key = formula; names; unit'.":
            "自定义指标：每行“key = 公式; 名称; 单位”。",
        "How many people live where: lines 'region,year,number'.": "人口：每行“地区,年份,数字”。",
        "List every cell behind the figures: file, line and raw text.": "列出数字背后的每一格：文件、行号和原文。",
        "Draw too, as suits the figures; --plot=bar, line, box or dot says how.":
            "同时画图，式样随数字而定；--plot=bar（条形）、line（折线）、box（箱形）或 dot（点）可指定。",
        "The file to write; its ending tells the format: .svg, .html, .csv, .tsv, .json, .jsonl, .md or .xlsx.":
            "要写入的文件；格式由扩展名决定：.svg、.html、.csv、.tsv、.json、.jsonl、.md 或 .xlsx。",
        "Two agencies or reports, or more.": "两个或更多的机关或报告。",
        "Statistics and indicators, with commas between.": "统计项和指标，用逗号分开。",
        "The year in which agencies are compared.": "在哪一年比较各机关。",
        // Of copies.
        "year compares an agency with its year before, agency with other agencies; else both.":
            "year 与同一机关上一年的比较，agency 与其他机关的比较；不给则两者都比较。",
        "The least share of a report's own text in per cent.": "占报告自有文字的最低比例，以百分比计。",
        "Set aside text that more than n agencies have, 254 at most; else from 3 to 10, a tenth of all.":
            "超过 n 个机关共有的文字不计，n 最多 254；不给时为全部机关的十分之一，取 3 到 10。",
        "Print the passages of both reports that share text, side by side.": "并列显示两份报告中有相同文字的段落。",
        // Of check, diff and duplicates.
        "Check only these rules, such as balance:total, 'row:*' or narrative.":
            "只核对这些规则，如 balance:total、'row:*' 或 narrative。",
        "Print only results in this state: holds, fails, differs or unknown.":
            "只列出这种状态的：holds（成立）、fails（不成立）、differs（不一致）或 unknown（无法判断）。",
        "Print all runs after this one: a number of --runs, or a day as 2026-11-30.":
            "列出此后的全部运行：--runs 中的编号，或日期如 2026-11-30。",
        "List the runs that changed something.": "列出有变化的运行。",
        "The file to write, instead of standard output. A feed is replaced, other files only by --force.":
            "要写入的文件，代替标准输出。订阅源会被替换，其他文件要用 --force。",
        "A file of this pattern counts, where there is one; repeatable.": "有符合此模式的文件时，以它为准；可重复。",
        "Only versions that differ.": "只列内容不同的版本。",
        // Of lists.
        "List only those whose key or name holds this text.": "只列键名或名称含有这段文字的。",
        "List only agencies whose name holds this text.": "只列名称含有这段文字的机关。",
        "Only agencies with a report of the year.": "只列有该年报告的机关。",
        "Only agencies without a report of the year.": "只列没有该年报告的机关。",
        "Only agencies with a missing year.": "只列有缺报的机关。",
        // Of export.
        "What is written: reports, statistics or hits.":
            "写什么：reports（报告）、statistics（统计数据）或 hits（命中）。",
        "The query, for hits.": "查询，用于命中。",
        "The file to write, instead of standard output; its ending tells the format: .csv, .tsv, .xlsx, .json, .jsonl, .md, or .sqlite or .db for an SQLite file.":
            "要写入的文件，代替标准输出；格式由扩展名决定：.csv、.tsv、.xlsx、.json、.jsonl、.md，SQLite 文件为 .sqlite 或 .db。",
        "Statistics, with commas between; 'all' is every cell of the forms.":
            "统计项，用逗号分开；'all' 为表格的全部数据。",
        "Only these columns of reports, cells or hits, with commas between.": "只写这些列，用逗号分开。",
        "The heads of columns in CSV and TSV: key, zh or en.":
            "CSV 和 TSV 的列名：key（键名）、zh（中文）或 en（英文）。",
        "Begin CSV with the mark of UTF-8; without the flag a file has it, a pipe not.":
            "CSV 以 UTF-8 标记开头；不给时写入文件则有，写入管道则没有。",
        // Of serve.
        "The port; 0 takes a free one.": "端口；0 取一个空闲的。",
        "An address of this machine to listen on, so that others may ask too.":
            "要监听的本机地址，使别的机器也能访问。",
        "Make a key for this run instead of taking the one that is kept.":
            "为这次运行生成新的密钥，不用保存的。",
        "The folder.": "文件夹。",
        // Of the rest.
        "The text. Several arguments are joined by spaces.": "文字。多个参数以空格相连。",
        "The shell.": "所用的 shell。",
        "A command, or query for the query language; none prints the page of all.":
            "命令，或 query（查询语言）；不给则为总的手册页。",
    ]
}
