"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("script");
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // ---- state: in the fragment of the address only, "#unit-01;en" -------------------------------
  const read = () => {
    const [place, language] = location.hash.slice(1).split(";");
    return { place: place || "", language: language === "en" ? "en" : language === "vi" ? "vi" : "" };
  };
  let language = read().language || "vi";
  let place = read().place;
  let written = null;
  const write = () => {
    const wanted = "#" + place + (language === "en" ? ";en" : "");
    if (wanted === (location.hash || "#")) return;
    written = wanted;
    location.replace(wanted);
  };

  // ---- language --------------------------------------------------------------------------------
  const say = () => {
    root.lang = language;
    root.dataset.language = language;
    document.getElementById("language-" + language).checked = true;
    for (const option of all("option[data-vi]")) option.textContent = option.dataset[language];
    count();
  };
  for (const choice of all("input[name=language]"))
    choice.addEventListener("change", () => {
      language = choice.value;
      say();
      write();
    });

  // ---- text without accents, numbers -------------------------------------------------------------
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  // The text of the language that is shown; of both where only one is there.
  const shown = (cell) => {
    const parts = cell.cloneNode(true);
    for (const other of all("[lang]:not(.only)", parts)) if (other.lang !== language) other.remove();
    return parts.textContent.trim();
  };
  const number = (cell) => {
    const key = cell.dataset.key;
    if (key !== undefined) return key === "" ? NaN : Number(key);
    if (cell.querySelector("em")) return NaN;
    const english = cell.querySelector("[lang=en]");
    return parseFloat((english || cell).textContent.replaceAll(",", "").replace("\u2212", "-").trim());
  };

  // ---- sorting -----------------------------------------------------------------------------------
  for (const table of all("table.sortable")) {
    const heads = all("thead th", table);
    const body = table.tBodies[0];
    const given = Array.from(body.rows);
    const order = new Map(given.map((row, at) => [row, at]));
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", direction);
        const sign = direction === "ascending" ? 1 : -1;
        const numeric = head.classList.contains("number");
        const collator = new Intl.Collator(language, { numeric: true });
        const keys = new Map(given.map((row) =>
          [row, numeric ? number(row.cells[column]) : shown(row.cells[column])]));
        const lacks = (key) => key === "" || Number.isNaN(key);
        const rows = given.slice().sort((a, b) => {
          const first = keys.get(a), second = keys.get(b);
          // What has no value stays at the end, whatever the direction.
          if (lacks(first) !== lacks(second)) return lacks(first) ? 1 : -1;
          const found = lacks(first) ? 0 : numeric ? first - second : collator.compare(first, second);
          return found !== 0 ? sign * found : order.get(a) - order.get(b);
        });
        body.append(...rows);
      });
    });
  }

  // ---- filters -------------------------------------------------------------------------------------
  const filters = all("[data-filter]");
  const ranking = document.getElementById("ranking-table");
  const rows = ranking ? Array.from(ranking.tBodies[0].rows) : [];
  const names = new Map(rows.map((row) => [row, fold(row.querySelector("th").textContent)]));
  const counter = document.querySelector("output.count");
  function count() {
    if (!counter) return;
    const left = rows.filter((row) => !row.hidden).length;
    counter.textContent = language === "en" ? left + " of " + rows.length + " units shown"
      : "Hiển thị " + left + " trong " + rows.length + " đơn vị";
  }
  const filter = () => {
    for (const row of rows)
      row.hidden = !filters.every((each) => {
        const wanted = each.value;
        if (each.dataset.filter === "text")
          return fold(wanted).split(/\s+/).every((word) => names.get(row).includes(word));
        if (wanted === "") return true;
        if (each.dataset.filter === "band") return row.dataset.band === wanted;
        return row.dataset.groups.split(" ").includes(wanted);
      });
    count();
  };
  for (const each of filters) each.addEventListener("input", filter);

  // ---- a page for each unit ------------------------------------------------------------------------
  const units = all("article.unit");
  let chooser = null;
  const show = (unit) => {
    for (const each of units) each.classList.toggle("away", unit !== null && each !== unit);
    if (chooser) chooser.value = unit === null ? "" : unit.id;
  };
  if (units.length > 1) {
    const box = document.createElement("p");
    box.className = "chooser";
    const label = document.createElement("label");
    label.htmlFor = "chooser";
    for (const [lang, text] of [["vi", "Chọn đơn vị"], ["en", "Choose a unit"]]) {
      const span = document.createElement("span");
      span.lang = lang;
      span.textContent = text;
      label.append(span);
    }
    chooser = document.createElement("select");
    chooser.id = "chooser";
    const add = (value, vi, en) => {
      const option = document.createElement("option");
      option.value = value;
      option.dataset.vi = vi;
      option.dataset.en = en;
      chooser.append(option);
    };
    add("", "Tất cả", "All");
    for (const unit of units) {
      const name = (lang) => {
        const parts = unit.querySelector("h3").cloneNode(true);
        for (const other of all("[lang]:not(.only)", parts)) if (other.lang !== lang) other.remove();
        return parts.textContent;
      };
      add(unit.id, name("vi"), name("en"));
    }
    box.append(label, " ", chooser);
    units[0].before(box);
    chooser.addEventListener("change", () => {
      place = chooser.value || "units";
      write();
      go(false);
    });
  }
  function go(move) {
    const target = place ? document.getElementById(place) : null;
    if (place === "units" && chooser && chooser.value === "" && !move) show(null);
    else if (target && target.classList.contains("unit")) show(target);
    if (!target || !move) return;
    target.scrollIntoView();
    const heading = target.querySelector("h3[tabindex]");
    (heading && target.classList.contains("unit") ? heading : target).focus({ preventScroll: true });
  }
  window.addEventListener("hashchange", () => {
    const own = written === (location.hash || "#");
    written = null;
    if (own) return;
    const state = read();
    place = state.place;
    // A link within the page names a place only: the language stays.
    if (state.language && state.language !== language) {
      language = state.language;
      say();
    }
    write();
    go(true);
  });
  if (units.length > 1) show(units[0]);
  say();
  if (place) go(true);
})();
