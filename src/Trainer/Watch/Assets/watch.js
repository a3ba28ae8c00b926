// watch.js: asks the server which runs there are, keeps the table and the curves up to date, and says when nobody answers.
"use strict";

(() => {
  const pause = 2000; // milliseconds between two questions, while somebody looks
  const patience = 10000; // milliseconds to wait for an answer
  const mostAtFirst = 6;
  const styles = 18; // six colours, three dashes
  const memory = "trainer-watch-shown";
  const metrics = [
    ["test_accuracy", "Test accuracy", "percent"],
    ["test_loss", "Test loss", "loss"],
    ["val_accuracy", "Validation accuracy", "percent"],
    ["val_loss", "Validation loss", "loss"],
    ["train_accuracy", "Train accuracy", "percent"],
    ["train_loss", "Train loss", "loss"],
    ["lr", "Learning rate", "number"],
  ];

  const part = id => document.getElementById(id);
  const rows = new Map(); // run -> row of the table
  const curves = new Map(); // run -> { version, epochs, columns }
  const slots = new Map(); // run -> which colour and dash
  const charts = new Map(); // column -> { figure, chart }
  let list = null;
  let mark = null;
  let shown = null; // runs that are ticked; null until somebody or the first list says which
  let answered = null;
  let timer = null;
  let asking = false;

  // ---- words ----

  const percent = value => (value === null || value === undefined ? "–" : `${(100 * value).toFixed(2)} %`);
  const loss = value => (value === null || value === undefined || typeof value === "string" ? "–" : value.toFixed(4));

  function ago(then) {
    const seconds = Math.max(0, Math.round((Date.now() - then) / 1000));
    if (seconds < 60) return `${seconds} s ago`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
    return seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
  }

  function say(target, text) {
    if (target.textContent !== text) target.textContent = text;
  }

  // ---- the table ----

  function makeRow(run) {
    const row = document.createElement("tr");
    const box = document.createElement("input");
    box.type = "checkbox";
    box.setAttribute("aria-label", `Show ${run.id}`);
    box.addEventListener("change", () => {
      if (box.checked) shown.add(run.id);
      else shown.delete(run.id);
      remember();
      refresh();
    });
    row.append(document.createElement("td"), document.createElement("th"), ...Array.from({ length: 8 }, () => document.createElement("td")));
    row.cells[0].append(box);
    row.cells[1].scope = "row";
    for (const at of [1, 2, 3, 8]) row.cells[at].className = "text";
    return row;
  }

  function fillRow(row, run) {
    const cells = row.cells;
    const isShown = shown.has(run.id);
    cells[0].firstChild.checked = isShown;
    cells[0].dataset.value = isShown ? 1 : 0;
    say(cells[1], run.id);
    say(cells[2], run.differs);
    say(cells[3], run.state.replace("-", " "));
    cells[3].className = `text state-${run.state}`;
    cells[3].title = run.message ?? "";
    say(cells[4], `${run.epoch} / ${run.epochs}`);
    cells[4].dataset.value = run.epoch;
    fillNumber(cells[5], run.last?.val_accuracy, percent);
    fillNumber(cells[6], run.last?.test_accuracy, percent);
    fillNumber(cells[7], run.last?.test_loss, loss);
    say(cells[8], run.data_set);
    cells[9].dataset.value = Date.parse(run.updated);
  }

  function fillNumber(cell, value, write) {
    say(cell, write(value));
    cell.dataset.value = typeof value === "number" ? value : "";
  }

  function fillTable() {
    const body = part("rows");
    for (const run of list.runs) {
      if (!rows.has(run.id)) {
        rows.set(run.id, makeRow(run));
        body.append(rows.get(run.id));
      }
      fillRow(rows.get(run.id), run);
    }
    const there = new Set(list.runs.map(run => run.id));
    for (const [id, row] of rows) {
      if (!there.has(id)) {
        row.remove();
        rows.delete(id);
        curves.delete(id);
      }
    }
    find();
    tick();
  }

  function find() {
    const words = part("find").value.toLowerCase().split(/\s+/).filter(word => word !== "");
    for (const row of rows.values()) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every(word => text.includes(word));
    }
  }

  // What changes by itself: how long ago.
  function tick() {
    for (const row of rows.values()) say(row.cells[9], ago(Number(row.cells[9].dataset.value)));
  }

  function fillFacts() {
    const working = list.runs.filter(run => run.state === "at-work").length;
    const count = list.runs.length;
    say(part("title"), `Runs in ${list.root}`);
    say(part("facts"), count === 0 ? "No run yet; 'trainer run CONFIG' starts one, and it will show here." : `${count} ${count === 1 ? "run" : "runs"}, ${working} at work`);
    const title = working > 0 ? `${working} at work – trainer watch` : "Runs – trainer watch";
    if (document.title !== title) document.title = title;
    const problems = list.problems;
    part("problems").hidden = problems.length === 0;
    say(part("problems-title"), `${problems.length} ${problems.length === 1 ? "folder" : "folders"} cannot be read`);
    part("problems-list").replaceChildren(...problems.map(problem => {
      const line = document.createElement("li");
      line.textContent = problem;
      return line;
    }));
  }

  // ---- which runs are drawn ----

  function choose() {
    if (shown !== null) return;
    const kept = recall();
    if (kept.length > 0) {
      shown = new Set(kept);
      return;
    }
    if (list.runs.length === 0) {
      return;
    }
    const latest = [...list.runs].sort((a, b) => Date.parse(b.updated) - Date.parse(a.updated));
    const working = latest.filter(run => run.state === "at-work");
    shown = new Set((working.length > 0 ? working : latest).slice(0, mostAtFirst).map(run => run.id));
  }

  function remember() {
    try {
      sessionStorage.setItem(memory, JSON.stringify([...shown]));
    } catch {
      // A browser that keeps nothing shows what is at work.
    }
  }

  function recall() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(memory));
      return Array.isArray(kept) ? kept.filter(id => typeof id === "string") : [];
    } catch {
      return [];
    }
  }

  function drawn() {
    return list === null || shown === null ? [] : list.runs.filter(run => shown.has(run.id));
  }

  // A run keeps its colour as long as it is drawn.
  function fillSlots(runs) {
    const ids = new Set(runs.map(run => run.id));
    for (const id of [...slots.keys()]) if (!ids.has(id)) slots.delete(id);
    for (const id of ids) {
      if (slots.has(id)) continue;
      const taken = new Set(slots.values());
      let slot = 0;
      while (taken.has(slot)) slot++;
      slots.set(id, slot);
    }
  }

  // ---- the curves ----

  function specOf(runs, [column, title, format]) {
    const with_ = runs.filter(run => curves.get(run.id)?.columns[column]);
    const last = Math.max(0, ...runs.map(run => curves.get(run.id)?.epochs.at(-1) ?? 0));
    const x = Array.from({ length: last + 1 }, (_, epoch) => epoch);
    return {
      title, xLabel: "epoch", yLabel: title.toLowerCase(), format, sync: "epochs", from: last > 1 ? 1 : 0, x,
      series: with_.map(run => {
        const { epochs, columns } = curves.get(run.id);
        const mean = x.map(() => null);
        epochs.forEach((epoch, at) => { mean[epoch] = columns[column][at]; });
        const slot = slots.get(run.id) % styles;
        return { label: run.id, colour: slot % 6, dash: Math.floor(slot / 6), n: 1, hidden: false, mean, sd: null, runs: [] };
      }),
    };
  }

  function mount(column, title, spec) {
    const figure = document.createElement("figure");
    figure.className = "chart";
    figure.dataset.column = column;
    const caption = document.createElement("figcaption");
    const heading = document.createElement("h3");
    heading.textContent = title;
    caption.append(heading);
    figure.append(caption);
    const after = metrics.slice(metrics.findIndex(metric => metric[0] === column) + 1).map(metric => charts.get(metric[0])?.figure).find(other => other);
    part("charts").insertBefore(figure, after ?? null);
    charts.set(column, { figure, chart: TrainerCharts.mount(figure, spec) });
  }

  // Drawing anew replaces the buttons of the legend; whoever stands on one goes on from there.
  function keepingFocus(figure, draw) {
    const title = figure.contains(document.activeElement) && document.activeElement.classList.contains("key") ? document.activeElement.title : null;
    draw();
    if (title !== null) [...figure.querySelectorAll(".key")].find(key => key.title === title)?.focus();
  }

  function draw() {
    const runs = drawn();
    fillSlots(runs);
    const sets = [...new Set(runs.map(run => run.data_set))];
    say(part("shown"), runs.length === 0 ? "Tick runs in the table to draw them."
      : sets.length === 1 ? `${runs.length} ${runs.length === 1 ? "run" : "runs"} on ${sets[0]}`
      : `${runs.length} runs on different data sets, which do not compare: ${sets.join(", ")}`);
    for (const metric of metrics) {
      const [column, title] = metric;
      const spec = specOf(runs, metric);
      const old = charts.get(column);
      const isWorth = spec.series.length > 0 && (column !== "lr" || spec.series.some(one => new Set(one.mean.filter(value => value !== null)).size > 1));
      if (isWorth && old) keepingFocus(old.figure, () => old.chart.update(spec));
      else if (isWorth) mount(column, title, spec);
      else if (old) {
        old.chart.destroy();
        old.figure.remove();
        charts.delete(column);
      }
    }
  }

  async function fetchCurves() {
    let changed = false;
    for (const run of drawn()) {
      if (curves.get(run.id)?.version === run.version) continue;
      const response = await request(`/api/curves?run=${encodeURIComponent(run.id)}`);
      if (!response?.ok) continue; // gone since the list was made; the next list says so
      const { epochs, columns } = await response.json();
      curves.set(run.id, { version: run.version, epochs, columns });
      changed = true;
    }
    return changed;
  }

  let last = "";

  async function refresh() {
    if (list === null) return;
    choose();
    shown ??= new Set();
    fillTable();
    if (shown.size === 0 && list.runs.length === 0) shown = null;
    const changed = await fetchCurves();
    const now = drawn().map(run => run.id).join("\n");
    if (changed || now !== last) {
      last = now;
      draw();
    } else if (now === "") {
      draw();
    }
  }

  // ---- asking ----

  // null: nobody answers.
  function request(path, headers = {}) {
    return fetch(path, { cache: "no-store", headers, signal: AbortSignal.timeout(patience) }).catch(() => null);
  }

  async function ask() {
    if (asking || document.hidden) return;
    asking = true;
    try {
      const response = await request("/api/runs", mark === null ? {} : { "If-None-Match": mark });
      if (response?.status === 200) {
        list = await response.json();
        mark = response.headers.get("ETag");
        fillFacts();
        await refresh();
      }
      if (response?.status === 200 || response?.status === 304) back();
      else gone();
    } finally {
      asking = false;
    }
    tick();
  }

  function gone() {
    const since = answered === null ? "" : ` Since ${new Date(answered).toLocaleTimeString()} this page shows what it knew then.`;
    document.documentElement.classList.add("gone");
    say(part("gone"), `The server does not answer; has 'trainer watch' ended?${since} It goes on by itself once the server is back.`);
    part("gone").hidden = false;
    mark = null;
  }

  function back() {
    answered = Date.now();
    document.documentElement.classList.remove("gone");
    part("gone").hidden = true;
  }

  async function turn() {
    clearTimeout(timer);
    await ask();
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(turn, pause);
  }

  part("find").addEventListener("input", find);
  part("live").addEventListener("click", () => {
    if (list === null) return;
    shown = new Set(list.runs.filter(run => run.state === "at-work").map(run => run.id));
    remember();
    refresh();
  });
  part("none").addEventListener("click", () => {
    shown = new Set();
    remember();
    refresh();
  });
  document.addEventListener("visibilitychange", turn);
  turn();
})();
