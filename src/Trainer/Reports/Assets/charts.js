// charts.js: curves with bands, drawn by uPlot from a plain object, with what uPlot leaves to its host: a legend of real
// buttons with the values at the cursor, zoom and cursor by keyboard, a table of the numbers, light and dark, print.
//
//   const chart = TrainerCharts.mount(element, spec);    chart.update(spec); chart.destroy();
//   TrainerCharts.mountWhenSeen(document);                every figure with data-chart="ID", from the JSON in the script element ID
//
// spec: {
//   title, xLabel, yLabel,
//   format: "percent" | "loss" | "number",     how values are written; a fraction 0..1 for percent
//   sync: "epochs",                            charts of one name share cursor, zoom, and what is shown
//   from: 1,                                   where the x axis begins before anybody zooms; may be left out
//   x: [0, 1, 2],
//   series: [{ label, colour: 0..5, dash: 0..2, n, hidden: false,
//              mean: [..], sd: [..] or null,
//              runs: [{ label: "seed 1", y: [..] }] }]      each list as long as x, null where nothing was measured
// }
"use strict";

const TrainerCharts = (() => {
  const { colours, dashes, withSpread, element, button } = ChartParts;
  const crowd = 8; // from so many series on only the first are shown at first
  const groups = new Map();
  const charts = ChartPlot.all;

  // ---- what charts of one name share ------------------------------------------------------------------------------

  function groupOf(name) {
    const key = name ?? Symbol("alone");
    if (!groups.has(key)) {
      groups.set(key, { charts: new Set(), shown: new Map(), bands: true, runs: false, range: null });
    }
    return groups.get(key);
  }

  // ---- one chart --------------------------------------------------------------------------------------------------

  class Chart extends ChartPlot {
    constructor(host, spec) {
      super();
      this.host = host;
      this.group = groupOf(spec.sync);
      this.build(spec);
      this.update(spec);
      this.group.charts.add(this);
      charts.add(this);
      this.resizing = new ResizeObserver(() => this.fit());
      this.resizing.observe(this.area);
    }

    destroy() {
      this.resizing.disconnect();
      this.plot?.destroy();
      this.group.charts.delete(this);
      charts.delete(this);
      this.host.replaceChildren();
    }

    // The parts around the plot; the host may bring a heading of its own, which stays.
    build(spec) {
      const id = `chart-${Math.random().toString(36).slice(2)}`;
      this.legend = element("div", { class: "legend", role: "group", "aria-label": `Series of ${spec.title}` });
      this.area = element("div", { class: "plot", tabindex: "0", role: "group", "aria-label": `${spec.title}, chart`, "aria-describedby": id });
      this.said = element("div", { class: "said", "aria-live": "polite" });
      this.at = element("span", { class: "at" });
      const help = element("p", { class: "said", id }, "Left and right arrow: move the cursor. Plus and minus: zoom. Shift with an arrow: move the view. 0 or Escape: the whole chart again. The numbers follow as a table.");
      this.log = element("button", { type: "button", class: "tool", "aria-pressed": "false", title: "Logarithmic scale" }, "log");
      this.log.addEventListener("click", () => {
        this.logarithmic = !this.logarithmic;
        this.log.setAttribute("aria-pressed", String(this.logarithmic));
        this.draw();
      });
      this.tools = element("div", { class: "tools", role: "group", "aria-label": `View of ${spec.title}` },
        this.at,
        this.log,
        button("+", "Zoom in", () => this.zoom(0.5)),
        button("−", "Zoom out", () => this.zoom(2)),
        button("Reset", "Reset the zoom", () => this.setRange(null)));
      this.numbers = element("details", { class: "numbers" }, element("summary", {}, "The numbers as a table"));
      this.numbers.addEventListener("toggle", () => this.fillNumbers());
      for (const old of [...this.host.children]) {
        if (!old.matches("figcaption, h2, h3, h4, header")) old.remove();
      }
      this.host.append(this.tools, this.area, this.legend, this.said, help, this.numbers);
      this.area.addEventListener("keydown", event => this.key(event));
      this.area.addEventListener("blur", () => this.leave());
    }

    update(spec) {
      this.spec = spec;
      spec.series.forEach((series, place) => {
        if (!this.group.shown.has(series.label)) {
          this.group.shown.set(series.label, !(series.hidden ?? place >= crowd));
        }
      });
      this.log.hidden = spec.format === "percent";
      this.fillLegend();
      this.draw();
      this.numbers.querySelector(".scroll")?.remove();
      this.fillNumbers();
    }

    shows(series) {
      return this.group.shown.get(series.label);
    }

    fillLegend() {
      this.keys = this.spec.series.map(series => {
        const value = element("span", { class: "value", "aria-hidden": "true" });
        const key = element("button", { type: "button", class: "key", "aria-pressed": String(this.shows(series)), title: `Show or hide ${series.label}` },
          element("span", { class: `swatch ink-${(series.colour ?? 0) % colours} dash-${(series.dash ?? 0) % dashes.length}` }),
          element("span", { class: "name" }, series.label),
          value);
        key.addEventListener("click", () => toggle(this.group, series.label));
        return { key, value };
      });
      this.legend.classList.toggle("long", this.spec.series.some(series => series.label.length > 16));
      this.legend.replaceChildren(...this.keys.map(one => one.key));
      this.fillValues();
    }

    // The values at the cursor; without one, at the last epoch that a series has.
    fillValues() {
      const { x, series, format, xLabel } = this.spec;
      this.at.textContent = this.index === null ? "" : `${xLabel} ${x[this.index]}`;
      series.forEach((one, place) => {
        let at = this.index;
        if (at === null) {
          at = one.mean.length - 1;
          while (at > 0 && (one.mean[at] === null || one.mean[at] === undefined)) at--;
        }
        this.keys[place].value.textContent = withSpread(format, one.mean[at], one.sd?.[at]);
      });
    }

    fillNumbers() {
      if (!this.numbers.open || this.numbers.querySelector(".scroll")) return;
      const { x, xLabel, series, format, title } = this.spec;
      const head = element("tr", {}, element("th", { scope: "col" }, xLabel), ...series.map(one => element("th", { scope: "col" }, one.label)));
      const rows = x.map((value, row) => element("tr", {}, element("th", { scope: "row" }, String(value)),
        ...series.map(one => element("td", {}, withSpread(format, one.mean[row], one.sd?.[row])))));
      this.numbers.append(element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `${title}, numbers` },
        element("table", {}, element("caption", {}, `${title}: mean${series.some(one => one.sd) ? " ± standard deviation over the seeds" : ""}`),
          element("thead", {}, head), element("tbody", {}, ...rows))));
    }
  }

  function toggle(group, label, shown = !group.shown.get(label)) {
    group.shown.set(label, shown);
    for (const chart of group.charts) {
      chart.spec.series.forEach((series, place) => chart.keys[place].key.setAttribute("aria-pressed", String(chart.shows(series))));
      chart.draw();
    }
  }

  // Bands and single seeds of all charts of a name: the state of a check box.
  function set(name, what, value) {
    const group = groupOf(name);
    group[what] = value;
    for (const chart of group.charts) chart.draw();
  }

  function mount(host, spec) {
    return new Chart(host, spec);
  }

  function mountFrom(figure) {
    if (figure.dataset.mounted) return;
    figure.dataset.mounted = "true";
    mount(figure, JSON.parse(document.getElementById(figure.dataset.chart).textContent));
  }

  // Charts are built when they come near the window: a page of many does not wait for those that nobody looks at.
  function mountWhenSeen(root) {
    const watcher = new IntersectionObserver(entries => {
      for (const entry of entries.filter(entry => entry.isIntersecting)) {
        watcher.unobserve(entry.target);
        mountFrom(entry.target);
      }
    }, { rootMargin: "300px" });
    root.querySelectorAll("figure[data-chart]").forEach(figure => watcher.observe(figure));
  }

  function redrawAll() {
    for (const chart of charts) chart.draw();
  }

  function print(begins) {
    ChartPlot.printing = begins;
    if (begins) document.querySelectorAll("figure[data-chart]").forEach(mountFrom);
    redrawAll();
  }

  return { mount, mountWhenSeen, redrawAll, print, set, toggle: (name, label, shown) => toggle(groupOf(name), label, shown) };
})();
