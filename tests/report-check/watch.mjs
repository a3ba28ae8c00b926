// Opens the page of 'trainer watch' in Chromium while runs come, grow and go. Usage: node watch.mjs TRAINER.DLL RESULTS [--shots FOLDER]
// RESULTS holds two runs or more; they are copied, never changed. Ends with 0 and a line a check, or with 1 and what is wrong.
import { spawn } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { chromium } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [program, results, ...options] = process.argv.slice(2);
const shots = options[0] === "--shots" ? options[1] : undefined;
if (!results) {
  console.error("usage: node watch.mjs TRAINER.DLL RESULTS [--shots FOLDER]");
  process.exit(2);
}
const failures = [];

function check(name, isSo, found = "") {
  console.log(`${isSo ? "ok  " : "FAIL"} ${name}${found === "" ? "" : `: ${found}`}`);
  if (!isSo) failures.push(name);
}

const runs = readdirSync(results, { recursive: true }).filter(path => path.endsWith("metrics.csv")).map(path => dirname(path)).sort();
const place = mkdtempSync(join(tmpdir(), "trainer-watch-"));
const root = join(place, "results");
const copy = run => cpSync(join(results, run), join(root, run), { recursive: true });

let server = null;

async function serve(port) {
  server = spawn("dotnet", [program, "watch", root, "--port", String(port)], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve, reject) => {
    server.stdout.once("data", data => resolve(String(data)));
    server.once("exit", code => reject(new Error(`the server ended with ${code}`)));
  });
  return line.match(/http:\S+/)[0];
}

function stop() {
  return new Promise(resolve => {
    server.once("exit", resolve);
    server.kill("SIGINT");
  });
}

async function axe(page, name) {
  await page.evaluate(axeSource);
  const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }));
  const texts = found.violations.map(one => `${one.id} (${one.nodes.length}, as ${one.nodes[0].html.slice(0, 120)}: ${one.nodes[0].failureSummary?.replaceAll("\n", " ")})`);
  check(`axe-core, ${name}`, texts.length === 0, texts.length === 0 ? `${found.passes.length} rules pass` : texts.join("; "));
}

async function shot(page, name) {
  if (!shots) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: `${shots}/watch-${name}.png`, fullPage: true });
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const trouble = [];

async function open(address, width, height, more = {}) {
  const page = await (await browser.newContext({ viewport: { width, height }, ...more })).newPage();
  page.on("console", message => message.type() === "error" && trouble.push(message.text()));
  page.on("pageerror", error => trouble.push(error.message));
  await page.goto(address);
  return page;
}

const rows = page => page.locator("#rows tr");
const soon = { timeout: 20000 };

try {
  let address = await serve(0);
  const page = await open(address, 1280, 900);
  await page.getByText("No run yet").waitFor(soon);
  check("a folder that is not there yet", await rows(page).count() === 0);

  copy(runs[0]);
  await page.locator(".chart canvas").first().waitFor(soon);
  check("a run that appears is listed and drawn", await rows(page).count() === 1, await page.locator("#facts").textContent());

  copy(runs[1]);
  await rows(page).nth(1).waitFor(soon);
  await rows(page).nth(1).locator("input").focus();
  await page.keyboard.press("Space");
  await page.locator(".chart").first().locator(".key").nth(1).waitFor(soon);
  check("a run is laid over another by keyboard", await page.locator(".chart").first().locator(".key").count() === 2);

  // A run that is complete gets no more lines; this one says that it is not.
  const status = join(root, runs[0], "status.json");
  const ended = readFileSync(status, "utf8");
  writeFileSync(status, ended.replace('"completed"', '"running"'));
  const metrics = join(root, runs[0], "metrics.csv");
  const whole = statSync(metrics).size;
  const lines = readFileSync(metrics, "utf8").trimEnd().split("\n");
  const next = lines.at(-1).split(",");
  next[0] = String(Number(next[0]) + 1);
  const accuracy = lines[0].split(",").indexOf("test_accuracy");
  next[accuracy] = "0.4321";
  appendFileSync(metrics, `${next.join(",")}`);
  await page.waitForTimeout(3000);
  const half = await page.locator("#rows").textContent();
  appendFileSync(metrics, "\n");
  const row = page.locator("#rows tr", { hasText: runs[0] });
  await row.getByText("43.21 %").waitFor(soon);
  await page.locator(".chart").first().locator(".key .value", { hasText: "43.21 %" }).waitFor(soon);
  check("a line counts once it is whole, in the table and the curves", !half.includes("43.21"));
  truncateSync(metrics, whole);
  writeFileSync(status, ended);

  await axe(page, "desktop");
  await shot(page, "desktop");
  await page.fill("#find", "no such run");
  check("the table can be searched", await page.locator("#rows tr:visible").count() === 0);
  await page.fill("#find", "");

  rmSync(join(root, runs[1]), { recursive: true });
  await page.waitForFunction(() => document.querySelectorAll("#rows tr").length === 1, null, soon);
  check("a run that is deleted goes", true);

  const before = trouble.length;
  const port = new URL(address).port;
  const code = await stop();
  check("Ctrl-C ends it with 0", code === 0, String(code));
  await page.locator("#gone:visible").waitFor(soon);
  check("the page says when the server is gone", (await page.locator("#gone").textContent()).includes("does not answer"));
  address = await serve(port);
  await page.locator("#gone").waitFor({ state: "hidden", ...soon });
  check("and goes on once it is back", true);
  // What a browser itself writes of refused connections.
  trouble.splice(before, trouble.length, ...trouble.slice(before).filter(text => !text.includes("ERR_CONNECTION_REFUSED")));

  copy(runs[1]);
  const phone = await open(address, 320, 640, { hasTouch: true, isMobile: true, deviceScaleFactor: 2, colorScheme: "dark" });
  await phone.locator(".chart canvas").first().waitFor(soon);
  const [scroll, client] = await phone.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  check("no sideways scroll, 320 pixels", scroll <= client, `${scroll} of ${client} pixels`);
  await axe(phone, "phone, dark");
  await shot(phone, "phone");

  let asked = 0;
  let bytes = 0;
  page.on("response", async response => {
    asked++;
    bytes += response.status() === 304 ? 0 : 1;
  });
  await page.waitForTimeout(2500);
  asked = bytes = 0;
  await page.waitForTimeout(5000);
  check("at rest the page asks now and then, and nothing is sent", asked > 0 && asked <= 4 && bytes === 0, `${asked} questions, ${bytes} answers`);
  check("no error in the console", trouble.length === 0, trouble.join("; "));
} finally {
  await browser.close();
  if (server.exitCode === null) await stop();
  rmSync(place, { recursive: true, force: true });
}
if (failures.length > 0) {
  console.error(`${failures.length} of the checks failed: ${failures.join("; ")}`);
  process.exit(1);
}
