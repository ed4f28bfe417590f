/* The weekly review: the day it compares with, what a meeting writes down, and codes that a guest must not see. */
(function () {
  "use strict";

  /* ---- the day to compare with is in the address -------------------------------------------------------------- */

  document.addEventListener("change", function (event) {
    if (event.target.id !== "review-since") return;
    var query = new URLSearchParams(window.location.search);
    query.set("since", event.target.value);
    window.history.pushState({}, "", window.location.pathname + "?" + query.toString().replace(/%2C/g, ","));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  });

  /* ---- forms: what they say goes to the server, which answers in words ----------------------------------------- */

  var asked = ""; // the title of the step that was sent from last

  document.addEventListener("submit", function (event) {
    var form = event.target.closest("form[data-act]");
    if (!form) return;
    event.preventDefault();
    var button = form.querySelector("button[type=submit]");
    if (button.dataset.sure && !sure(form, button)) return;
    var fields = { at: Date.now() };
    new FormData(form).forEach(function (value, name) { fields[name] = value; });
    button.disabled = true;
    asked = titleOf(form);
    window.dash_clientside.set_props("ask-" + form.dataset.act, { data: fields });
  });

  /* Asked on the page: a question of the browser's own would end the whole screen in the middle of a meeting. */
  function sure(form, button) {
    if (form.dataset.asked) return true;
    form.dataset.asked = "yes";
    form.querySelector(".sure").textContent = button.dataset.sure;
    button.textContent = button.dataset.again;
    return false;
  }

  function titleOf(form) {
    var step = form.closest(".step"), head = step && step.querySelector("h2[id]");
    return head ? head.id : "";
  }

  /* What was sent from is disabled and drawn anew: without this the focus would be nowhere. It goes to the step's
     title, unless the reader has gone on meanwhile. What was signed is said at the top of its step. */
  function settle() {
    var head = asked && document.getElementById(asked);
    if (head && document.activeElement === document.body) head.focus({ preventScroll: asked !== "step-5-title" });
  }

  function goneOn() { asked = ""; }
  document.addEventListener("keydown", goneOn, true);
  document.addEventListener("pointerdown", goneOn, true);

  var SAID = 8000, fading = 0; // ms for which good news stand; what is wrong stands until it is mended

  function acted(told) {
    if (!told) return;
    var line = document.getElementById("said");
    line.textContent = told.said;
    line.classList.toggle("said-fault", !told.done);
    window.clearTimeout(fading);
    if (told.done) fading = window.setTimeout(function () { line.textContent = ""; }, SAID);
    document.querySelectorAll("form[data-act='" + told.act + "']").forEach(function (form) {
      form.querySelector("button[type=submit]").disabled = false;
      if (told.done) form.reset();
      delete form.dataset.asked;
    });
    settle();
    if (told.done) window.dash_clientside.set_props("tick", { n_intervals: Date.now() });
  }

  window.dash_clientside = Object.assign(window.dash_clientside || {}, { review: { acted: acted } });

  /* ---- codes -------------------------------------------------------------------------------------------------- */

  /* Guests are in the room: it stands in the address, so that the server does not send what they must not see. */
  function hidden() {
    return new URLSearchParams(window.location.search).get("guests") === "1";
  }

  /* First the page as it is here, at once; then the address, by which the server draws all of it anew. */
  function hide(yes) {
    var query = new URLSearchParams(window.location.search);
    if (yes) query.set("guests", "1"); else query.delete("guests");
    window.history.replaceState({}, "", window.location.pathname + "?" + query.toString().replace(/%2C/g, ","));
    // Back again before the server has answered: its answer is then what was drawn before, and would not be drawn anew.
    if (yes) strip(document); else document.dispatchEvent(new CustomEvent("redraw"));
    told();
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  function told() {
    document.documentElement.dataset.codes = hidden() ? "hidden" : "shown";
    document.querySelectorAll("button[data-meeting=codes]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(hidden()));
    });
  }

  /* Not painted over but gone from the page: whoever looks into it finds nothing. */
  function strip(content) {
    content.querySelectorAll("[data-code]").forEach(function (part) { part.remove(); });
  }

  /* What someone was writing stays while the page is drawn anew. */
  function carry(from, to) {
    from.querySelectorAll("form[id]").forEach(function (form) {
      var same = to.getElementById ? to.getElementById(form.id) : null;
      if (!same) return;
      Array.from(form.elements).forEach(function (field) {
        var other = field.name && field.type !== "hidden" && same.elements.namedItem(field.name);
        if (!other || !field.value) return;
        other.value = field.value;
        if (field === document.activeElement) focused = form.id + "\n" + field.name;
      });
    });
  }

  var focused = "", standing = ""; // a field by its form and name; a title by its id

  document.addEventListener("drawing", function (event) {
    if (hidden()) strip(event.detail.content);
    carry(event.detail.place, event.detail.content);
    var active = document.activeElement;
    standing = active && event.detail.place.contains(active) && !active.form ? active.id : "";
  });

  document.addEventListener("drawn", function () {
    var title = standing && document.getElementById(standing);
    standing = "";
    if (title) title.focus({ preventScroll: true });
    if (!focused) return settle();
    var names = focused.split("\n"), form = document.getElementById(names[0]);
    focused = "";
    var field = form && form.elements.namedItem(names[1]);
    if (field) field.focus({ preventScroll: true });
  });

  document.addEventListener("click", function (event) {
    if (event.target.closest("button[data-meeting=codes]")) hide(!hidden());
  });

  window.review = { hideCodes: function () { hide(!hidden()); } };

  /* The bar is drawn by Dash, after this file has run; and the address may change by itself (back, a link). */
  document.addEventListener("drawn", told);
  told();
})();
