// A column becomes personal, or gets a meaning, without asking the server. The page works without this file too.
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest(".make-never");
  if (!button) return;
  event.preventDefault();
  const select = document.getElementById(button.getAttribute("aria-controls"));
  select.value = "";
  select.dispatchEvent(new Event("change", { bubbles: true }));
  select.focus();
});

document.addEventListener("change", (event) => {
  const row = event.target.closest(".mapping tr");
  if (!row || !event.target.matches("select")) return;
  const read = event.target.value !== "";
  row.className = read ? "is-read" : "is-left";
  const kind = read ? "chosen" : "none";
  const state = row.querySelector(".state");
  state.className = "state confidence-" + kind;
  state.lastChild.textContent = row.closest("table").dataset[kind];
  state.firstChild.textContent = read ? "●" : "–";
  tellNeeded();
});

// The list of required fields follows the choices; the server has the last word on worksheets that differ.
function tellNeeded() {
  const rows = [...document.querySelectorAll(".mapping tbody tr")];
  for (const item of document.querySelectorAll(".needed li")) {
    const row = rows.find((one) => one.querySelector("select").value === item.dataset.field);
    item.className = row ? "is-held" : "is-open";
    item.firstChild.textContent = row ? "●" : "○";
    item.lastChild.textContent = row ? row.querySelector(".header-words").textContent : item.parentElement.dataset.open;
    if (item.dataset.field === "key") document.querySelector(".needed-key").hidden = Boolean(row);
  }
}
