// watch-curves.js: the curves of the runs that somebody has ticked, each in a colour that it keeps.
"use strict";

const TrainerWatchCurves = (() => {
  const styles = 18; // six colours, three dashes
  const metrics = [
    ["test_accuracy", "Test accuracy", "percent"],
    ["test_loss", "Test loss", "loss"],
    ["val_accuracy", "Validation accuracy", "percent"],
    ["val_loss", "Validation loss", "loss"],
    ["train_accuracy", "Train accuracy", "percent"],
    ["train_loss", "Train loss", "loss"],
    ["lr", "Learning rate", "number"],
  ];

  const curves = new Map(); // run -> { version, epochs, columns }
  const slots = new Map(); // run -> which colour and dash
  const charts = new Map(); // column -> { figure, chart }

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
    document.getElementById("charts").insertBefore(figure, after ?? null);
    charts.set(column, { figure, chart: TrainerCharts.mount(figure, spec) });
  }

  // Drawing anew replaces the buttons of the legend; whoever stands on one goes on from there.
  function keepingFocus(figure, draw) {
    const title = figure.contains(document.activeElement) && document.activeElement.classList.contains("key") ? document.activeElement.title : null;
    draw();
    if (title !== null) [...figure.querySelectorAll(".key")].find(key => key.title === title)?.focus();
  }

  // Draws runs of the list; curves that are not known yet come with the next fetch.
  function draw(runs) {
    fillSlots(runs);
    const sets = [...new Set(runs.map(run => run.data_set))];
    const words = runs.length === 0 ? "No run is chosen. Tick runs in the table to draw them."
      : sets.length === 1 ? `${runs.length} ${runs.length === 1 ? "run" : "runs"} on ${sets[0]}`
      : `${runs.length} runs on different data sets, which do not compare: ${sets.join(", ")}`;
    const told = document.getElementById("shown");
    if (told.textContent !== words) told.textContent = words;
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

  // Asks for the curves of runs that have changed; returns whether there are any.
  async function fetchChanged(runs, request) {
    let changed = false;
    for (const run of runs) {
      if (curves.get(run.id)?.version === run.version) continue;
      const response = await request(`/api/curves?run=${encodeURIComponent(run.id)}`);
      if (!response?.ok) continue; // gone since the list was made; the next list says so
      const { epochs, columns } = await response.json();
      curves.set(run.id, { version: run.version, epochs, columns });
      changed = true;
    }
    return changed;
  }

  return { draw, fetchChanged, forget: id => curves.delete(id) };
})();
