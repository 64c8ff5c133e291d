"use strict";
// The articles with their marks: drawn when one is opened, from the numbers of `store.packed_articles`,
// as `helpers/reader/text.py` draws them. Until then, and without a script, the text stands there plain.
const articleReader = (() => {
  const section = document.getElementById("articles");
  const { element } = parallax;
  const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  const SIGNS = { "-1": ["ill", "−"], 1: ["well", "+"] };
  const visible = (words) => words.replace(BIDI, "").replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ");

  // Rows of whole numbers: how far each begins behind the last, its length, and what it is.
  const rows = (flat, size) => {
    let at = 0;
    return Array.from({ length: flat.length / size }, (_, i) => {
      const [gap, length, ...rest] = flat.slice(i * size, (i + 1) * size);
      at += gap;
      return [at, at + length, ...rest];
    });
  };

  const paragraphs = (record) => {
    const held = record.chars || record.x;
    const parts = record.h.length ? [record.h] : [];
    let at = record.b;
    for (let i = record.b; i <= held.length; i += 1) {
      if (i < held.length && held[i] !== "\n") continue;
      let low = i;
      while (i < held.length && low > record.b && " \t\r".includes(held[low - 1])) low -= 1;
      if (low > at) parts.push([at, low]);
      while (i < held.length && " \t\r\n".includes(held[i])) i += 1;
      at = Math.max(at, i);
      if (i < held.length) i -= 1;
    }
    return parts;
  };

  const nested = (record, parent, low, high, [spans, ...inside]) => {
    if (!spans) {
      parent.append(visible(parallax.text(record, low, high)));
      return;
    }
    let at = low;
    for (const [start, end, write] of spans) {
      if (start >= high) break;
      const begin = Math.max(start, low);
      const stop = Math.min(end, high);
      if (end < low || (begin >= stop && start !== end)) continue;
      if (at < begin) nested(record, parent, at, begin, inside);
      write(parent, begin === start, stop === end, (node) => {
        if (begin < stop) nested(record, node, begin, stop, inside);
      });
      at = stop;
    }
    if (at < high) nested(record, parent, at, high, inside);
  };

  // Marks in order; of two that overlap the later one begins where the earlier ends.
  const apart = (level) => {
    let at = 0;
    return level.sort((a, b) => a[0] - b[0] || a[1] - b[1]).flatMap(([start, end, write]) => {
      const low = Math.max(start, at);
      if (end <= low) return [];
      at = end;
      return [[low, end, write]];
    });
  };
  const said = (record) => apart(rows(record.q, 4).map(([start, end, kind, name]) => [start, end, (parent, first, last, fill) => {
    const mark = element("mark", `said ${kind ? "told" : "quoted"}`);
    if (first && name >= 0) mark.append(element("small", "by", `${record.n[name]}: `));
    fill(mark);
    parent.append(mark);
  }]));
  const short = (tag, name, title, after) => (parent, first, last, fill) => {
    const mark = element(tag, name);
    if (title) mark.title = title;
    fill(mark);
    parent.append(mark, ...(last ? after() : []));
  };
  const sign = (tone) => (tone ? [element("sup", `tone ${SIGNS[tone][0]}`, SIGNS[tone][1])] : []);
  const inner = (record) => apart([
    ...rows(record.m, 5).map(([start, end, name, tone, plain]) => {
      const label = name < 0 ? "undecided" : record.n[name];
      const after = () => [...(plain ? [] : [element("small", "who", ` (${label})`)]), ...sign(tone)];
      return [start, end, short("u", "named", label, after)];
    }),
    ...rows(record.j, 3).map(([start, end, tone]) => [start, end, short("em", "judging", "", () => sign(tone))]),
  ]);

  // What is pointed at, cut where another one begins or ends; `here` is what the address names.
  const shown = (record, parts, here) => {
    const within = (start, end) => {
      const next = parts.find(([, high]) => high > start);
      const low = next ? Math.max(start, next[0]) : parts[parts.length - 1][1] - 1;
      const before = parts.filter(([begin]) => begin < end).pop();
      return [low, Math.max(low, before ? Math.min(end, before[1]) : low)];
    };
    const ids = new Map();
    const backs = new Map();
    const lit = [];
    for (const [start, end, links, named = start] of here ? [...record.k, here] : record.k) {
      const [low, high] = within(start, end);
      ids.set(low, (ids.get(low) || new Set()).add(`${record.a}-${named}`));
      backs.set(high, [...new Set([...(backs.get(high) || []), ...links])]);
      if (low < high) lit.push([low, high]);
    }
    const [first, final] = here ? within(here[0], here[1]) : [-1, -1];
    const arrows = (high) => {
      const links = backs.get(high) || [];
      backs.delete(high);
      return links.map((href, i) => {
        const back = element("a", "back", "↩");
        back.href = href;
        back.setAttribute("aria-label", backLabel(href, i, links.length));
        return back;
      });
    };
    const level = (low, high) => {
      const [name, ...others] = ids.get(low) || [];
      return [low, high, (parent, begins, ends, fill) => {
        const mark = element(low < high ? "mark" : "span", low >= first && high <= final ? "here" : "");
        if (begins) {
          for (const other of others) parent.append(Object.assign(element("span"), { id: other }));
          if (name) mark.id = name;
        }
        fill(mark);
        parent.append(mark, ...(ends ? arrows(high) : []));
      }];
    };
    const cuts = [...new Set([...ids.keys(), ...lit.map(([, high]) => high)])].sort((a, b) => a - b);
    const pieces = cuts.slice(1).map((high, i) => [cuts[i], high]).filter(([low]) => lit.some(([a, b]) => a <= low && low < b));
    const begun = new Set(pieces.map(([low]) => low));
    const points = [...ids.keys()].filter((at) => !begun.has(at)).map((at) => [at, at]);
    return [...pieces, ...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([low, high]) => level(low, high));
  };
  const backLabel = (href, i, all) => {
    const where = href.startsWith("#") ? "back to where this is shown" : "to where this is shown among the methods";
    return all > 1 ? `${where}, ${i + 1} of ${all}` : where;
  };

  const drawn = (record, here) => {
    const parts = paragraphs(record);
    const levels = [said(record), shown(record, parts, here), inner(record)];
    const headings = new Set(record.g);
    return parts.map(([low, high], i) => {
      const head = headings.has(low) || (record.h.length && !i);
      const made = element("p", head ? (i ? "heading" : "headline") : "");
      nested(record, made, low, high, levels);
      return made;
    });
  };

  // The place that an address names: what is pointed at there, else the sentence.
  const place = (record, start) => {
    const known = record.k.find((each) => each[0] === start && each[1] > start);
    if (known) return [start, known[1], []];
    return [...parallax.around(record, start, start + 1), [], start];
  };
  const draw = async (article, start = -1) => {
    const text = article.querySelector(".text");
    if (text.dataset.drawn === String(start)) return;
    let record;
    try { record = (await parallax.articles()).get(article.id); } catch { return; }
    text.replaceChildren(...drawn(record, start < 0 ? null : place(record, start)));
    text.dataset.drawn = String(start);
  };

  // An address of an article, or of a place in one: the article is open and drawn when this is done.
  const reveal = async (id) => {
    if (!section || !parallax.held) return;
    const [, name, start] = document.getElementById(id) ? [] : id.match(/^(.+)-(\d+)$/) || [];
    const found = document.getElementById(name || id);
    const article = found && found.closest("details.article");
    if (!article) return;
    if (found.id !== article.id) await draw(article, Number(id.match(/\d+$/)[0]));
    else if (name) await draw(article, Number(start));
    article.open = true;
  };

  if (section && parallax.held && typeof DecompressionStream !== "undefined") {
    section.querySelector(".bar").hidden = false;
    section.addEventListener("toggle", ({ target }) => {
      if (target.matches("details.article") && target.open && !target.querySelector(".text").dataset.drawn) draw(target);
    }, true);
  }
  return { reveal, drawn };
})();
