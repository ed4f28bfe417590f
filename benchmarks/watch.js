/* Put into every page before its own scripts: notes when the tiles are filled, when the charts are drawn, what moved. */
(function () {
  "use strict";
  if (window !== window.top || window.bench) return;
  var bench = (window.bench = { tiles: null, drawn: null, moved: 0, charts: CHARTS });

  function graphs() {
    return Array.from(document.querySelectorAll(".js-plotly-plot"));
  }

  function filled() {
    var values = Array.from(document.querySelectorAll(".tile-value"));
    return values.length > 0 && values.every(function (value) { return value.textContent.trim(); });
  }

  function drawn() {
    return graphs().filter(function (graph) { return graph.querySelector(".main-svg .trace"); }).length >= bench.charts;
  }

  function look() {
    if (bench.tiles === null && filled()) bench.tiles = performance.now();
    if (bench.drawn === null && drawn()) bench.drawn = performance.now();
    if (bench.tiles !== null && bench.drawn !== null) observer.disconnect();
  }

  var observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, characterData: true });

  new PerformanceObserver(function (list) {
    list.getEntries().forEach(function (entry) { if (!entry.hadRecentInput) bench.moved += entry.value; });
  }).observe({ type: "layout-shift", buffered: true });

  /* Clicks a box and tells in how many ms the last chart was redrawn, once nothing has been drawn for a while. */
  var QUIET = 250, PATIENCE = 1500, END = 60000;

  bench.change = function (box) {
    return new Promise(function (resolve, reject) {
      var redrawn = new Map(), all = graphs(), last = 0;
      function note(graph) { return function () { last = performance.now(); redrawn.set(graph, last); }; }
      var listeners = all.map(function (graph) { var found = note(graph); graph.on("plotly_afterplot", found); return found; });
      var began = performance.now();
      box.click();
      var timer = setInterval(function () {
        var now = performance.now(), done = redrawn.size === all.length || (redrawn.size && now - began > PATIENCE);
        if (!(done && now - last > QUIET) && now - began < END) return;
        clearInterval(timer);
        all.forEach(function (graph, place) { graph.removeListener("plotly_afterplot", listeners[place]); });
        if (redrawn.size) resolve({ ms: last - began, charts: redrawn.size }); else reject(new Error("no chart was redrawn"));
      }, 20);
    });
  };
})();
