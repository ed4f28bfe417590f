/* The meeting's mode: one step at a time on the whole screen, moved by the keyboard, with a timer. */
(function () {
  "use strict";

  var STEPS = 5;
  var root = document.documentElement;
  var ran = 0, began = 0, ticking = 0; // ms that the timer has run, when it was started last, its interval

  function on() { return Boolean(root.dataset.step); }
  function rtl() { return root.dir === "rtl"; }
  function step() { return Number(root.dataset.step); }

  function go(number) {
    root.dataset.step = String(Math.min(STEPS, Math.max(1, number)));
    document.querySelectorAll("button[data-go]").forEach(function (button) {
      if (button.dataset.go === root.dataset.step) button.setAttribute("aria-current", "step");
      else button.removeAttribute("aria-current");
    });
    var title = document.getElementById("step-" + root.dataset.step + "-title");
    if (title) title.focus({ preventScroll: true });
    window.scrollTo(0, 0);
    window.dispatchEvent(new Event("resize")); // a chart that was not there has no size
  }

  function address(meeting) {
    var query = new URLSearchParams(window.location.search);
    if (meeting) query.set("meeting", "1"); else query.delete("meeting");
    window.history.replaceState({}, "", window.location.pathname + "?" + query.toString().replace(/%2C/g, ","));
  }

  function start() {
    address(true);
    var asked = root.requestFullscreen && root.requestFullscreen();
    if (asked) asked.catch(function () { /* refused: the mode fills the window instead */ });
    if (!began && !ran) clock();
    go(1);
  }

  function end() {
    delete root.dataset.step;
    help(false);
    address(false);
    if (document.fullscreenElement) document.exitFullscreen(); // what follows is done again when it has ended
    window.dispatchEvent(new Event("resize"));
    var button = document.querySelector("button[data-meeting=start]");
    if (button) button.focus();
  }

  document.addEventListener("fullscreenchange", function () {
    if (!document.fullscreenElement) end();
  });

  /* ---- timer -------------------------------------------------------------------------------------------------- */

  function show() {
    var seconds = Math.floor((ran + (began ? Date.now() - began : 0)) / 1000);
    var place = document.getElementById("meeting-time");
    var words = [Math.floor(seconds / 60), seconds % 60].map(function (part) { return String(part).padStart(2, "0"); });
    if (place) place.textContent = words.join(":");
  }

  function clock() {
    if (began) { ran += Date.now() - began; began = 0; window.clearInterval(ticking); }
    else { began = Date.now(); ticking = window.setInterval(show, 1000); }
    var button = document.querySelector("button[data-meeting=timer]");
    if (button) button.setAttribute("aria-pressed", String(Boolean(began)));
    show();
  }

  /* ---- help --------------------------------------------------------------------------------------------------- */

  var left = null; // what had the focus before the help opened

  function help(wanted) {
    var box = document.getElementById("meeting-help");
    if (!box) return;
    var open = wanted === undefined ? box.hidden : wanted;
    if (open === !box.hidden) return;
    if (open) left = document.activeElement;
    box.hidden = !open;
    if (open) box.focus();
    else if (left && left.isConnected) left.focus({ preventScroll: true }); // back to where the reader was
  }

  /* ---- keys and buttons --------------------------------------------------------------------------------------- */

  function writing(target) {
    return target.closest("input, textarea, select");
  }

  var KEYS = {
    ArrowRight: function () { go(step() + (rtl() ? -1 : 1)); },
    ArrowLeft: function () { go(step() + (rtl() ? 1 : -1)); },
    Home: function () { go(1); },
    End: function () { go(STEPS); },
    "?": function () { help(); },
    Escape: function () {
      if (!document.getElementById("meeting-help").hidden) help(false); else end();
    }
  };
  // By the place of the key: on an Arabic keyboard these keys write other letters.
  var CODES = { KeyH: function () { window.review.hideCodes(); }, KeyT: clock };

  document.addEventListener("keydown", function (event) {
    if (!on() || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    if (writing(event.target)) {
      if (event.key === "Escape") { event.target.blur(); event.preventDefault(); }
      return;
    }
    var digit = /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
    // On a French keyboard a digit needs the shift key: the place of the key is meant, not what it writes.
    var act = KEYS[event.key] || CODES[event.code] || (digit && function () { go(Number(digit[1])); });
    if (!act) return;
    event.preventDefault();
    act();
  });

  var BUTTONS = {
    start: start, end: end, timer: clock,
    help: function () { help(); },
    back: function () { go(step() - 1); },
    on: function () { go(step() + 1); }
  };

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button[data-meeting], button[data-go]");
    if (!button) return;
    if (button.dataset.go) go(Number(button.dataset.go));
    else if (BUTTONS[button.dataset.meeting]) BUTTONS[button.dataset.meeting]();
  });

  /* An address may begin in the middle of a meeting; the whole screen needs a key or a click first. */
  if (new URLSearchParams(window.location.search).get("meeting") === "1") {
    root.dataset.step = "1";
    var waiting = new MutationObserver(function () {
      if (!document.querySelector("#react-entry-point #step-1-title")) return;
      waiting.disconnect();
      if (!began && !ran) clock();
      go(step());
    });
    waiting.observe(root, { childList: true, subtree: true });
  }
})();
