// chart-plot.js: the plot inside a chart: what uPlot draws, cursor, zoom, keys. charts.js puts legend and table around it.
"use strict";

const ChartPlot = (() => {
  const { colours, dashes, withSpread, tickTexts, colour, dot } = ChartParts;
  const printScale = 3; // a canvas is printed as it is: three dots for each of the page
  const printWidth = 335;
  let moving = false;

  // A base: whoever extends it sets host, area, said, group and spec, and has shows(series) and fillValues().
  return class Plot {
    static all = new Set();
    static printing = false;

    constructor() {
      this.logarithmic = false;
      this.plot = null;
      this.index = null;
    }

    // ---- drawing ----

    size() {
      const scale = Plot.printing ? printScale : 1;
      const width = Plot.printing ? printWidth : Math.max(200, this.area.clientWidth);
      const height = Plot.printing ? 210 : Math.round(Math.min(340, Math.max(220, width * 0.56)));
      return { width: width * scale, height: height * scale, scale };
    }

    fit() {
      if (Plot.printing || !this.plot) return;
      const { width, height } = this.size();
      if (width !== this.plot.width) this.plot.setSize({ width, height });
    }

    // Everything that is drawn, as uPlot wants it: a mean is a line, a band lies between two lines that are not drawn.
    columns(scale) {
      const data = [this.spec.x];
      const series = [{}];
      const bands = [];
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
          points: { show: one.mean.filter(value => value !== null && value !== undefined).length === 1, size: 7 * scale, fill: stroke },
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
      this.area.classList.toggle("printed", Plot.printing);
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
        if (Plot.all.has(this)) this.draw();
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
  };
})();
