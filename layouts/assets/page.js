/* The page's own behaviour: charts wait for their library, the address is the view, lists fold, print unfolds. */
(function () {
  "use strict";

  /* Dash's graphs take window.Plotly as it is, or fetch a library of their own. A promise makes them wait for ours. */
  window.Plotly = new Promise(function (resolve) {
    document.addEventListener("load", function (event) {
      if (event.target.id === "plotly") resolve(window.Plotly);
    }, true);
  });

  /* ---- the first response holds the page as words: it goes in the moment in which Dash has drawn the same ------- */

  function dash(id) {
    return document.querySelector("#react-entry-point " + (id ? "#" + CSS.escape(id) : ".page"));
  }

  /* Until then an id leads to the first words, and what is put there would go with them. */
  var taken, over = new Promise(function (resolve) { taken = resolve; });

  function takeOver() {
    var words = document.getElementById("first");
    if (!words || !dash()) return;
    swap.disconnect();
    /* What the reader has unfolded already stays so: both trees have the same lists in the same order. */
    var lists = document.querySelectorAll("#react-entry-point details");
    Array.from(words.querySelectorAll("details")).filter(function (list) { return !list.parentNode.closest("[data-drawn]"); })
      .forEach(function (list, place) { if (list.open && lists[place]) lists[place].open = true; });
    words.querySelectorAll("[data-drawn]").forEach(function (part) {
      var place = dash(part.id);
      if (place && !place.hasChildNodes()) place.replaceChildren.apply(place, Array.from(part.childNodes));
    });
    taken();
    var told = [words.querySelector("#offline"), dash("offline")];
    words.remove();
    if (told[0] && told[1] && told[0].dataset.pulse !== told[1].dataset.pulse) window.setTimeout(anew);
  }

  /* The data has changed between the first response and the layout: all that the page holds is asked for again. */
  function anew() {
    window.dash_clientside.set_props("parts", { data: {} });
    window.dash_clientside.set_props("shown", { data: {} });
    window.dash_clientside.set_props("again", { data: Date.now() });
  }

  /* Before the next frame is painted: nobody sees the page twice, or not at all. */
  var swap = new MutationObserver(takeOver);
  swap.observe(document.documentElement, { childList: true, subtree: true });

  /* ---- the address is the view ------------------------------------------------------------------------------ */

  function words() {
    return document.getElementById("filters").dataset;
  }

  function read(search) {
    var query = new URLSearchParams(search || "");
    var wanted = { lang: query.get("lang") || document.documentElement.lang, day: query.get("as_of") || "",
      period: query.get("period") || "", known: query.get("known") || "", since: query.get("since") || "",
      guests: query.get("guests") === "1", chosen: {} };
    words().dimensions.split(",").forEach(function (dimension) {
      var given = query.getAll(dimension).pop() || "";
      wanted.chosen[dimension] = given.split(",").filter(Boolean).sort();
    });
    return wanted;
  }

  function write(wanted, lang) {
    var parts = ["lang=" + encodeURIComponent(lang || wanted.lang)];
    words().dimensions.split(",").forEach(function (dimension) {
      var chosen = wanted.chosen[dimension] || [];
      if (chosen.length) parts.push(dimension + "=" + chosen.map(encodeURIComponent).join(","));
    });
    if (wanted.day) parts.push("as_of=" + encodeURIComponent(wanted.day));
    if (wanted.period) parts.push("period=" + encodeURIComponent(wanted.period));
    if (wanted.known) parts.push("known=" + encodeURIComponent(wanted.known));
    if (wanted.since) parts.push("since=" + encodeURIComponent(wanted.since));
    if (wanted.guests) parts.push("guests=1");
    return "?" + parts.join("&");
  }

  var TODAY = "today", NOW = "now";

  function fromControls(ids, values, day, past, kept) {
    var wanted = { lang: document.documentElement.lang, day: day === TODAY ? "" : day || "", period: kept.period,
      known: past === NOW ? "" : past || "", since: kept.since, guests: kept.guests, chosen: {} };
    ids.forEach(function (id, place) {
      wanted.chosen[id.dimension] = (values[place] || []).slice().sort();
    });
    return wanted;
  }

  function chosenWords(chosen, options) {
    var names = options.filter(function (option) { return chosen.includes(option.value); })
      .map(function (option) { return option.label; });
    if (!names.length) return words().all;
    return names.length > 2 ? words().chosen.replace("{n}", names.length) : names.join(words().separator);
  }

  function offers(options, value) {
    return options.some(function (option) { return option.value === value; });
  }

  function known(chosen, options) {
    return (chosen || []).filter(function (choice) {
      return offers(options, choice);
    });
  }

  /* Knowledge of a past day reaches no later day: none is offered, and "no day" is that day rather than today. */
  function within(days, pasts, past) {
    var told = pasts.find(function (option) { return past && option.value === past; });
    return days.map(function (option) {
      if (option.value === TODAY) return Object.assign({}, option, { label: told ? told.label : option.title });
      return Object.assign({}, option, { disabled: Boolean(told) && option.value >= past });
    });
  }

  function dayThere(wanted, days) {
    var beyond = wanted.known && wanted.day >= wanted.known;
    return !beyond && offers(days, wanted.day) ? wanted.day : TODAY;
  }

  function pastThere(wanted, pasts) {
    return offers(pasts, wanted.known) ? wanted.known : NOW;
  }

  function equal(some, others) {
    return JSON.stringify((some || []).slice().sort()) === JSON.stringify((others || []).slice().sort());
  }

  function chosenAs(wanted, ids, values, day, past, options, days, pasts) {
    return dayThere(wanted, days) === day && pastThere(wanted, pasts) === past && ids.every(function (id, place) {
      return equal(known(wanted.chosen[id.dimension], options[place]), values[place]);
    });
  }

  /* Controls -> address, or address -> controls when the reader goes back or opens a link. */
  function sync(search, values, day, past, clear, ids, options, days, pasts, languages, places, asked) {
    var no = window.dash_clientside.no_update;
    var triggers = window.dash_clientside.callback_context.triggered.map(function (item) { return item.prop_id; });
    var wanted, address = no;
    if (triggers.some(function (id) { return id.startsWith("clear."); })) {
      wanted = Object.assign(read(search), { lang: document.documentElement.lang, day: "", known: "", chosen: {} });
      address = write(wanted);
    } else if (!triggers.length || triggers[0] === "." || triggers.includes("location.search")) {
      wanted = read(search);
    } else {
      wanted = read(search);
      /* Controls that the server has drawn anew say what the address says: nobody has chosen anything. */
      if (!chosenAs(wanted, ids, values, day, past, options, days, pasts)) {
        wanted = fromControls(ids, values, day, past, wanted);
        address = write(wanted);
      }
    }
    var boxes = ids.map(function (id, place) { return known(wanted.chosen[id.dimension], options[place]); });
    var day_there = dayThere(wanted, days), past_there = pastThere(wanted, pasts);
    var reached = within(days, pasts, wanted.known);
    var said = boxes.map(function (chosen, place) { return chosenWords(chosen, options[place]); });
    var active = boxes.filter(function (chosen) { return chosen.length; }).length
      + (wanted.day ? 1 : 0) + (wanted.known ? 1 : 0);
    var here = window.location.pathname;
    var links = languages.map(function (id) { return here + write(wanted, id.lang); });
    var ways = places.map(function (id) { return id.page + write(wanted); });
    var ask = write(wanted) === write(read(asked)) ? no : write(wanted);
    if (address === search) address = no;
    var count = active ? String(active) : "";
    if (JSON.stringify(reached) === JSON.stringify(days)) reached = no;
    /* What stands there already is not put there again: a component that is told anything is drawn anew. */
    if (boxes.every(function (chosen, place) { return equal(chosen, values[place]); })) boxes = no;
    if (day_there === day) day_there = no;
    if (past_there === past) past_there = no;
    return [address, boxes, reached, day_there, past_there, said, count, !active, links, ways, ask];
  }

  /* Parts that are only words and links come as HTML; what the reader has unfolded stays so, what is equal stays. */
  var put = new Map();

  /* What the first response has brought already: a table that the reader has unfolded stays so. */
  function stands(place, html) {
    var made = document.createElement("template");
    made.innerHTML = html;
    return made.innerHTML === place.innerHTML.replace(/ open=""/g, "");
  }

  function renew(place, html) {
    var same = put.has(place) ? put.get(place) === html : stands(place, html);
    put.set(place, html);
    if (!same || !place.hasChildNodes()) fill(place, html);
  }

  function draw(parts) {
    over.then(function () { drawParts(parts); });
  }

  function drawParts(parts) {
    var figures = [];
    Object.keys(parts || {}).forEach(function (id) {
      var place = document.getElementById(id);
      if (!place) return;
      if (typeof parts[id] === "string") renew(place, parts[id]); else figures.push([place, parts[id]]);
    });
    /* The library may still be on its way: the promise above. */
    Promise.resolve(window.Plotly).then(function () {
      figures.forEach(function (pair) { plot(pair[0], pair[1]); });
      wantFolded();
    });
  }

  /* ---- charts: drawn by the library itself, a change in place; their room is as high as they say ----------------- */

  var widths = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      var graph = entry.target.firstElementChild, width = entry.contentRect.width;
      if (!width || !graph || !graph._fullLayout || graph.layout.autosize === false) return;
      if (Math.abs(graph._fullLayout.width - width) >= 1) window.Plotly.Plots.resize(graph);
    });
  });

  function plot(place, figure) {
    if (!figure.layout.height) return; // nobody in the view: the chart is not seen
    var graph = place.firstElementChild;
    if (!graph) {
      graph = place.appendChild(document.createElement("div"));
      widths.observe(place);
    }
    place.style.height = figure.layout.height + "px";
    place.style.setProperty("--tall", figure.layout.height + "px");
    var own = JSON.parse(JSON.stringify(figure)); // the library writes into what it is given
    window.Plotly.react(graph, own.data, own.layout, JSON.parse(place.dataset.config));
  }

  /* ---- folded sections: hundreds of lines that nobody sees yet come when the charts are drawn -------------------- */

  var SOON = 120, folded = 0;

  function wantFolded() {
    if (!document.getElementById("themes")) return;
    window.clearTimeout(folded);
    folded = window.setTimeout(askFolded, document.querySelector("#results details[open]") ? 0 : SOON);
  }

  function askFolded() {
    folded = 0;
    window.dash_clientside.set_props("unfold", { data: Date.now() });
  }

  /* Someone unfolds one that is still to come: it is asked for now. */
  document.addEventListener("click", function (event) {
    if (!folded || !event.target.closest("#results summary")) return;
    window.clearTimeout(folded);
    askFolded();
  });

  function drawFolded(parts) {
    Object.keys(parts || {}).forEach(function (id) {
      var place = document.getElementById(id);
      if (place) renew(place, parts[id]);
    });
  }

  /* Whoever listens to "drawing" may change what is put there before anyone can see it. */
  function fill(place, html) {
    var open = Array.from(place.querySelectorAll("details[open][id]"), function (part) { return part.id; });
    var made = document.createElement("template");
    made.innerHTML = html;
    open.forEach(function (name) {
      var part = made.content.getElementById(name);
      if (part) part.open = true;
    });
    document.dispatchEvent(new CustomEvent("drawing", { detail: { place: place, content: made.content } }));
    place.replaceChildren(made.content);
    document.dispatchEvent(new CustomEvent("drawn", { detail: { place: place } }));
  }

  document.addEventListener("redraw", function () {
    put.forEach(function (html, place) { if (place.isConnected) fill(place, html); else put.delete(place); });
  });

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { management: { sync: sync, draw: draw, drawFolded: drawFolded } });

  /* ---- the sheet changes: a small question every two seconds. The page asks anew where the answer is not the state
     that it shows (every answer of the frame says which that is), not merely where it differs from the last: of two
     servers one may have the new roster already while the other still answers with the one before. */

  var PULSE = 2000, MISSED = 4, REST = 10000, PATIENCE = 8000, AGAIN = 20000;
  var ASKED_ANEW = 6000; // one and the same pulse: an answer may be under way
  var missed = 0, heard = "", asked = 0;

  function offline() {
    return document.getElementById("offline");
  }

  function hear(told) {
    var line = offline();
    missed = 0;
    if (!line) return;
    line.hidden = true;
    if (told.pulse === line.dataset.pulse || (told.pulse === heard && Date.now() - asked < ASKED_ANEW)) return;
    heard = told.pulse;
    asked = Date.now();
    window.dash_clientside.set_props("tick", { n_intervals: Date.now() });
  }

  function miss() {
    missed += 1;
    if (missed >= MISSED && offline()) offline().hidden = false;
  }

  function ask() {
    if (document.hidden || !offline()) return beat(PULSE);
    /* A connection that was cut, or slept, may never answer: without an end it would be waited for in silence. */
    var end = AbortSignal.timeout ? AbortSignal.timeout(PATIENCE) : undefined;
    return window.fetch("/pulse", { cache: "no-cache", signal: end })
      .then(function (answer) {
        /* The session has ended: the page itself leads to the door, and comes back here afterwards. */
        if (answer.status === 401) window.location.reload();
        return answer.ok ? answer.json() : Promise.reject(answer.status);
      })
      .then(hear).catch(miss).then(function () { beat(missed < MISSED ? PULSE : REST); });
  }

  function beat(rest) {
    window.setTimeout(ask, rest);
  }

  beat(PULSE);

  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && window.dash_clientside.set_props && offline()) ask_once();
  });

  /* Back on a page that was hidden: what it shows may be hours old. */
  function ask_once() {
    window.dash_clientside.set_props("tick", { n_intervals: Date.now() });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-held]");
    if (!button) return;
    button.disabled = true;
    window.setTimeout(function () { button.disabled = false; }, AGAIN); // it may not have been taken
    window.dash_clientside.set_props("held", { data: button.dataset.held });
  });

  /* What "read now" has answered is true for a moment only: the sheet goes on. */
  var ANSWERED = 20000, answered = 0;

  new MutationObserver(function (changes) {
    var line = document.getElementById("reading");
    if (!line || !line.textContent || !changes.some(function (change) { return change.target === line || line.contains(change.target); })) return;
    window.clearTimeout(answered);
    answered = window.setTimeout(function () {
      window.dash_clientside.set_props("reading", { children: "" });
    }, ANSWERED);
  }).observe(document.documentElement, { subtree: true, childList: true, characterData: true });

  /* A tile whose number moves says so for a moment: what is on a tile is only sent again where it has changed. */
  new MutationObserver(function (changes) {
    changes.forEach(function (change) {
      if (!change.removedNodes.length || !change.target.classList.contains("tile")) return;
      var value = change.target.querySelector(".tile-value");
      if (value) value.classList.add("moved");
    });
  }).observe(document.documentElement, { subtree: true, childList: true });

  /* ---- folding ---------------------------------------------------------------------------------------------- */

  function closeLists(except) {
    document.querySelectorAll("details.filter[open]").forEach(function (list) {
      if (list !== except) list.open = false;
    });
  }

  document.addEventListener("click", function (event) {
    var toggle = event.target.closest("#filters-toggle");
    if (toggle) toggle.setAttribute("aria-expanded", toggle.getAttribute("aria-expanded") !== "true");
    closeLists(event.target.closest("details.filter"));
    var link = event.target.closest("a[data-in-place]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) stay(event, link);
  });

  /* A link to another view of this page: Dash's location hears of it, nothing is loaded anew. */
  function stay(event, link) {
    event.preventDefault();
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    var list = document.querySelector("details.filter[open]");
    closeLists(null);
    if (list) list.querySelector("summary").focus();
  });

  function openDefinition(hash) {
    var entry = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
    if (!entry) return false;
    if (entry.tagName === "DETAILS") {
      entry.open = true;
      entry.querySelector("summary").focus({ preventScroll: true });
    }
    entry.scrollIntoView();
    return true;
  }

  window.addEventListener("hashchange", function () { openDefinition(window.location.hash); });

  /* The page is drawn after the browser has looked for the place that the address names. */
  if (window.location.hash.startsWith("#def-")) {
    var drawn = new MutationObserver(function () {
      if (openDefinition(window.location.hash)) drawn.disconnect();
    });
    drawn.observe(document.documentElement, { childList: true, subtree: true });
  }

  /* ---- paper: charts take the width of the sheet ------------------------------------------------------------- */

  var PAPER_WIDTH = 712;
  var PAPER_ZOOM = 0.76; // of the pair of charts: print.css says the same

  function drawAt(width) {
    document.querySelectorAll(".js-plotly-plot").forEach(function (chart) {
      if (!chart.layout || !window.Plotly.relayout) return;
      var pair = chart.closest(".pair");
      window.Plotly.relayout(chart, width ? { width: pair ? (width - 28) / 2 / PAPER_ZOOM : width, autosize: false }
        : { width: null, autosize: true });
    });
  }

  /* Paper cannot be clicked: legends, definitions, the path's figures and the account of the rows are unfolded. */
  var TOLD = ".legend, .definition, .rung-leaving details, .branches details, .card-funnel .twin";
  var unfolded = [];

  function unfold() {
    unfolded = Array.from(document.querySelectorAll(TOLD)).filter(function (part) { return !part.open; });
    unfolded.forEach(function (part) { part.open = true; });
  }

  function fold() {
    unfolded.forEach(function (part) { part.open = false; });
  }

  window.addEventListener("beforeprint", function () { drawAt(PAPER_WIDTH); unfold(); });
  window.addEventListener("afterprint", function () { drawAt(0); fold(); });
})();
