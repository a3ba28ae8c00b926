// node check.mjs FILE: holds an Indexed Job against the schema that Kubernetes publishes (kubernetes-models has it as code), as
// strictly as an API server with fieldValidation=Strict. That schema takes keys which it does not know. So each value is replaced, one
// after the other, by one of another kind: where that is taken, nothing knows the key. Then mistakes are made, and each must be found.
import { readFileSync } from "node:fs";
import { Job } from "kubernetes-models/batch/v1";
import { parseAllDocuments } from "yaml";

const isMapping = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// Every value with the way to it, those that hold others included.
function* values(node, path = []) {
    for (const [key, value] of Object.entries(node)) {
        const here = [...path, Array.isArray(node) ? Number(key) : key];
        yield here;
        if (typeof value === "object" && value !== null) {
            yield* values(value, here);
        }
    }
}

function changed(manifest, path, change) {
    const copy = structuredClone(manifest);
    const holder = path.slice(0, -1).reduce((node, key) => node[key], copy);
    change(holder, path.at(-1));
    return copy;
}

const valueAt = (manifest, path) => path.reduce((node, key) => node[key], manifest);

function schemaProblem(manifest) {
    if (manifest.apiVersion !== "batch/v1" || manifest.kind !== "Job") {
        return "is no batch/v1 Job";
    }
    try {
        new Job(manifest).validate();
        return null;
    } catch (failure) {
        return failure.message;
    }
}

// What the API server asks beyond the schema, as far as it concerns this job.
function ruleProblem({ metadata, spec }) {
    const { completions, completionMode, podFailurePolicy, podReplacementPolicy } = spec;
    const pod = spec.template.spec;
    const names = pod.containers.map((container) => container.name);
    const lastPod = `${metadata.name}-${completions - 1}`;
    if (!/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(lastPod) || lastPod.length > 63) {
        return `metadata.name: the host name ${lastPod} is no DNS label`;
    }
    if (completionMode !== "Indexed" || !Number.isInteger(spec.backoffLimitPerIndex) || pod.restartPolicy !== "Never") {
        return "spec: backoffLimitPerIndex needs completionMode Indexed and restartPolicy Never";
    }
    if (podReplacementPolicy !== "Failed") {
        return "spec.podReplacementPolicy: with a podFailurePolicy it can be Failed only";
    }
    for (const { action, onExitCodes, onPodConditions } of podFailurePolicy.rules) {
        if (!["Ignore", "FailIndex", "FailJob", "Count"].includes(action) || (onExitCodes === undefined) === (onPodConditions === undefined)) {
            return "spec.podFailurePolicy: a rule has one of four actions, and either codes or conditions";
        }
        const codes = onExitCodes?.values ?? [];
        if (onExitCodes && (!names.includes(onExitCodes.containerName) || onExitCodes.operator !== "In" || codes.includes(0)
            || codes.some((code, index) => index > 0 && code <= codes[index - 1]))) {
            return "spec.podFailurePolicy: codes rise, are not 0, and are of a container that is there";
        }
    }
    for (const { name, volumeMounts, resources = {} } of pod.containers) {
        if (volumeMounts.some((mount) => !mount.mountPath.startsWith("/") || mount.mountPath.includes(":") || !pod.volumes.some((volume) => volume.name === mount.name))) {
            return `containers.${name}: a mount is absolute, has no ':' and a volume`;
        }
        if (JSON.stringify(resources.requests) !== JSON.stringify(resources.limits)) {
            return `containers.${name}: asks for other resources than it has`;
        }
    }
    return null;
}

function unknownKey(manifest) {
    for (const path of values(manifest)) {
        const wrong = typeof valueAt(manifest, path) === "object" ? "text" : {};
        if (schemaProblem(changed(manifest, path, (holder, key) => { holder[key] = wrong; })) === null) {
            return `${path.join(".")}: the schema does not know it`;
        }
    }
    return null;
}

const problemOf = (manifest) => schemaProblem(manifest) ?? unknownKey(manifest) ?? ruleProblem(manifest);

// Mistakes of every kind, made to every mapping there is: a key that nobody knows, and one whose name has a slip.
function* mistakes(manifest) {
    for (const path of values(manifest)) {
        const value = valueAt(manifest, path);
        const isFree = path.includes("labels") || path.includes("requests") || path.includes("limits");
        if (isMapping(value) && !isFree) {
            yield [`${path.join(".")}: a key too many`, changed(manifest, path, (holder, key) => { holder[key].nobodysKey = "1"; })];
        }
        if (typeof path.at(-1) === "string" && !isFree) {
            yield [`${path.join(".")}: a slip in its name`, changed(manifest, path, (holder, key) => {
                holder[`${key.slice(0, -1)}_`] = holder[key];
                delete holder[key];
            })];
        }
        if (typeof value === "number") {
            yield [`${path.join(".")}: a number in quotes`, changed(manifest, path, (holder, key) => { holder[key] = `${value}`; })];
        }
    }
}

const documents = parseAllDocuments(readFileSync(process.argv[2], "utf8"), { uniqueKeys: true, strict: true });
if (documents.length !== 1 || documents[0].errors.length > 0 || documents[0].warnings.length > 0) {
    throw new Error(`${process.argv[2]}: is not one YAML document: ${documents.flatMap((document) => document.errors).join("; ")}`);
}
const manifest = documents[0].toJS();
const problem = problemOf(manifest);
if (problem !== null) {
    throw new Error(`${process.argv[2]}: ${problem}`);
}
let made = 0;
for (const [mistake, wrong] of mistakes(manifest)) {
    if (problemOf(wrong) === null) {
        throw new Error(`the check does not notice ${mistake}`);
    }
    made++;
}
console.log(`${process.argv[2]}: ${[...values(manifest)].length} values as the schema has them; all of ${made} mistakes were noticed`);
