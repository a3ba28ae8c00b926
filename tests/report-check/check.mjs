// Opens a report in Chromium and checks what a reader meets. Usage: node check.mjs FILE [--big SECONDS] [--shots FOLDER]
// Ends with 0 and a line a check, or with 1 and what is wrong.
import { readFileSync, mkdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [file, ...options] = process.argv.slice(2);
const option = name => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined);
const big = option("--big");
const shots = option("--shots");
if (!file) {
  console.error("usage: node check.mjs FILE [--big SECONDS] [--shots FOLDER]");
  process.exit(2);
}
const address = pathToFileURL(resolve(file)).href;
const failures = [];

function check(name, isSo, found = "") {
  console.log(`${isSo ? "ok  " : "FAIL"} ${name}${found === "" ? "" : `: ${found}`}`);
  if (!isSo) failures.push(name);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

async function open(width, height, more = {}) {
  const context = await browser.newContext({ viewport: { width, height }, ...more });
  const page = await context.newPage();
  page.trouble = [];
  page.on("console", message => message.type() === "error" && page.trouble.push(message.text()));
  page.on("pageerror", error => page.trouble.push(error.message));
  page.on("request", request => request.url() !== address && !request.url().startsWith("data:") && page.trouble.push(`asked for ${request.url()}`));
  const start = performance.now();
  await page.goto(address, { waitUntil: "load" });
  await page.waitForSelector("html[data-ready]");
  page.seconds = (performance.now() - start) / 1000;
  return page;
}

// Every chart is drawn once it has been in view.
async function scrollThrough(page) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += 500) {
    await page.evaluate(to => scrollTo(0, to), y);
    await page.waitForTimeout(30);
  }
  await page.evaluate(() => scrollTo(0, 0));
}

async function axe(page, name) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const texts = found.violations.map(one => `${one.id} (${one.nodes.length}, as ${one.nodes[0].html.slice(0, 120)}: ${one.nodes[0].failureSummary?.replaceAll("\n", " ")})`);
  check(`axe-core, ${name}`, texts.length === 0, texts.length === 0 ? `${found.passes.length} rules pass` : texts.join("; "));
}

async function fits(page, name) {
  const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  check(`no sideways scroll, ${name}`, scroll <= client, `${scroll} of ${client} pixels`);
}

function quiet(page, name) {
  check(`no error and no request, ${name}`, page.trouble.length === 0, page.trouble.join("; "));
}

async function shot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
}

// ---- one after the other ----

async function sorts(page) {
  const table = page.locator("table.sortable").first();
  const head = table.locator("thead th").nth(2);
  const values = () => table.locator("tbody tr").evaluateAll(rows => rows.map(row => Number(row.cells[2].dataset.value)));
  const before = await values();
  await head.locator("button").focus();
  await page.keyboard.press("Enter");
  const first = await head.getAttribute("aria-sort");
  const descending = await values();
  await page.keyboard.press("Space");
  const second = await head.getAttribute("aria-sort");
  const ascending = await values();
  const sorted = [...before].sort((a, b) => a - b);
  check("a table sorts by keyboard, and says so",
    new Set([first, second]).size === 2 && [first, second].every(order => ["ascending", "descending"].includes(order))
      && JSON.stringify([ascending, descending].sort()) === JSON.stringify([sorted, [...sorted].reverse()].sort()),
    `${first}, then ${second}`);
}

async function toggles(page) {
  const key = page.locator(".chart .key").first();
  const canvas = page.locator(".chart canvas").first();
  const drawn = () => canvas.evaluate(one => one.toDataURL());
  const before = await drawn();
  await key.focus();
  await page.keyboard.press("Space");
  const off = await drawn();
  const pressed = await key.getAttribute("aria-pressed");
  await page.keyboard.press("Space");
  check("a series toggles by keyboard", pressed === "false" && before !== off && before === await drawn());
  const seeds = page.locator("input[data-switch=runs]");
  if (await seeds.count()) {
    await seeds.check();
    const many = await drawn();
    await seeds.uncheck();
    check("single seeds are drawn when asked for", many !== before && before === await drawn());
  }
}

async function hovers(page) {
  const over = page.locator(".chart .u-over").first();
  const value = page.locator(".chart .key .value").first();
  const before = await value.textContent();
  await over.scrollIntoViewIfNeeded();
  const box = await over.boundingBox();
  await page.mouse.move(box.x + 4, box.y + box.height / 2);
  const at = await page.locator(".chart .at").first().textContent();
  const other = await page.locator(".chart .at").nth(1).textContent();
  const during = await value.textContent();
  check("pointing at a chart shows the values there, in the charts beside it too", /epoch \d+/.test(at) && at === other && during !== before, `${at}: ${during}`);
  await page.mouse.move(2, 2);
}

async function zooms(page) {
  const plot = page.locator(".chart .plot").first();
  const canvas = page.locator(".chart canvas").first();
  const drawn = () => canvas.evaluate(one => one.toDataURL());
  const whole = await drawn();
  await plot.focus();
  await page.keyboard.press("ArrowRight");
  const said = await page.locator(".chart .said[aria-live]").first().textContent();
  check("an arrow key moves the cursor, and the values are said", /epoch \d+: .+ \d/.test(said), said);
  await page.keyboard.press("+");
  await page.waitForTimeout(50);
  const near = await drawn();
  await page.keyboard.press("Shift+ArrowRight");
  await page.waitForTimeout(50);
  const moved = await drawn();
  await page.keyboard.press("0");
  await page.waitForTimeout(50);
  check("a chart zooms, moves and resets by keyboard", near !== whole && moved !== near && whole === await drawn());
  const box = await page.locator(".chart .u-over").first().boundingBox();
  await page.mouse.move(box.x + box.width * 0.3, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.7, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.waitForTimeout(50);
  const dragged = await drawn();
  await page.locator(".chart .u-over").first().dblclick();
  await page.waitForTimeout(50);
  check("a chart zooms by dragging, and a double click resets", dragged !== whole && whole === await drawn());
}

async function tabulates(page) {
  const numbers = page.locator(".chart details.numbers").first();
  await numbers.locator("summary").focus();
  await page.keyboard.press("Enter");
  await numbers.locator("tbody tr").first().waitFor();
  const rows = await numbers.locator("tbody tr").count();
  const epochs = await page.evaluate(() => JSON.parse(document.getElementById(document.querySelector("figure[data-chart]").dataset.chart).textContent).x.length);
  check("the numbers of a chart are a table too", rows === epochs, `${rows} rows`);
  await numbers.locator("summary").press("Enter");
}

async function theme(page) {
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.locator("#theme").click();
  const dark = await background();
  await page.locator("#theme").click();
  check("light and dark by a button", light !== dark && light === await background(), `${light}, ${dark}`);
}

async function prints(page) {
  const size = (await page.pdf({ format: "A4" })).length;
  check("it prints from dark", size > 20000, `${Math.round(size / 1024)} KiB`);
  if (shots) await page.pdf({ path: `${shots}/print.pdf`, format: "A4" });
}

if (big !== undefined) {
  const page = await open(1280, 900);
  quiet(page, "a big page");
  check(`a page of ${Math.round(statSync(file).size / 1024)} KiB is there in ${big} s`, page.seconds <= Number(big), `${page.seconds.toFixed(2)} s`);
  const start = performance.now();
  await page.locator("figure[data-chart]").first().scrollIntoViewIfNeeded();
  await page.waitForSelector(".chart canvas");
  console.log(`     its first chart after ${((performance.now() - start) / 1000).toFixed(2)} s`);
  await shot(page, "big");
} else {
  const desktop = await open(1280, 900);
  await scrollThrough(desktop);
  quiet(desktop, "desktop");
  await shot(desktop, "desktop");
  await sorts(desktop);
  await toggles(desktop);
  await hovers(desktop);
  await zooms(desktop);
  await tabulates(desktop);
  await theme(desktop);
  await fits(desktop, "desktop");
  await axe(desktop, "desktop");
  quiet(desktop, "after use");
  const phone = await open(320, 640, { hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
  await scrollThrough(phone);
  await fits(phone, "320 pixels");
  await axe(phone, "phone");
  quiet(phone, "phone");
  await shot(phone, "phone");
  const dark = await open(1280, 900, { colorScheme: "dark" });
  await scrollThrough(dark);
  await axe(dark, "dark");
  await shot(dark, "dark");
  await prints(dark);
  quiet(dark, "dark and print");
}
await browser.close();
if (failures.length > 0) {
  console.error(`${failures.length} of the checks failed: ${failures.join("; ")}`);
  process.exit(1);
}
