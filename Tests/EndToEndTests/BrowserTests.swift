import Foundation
import TestSupport
import Testing

/// Reports in a real browser: what it complains of, what it asks the network for, and whether everybody can read the page.
@Suite(
  "Reports in Chromium",
  .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/chromium")),
  .serialized)
struct BrowserTests {
  /// What the page's own rules found: each a line; and how many resources were asked for.
  private struct Findings {
    var faults: [String]
    var resources: Int
    var console: [String]
  }

  /// Runs in the page after it has loaded, and writes what it found where the dump can show it.
  private static let rules = """
    (() => {
      const faults = [];
      const say = (rule, element) => faults.push(rule + ': ' + (element ? element.outerHTML.slice(0, 90) : ''));
      if (!['ja', 'en'].includes(document.documentElement.lang)) say('lang', document.documentElement);
      if (!document.title.trim()) say('title');
      const h1 = document.querySelectorAll('h1');
      if (h1.length !== 1) say('one h1, not ' + h1.length);
      let last = 0;
      for (const heading of document.querySelectorAll('h1,h2,h3,h4')) {
        const level = Number(heading.tagName[1]);
        if (level > last + 1) say('heading level skipped', heading);
        if (!heading.textContent.trim()) say('empty heading', heading);
        last = level;
      }
      for (const table of document.querySelectorAll('table')) {
        if (!table.caption || !table.caption.textContent.trim()) say('table without caption', table);
        for (const th of table.querySelectorAll('th'))
          if (!['col', 'row'].includes(th.scope)) say('th without scope', th);
      }
      for (const svg of document.querySelectorAll('svg')) {
        const ids = (svg.getAttribute('aria-labelledby') || '').split(' ');
        const named = ids.filter(id => (document.getElementById(id) || {textContent: ''}).textContent.trim());
        if (svg.getAttribute('role') !== 'img' || named.length < 2) say('svg without name', svg);
        const box = svg.viewBox.baseVal;
        for (const text of svg.querySelectorAll('text')) {
          const b = text.getBBox();
          if (b.width > 0 && (b.x < -1 || b.x + b.width > box.width + 1 || b.y < -1 || b.y + b.height > box.height + 1))
            say('clipped label ' + [b.x, b.y, b.width, b.height].map(Math.round), text);
        }
        const labels = [...svg.querySelectorAll('text')].map(t => [t, t.getBBox()]).filter(([, b]) => b.width > 0);
        for (let i = 0; i < labels.length; i++) for (let j = i + 1; j < labels.length; j++) {
          const [a, b] = [labels[i][1], labels[j][1]];
          if (a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height)
            say('labels overlap', labels[j][0]);
        }
      }
      const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
      ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => say('id twice ' + id));
      const luminance = c => {
        const [r, g, b] = c.match(/[0-9.]+/g).slice(0, 3).map(v => v / 255)
          .map(v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const background = e => {
        for (; e; e = e.parentElement) {
          const c = getComputedStyle(e).backgroundColor;
          if (c && !c.startsWith('rgba(0, 0, 0, 0')) return c;
        }
        return 'rgb(255, 255, 255)';
      };
      for (const e of document.querySelectorAll('body *')) {
        const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        if (!own || !e.checkVisibility()) continue;
        const inSVG = e.namespaceURI.endsWith('svg');
        if (inSVG && e.tagName !== 'text') continue;
        const style = getComputedStyle(e);
        const [a, b] = [luminance(inSVG ? style.fill : style.color), luminance(background(e))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < 4.5) say('contrast ' + ratio.toFixed(2), e);
      }
      if (document.documentElement.scrollWidth > innerWidth + 1) say('the page scrolls sideways');
      const button = document.querySelector('td.number, th.number') && [...document.querySelectorAll('th.number button.sort')].pop();
      if (button) {
        const head = button.closest('th');
        const read = () => [...head.closest('table').tBodies[0].rows]
          .map(row => parseFloat(row.cells[head.cellIndex].textContent.replace(/,/g, '').replace(String.fromCharCode(8722), '-')))
          .filter(value => !isNaN(value));
        for (const [order, sign] of [['ascending', 1], ['descending', -1]]) {
          button.click();
          const values = read();
          if (head.getAttribute('aria-sort') !== order) say('sort is not said', head);
          if (values.some((value, i) => i > 0 && sign * (value - values[i - 1]) < 0)) say('not sorted ' + order, head);
        }
      }
      const out = document.createElement('pre');
      out.id = 'findings';
      out.textContent = JSON.stringify({faults, resources: performance.getEntriesByType('resource').length});
      document.body.appendChild(out);
    })();
    """

  private static func open(_ html: String, width: Int) throws -> Findings {
    let folder = try TemporaryFolder()
    let page = html.replacing(
      "</body>", with: "<script>\(rules)</script></body>", maxReplacements: 1)
    let file = try folder.file(named: "page.html", page)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/chromium")
    process.arguments = [
      "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0",
      "--host-resolver-rules=MAP * ~NOTFOUND", "--window-size=\(width),1200",
      "--user-data-dir=\(folder.url.path)/profile", "--virtual-time-budget=4000", "--dump-dom",
      file.absoluteString,
    ]
    let (output, errors) = (Pipe(), folder.url.appending(path: "errors.txt"))
    try Data().write(to: errors)
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let dom = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let start = try #require(dom.range(of: "<pre id=\"findings\">"), "the rules did not run")
    let end = try #require(dom.range(of: "</pre>", range: start.upperBound..<dom.endIndex))
    let json = dom[start.upperBound..<end.lowerBound]
      .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&amp;", with: "&")
    struct Found: Decodable {
      var faults: [String]
      var resources: Int
    }
    let found = try JSONDecoder().decode(Found.self, from: Data(json.utf8))
    let console = try String(contentsOf: errors, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains("CONSOLE") }.map(String.init)
    return Findings(faults: found.faults, resources: found.resources, console: console)
  }

  @Test(
    "no complaint, no network, nothing clipped, overlapping or faint, at the width of a desk and of a telephone",
    arguments: [
      "hokkaido-jobcafe", "published/ggl-social-pressure", "published/tanf-letters",
      "published/kamakura-survey", "published/tsukuba-envelope", "kobe-outreach",
      "kochi-peer", "niigata-outreach", "ota-survey", "tochigi-seminar", "tottori-shokuba",
      "gunma-mensetsukai", "hyogo-kigyo", "yamanashi-webad", "hokkaido-workshop", "yamanashi-line",
      "hokkaido-municipalities",
    ], ["ja", "en"])
  func reports(trial: String, language: String) throws {
    let folder = try TemporaryFolder()
    let out = folder.url.appending(path: "out").path
    let run = try CommandLineTool.run(
      "analyze", "experiments/\(trial)", "--out", out, "--lang", language)
    #expect(run.status < 2)
    let html = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
    for width in [1280, 500] {
      let found = try Self.open(html, width: width)
      #expect(found.faults.isEmpty, "\(width): \(found.faults.prefix(5))")
      #expect(found.resources == 0 && found.console.isEmpty, "\(found.console)")
    }
  }

  /// Times to an event, arms of long and hostile names, clusters, and looks: what the examples do not have.
  @Test(
    "other kinds of trial are as sound",
    arguments: [
      ("unit: row", "kind: time_to_event, column: days, event: placed, horizon: 180", ""),
      (
        "unit: row", "kind: continuous, column: days",
        "assignment: {method: clustered, clusters: office}"
      ),
      (
        "unit: row", "kind: binary, column: placed, worthwhile: 0.05",
        "analysis: {looks: {at: [0.5, 1]}}"
      ),
    ], ["ja", "en"])
  func kinds(trial: (unit: String, outcome: String, more: String), language: String) throws {
    let folder = try TemporaryFolder()
    let assignment = trial.more.hasPrefix("assignment") ? "" : "assignment: {method: complete}"
    let long = String(repeating: "とても長い名前の案内文", count: 6)
    try folder.file(
      named: "trial.yml",
      """
      nudge: 1
      trial: kinds
      title: "<script>alert(1)</script> と \u{202E}さかさ"
      arms:
        - {id: control, name: 現行, control: true, message: "=cmd|' /C calc'!A0"}
        - {id: long, name: "\(long)"}
        - {id: tag, name: '<b onload=x>太字</b> & "引用"'}
      \(trial.unit)
      \(assignment)
      outcomes: [{id: o, name: 就職, role: primary, \(trial.outcome)}]
      \(trial.more)
      data: {file: data.csv}
      """)
    var rows = "arm,office,days,placed\n"
    for unit in 0..<360 {
      let arm = ["control", "long", "tag"][unit / 4 % 3]
      // A spread that is the same on every machine.
      let days = 5 + (unit * 37) % 190 - (arm == "long" ? 4 : 0)
      rows += "\(arm),o\(unit / 4),\(days),\(days < 170 && unit % 5 > 0 ? 1 : 0)\n"
    }
    try folder.file(named: "data.csv", rows)
    let out = folder.url.appending(path: "out").path
    let run = try CommandLineTool.run("analyze", folder.url.path, "--out", out, "--lang", language)
    #expect(run.status < 2, "\(run.errors)")
    let html = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
    if trial.outcome.hasPrefix("kind: time") { #expect(html.contains("<polyline")) }
    for width in [1280, 500] {
      let found = try Self.open(html, width: width)
      #expect(found.faults.isEmpty, "\(width): \(found.faults.prefix(5))")
      #expect(found.resources == 0 && found.console.isEmpty, "\(found.console)")
    }
  }

  @Test("the rules can fail: each of these pages breaks one")
  func rulesBite() throws {
    func faults(_ body: String, lang: String = "ja") throws -> [String] {
      try Self.open(
        "<!DOCTYPE html><html lang=\"\(lang)\"><head><title>t</title></head><body><h1>a</h1>\(body)</body></html>",
        width: 800
      ).faults
    }
    #expect(try faults("").isEmpty)
    #expect(try faults("", lang: "x").contains { $0.hasPrefix("lang") })
    #expect(try faults("<h3>b</h3>").contains { $0.hasPrefix("heading level") })
    #expect(
      try faults("<table><caption>c</caption><tr><th>x</th></tr></table>").contains {
        $0.hasPrefix("th without scope")
      })
    #expect(try faults("<p style=\"color:#999\">faint</p>").contains { $0.hasPrefix("contrast") })
    #expect(try faults("<svg viewBox=\"0 0 9 9\"></svg>").contains { $0.hasPrefix("svg without") })
    #expect(
      try faults("<div style=\"width:3000px\">wide</div>").contains { $0.contains("sideways") })
    #expect(
      try Self.open(
        "<!DOCTYPE html><html lang=\"ja\"><head><title>t</title></head><body><h1>a</h1><script>console.error('x')</script></body></html>",
        width: 800
      ).console.count == 1)
  }
}
