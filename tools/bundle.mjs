// Builds what carries much, ready made, that no page of ours uses: Plotly, Dash's components, Bootstrap's style sheets.
// Called by tools/front_end.py:  node tools/bundle.mjs <folder to write to> <comma-separated Plotly traces>
//
// Everything is built from the packages' own sources; what is left out is listed here, and tests/tools hold that no
// figure and no layout asks for it.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "acorn";
import { full } from "acorn-walk";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";

const ROOT = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const MODULES = path.join(ROOT, "node_modules");
const [OUT, TRACES] = [process.argv[2], process.argv[3].split(",")];

// Parts of Plotly's core that add something to a figure which ours do not have. Each is asked for by name only.
const LEFT_OUT = ["annotations3d", "images", "rangeselector", "rangeslider", "sliders", "updatemenus"];
// Modules that only what is switched off calls: the tools' icons (modebar), the sum of two selections (lasso).
const NOTHING = ["src/fonts/ploticon.js", "node_modules/polybooljs/index.js"];
// What Plotly says about its attributes is for readers of its schema; its own bundles are built without it as well.
const SAID = new Set(["description", "requiredOpts", "otherOpts", "hrName"]);

const COLOURS = `
  import { converter, formatHex, formatRgb, modeHsl, modeLrgb, modeRgb, useMode, wcagContrast, wcagLuminance }
    from "culori/fn";
  [modeRgb, modeHsl, modeLrgb].forEach((mode) => useMode(mode));
  export { converter, formatHex, formatRgb, wcagContrast, wcagLuminance };`;

const COMPONENTS = `
  import "regenerator-runtime/runtime"; // Dash's plugin for components is compiled for it
  import Graph from "dash-core-components/lib/components/Graph.react";
  import Interval from "dash-core-components/lib/components/Interval.react";
  import Location from "dash-core-components/lib/components/Location.react";
  import Store from "dash-core-components/lib/components/Store.react";
  import Checklist from "dash-bootstrap-components/src/components/input/Checklist";
  import Select from "dash-bootstrap-components/src/components/input/Select";
  window.dash_core_components = { Graph, Interval, Location, Store };
  window.dash_bootstrap_components = { Checklist, Select };`;

// React and prop-types come as scripts of Dash's own, before this one.
const GLOBALS = { react: "window.React", "react-dom": "window.ReactDOM", "prop-types": "window.PropTypes" };
// The functions that these components call; asked for whole, as their sources do, ramda brings hundreds.
const RAMDA = `export { any, append, clone, concat, equals, filter, has, includes, isNil, mergeDeepRight, omit, toPairs,
  type, without } from "./node_modules/ramda/es/index.js";`;
const JSX = `
  const { createElement, Fragment } = window.React;
  export { Fragment };
  export function jsx(type, props, key) {
    return createElement(type, key === undefined ? props : Object.assign({ key }, props));
  }
  export const jsxs = jsx;`;

function isWords(node) {
  if (node.type === "BinaryExpression") return isWords(node.left) && isWords(node.right);
  if (node.type === "CallExpression") return node.callee.property?.name === "join" && isWords(node.callee.object);
  return ["Literal", "TemplateLiteral", "ArrayExpression"].includes(node.type);
}

function withoutWords(source) {
  const cuts = [];
  full(parse(source, { ecmaVersion: "latest", allowReturnOutsideFunction: true }), (node) => {
    if (node.type !== "ObjectExpression") return;
    for (const one of node.properties) {
      if (one.type === "Property" && SAID.has(one.key.name) && isWords(one.value)) cuts.push([one.start, one.end]);
    }
  });
  cuts.sort((one, other) => other[0] - one[0]);
  for (const [start, end] of cuts) source = source.slice(0, start) + source.slice(end).replace(/^\s*,/, "");
  return source;
}

function virtual(filter, contents) {
  return {
    name: String(filter),
    setup(building) {
      building.onResolve({ filter }, ({ path: name }) => ({ path: name, namespace: String(filter) }));
      building.onLoad({ filter: /.*/, namespace: String(filter) }, ({ path: name }) => ({
        contents: typeof contents === "function" ? contents(name) : contents,
        resolveDir: ROOT,
      }));
    },
  };
}

const trimmed = {
  name: "trimmed",
  setup(building) {
    building.onLoad({ filter: /[\\/](plotly\.js[\\/]src|polybooljs)[\\/].*\.js$/ }, ({ path: file }) => {
      const name = file.replaceAll("\\", "/");
      const part = LEFT_OUT.find((one) => name.endsWith(`plotly.js/src/components/${one}/index.js`));
      if (part) return { contents: `module.exports = { moduleType: "component", name: "${part}" };` };
      if (NOTHING.some((one) => name.endsWith(one))) return { contents: "module.exports = {};" };
      return { contents: withoutWords(readFileSync(file, "utf-8")) };
    });
  },
};

const OPTIONS = {
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2020",
  legalComments: "none", // whole texts stand in the folder of licences
  metafile: true,
  logLevel: "warning",
};

function version(name) {
  return JSON.parse(readFileSync(path.join(MODULES, name, "package.json"), "utf-8")).version;
}

async function plotly() {
  const traces = TRACES.map((name) => `require("plotly.js/lib/${name}")`).join(", ");
  const entry = `var Plotly = require("plotly.js/lib/core"); Plotly.register([${traces}]); module.exports = Plotly;`;
  return build({
    ...OPTIONS,
    stdin: { contents: entry, resolveDir: ROOT },
    globalName: "Plotly",
    define: { global: "window", "define.amd": "false" },
    plugins: [virtual(/^culori$/, COLOURS), virtual(/^maplibre-gl/, ""), trimmed],
    banner: { js: `/* plotly.js (${TRACES.join(", ")}) v${version("plotly.js")}, MIT: licences/ */` },
    outfile: path.join(OUT, "plotly.min.js"),
  });
}

async function components() {
  const given = virtual(/^(react|react-dom|prop-types)$/, (name) => `module.exports = ${GLOBALS[name]};`);
  return build({
    ...OPTIONS,
    stdin: { contents: COMPONENTS, resolveDir: ROOT },
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".js": "jsx" },
    // Formulas in figures: a library of two megabytes, fetched where a graph asks for it. None of ours does.
    plugins: [given, virtual(/^ramda$/, RAMDA), virtual(/^react\/jsx-runtime$/, JSX), virtual(/LazyLoader\/mathjax$/, MATHS)],
    banner: { js: `/* dash-core-components v${version("dash-core-components")} (parts), MIT: licences/ */` },
    outfile: path.join(OUT, "components.min.js"),
  });
}

const MATHS = "export default () => Promise.resolve(undefined);";

/* Which packages a bundle holds: their licences go with it. */
function packages(meta) {
  const names = Object.keys(meta.inputs).map((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  return names.filter(Boolean);
}

/* Bootstrap's rules for elements and classes whose names stand anywhere in our layouts, scripts or components. */
async function styles(name) {
  const content = ["layouts/**/*.py", "layouts/assets/*.js"].map((one) => path.join(ROOT, one));
  const [purged] = await new PurgeCSS().purge({
    content: [...content, path.join(OUT, "components.min.js")],
    css: [path.join(MODULES, "bootstrap", "dist", "css", name)],
    safelist: ["html", "body", "root"],
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
    variables: true,
  });
  const { code } = await transform(purged.css, { loader: "css", minify: true, legalComments: "inline" });
  writeFileSync(path.join(OUT, name), code);
}

const built = [await plotly(), await components()];
const held = [...new Set(built.flatMap(({ metafile }) => packages(metafile)))].sort();
writeFileSync(path.join(OUT, "packages.json"), JSON.stringify(held));
await styles("bootstrap.min.css");
await styles("bootstrap.rtl.min.css");
