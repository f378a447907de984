/// The look of `report.html`, on a screen and on A4.
///
/// System fonts only: an office machine has no network. Every text has a contrast of 4.5 or more, and
/// no meaning is carried by colour alone.
enum StyleSheet {
  /// The style sheet; `pageHead` stands on top of every printed page.
  static func text(pageHead: String) -> String {
    // Only letters that can end neither the string nor the style sheet.
    let head = pageHead.unicodeScalars.filter {
      ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
        || [" ", "-", "."].contains($0)
    }.map(String.init).joined()
    return screen + print.split(separator: "PAGE-HEAD").joined(separator: head)
  }

  private static let screen = """

    :root {
      --ink: #1c2530; --soft: #525e6b; --line: #d4dae0; --wash: #f4f6f8;
      --accent: #1f4f82; --good: #176043; --bad: #98231d; --warn: #7a4d00;
      color-scheme: light;
    }
    * { box-sizing: border-box; }
    html { font-size: 16px; -webkit-text-size-adjust: 100%; }
    body {
      margin: 0 auto; padding: 3rem 1.5rem 5rem; max-width: 60rem; color: var(--ink);
      background: #fff; line-height: 1.75;
      font-family: "Hiragino Sans", "Yu Gothic", YuGothic, "游ゴシック", Meiryo, "Noto Sans CJK JP",
        "Noto Sans JP", "MS PGothic", sans-serif;
      font-feature-settings: "palt" 0; overflow-wrap: anywhere;
    }
    :lang(en) body, html:lang(en) body {
      font-family: "Segoe UI", "Helvetica Neue", "Noto Sans", Arial, "Yu Gothic", Meiryo,
        "Noto Sans CJK JP", sans-serif;
      line-height: 1.6;
    }
    p { margin: 0 0 .75rem; }
    h1 { font-size: 2rem; line-height: 1.35; margin: 0 0 1.5rem; letter-spacing: .01em; }
    h2 {
      font-size: 1.25rem; line-height: 1.4; margin: 0 0 1.25rem; padding-top: .9rem;
      border-top: 2px solid var(--ink);
    }
    h3 { font-size: 1rem; line-height: 1.5; margin: 0 0 .5rem; }
    section { margin-top: 3.5rem; }
    header .kind { color: var(--soft); font-size: .875rem; letter-spacing: .12em; margin: 0 0 .5rem; }
    .facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.5rem; margin: 0; }
    .facts dt { color: var(--soft); font-size: .875rem; line-height: 1.9; }
    .facts dd { margin: 0; }
    .warning {
      margin: 1.5rem 0 0; padding: .9rem 1.1rem; border: 2px solid var(--warn); color: #5c3a00;
      background: #fff8e8; font-weight: 700; border-radius: 4px;
    }
    .lead { font-size: 1.375rem; line-height: 1.65; font-weight: 700; margin: 0 0 1rem; }
    .lead + .lead { margin-top: -.25rem; }
    .cards {
      display: grid; gap: 1rem; margin-top: 1.5rem;
      grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr));
    }
    .cards.wide { grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
    .card { border: 1px solid var(--line); border-radius: 6px; padding: 1.25rem 1.25rem 1rem; }
    .card p { font-size: .9375rem; }
    .card h3 { font-size: 1.125rem; }
    .card-outcome { color: var(--soft); margin: 0; }
    .verdict-card { border-top: 4px solid var(--soft); }
    .verdict-card.good { border-top-color: var(--good); }
    .verdict-card.bad { border-top-color: var(--bad); }
    .card .badge {
      display: inline-flex; align-items: center; gap: .5rem; padding: .1rem .8rem .1rem .25rem;
      border: 1.5px solid currentColor; border-radius: 2rem; font-weight: 700; color: var(--soft);
    }
    .badge .symbol {
      display: inline-grid; place-items: center; width: 1.5rem; height: 1.5rem; border-radius: 50%;
      color: #fff; background: var(--soft); line-height: 1; font-size: .875rem;
    }
    .good .badge { color: var(--good); }
    .good .symbol { background: var(--good); }
    .bad .badge { color: var(--bad); }
    .bad .symbol { background: var(--bad); }
    .remarks { margin: 0; padding: .6rem 0 0; border-top: 1px solid var(--line); list-style: none; }
    .remarks li { color: var(--soft); font-size: .8125rem; line-height: 1.65; margin-bottom: .3rem; }
    .term {
      color: var(--soft); margin: .9rem 0 .15rem; letter-spacing: .06em;
    }
    .card .term { font-size: .8125rem; }
    .levers { display: flex; flex-wrap: wrap; gap: .35rem; }
    .levers span { border: 1px solid var(--soft); border-radius: 3px; padding: 0 .5rem; }
    .card .levers { font-size: .8125rem; }
    blockquote { margin: 0; padding: .8rem 1rem; background: var(--wash); border-radius: 4px; }
    blockquote p { margin: 0; white-space: pre-line; }
    .card .facts-line { color: var(--soft); font-size: .8125rem; margin: .75rem 0 0; }
    figure { margin: 0 0 2.75rem; }
    figcaption { font-weight: 700; margin-bottom: .75rem; }
    .chart { overflow-x: auto; }
    svg { display: block; width: 100%; min-width: 34rem; height: auto; font-size: 13px; }
    svg text { fill: var(--ink); }
    svg .strong { font-weight: 700; }
    svg .tick, svg .axis-title { fill: var(--soft); font-size: 12px; }
    svg .value { font-variant-numeric: tabular-nums; font-size: 12.5px; }
    svg .grid { stroke: #e4e8ec; stroke-width: 1; }
    svg .zero { stroke: var(--ink); stroke-width: 1.25; }
    svg .reference { stroke: var(--soft); stroke-width: 1.25; stroke-dasharray: 4 4; }
    svg .whisker { stroke: var(--accent); stroke-width: 2; }
    svg .arrow { fill: var(--accent); }
    svg .point { fill: var(--accent); stroke: var(--accent); stroke-width: 2; }
    svg .hollow { fill: #fff; }
    svg .dashed { stroke-dasharray: 6 4; }
    svg .band { fill: #f4f5f6; }
    svg .hatch { stroke: #d3d8dd; stroke-width: 1; }
    svg .track { fill: #edf0f3; }
    svg .bar { fill: #5b80a8; }
    svg .curve { fill: none; stroke: var(--accent); stroke-width: 2; }
    svg .dash-0 { stroke: var(--ink); }
    svg .dash-1 { stroke-dasharray: 8 3; }
    svg .dash-2 { stroke-dasharray: 2 3; }
    svg .dash-3 { stroke-dasharray: 10 3 2 3; }
    svg .person { fill: #fff; stroke: #9aa5b1; stroke-width: 1.25; }
    svg .box { fill: #fff; stroke: var(--ink); stroke-width: 1.25; }
    svg .flow { stroke: var(--ink); stroke-width: 1.25; }
    svg .level { stroke: var(--ink); stroke-width: 2; stroke-dasharray: 3 2; }
    .chart-note { color: var(--soft); font-size: .8125rem; margin: .5rem 0 0; }
    details { margin-top: .75rem; }
    summary { color: var(--accent); cursor: pointer; font-size: .875rem; }
    .block { margin: 0 0 2.25rem; }
    .scroll { overflow-x: auto; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
    @media screen { table { overflow-wrap: break-word; } }
    table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.5; }
    caption { text-align: left; font-weight: 700; font-size: .9375rem; padding: .5rem 0 .6rem; }
    th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; }
    thead th {
      border-top: 1.5px solid var(--ink); border-bottom: 1px solid var(--ink); color: var(--soft);
      font-weight: 700; white-space: nowrap; vertical-align: bottom;
    }
    .sort {
      all: unset; cursor: pointer; font: inherit; color: inherit;
      text-decoration: underline dotted; text-underline-offset: .25em;
    }
    .sort:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
    [aria-sort=ascending] .sort::after { content: " ↑"; }
    [aria-sort=descending] .sort::after { content: " ↓"; }
    tbody th { font-weight: 700; min-width: 4.5rem; }
    @media screen { tbody th { min-width: 7.5rem; } }
    tbody tr > * { border-bottom: 1px solid var(--line); }
    tbody tr:last-child > * { border-bottom: 1.5px solid var(--ink); }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    td.number, .mark { white-space: nowrap; }
    .notes { margin: .6rem 0 0; padding-left: 1.2rem; color: var(--soft); font-size: .8125rem; }
    .checks-list { list-style: none; margin: 0; padding: 0; }
    .checks-list li {
      display: grid; grid-template-columns: 6rem 1fr; gap: 0 1rem; padding: .8rem 0;
      border-bottom: 1px solid var(--line);
    }
    .checks-list p { margin: 0; font-size: .9375rem; }
    .checks-list h3 { margin: 0 0 .15rem; }
    .status {
      justify-self: start; align-self: start; font-size: .875rem; line-height: 1.5;
      padding: .05rem .7rem; border: 1.5px solid currentColor; border-radius: 3px;
    }
    .pass .status { color: var(--good); }
    .warn .status { color: var(--warn); border-style: dashed; }
    .fail .status { color: #fff; background: var(--bad); border-color: var(--bad); }
    .definitions { margin: 0 0 1.75rem; font-size: .875rem; line-height: 1.7; }
    .definitions dt { font-weight: 700; }
    .definitions dd { margin: 0 0 .6rem; overflow-wrap: anywhere; }
    .method ul { font-size: .8125rem; padding-left: 1.2rem; color: var(--soft); }
    @media (min-width: 44rem) {
      .definitions > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1.5rem; }
    }
    @media (max-width: 30rem) {
      body { padding: 1.5rem 1rem 3rem; }
      h1 { font-size: 1.5rem; }
      .lead { font-size: 1.125rem; }
    }

    """

  private static let print = """
    @page {
      size: A4 portrait; margin: 17mm 16mm 16mm;
      @top-left { content: "PAGE-HEAD"; font: 8pt sans-serif; color: #525e6b; }
      @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #525e6b; }
    }
    @media print {
      html { font-size: 9.5pt; }
      body { padding: 0; max-width: none; line-height: 1.55; }
      /* Running text in Mincho and headings in Gothic, as printed in Japanese offices. */
      :lang(ja) p, :lang(ja) dd, :lang(ja) li {
        font-family: "Hiragino Mincho ProN", "Yu Mincho", YuMincho, "游明朝", "MS Mincho",
          "Noto Serif CJK JP", serif;
      }
      :lang(ja) .lead, :lang(ja) .badge, :lang(ja) .warning {
        font-family: inherit;
      }
      section { margin-top: 1.25rem; }
      /* The first page is the summary: what was found, and how sure it is. */
      section.certainty + section { break-before: page; }
      h1 { font-size: 17pt; margin-bottom: .75rem; }
      h2 { font-size: 12pt; margin-bottom: .7rem; padding-top: .5rem; break-after: avoid; }
      h3, figcaption, caption, section > p { break-after: avoid; }
      header .kind { margin-bottom: .25rem; }
      .facts { gap: 0 1.25rem; }
      .warning { margin-top: .75rem; padding: .5rem .8rem; }
      .lead { font-size: 12.5pt; line-height: 1.5; margin-bottom: .5rem; }
      p { orphans: 3; widows: 3; margin-bottom: .4rem; }
      figure, .card, tr, table, .warning, .checks-list li { break-inside: avoid; }
      .method li { break-inside: avoid; }
      .cards { grid-template-columns: repeat(auto-fit, minmax(4.2cm, 1fr)); gap: .7rem; margin-top: .7rem; }
      .cards.wide { grid-template-columns: repeat(2, 1fr); }
      .card { padding: .7rem .8rem .5rem; }
      .card p { font-size: 8.5pt; line-height: 1.5; margin-bottom: .3rem; }
      .card h3 { font-size: 10.5pt; margin-bottom: .3rem; }
      .remarks { padding-top: .4rem; }
      .remarks li, .notes, .chart-note, .method ul { font-size: 8pt; line-height: 1.5; }
      blockquote { padding: .5rem .7rem; }
      .term { margin-top: .5rem; }
      figure { margin-bottom: 1.25rem; }
      .scroll, .chart { overflow: visible; }
      svg { min-width: 0; max-width: 14cm; }
      details { display: none; }
      table { font-size: 8pt; }
      thead { display: table-header-group; }
      th, td { padding: .22rem .4rem; }
      td.number, thead th { white-space: normal; }
      .sort { text-decoration: none; }
      .block { margin-bottom: 1rem; }
      .checks-list li { padding: .4rem 0; }
      .definitions, .checks-list p { font-size: 8.5pt; line-height: 1.5; }
      .definitions { margin-bottom: 1rem; }
      .definitions > div { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0 1rem; break-inside: avoid; }
      .definitions dd { margin-bottom: .35rem; }
    }

    """
}
