// Builds webapp/static/dist: hashed bundles, fonts and icons, their compressed twins, manifest.json and the licences
// of what was bundled. Run by `npm run build`, which the hatch hook calls.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const icons = path.join(here, "icons");
const dist = path.join(here, "../static/dist");

// Chrome 109 and Firefox 115 are the last ones that run on the Windows 7 machines still standing in some offices.
const targets = ["chrome109", "firefox115", "safari16"];

const svgs = readdirSync(icons).filter((name) => name.endsWith(".svg"));
const scripts = ["app.js", "case.js", "people.js", "studio-compare.js", "studio-form.js", "studio-model.js", "studio-tables.js", "studio-watch.js"];
const styles = ["app.css", "case.css", "doors.css", "print.css", "results.css", "studio-compare.css", "studio-form.css", "studio-dmn.css", "studio-foresight.css", "studio-model.css", "studio-outline.css", "studio-tables.css", "studio-watch.css", "studio-play.css", "studio.css", "timeline.css"];

async function bundle() {
  const { metafile } = await build({
    absWorkingDir: here,
    entryPoints: [
      ...scripts.map((name) => `js/${name}`),
      ...styles.map((name) => `css/${name}`),
      ...svgs.map((name) => `icons/${name}`),
    ],
    outdir: dist,
    outbase: here,
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "copy" },
    bundle: true,
    minify: true,
    format: "iife",
    target: targets,
    charset: "utf8",
    // licences.txt holds the texts in full; the scripts only point to it.
    legalComments: "none",
    banner: { js: "/* Licences: licences.txt beside this file */", css: "/* Licences: licences.txt beside this file */" },
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}

/** "app-3FJ2K.css" -> "app.css": the name a template asks for. */
function plainName(file) {
  return file.replace(/-[A-Z0-9]{8}(?=\.[a-z0-9]+$)/, "");
}

function writeManifest(files) {
  const names = Object.fromEntries(files.map((file) => [plainName(file), file]).sort());
  writeFileSync(path.join(dist, "manifest.json"), JSON.stringify(names, null, 2) + "\n");
}

function compress(file) {
  const content = readFileSync(path.join(dist, file));
  writeFileSync(path.join(dist, `${file}.gz`), gzipSync(content, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  writeFileSync(path.join(dist, `${file}.br`), brotliCompressSync(content, { params }));
}

/** Return the npm packages that ended up in the bundles, e.g. "@bpmn-io/x" or "htmx.org". */
function bundledPackages(metafile) {
  const inputs = Object.keys(metafile.inputs).filter((file) => file.includes("node_modules/"));
  const names = inputs.map((file) => file.split("node_modules/").pop().match(/^(@[^/]+\/)?[^/]+/)[0]);
  return [...new Set(names)].sort();
}

function licenceText(name) {
  const folder = path.join(here, "node_modules", name);
  const about = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(path.join(folder, file), "utf8").trim() : `Licence: ${about.license}`;
  return `${name} ${about.version} (${about.license})\n\n${text}\n`;
}

function writeLicences(metafile) {
  const line = `\n${"-".repeat(79)}\n\n`;
  writeFileSync(path.join(dist, "licences.txt"), bundledPackages(metafile).map(licenceText).join(line));
}

if (!existsSync(path.join(here, "node_modules"))) throw new Error("Run `npm ci --ignore-scripts` first.");
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const metafile = await bundle();
const files = Object.keys(metafile.outputs).map((file) => path.basename(file));
writeManifest(files);
writeLicences(metafile);
files.filter((file) => /\.(js|css|svg)$/.test(file)).forEach(compress);
