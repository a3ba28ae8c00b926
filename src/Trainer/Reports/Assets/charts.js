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
  const colours = 6;
  const dashes = [[], [9, 5], [2, 4]];
  const printScale = 3; // a canvas is printed as it is: three dots for each of the page
  const printWidth = 335;
  const crowd = 8; // from so many series on only the first are shown at first
  const groups = new Map();
  const charts = new Set();
  let printing = false;

  // ---- what charts of one name share ------------------------------------------------------------------------------

  function groupOf(name) {
    const key = name ?? Symbol("alone");
    if (!groups.has(key)) {
      groups.set(key, { charts: new Set(), shown: new Map(), bands: true, runs: false, range: null });
    }
    return groups.get(key);
  }

  // ---- numbers and colours ----------------------------------------------------------------------------------------

  const shortest = new Intl.NumberFormat("en", { useGrouping: false, maximumSignificantDigits: 6 });

  function text(format, value) {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    if (format === "percent") return `${(100 * value).toFixed(2)} %`;
    if (format === "loss") return value >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(3) : value.toFixed(4);
    return value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4) ? value.toExponential(3) : shortest.format(value);
  }

  function withSpread(format, mean, sd) {
    if (sd === null || sd === undefined || mean === null || mean === undefined) return text(format, mean);
    return format === "percent" ? `${(100 * mean).toFixed(2)} ± ${(100 * sd).toFixed(2)} %` : `${text(format, mean)} ± ${text(format, sd)}`;
  }

  // Axis labels: as many decimals as the ticks are apart.
  function tickTexts(format, ticks) {
    const values = ticks.filter(tick => tick !== null);
    const step = values.length > 1 ? Math.abs(values[1] - values[0]) * (format === "percent" ? 100 : 1) : 1;
    const decimals = Math.min(8, Math.max(0, Math.ceil(-Math.log10(step) - 1e-9)));
    return ticks.map(tick => {
      if (tick === null) return "";
      if (format === "percent") return `${(100 * tick).toFixed(decimals)} %`;
      return Math.abs(tick) >= 1e5 || (tick !== 0 && Math.abs(tick) < 1e-3) ? tick.toExponential() : shortest.format(Number(tick.toFixed(decimals)));
    });
  }

  // A colour as the page has it now: custom properties hold one for light and one for dark.
  function colour(host, name, alpha) {
    const probe = document.createElement("span");
    probe.hidden = true;
    probe.className = `ink-${name}`;
    host.append(probe);
    const found = getComputedStyle(probe).color;
    probe.remove();
    return alpha === undefined ? found : found.replace(/^rgba?\(([^)]*?)\)$/, (_, parts) => {
      const [r, g, b] = parts.split(/[ ,/]+/);
      return `rgba(${r}, ${g}, ${b}, ${alpha})`;
    });
  }

  function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes ?? {})) {
      if (value !== undefined && value !== null) made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }

  // What marks a mean at the cursor.
  function dot(fill) {
    const made = element("div", { class: "u-cursor-pt" });
    made.style.cssText = `width: 9px; height: 9px; margin: -4.5px 0 0 -4.5px; background: ${fill}`;
    return made;
  }

  function button(label, title, action) {
    const made = element("button", { type: "button", class: "tool", title, "aria-label": title }, label);
    made.addEventListener("click", action);
    return made;
  }

  // ---- one chart --------------------------------------------------------------------------------------------------

  class Chart {
    constructor(host, spec) {
      this.host = host;
      this.group = groupOf(spec.sync);
      this.logarithmic = false;
      this.plot = null;
      this.index = null;
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

    // ---- drawing ----

    size() {
      const scale = printing ? printScale : 1;
      const width = printing ? printWidth : Math.max(200, this.area.clientWidth);
      const height = printing ? 210 : Math.round(Math.min(340, Math.max(220, width * 0.56)));
      return { width: width * scale, height: height * scale, scale };
    }

    fit() {
      if (printing || !this.plot) return;
      const { width, height } = this.size();
      if (width !== this.plot.width) this.plot.setSize({ width, height });
    }

    // Everything that is drawn, as uPlot wants it: a mean is a line, a band lies between two lines that are not drawn.
    columns(scale) {
      const data = [this.spec.x];
      const series = [{}];
      const bands = [];
      const single = this.spec.x.length === 1;
    // Where nobody has zoomed, a line begins at the first epoch that is shown and does not come from outside.
    const from = this.group.range === null ? this.spec.from ?? -Infinity : -Infinity;
    const shown = values => values.map((value, at) => (this.spec.x[at] < from ? null : value));
      for (const one of this.spec.series.filter(one => this.shows(one))) {
        const name = (one.colour ?? 0) % colours;
        const stroke = colour(this.host, name);
        const plain = { scale: "y", points: { show: false } };
        if (this.group.bands && one.sd) {
          bands.push({ series: [data.length, data.length + 1], fill: colour(this.host, name, 0.15) });
          for (const side of [1, -1]) {
            data.push(shown(one.mean.map((mean, at) => (mean === null || one.sd[at] === null || one.sd[at] === undefined ? null : mean + side * one.sd[at]))));
            series.push({ ...plain, width: 0 });
          }
        }
        if (this.group.runs) {
          const faint = colour(this.host, name, 0.45);
          for (const run of one.runs ?? []) {
            data.push(shown(run.y));
            series.push({ ...plain, stroke: faint, width: scale });
          }
        }
        data.push(shown(one.mean));
        series.push({
          ...plain, label: one.label, stroke, colour: stroke, width: 2 * scale, isMean: true,
          dash: dashes[(one.dash ?? 0) % dashes.length].map(length => length * scale),
          points: { show: single, size: 7 * scale, fill: stroke },
        });
      }
      return { data, series, bands };
    }

    range() {
      const { x, from } = this.spec;
      const all = [from ?? x[0] ?? 0, x[x.length - 1] ?? 1];
      const [low, high] = this.group.range ?? all;
      return low < high ? [low, high] : [low - 0.5, high + 0.5];
    }

    yRange(low, high) {
      if (low === null || high === null) return [0, 1];
      if (this.logarithmic) return uPlot.rangeLog(low, high, 10, false);
      const [bottom, top] = uPlot.rangeNum(low, high, 0.08, true);
      return this.spec.format === "percent" ? [Math.max(0, bottom), Math.min(1, top)] : [low >= 0 ? Math.max(0, bottom) : bottom, top];
    }

    axis(scale, more) {
      const quiet = colour(this.host, "quiet");
      const grid = colour(this.host, "grid");
      const font = `${12 * scale}px ${getComputedStyle(this.host).fontFamily}`;
      return {
        stroke: quiet, font, labelFont: font, gap: 5 * scale,
        grid: { stroke: grid, width: scale }, ticks: { stroke: grid, width: scale, size: 5 * scale }, ...more,
      };
    }

    draw() {
      this.plot?.destroy();
      const { width, height, scale } = this.size();
      const { data, series, bands } = this.columns(scale);
      const { format, yLabel, xLabel } = this.spec;
      // A logarithm has no place for what is not above zero.
      const drawn = this.logarithmic ? data.map((column, place) => (place === 0 ? column : column.map(y => (y > 0 ? y : null)))) : data;
      this.area.classList.toggle("printed", printing);
      this.plot = new uPlot({
        width, height, series, bands,
        legend: { show: false },
        padding: [8 * scale, 10 * scale, 0, 0],
        cursor: {
          y: false,
          drag: { x: true, y: false, setScale: false },
          points: { show: (u, at) => (u.series[at].isMean ? dot(u.series[at].colour) : false) },
        },
        scales: { x: { time: false, range: () => this.range() }, y: { range: (u, low, high) => this.yRange(low, high), distr: this.logarithmic ? 3 : 1 } },
        axes: [
          this.axis(scale, { label: xLabel, labelSize: 18 * scale, labelGap: 0, size: 30 * scale, space: 46 * scale, incrs: [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000, 10000] }),
          this.axis(scale, {
            label: yLabel, labelSize: 18 * scale, labelGap: 0, space: 34 * scale,
            size: (u, values) => Math.max(34, 12 + 6.8 * Math.max(0, ...(values ?? []).map(value => (value ?? "").length))) * scale,
            values: (u, ticks) => tickTexts(format, ticks),
          }),
        ],
        hooks: {
          setCursor: [u => this.moved(u)],
          setSelect: [u => this.selected(u)],
        },
      }, drawn, this.area);
      this.plot.over.addEventListener("dblclick", () => this.setRange(null));
      this.fillValues();
    }

    // ---- cursor and zoom ----

    moved(u) {
      if (moving) return;
      const index = u.cursor.left >= 0 ? u.cursor.idx ?? null : null;
      moving = true;
      for (const other of this.group.charts) {
        const value = index === null ? null : this.spec.x[index];
        other.point(value, other === this);
      }
      moving = false;
    }

    // Shows the cursor of another chart at the same x.
    point(value, isOwn) {
      const at = value === null ? -1 : this.spec.x.indexOf(value);
      this.index = at < 0 ? null : at;
      if (!isOwn && this.plot) {
        this.plot.setCursor(at < 0 ? { left: -10, top: -10 } : { left: this.plot.valToPos(value, "x"), top: 10 }, false);
      }
      this.fillValues();
    }

    leave() {
      this.said.textContent = "";
      for (const other of this.group.charts) other.point(null, false);
    }

    selected(u) {
      const { left, width } = u.select;
      if (width < 4) return;
      const ends = [u.posToVal(left, "x"), u.posToVal(left + width, "x")];
      u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
      this.setRange(ends);
    }

    setRange(range) {
      const x = this.spec.x;
      const whole = range !== null && range[0] <= x[0] && range[1] >= x[x.length - 1];
      this.group.range = range === null ? null : whole ? [x[0], x[x.length - 1]] : range;
      for (const other of this.group.charts) other.redraw();
    }

    // Not while uPlot is in the middle of the event that asks for it.
    redraw() {
      queueMicrotask(() => {
        if (charts.has(this)) this.draw();
      });
    }

    zoom(factor) {
      const x = this.spec.x;
      const [low, high] = this.range();
      const middle = this.index === null ? (low + high) / 2 : x[this.index];
      const width = Math.max(1, (high - low) * factor);
      const start = Math.max(x[0], Math.min(middle - width / 2, x[x.length - 1] - width));
      this.setRange([start, Math.min(x[x.length - 1], start + width)]);
    }

    pan(direction) {
      const x = this.spec.x;
      const [low, high] = this.range();
      const by = Math.max(x[0] - low, Math.min(direction * (high - low) / 4, x[x.length - 1] - high));
      this.setRange([low + by, high + by]);
    }

    step(direction) {
      const { x, xLabel, series, format } = this.spec;
      const [low, high] = this.range();
      const inside = x.map((_, at) => at).filter(at => x[at] >= low && x[at] <= high);
      if (inside.length === 0) return;
      const place = this.index === null ? (direction > 0 ? -1 : inside.length) : inside.indexOf(this.index);
      const next = inside[Math.min(inside.length - 1, Math.max(0, place + direction))];
      for (const other of this.group.charts) other.point(x[next], false);
      this.said.textContent = `${xLabel} ${x[next]}: ` + series.filter(one => this.shows(one))
        .map(one => `${one.label} ${withSpread(format, one.mean[next], one.sd?.[next])}`).join("; ");
    }

    key(event) {
      const actions = {
        ArrowLeft: () => (event.shiftKey ? this.pan(-1) : this.step(-1)),
        ArrowRight: () => (event.shiftKey ? this.pan(1) : this.step(1)),
        "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2),
        0: () => this.setRange(null), Escape: () => this.setRange(null),
      };
      const action = event.ctrlKey || event.metaKey || event.altKey ? undefined : actions[event.key];
      if (action) {
        event.preventDefault();
        action();
      }
    }
  }

  let moving = false;

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
    printing = begins;
    if (begins) document.querySelectorAll("figure[data-chart]").forEach(mountFrom);
    redrawAll();
  }

  return { mount, mountWhenSeen, redrawAll, print, set, toggle: (name, label, shown) => toggle(groupOf(name), label, shown) };
})();
