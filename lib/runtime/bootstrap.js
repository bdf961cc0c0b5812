// The first step of `npm start`, `npm test` and `npm run dev`: runs on whatever Node the machine has,
// before any package is there. Plain JavaScript without dependencies, and no syntax newer than Node 16.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import module from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const NODE_WANTED = [22, 18];
const TASKS = ["start", "test", "dev"];

process.chdir(ROOT);
const [task, ...rest] = process.argv.slice(2);
if (!TASKS.includes(task)) fail(`Say what to do: ${TASKS.join(", ")}.`);
if (!packagesAreCurrent()) await installPackages();
await runTask();

/** npm notes what it has installed in node_modules/.package-lock.json, as its last step. */
function packagesAreCurrent() {
  const wanted = lockedPackages("package-lock.json");
  const present = lockedPackages("node_modules/.package-lock.json");
  if (!wanted)
    fail("package-lock.json is missing or damaged. Get it back with: git checkout package-lock.json");
  if (!present) return false;
  return Object.entries(wanted).every(([folder, { version, optional }]) => {
    if (folder === "") return true;
    const found = present[folder];
    return found ? found.version === version : optional === true;
  });
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

async function installPackages() {
  const why = existsSync("node_modules") ? "package-lock.json has changed" : "first start, about a minute";
  const startedAt = Date.now();
  const seconds = () => Math.round((Date.now() - startedAt) / 1000);
  console.log(`Installing packages (${why})`);
  const ticker = setInterval(() => console.log(`  still installing (${seconds()} s)`), 10_000);
  // Not `npm ci`: that refuses a lock file written where the packages of other platforms could not be had.
  const flags = [
    "install",
    "--no-save",
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  // Prisma would try to download an engine that is not used here; it takes any file that exists.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" };
  const code = await run(...npmCommand(flags), { env });
  clearInterval(ticker);
  if (code !== 0) {
    fail(
      "npm could not install the packages (its message is above). Check the network or the npm registry setting, then start again.",
    );
  }
  console.log(`Packages installed (${seconds()} s)`);
}

/** The npm that started us, if one did: it is there and of the right version. */
function npmCommand(args) {
  const own = process.env.npm_execpath;
  if (own && /npm-cli\.js$/.test(own)) return [process.execPath, [own, ...args]];
  return process.platform === "win32" ? ["npm.cmd", args] : ["npm", args];
}

async function runTask() {
  const file = path.join(ROOT, "lib/runtime", `${task}.ts`);
  if (isRecent(process.versions.node)) {
    // Quicker starts, and no type stripper in memory; Node goes without where it cannot write.
    module.enableCompileCache(path.join(ROOT, "node_modules/.cache/node"));
    process.argv = [process.argv[0], file, ...rest];
    await import(new URL(`./${task}.ts`, import.meta.url).href);
    return;
  }
  const node = packagedNode();
  if (!node) fail(`Recado needs Node ${NODE_WANTED.join(".")} or newer; this is ${process.versions.node}.`);
  process.exitCode = await run(node, [file, ...rest], {
    // The channel tells the other side when this process is killed.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PATH: [path.dirname(node), process.env.PATH].join(path.delimiter) },
  });
}

function isRecent(version) {
  const [major, minor] = version.split(".").map(Number);
  return major > NODE_WANTED[0] || (major === NODE_WANTED[0] && minor >= NODE_WANTED[1]);
}

/** Node comes as a package (see optionalDependencies); macOS has none. */
function packagedNode() {
  const windows = process.platform === "win32";
  const folder = `node_modules/node-${windows ? "win" : process.platform}-${process.arch}/bin`;
  const file = path.join(ROOT, folder, windows ? "node.exe" : "node");
  return existsSync(file) ? file : undefined;
}

/** Runs to the end; the signals that end us go to the child, which then decides when it is done. */
function run(file, args, options) {
  const child = spawn(file, args, { stdio: "inherit", shell: file.endsWith(".cmd"), ...options });
  const onInterrupt = () => {}; // the terminal has told the child already
  const onTerminate = () => child.kill("SIGTERM");
  const stopWatching = process.env.npm_lifecycle_event ? onOrphaned(onTerminate) : () => {};
  process.on("SIGINT", onInterrupt).on("SIGTERM", onTerminate).on("SIGHUP", onTerminate);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      console.error(error.message);
      resolve(1);
    });
    child.once("exit", (code) => {
      stopWatching();
      process.off("SIGINT", onInterrupt).off("SIGTERM", onTerminate).off("SIGHUP", onTerminate);
      resolve(code ?? 1);
    });
  });
}

/** A signal for npm ends npm and its shell but may never reach us; then our parent is another one. */
function onOrphaned(then) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    then();
  }, 500);
  timer.unref();
  return () => clearInterval(timer);
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
