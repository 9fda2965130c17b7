extension HelpCatalogue {
    /// What commands do.
    static let commands: [String: String] = [
        "Index and search Chinese government annual disclosure reports.":
            "索引和检索政府信息公开工作年度报告。",
        "公开: a folder of 政府信息公开工作年度报告 in, answers out.": "公开：读入一个文件夹的政府信息公开工作年度报告，回答问题。",
        "Read files and folders into the index.": "把文件和文件夹读入索引。",
        "Files that stand as they stood are skipped, changed ones replaced, missing ones removed; what could not be read for a passing reason is tried again. A folder that is missing or empty as a whole may be a disk that is away: its reports stay, with exit code 2, until --remove-missing; so do those of an empty folder below it from which nothing was removed. Without an index, .gongkai is made in the working directory. Without paths those of the last run are read again.":
            "没有变化的文件略过，变化的替换，不见的移除；因一时原因未能读取的会重试。整个不见或变空的文件夹可能是没有挂载的磁盘：其报告保留，退出码为 2，直到使用 --remove-missing；其下没有移除过内容的空文件夹也是如此。还没有索引时，在当前目录建立 .gongkai。不给路径时，重新读取上次的。",
        "What --format json prints is one gongkai.index/1 object; with --diagnostics - standard output has JSON Lines alone, and the last line goes to standard error.":
            "--format json 输出一个 gongkai.index/1 对象；用 --diagnostics - 时，标准输出只有 JSON Lines，最后一行写到标准错误。",
        "Find passages and reports.": "查找段落和报告。",
        "Ask as a person would: words that name an agency, a place or a year of the index are looked for in the head of each report, the others in its text. Words are all required; \"…\" is exact, and text alone; -词 excludes; OR, NOT and brackets combine. Fields and statistics stand in the query or in flags. 'gongkai help query' has the whole language:":
            "像平常那样提问：指称索引中机关、地区或年份的词，在每份报告的机关、地区、年份中查找，其余的在正文中查找。所有词都要满足；“…”完全一致，且只作文字；-词 排除；OR、NOT 和括号组合。字段和统计项写在查询里或用选项给出。“gongkai help query”有全部语法：",
        "'gongkai fields' lists what can be compared. Exit code 1 means that nothing was found.":
            "“gongkai fields”列出可以比较的项目。退出码 1 表示没有找到。",
        "Show one report: head, tables, text, findings.": "显示一份报告：基本信息、表格、正文、识别情况。",
        "REPORT is an id, the beginning of one, or a file, which need not be in the index. With :LINE behind it the passage or the cell of that line is shown. Without REPORT the filters must leave one report.":
            "REPORT 是编号、编号的开头，或文件（不必在索引中）。后面加 :LINE（行号）时，显示该行的段落或数据。不给 REPORT 时，筛选条件必须只留下一份报告。",
        "Read files without an index and print their reports.": "不用索引，读取文件并输出其报告。",
        "On a terminal a line a report, otherwise JSON Lines: one gongkai.report/1 object a file.":
            "在终端上每份报告一行，否则为 JSON Lines：每个文件一个 gongkai.report/1 对象。",
        "Add up statistics and compute indicators over reports.": "汇总各报告的统计项，计算指标。",
        "A statistic is added up; an indicator is computed from the sums, so that the rate of a group is a ratio of sums. Each line tells how many reports it was made of, how many were blank, and what was left out. A blank is never 0.":
            "统计项相加；指标由合计算出，所以一组的比率是合计之比。每行说明由多少份报告得出、多少份空缺、略去了什么。空缺从不当作 0。",
        "Of two reports of one agency and year one is used; reports that say they are compiled from others are not added to these. 'gongkai fields' lists what can be asked. Exit code 1 means that no report was found.":
            "同一机关同一年的两份报告只用一份；自称汇总而成的报告不与其所含的相加。“gongkai fields”列出可以问的项目。退出码 1 表示没有找到报告。",
        "Show agencies or reports side by side.": "并列比较机关或报告。",
        "An agency is named by its name or a part that no other has; a report by its id, the beginning of its id, or its file. Agencies are compared in the last year of which all have a report, unless --year says otherwise. The last column tells how the second differs from the first: rates in percentage points, others also in per cent.":
            "机关用名称或独有的一部分指称；报告用编号、编号的开头或文件。各机关在都有报告的最后一年比较，除非用 --year 指定。最后一列是第二个与第一个的差：比率以百分点计，其他的也以百分比计。",
        "Exit code 1 means that there is no year of which all have a report.":
            "退出码 1 表示没有各方都有报告的年份。",
        "Prove the numbers: do the tables add up, do the years fit together?":
            "核对数字：表格是否平衡，各年是否衔接？",
        "What is judged, by rule:": "核对的内容，按规则：",
        "the sums within a report's tables": "一份报告各表之内的合计",
        "what one year leaves to an agency's next": "同一机关上年留给下年的数",
        "numbers in sentences against the cells": "文字中的数字与表格",
        "the fee of section 6 against the table": "第六部分的费用与表格",
        "a narrative about another year than the title": "文字所述年份与标题不同",
        "Each holds, fails, differs (which can have a reason), or is unknown because a cell is not known. Failures and differences are printed with both sides; --only prints another state. Without paths the reports of the index are checked.":
            "每条规则成立、不成立、不一致（可能有原因），或因有数据不明而无法判断。不成立和不一致的连同两边一起列出；--only 列出别的状态。不给路径时核对索引中的报告。",
        "What holds only because a blank was inferred is counted, and listed with --verbose. Exit code 1 means that something fails; a difference is no failure.":
            "只因推算了空白才成立的只计数，加 --verbose 时列出。退出码 1 表示有不成立的；不一致不算不成立。",
        "Show what the last run of index added, removed and changed, cell by cell.":
            "显示上次运行 index 增加、移除和改变了什么，逐格列出。",
        "Of a changed report the cells that differ are printed with both values and lines, the paragraphs that only one version has, and the checks that came out otherwise. The index remembers the last 50 runs that changed something; --runs lists them, --since prints all that changed after a run or from a day on. After a run that found nothing new there is nothing to print, and the exit code is 1.":
            "对改变了的报告，列出不同的数据（两个值和行号）、只在一个版本中有的段落，以及结果不同的核对。索引记得最近 50 次有变化的运行；--runs 列出它们，--since 列出某次运行之后或某天以来的全部变化。上次运行没有发现新内容时没有可列的，退出码为 1。",
        "--format atom is a feed of all runs that are remembered, for a feed reader that looks at the file; 'gongkai search --new' searches what the last run brought.":
            "--format atom 是所有记得的运行的订阅源，供订阅程序读取该文件；“gongkai search --new”检索上次运行带来的内容。",
        "List reports that are in the index more than once, and which of them counts.":
            "列出在索引中不止一份的报告，以及以哪一份为准。",
        "A report is a duplicate when it has the cells and nine tenths of the text of another on the same year, whatever its encoding, script, format or place; reports of one agency on one year that differ are versions, printed with the cells that differ. The file that changed last counts (of the same reports the one with the most cells), or the one that --prefer names. Files with the same bytes are one report and are not listed.":
            "一份报告与同一年的另一份数据相同、正文十分之九相同时就是重复，不论编码、简繁、格式或位置；同一机关同一年内容不同的报告是不同版本，连同不同的数据一起列出。以最后改动的文件为准（相同的报告以数据最多的为准），或以 --prefer 指定的为准。字节相同的文件是一份报告，不列出。",
        "Exit code 1 means that no report is there twice.": "退出码 1 表示没有重复的报告。",
        "List pairs of reports of which one has much of the other's text.":
            "列出一份报告大量沿用另一份文字的各对报告。",
        "Compared are an agency's report with that of the year before, and reports of different agencies on the same year or one beside it. Text that many agencies have, such as the law and the form, is set aside: the share is that of a report's own text, numbers aside. Reports that 'duplicates' leaves out are not compared. --show prints the passages of both side by side, with what they share marked.":
            "比较的是同一机关与上一年的报告，以及不同机关同一年或相邻年份的报告。许多机关共有的文字（如法条和表格说明）不计：比例是占报告自有文字的比例，数字不论。“duplicates”不计入的报告不参加比较。--show 并列两份报告的段落，标出相同之处。",
        "The filters are for one report of a pair at least. Exit code 1 means that no pair shares as much.":
            "筛选条件至少有一份报告满足即可。退出码 1 表示没有达到这一比例的报告。",
        "List passages that share text word for word with a report or a passage.":
            "列出与一份报告或一个段落逐字相同的段落。",
        "REPORT is an id, the beginning of one, or a file of the index; with :LINE only the passage that holds this line is looked at. Text is compared folded, so that a report in traditional characters is found beside the same in simplified ones.":
            "REPORT 是编号、编号的开头，或索引中的文件；加 :LINE（行号）时只看含有该行的段落。文字归一后比较，所以繁体报告能与相同的简体报告对上。",
        "With filters only reports that they leave are compared. Exit code 1 means that nothing is shared.":
            "有筛选条件时，只与留下的报告比较。退出码 1 表示没有相同的文字。",
        "List what a query can ask for.": "列出查询可以问的项目。",
        "Every field, statistic and indicator with its key, Chinese names, unit, an example, and what an indicator is computed from.":
            "每个字段、统计项和指标的键名、中文名、单位、例子，以及指标由什么算出。",
        "List the agencies with their years and gaps.": "列出机关及其年份和缺报。",
        "A year is missing between years that an agency has, and after its last one up to the newest of the index, where most agencies have a report of that; filters make none missing. Several reports of an agency on one year count once; the others are under duplicates.":
            "机关已有的年份之间缺的算缺报；多数机关已有索引中最新一年的报告时，该机关最后一年之后直到最新一年也算缺报；筛选条件不会造成缺报。同一机关同一年有几份报告时只计一份，其余列在 duplicates 之下。",
        "List the years with their reports and gaps.": "列出年份及其报告和缺报。",
        "New are agencies without an earlier report, missing those whose series has a gap there; 'gongkai agencies --missing' names them. Several reports of an agency on one year count once; the others are under duplicates.":
            "“新”是没有更早报告的机关，“缺”是该年缺报的机关；“gongkai agencies --missing”列出其名称。同一机关同一年有几份报告时只计一份，其余列在 duplicates 之下。",
        "Write reports, statistics or hits as CSV, XLSX, SQLite, a data package or Xapian databases.":
            "把报告、统计数据或命中写成 CSV、XLSX、SQLite、数据包或 Xapian 数据库。",
        "With --to xapian reports and their passages go into a folder of plain Xapian databases, which every program of Xapian asks, and 'gongkai search --index HOST:PORT' where xapian-tcpsrv serves them. A second export writes what changed, and removes what the index or the filters no longer have.":
            "加 --to xapian 时，报告及其段落写入一个存放普通 Xapian 数据库的文件夹，任何使用 Xapian 的程序都能查询；由 xapian-tcpsrv 提供服务时，可用“gongkai search --index 主机:端口”检索。再次导出时只写有变化的，并移除索引或筛选条件不再包含的。",
        "Reports are a row each, with the statistics that --fields names; as JSON Lines they are whole, as 'gongkai parse' prints them. Statistics are a row a cell, with its raw text and line, hits a row a passage, never of a relaxed question. An SQLite file has reports, cells, checks and the text, which Datasette searches; a file of the name datapackage.json has CSV files beside it, of which it tells types, units and SHA-256. An .xlsx file has a sheet a table, numbers as numbers, with the file and line of each cell. CSV in a file begins with the mark by which spreadsheets know UTF-8. A cell that a spreadsheet would take for a formula has an apostrophe before it in CSV and TSV.":
            "报告每份一行，带有 --fields 指定的统计项；写成 JSON Lines 时是完整的，与“gongkai parse”的输出相同。统计数据每格一行，带有原文和行号；命中每个段落一行，从不含放宽条件的结果。SQLite 文件有报告、数据、核对和正文，可用 Datasette 检索；名为 datapackage.json 的文件旁边有 CSV 文件，并说明其类型、单位和 SHA-256。.xlsx 文件每张表一个工作表，数字就是数字，每格带有文件和行号。写入文件的 CSV 以电子表格识别 UTF-8 的标记开头。在 CSV 和 TSV 中，电子表格会当作公式的单元格前加撇号。",
        "Show the index in a browser on this machine.": "在本机的浏览器中查看索引。",
        "Prints the address as the first line: open it in a browser. It holds the key to the page; the browser keeps it, and addresses that were kept work after a restart. Search, filters, reports with their tables and sums, statistics with charts, downloads; every page is also there as .json and .csv. Only this machine may ask, unless --listen names an address.":
            "第一行输出网址：用浏览器打开。网址含有页面的密钥；浏览器会记住，保存的网址在重启后仍然有效。可以检索、筛选、查看报告及其表格与合计、看统计和图表、下载；每个页面也有 .json 和 .csv。只有本机可以访问，除非用 --listen 指定地址。",
        "The program that serves is gongkai-serve, beside this one; Scripts/serve builds it.":
            "提供服务的程序是同一目录下的 gongkai-serve；可用 Scripts/serve 构建。",
        "Write reports as a static site.": "把报告写成静态网站。",
        "Writes pages into a new or empty folder: opened from the disk or put on any web server, they need nothing else. Lists, reports and statistics work without script; the search, of exact text, needs it. The filters choose the reports.":
            "在新的或空的文件夹中写入网页：从磁盘打开或放到任何网站服务器上都可以，不需要别的。列表、报告和统计不用脚本；检索（完全一致的文字）需要脚本。筛选条件选择报告。",
        "Show how a text is normalised, cut and looked up.": "显示一段文字如何归一、切分和查找。",
        "Show what the index holds: size, counts, schema.": "显示索引的内容：大小、数量、格式版本。",
        "Read the whole index and compare it with its checksums.": "读取整个索引，与校验和比较。",
        "Every changed, missing, added or cut file is named, and the command that mends it. Exit code 0 when all is as it was written, 3 otherwise.":
            "列出每个改变、缺失、多余或截断的文件，以及修复的命令。全部与写入时一致时退出码为 0，否则为 3。",
        "Make the index one segment, without what was replaced or removed.":
            "把索引合为一个分段，去掉被替换或移除的内容。",
        "'gongkai index' merges small segments by itself; this does it all at once. Searches go on meanwhile. It needs as much free room as the index takes.":
            "“gongkai index”会自行合并小的分段；本命令一次全部合并。其间可以照常检索。需要与索引一样大的空余空间。",
        "Print a shell's completion script.": "输出命令行补全脚本。",
        "The script completes commands and flags, and asks gongkai itself for fields and for the agencies, regions, years and sections of the index.":
            "脚本补全命令和选项，并向 gongkai 询问字段，以及索引中的机关、地区、年份和章节。",
        "Print the manual page, or that of one command.": "输出手册页，或某个命令的手册页。",
        "The page has the texts of --help, in roff.": "手册页的内容与 --help 相同，格式为 roff。",
    ]
}
