"use strict";
// What the page's scripts know of the articles: unpacked when it is first asked for.
const parallax = (() => {
  const packed = document.getElementById("articles-packed");
  const page = packed ? packed.dataset.page : "";
  let ready = null;
  let opened = null;

  const unpacked = async (script) => {
    const bytes = Uint8Array.from(atob(script.textContent.trim()), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };
  // What the numbers of a table, chart, finding or list lead to, by its id.
  const leads = () => {
    const script = document.getElementById("leads-packed");
    if (!script) return Promise.resolve({});
    opened = opened || unpacked(script);
    return opened;
  };
  const unpack = async () => {
    const records = await unpacked(packed);
    for (const record of records) {
      // Offsets count characters of Unicode; JavaScript counts the halves of some.
      record.chars = /[\ud800-\udfff]/.test(record.x) ? Array.from(record.x) : null;
      record.starts = [];
      record.ends = [];
      let at = 0;
      record.s.forEach((step, i) => { at += step; (i % 2 ? record.ends : record.starts).push(at); });
    }
    return new Map(records.map((record) => [record.a, record]));
  };
  const articles = () => {
    if (!packed || typeof DecompressionStream === "undefined") return Promise.reject(new Error("no articles"));
    ready = ready || unpack();
    return ready;
  };

  const text = (record, start, end) => (record.chars ? record.chars.slice(start, end).join("") : record.x.slice(start, end));
  // Signs that change how other words read become spaces.
  const line = (words) => words.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\s]+/gu, " ");

  // The last sentence that begins at or before a place.
  const sentence = (record, start) => {
    let low = 0;
    let high = record.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (record.starts[middle] <= start) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  // From the start of the first sentence to the end of the last that hold the span.
  const around = (record, start, end) => {
    const first = sentence(record, start);
    if (first < 0) return [start, end];
    const last = sentence(record, Math.max(end - 1, start));
    return [Math.min(record.starts[first], start), Math.max(record.ends[last], end)];
  };
  const link = (record, start) => {
    const first = sentence(record, start);
    return `${page}#${record.a}-${first < 0 ? start : record.starts[first]}`;
  };
  const citation = (record, start, end) => {
    const parts = [record.o, `“${record.t}”`, record.p];
    if (record.u) parts.push(record.u);
    parts.push(`${record.d}, characters ${start}–${end}`);
    return `${parts.join(", ")}: “${line(text(record, start, end)).trim()}”`;
  };

  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      const field = document.createElement("textarea");
      field.value = words;
      (document.querySelector("dialog[open]") || document.body).append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };

  const element = (name, className, words) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (words !== undefined) made.textContent = words;
    return made;
  };
  // A sentence with the words that are counted marked, where it is from, and ways on from it.
  const item = (record, start, end) => {
    const [low, high] = around(record, start, end);
    const made = element("li");
    const quote = element("q");
    quote.dir = "auto";
    quote.append(line(text(record, low, start)), element("mark", "", line(text(record, start, end))), line(text(record, end, high)));
    const from = element("span", "from");
    const place = element("a", "", record.t);
    place.href = link(record, start);
    const cite = element("button", "cite", "copy citation");
    cite.type = "button";
    cite.addEventListener("click", async () => {
      cite.textContent = (await copy(citation(record, low, high))) ? "copied" : "could not copy";
      setTimeout(() => { cite.textContent = "copy citation"; }, 1600);
    });
    from.append(element("span", "outlet", record.o), `, ${record.p} · `, place, " · ", cite);
    made.append(quote, from);
    return made;
  };

  // Places [anchor, start, end, name of an article that is not printed], and the numbers of those
  // behind a figure, as `store.led` packs them.
  const spans = (packed) => packed.flatMap(([anchor, close, name]) => {
    const steps = close.split(" ").map(Number);
    let at = 0;
    return Array.from({ length: steps.length / 2 }, (_, i) => {
      const start = at + steps[2 * i];
      at = start + steps[2 * i + 1];
      return [anchor, start, at, name];
    });
  });
  const numbers = (gaps) => {
    let at = 0;
    return gaps.split(",").filter(Boolean).flatMap((run) => {
      // A gap is never negative: the sign before the second number parts the two.
      const [gap, further] = run.split("-").map(Number);
      const first = at + gap;
      at = first + (further || 0);
      return Array.from({ length: at - first + 1 }, (_, i) => first + i);
    });
  };

  return { held: Boolean(packed), articles, leads, spans, numbers, element, item, line, text, around, page };
})();
