// watch.js: asks the server which runs there are, keeps the table up to date, has the curves drawn (watch-curves.js), and says
// when nobody answers.
"use strict";

(() => {
  const pause = 2000; // milliseconds between two questions, while somebody looks
  const patience = 10000; // milliseconds to wait for an answer
  const mostAtFirst = 6;
  const memory = "trainer-watch-shown";

  const part = id => document.getElementById(id);
  const rows = new Map(); // run -> row of the table
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
        body.insertBefore(rows.get(run.id), run.state === "at-work" ? firstAtRest(body) : null);
      }
      fillRow(rows.get(run.id), run);
    }
    const there = new Set(list.runs.map(run => run.id));
    for (const [id, row] of rows) {
      if (!there.has(id)) {
        row.remove();
        rows.delete(id);
        TrainerWatchCurves.forget(id);
      }
    }
    find();
    tick();
  }

  // What is at work comes first.
  function firstAtRest(body) {
    return [...body.rows].find(row => !row.cells[3].classList.contains("state-at-work")) ?? null;
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
    const kept = recall().filter(id => list.runs.some(run => run.id === id));
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

  let last = "";

  async function refresh() {
    if (list === null) return;
    choose();
    shown ??= new Set();
    fillTable();
    if (shown.size === 0 && list.runs.length === 0) shown = null;
    const changed = await TrainerWatchCurves.fetchChanged(drawn(), request);
    const now = drawn().map(run => run.id).join("\n");
    if (changed || now !== last) {
      last = now;
      TrainerWatchCurves.draw(drawn());
    } else if (now === "") {
      TrainerWatchCurves.draw([]);
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
