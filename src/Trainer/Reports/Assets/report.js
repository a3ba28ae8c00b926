// report.js: what a page does besides its charts: light and dark, tables that sort, switches of the charts, print.
"use strict";

(() => {
  const root = document.documentElement;
  const darkByDefault = matchMedia("(prefers-color-scheme: dark)");

  // ---- light and dark ----

  const themeButton = document.getElementById("theme");

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : darkByDefault.matches;
  }

  function themeChanged() {
    themeButton?.setAttribute("aria-pressed", String(isDark()));
    TrainerCharts.redrawAll();
  }

  themeButton?.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    themeChanged();
  });
  darkByDefault.addEventListener("change", themeChanged);

  // ---- tables that sort ----

  // A cell is worth its data-value where it has one, else its text; empty cells come last either way.
  function worth(row, column) {
    const cell = row.cells[column];
    const value = cell?.dataset.value ?? cell?.textContent.trim() ?? "";
    return value === "" ? null : Number.isNaN(Number(value)) ? value : Number(value);
  }

  function compare(a, b) {
    if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true });
    return typeof a === "number" ? -1 : 1;
  }

  function sort(table, header) {
    const column = header.cellIndex;
    const first = header.dataset.first ?? "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = header.getAttribute("aria-sort") === first ? other : first;
    for (const one of table.tHead.rows[0].cells) one.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const body = table.tBodies[0];
    const rows = [...body.rows].map(row => [worth(row, column), row]);
    rows.sort(([a], [b]) => (a === null || b === null ? (a === null) - (b === null) : sign * compare(a, b)));
    body.append(...rows.map(([, row]) => row));
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const header of table.tHead.rows[0].cells) {
      header.querySelector("button")?.addEventListener("click", () => sort(table, header));
    }
  }

  // ---- switches of the charts: <input type="checkbox" data-charts="NAME" data-switch="bands" or "runs"> ----

  for (const box of document.querySelectorAll("input[data-switch]")) {
    box.addEventListener("change", () => TrainerCharts.set(box.dataset.charts, box.dataset.switch, box.checked));
  }

  // ---- print: light, every chart drawn, and what is folded stays so unless it says otherwise ----

  let before = null;

  function beginPrint() {
    if (before !== null) return;
    before = { theme: root.dataset.theme, opened: [...document.querySelectorAll("details[data-print]:not([open])")] };
    root.dataset.theme = "light";
    for (const details of before.opened) details.open = true;
    TrainerCharts.print(true);
  }

  function endPrint() {
    if (before === null) return;
    if (before.theme) root.dataset.theme = before.theme;
    else delete root.dataset.theme;
    for (const details of before.opened) details.open = false;
    before = null;
    TrainerCharts.print(false);
  }

  addEventListener("beforeprint", beginPrint);
  addEventListener("afterprint", endPrint);

  TrainerCharts.mountWhenSeen(document);
  themeButton?.removeAttribute("hidden");
  themeButton?.setAttribute("aria-pressed", String(isDark()));
  root.dataset.ready = "true";
})();
