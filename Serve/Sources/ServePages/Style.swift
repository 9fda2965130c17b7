/// How the pages look: system fonts, light and dark, 320 pixels to wide, print.
enum Style {
    static let sheet = """
        :root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --faint: #595959;
          --line: #767676; --link: #0b57a4; --mark: #ffe58a; --good: #17632a; --bad: #a8071a;
          --band: #f3f4f6 }
        @media (prefers-color-scheme: dark) { :root { --ink: #ececec; --paper: #16181c;
          --faint: #b0b5bd; --line: #8a9099; --link: #8ec5ff; --mark: #6b5300; --good: #7fd494;
          --bad: #ff9c9c; --band: #22262c } }
        * { box-sizing: border-box }
        html { font: 100%/1.7 system-ui, "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC",
          "Microsoft YaHei", sans-serif; background: var(--paper); color: var(--ink);
          text-size-adjust: 100% }
        body { margin: 0 auto; max-width: 72rem; padding: 0 1rem }
        [lang|=zh] { line-break: strict; overflow-wrap: anywhere }
        a { color: var(--link); text-underline-offset: .15em }
        a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible,
        summary:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--link);
          outline-offset: 2px }
        .skip { position: absolute; left: -999rem }
        .skip:focus { left: 1rem; background: var(--paper) }
        header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: baseline;
          justify-content: space-between; border-bottom: 1px solid var(--line); padding: .5rem 0 }
        nav ul, .row { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; list-style: none;
          margin: 0; padding: 0 }
        nav a, .row a, .language, .sections a { display: inline-block; padding: .2rem 0;
          min-height: 1.6rem }
        [aria-current] { font-weight: bold }
        h1 { font-size: 1.5rem; line-height: 1.3; overflow-wrap: anywhere }
        h2 { font-size: 1.15rem; margin: 1.5rem 0 .4rem }
        h3, h4 { margin: 1.2rem 0 .3rem; font-size: 1rem }
        form { background: var(--band); padding: .8rem; border-radius: .4rem }
        .ask { display: flex; gap: .5rem; margin: .3rem 0 .6rem }
        .ask input { flex: 1; min-width: 0 }
        input, select, button { font: inherit; color: inherit; background: var(--paper);
          border: 1px solid var(--line); border-radius: .3rem; padding: .3rem .5rem;
          max-width: 100% }
        button { cursor: pointer; padding: .3rem 1rem }
        .choices, fieldset { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem;
          align-items: baseline }
        fieldset { border: 1px solid var(--line); border-radius: .3rem; margin: 0 0 .6rem }
        .counts { font-weight: bold }
        .note { border-left: 4px solid var(--line); padding-left: .6rem; margin: .4rem 0 }
        .problem { border-left: 4px solid var(--bad); padding-left: .6rem; white-space: pre-wrap }
        .chosen a { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem }
        .found { display: grid; gap: 1rem 2rem; grid-template-columns: minmax(0, 1fr) }
        @media (min-width: 56rem) { .found { grid-template-columns: minmax(0, 1fr) 18rem } }
        .hits { padding-left: 2.2rem }
        .hits > li { margin: 0 0 1.2rem }
        .hits h2 { margin: 0; font-size: 1rem }
        .hits p { margin: .2rem 0 }
        .relaxed { border-left: 4px dotted var(--line); padding-left: .6rem }
        mark { background: var(--mark); color: inherit; padding: 0 }
        .source, .line, .faint, footer { color: var(--faint); font-size: .875rem }
        .file { overflow-wrap: anywhere }
        .line { margin-left: .3rem }
        .table { overflow-x: auto; margin: 1rem 0 }
        table { border-collapse: collapse; font-size: .9rem }
        aside table { width: 100%; margin: 0 0 1rem }
        caption { text-align: left; font-weight: bold; padding: .2rem 0 }
        th, td { border-bottom: 1px solid var(--line); padding: .25rem .6rem; text-align: left;
          vertical-align: top; font-weight: normal }
        thead th { font-weight: bold }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
        .hidden { position: absolute; left: -999rem }
        meter { width: 5rem }
        .holds { color: var(--good) }
        .fails, .differs { color: var(--bad); font-weight: bold }
        dl.head { display: grid; gap: .2rem 1rem; margin: 0 }
        dl.head div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: 1rem }
        dt { color: var(--faint) }
        dd { margin: 0; overflow-wrap: anywhere }
        figure { margin: 1rem 0; background: #fff; color: #000; overflow-x: auto }
        figure svg { max-width: 100%; height: auto }
        blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 2px solid var(--line) }
        summary { cursor: pointer; padding: .2rem 0 }
        :target { background: var(--mark) }
        @media (max-width: 30rem) { dl.head div { grid-template-columns: 1fr; gap: 0 } }
        @media print { header, form, aside, .downloads, nav, footer { display: none }
          body { max-width: none } a { color: inherit; text-decoration: none } }

        """
}
