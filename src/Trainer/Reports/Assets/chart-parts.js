// chart-parts.js: what charts are made of: colours, numbers in words, elements. charts.js says how charts are used.
"use strict";

const ChartParts = (() => {
  const colours = 6;
  const dashes = [[], [9, 5], [2, 4]];

  const shortest = new Intl.NumberFormat("en", { useGrouping: false, maximumSignificantDigits: 6 });

  function text(format, value) {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    if (format === "percent") return `${(100 * value).toFixed(2)} %`;
    if (format === "loss") return value >= 1e5 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(3) : value.toFixed(4);
    return value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 1e-4) ? value.toExponential(3) : shortest.format(value);
  }

  // The deviation to two digits at most and the mean to the same place, as SpreadText has it in tables.
  function withSpread(format, mean, sd) {
    if (sd === null || sd === undefined || mean === null || mean === undefined) return text(format, mean);
    const [scale, unit] = format === "percent" ? [100, " %"] : [1, ""];
    if (sd === 0) return `${text(format, mean).replace(unit, "")} ± 0${unit}`;
    const decimals = digits => Math.min(6, Math.max(0, digits - 1 - Math.floor(Math.log10(Number((scale * sd).toPrecision(digits))))));
    const shown = format === "percent" ? Math.max(Math.min(decimals(2), 2), decimals(1)) : decimals(2);
    return `${(scale * mean).toFixed(shown)} ± ${(scale * sd).toFixed(shown)}${unit}`;
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

  return { colours, dashes, text, withSpread, tickTexts, colour, element, dot, button };
})();
