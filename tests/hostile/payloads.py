"""What would run, fetch or lead elsewhere if a text became markup: vectors in every wrapping."""

from __future__ import annotations

from html import escape

RAN = "data-ran"
"""The attribute of the page's root that a script of a payload would set."""
RUN = f"document.documentElement.setAttribute(`{RAN}`,1)"
_VECTORS = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<img src={url}>",
    "<img srcset={url}>",
    "<svg onload={run}>",
    "<svg><script href={url}></script></svg>",
    "<iframe src={url}></iframe>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<a href=javascript:{run}>x</a>",
    "<meta http-equiv=refresh content='0;url={url}'>",
    "<base href={url}>",
    "<link rel=stylesheet href={url}>",
    "<link rel=prefetch href={url}>",
    "<style>@import '{url}'</style>",
    "<p style='background:url({url})'>x</p>",
    "<object data={url}></object>",
    "<embed src={url}>",
    "<form action={url}><button autofocus>x</button></form>",
    "<input autofocus onfocus={run}>",
    "<details open ontoggle={run}>x</details>",
    "<video autoplay src={url} onerror={run}></video>",
    "<body onload={run}>",
    "<script type=module src={url}></script>",
)
_WRAPPINGS = (
    "{}", '">{}', "'>{}", "</script>{}", "</title>{}", "</style>{}", "-->{}<!--", "]]>{}",
    "</p></div></article>{}",
)  # fmt: skip


def payloads(url: str) -> list[str]:
    """Every vector in every wrapping, and each as entities and as escapes of JSON."""
    bare = [vector.format(run=RUN, url=url) for vector in _VECTORS]
    made = [wrapping.format(vector) for wrapping in _WRAPPINGS for vector in bare]
    made += [escape(vector) for vector in bare]
    made += [vector.replace("<", "\\u003c") for vector in bare]
    return [*made, f"javascript:{RUN}", f"[x](javascript:{RUN})", f"![x]({url})", f"<{url}>"]


DRIVER = """
(async () => {
  const wait = () => new Promise((done) => setTimeout(done, 1));
  const given = JSON.parse(document.getElementById("given").textContent);
  await new Promise((done) => setTimeout(done, 1500));
  for (const each of document.querySelectorAll("details")) each.open = true;
  for (const plot of document.querySelectorAll(".plot")) {
    plot.scrollIntoView();
    await new Promise((done) => setTimeout(done, 100));
    (plot.data || []).forEach((trace, curveNumber) => {
      for (let pointNumber = 0; pointNumber < 20; pointNumber += 1) {
        try { window.Plotly.Fx.hover(plot, [{ curveNumber, pointNumber }]); } catch { break; }
      }
    });
  }
  const buttons = [...document.querySelectorAll("button.open")];
  for (const button of buttons.slice(0, 30)) {
    button.click();
    await wait();
    document.querySelector("dialog.drawer").close();
  }
  const form = document.querySelector("form.search");
  for (const [i, words] of given.entries()) {
    location.hash = `#${words}`;
    await wait();
    location.hash = `#search?outlet=${encodeURIComponent(words)}`;
    await wait();
    if (form && i % 4 === 0) {
      form.elements.q.value = words;
      form.requestSubmit();
      await wait();
    }
  }
  document.documentElement.setAttribute("data-driven", `${given.length} ${buttons.length}`);
})();
"""
"""Opens, hovers, clicks and searches all there is, and types every payload into the address bar."""
