// Makes many run folders out of one, with made-up curves, to see how long a page of them takes.
// Usage: node many-runs.mjs RUN FOLDER RUNS EPOCHS. Ten seeds a configuration; the configurations differ in their learning rate.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [run, folder, runs, epochs] = process.argv.slice(2);
const seeds = 10;
const read = name => readFileSync(join(run, name), "utf8");
const [config, status] = [read("config.yaml"), JSON.parse(read("status.json"))];

// The same numbers each time: a multiplicative congruential generator is random enough for a curve.
let state = 1;
const noise = () => (state = (state * 48271) % 2147483647) / 2147483647;

for (let number = 0; number < Number(runs); number++) {
  const [cell, seed] = [Math.floor(number / seeds), (number % seeds) + 1];
  const target = join(folder, `${cell.toString(16).padStart(8, "0")}-s${seed}`);
  mkdirSync(target, { recursive: true });
  for (const name of ["manifest.json", "summary.json"]) cpSync(join(run, name), join(target, name));
  writeFileSync(join(target, "config.yaml"), config
    .replace(/^( +lr:) .*$/m, `$1 ${(0.001 * (cell + 1)).toFixed(3)}`)
    .replace(/^seed: .*$/m, `seed: ${seed}`)
    .replace(/^epochs: .*$/m, `epochs: ${epochs}`));
  writeFileSync(join(target, "status.json"), JSON.stringify({ ...status, state: "completed", epoch: Number(epochs), epochs: Number(epochs) }));
  const rows = ["epoch,step,lr,running_loss,running_accuracy,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,digest"];
  const times = ["epoch,training_seconds,evaluation_seconds"];
  for (let epoch = 0; epoch <= Number(epochs); epoch++) {
    const loss = 0.3 + 2 * 0.95 ** epoch + 0.05 * noise();
    const accuracy = Math.round(1e4 * (0.88 - 0.7 * 0.93 ** epoch + 0.0002 * cell + 0.01 * noise())) / 1e4;
    rows.push([epoch, 938 * epoch, epoch ? 0.1 : "", epoch ? loss : "", epoch ? accuracy : "", loss - 0.02, accuracy + 0.01, "", "", loss, accuracy, "0123456789abcdef"].join(","));
    times.push(`${epoch},0.3,0.05`);
  }
  writeFileSync(join(target, "metrics.csv"), rows.join("\n") + "\n");
  writeFileSync(join(target, "timing.csv"), times.join("\n") + "\n");
}
