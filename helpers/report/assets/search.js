"use strict";
// Search without a server: sentences by words, outlet, date, actor and speaker; the address keeps it.
(() => {
  const form = document.querySelector("form.search");
  if (!form) return;
  const section = form.closest("section");
  const told = section.querySelector(".found-count");
  const shown = section.querySelector(".sentences");
  const more = section.querySelector(".unfold");
  const MARK = "#search?";
  const FIELDS = ["q", "outlet", "actor", "speaker", "from", "to"];
  const STEP = 40;
  let found = [];
  let wanted = "";
  let at = 0;

  const folded = (words) => words.toLocaleLowerCase().replace(/[\u2018\u2019]/g, "'").replace(/[\u201c\u201d]/g, '"').replace(/\s+/g, " ");
  const view = () => Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()]).filter(([, value]) => value));
  const fill = (values) => FIELDS.forEach((name) => { form.elements[name].value = values.get(name) || ""; });

  // The places of a name by article: spans that a sentence has to touch.
  const places = async (block, name) => {
    const { names, p, r } = (await parallax.leads())[block];
    const spans = parallax.spans(p);
    const by = new Map();
    const typed = folded(name);
    for (const n of parallax.numbers((r[names.findIndex((known) => folded(known) === typed)] || [""])[0])) {
      const [anchor, start, end] = spans[n];
      if (!by.has(anchor)) by.set(anchor, []);
      by.get(anchor).push([start, end]);
    }
    return by;
  };
  const touches = (spans, low, high) => (spans || []).some(([start, end]) => start < high && end > low);

  const search = async () => {
    const { q, outlet, actor, speaker, from, to } = view();
    const articles = await parallax.articles();
    const named = actor ? await places("search-actors", actor) : null;
    const spoken = speaker ? await places("search-speakers", speaker) : null;
    wanted = q ? folded(q) : "";
    found = [];
    for (const [anchor, record] of articles) {
      if ((outlet && record.o !== outlet) || (from && !(record.p >= from)) || (to && !(record.p <= to))) continue;
      record.starts.forEach((start, i) => {
        const end = record.ends[i];
        if (named && !touches(named.get(anchor), start, end)) return;
        if (spoken && !touches(spoken.get(anchor), start, end)) return;
        const text = parallax.text(record, start, end);
        if (wanted && !folded(text).includes(wanted)) return;
        // The words are marked where folding has moved no letter.
        const exact = wanted && !record.chars && folded(text).length === text.length;
        found.push([record, start, end, exact ? folded(text).indexOf(wanted) : -1]);
      });
    }
    at = 0;
    shown.replaceChildren();
    told.textContent = `${found.length.toLocaleString("en")} ${found.length === 1 ? "sentence" : "sentences"}`;
    add();
  };
  const add = () => {
    for (const [record, start, end, place] of found.slice(at, at + STEP)) {
      const first = place < 0 ? start : start + place;
      shown.append(parallax.item(record, first, place < 0 ? end : first + wanted.length));
    }
    at += STEP;
    more.hidden = at >= found.length;
  };
  const keep = () => {
    const query = new URLSearchParams(view()).toString();
    history.replaceState(null, "", query ? MARK + query : "#search");
  };
  const run = async () => {
    if (!Object.keys(view()).length) {
      found = [];
      shown.replaceChildren();
      told.textContent = "";
      more.hidden = true;
      return;
    }
    try { await search(); } catch { told.textContent = "This browser cannot unpack the articles."; }
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); keep(); run(); });
  form.addEventListener("change", () => { keep(); run(); });
  more.addEventListener("click", add);
  const read = () => {
    if (!location.hash.startsWith(MARK)) return;
    fill(new URLSearchParams(location.hash.slice(MARK.length)));
    section.scrollIntoView();
    run();
  };
  window.addEventListener("hashchange", read);
  section.hidden = false;
  read();
})();
