/* The floor's one script: adds up the counts of what is chosen and draws the four charts. */
(function () {
  "use strict";
  var given = JSON.parse(document.getElementById("given").textContent);

  function chosen(name) {
    return Array.from(document.querySelectorAll("input[name=" + name + "]:checked"), function (box) { return box.value; });
  }

  function sum(parts, name) {
    return parts.reduce(function (total, part) {
      return part[name].map(function (count, place) { return count + (total[place] || 0); });
    }, []);
  }

  function total(parts, name) {
    return parts.reduce(function (found, part) { return found + part[name]; }, 0);
  }

  function rates(parts) {
    var names = Array.from(new Set(parts.map(function (part) { return part.cohort; }))).sort();
    return { type: "bar", x: names, y: names.map(function (name) {
      var own = parts.filter(function (part) { return part.cohort === name; });
      return 100 * total(own, "inserted") / (sum(own, "outcomes")[0] || 1);
    }) };
  }

  function draw() {
    var cohorts = chosen("cohort"), tracks = chosen("track");
    var parts = given.counts.filter(function (part) {
      return (!cohorts.length || cohorts.includes(part.cohort)) && (!tracks.length || tracks.includes(part.track));
    });
    var outcomes = sum(parts, "outcomes"), days = sum(parts, "days"), so_far = 0;
    var numbers = [total(parts, "women"), outcomes[0], total(parts, "inserted")];
    given.tiles.forEach(function (name, place) {
      document.getElementById(name).textContent = name + ": " + numbers[place];
    });
    var traces = {
      outcome: { type: "bar", x: ["Completed", "Certified", "In work"], y: outcomes },
      funnel: { type: "funnel", x: sum(parts, "steps"), y: given.steps },
      insertion: rates(parts),
      curve: { type: "scatter", mode: "lines", y: days.map(function (count) { so_far += count; return 100 * so_far / (outcomes[0] || 1); }) },
    };
    Object.keys(traces).forEach(function (name) {
      window.Plotly.react(name, [traces[name]], { title: { text: name } }, { responsive: true });
    });
  }

  document.addEventListener("change", draw);
  draw();
})();
