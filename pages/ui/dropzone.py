"""The browser's side of a large upload: a place to choose or drop a file, and its progress.

Enters: the token of an open slot and the texts to show, already translated. Leaves: the file that
arrived, as the spool tells it. Refuses to know any language, or what happens with the file.

Streamlit's own uploader holds a file in the server's memory; this one posts it to the route of
``spool``. An upload goes on while the reader visits another page, and a drop zone that appears
again shows it.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

import streamlit as st

from pages.ui.spool import REFUSALS, SPOOL, Arrival, Spool, address, limit_bytes

# What can go wrong: what the route answers, and what only the browser notices.
FAILURES = frozenset(REFUSALS) | {"connection-lost", "one-at-a-time"}

_KEY = "large-file-arrived"


@dataclass(frozen=True, slots=True)
class Texts:
    """What the drop zone says, in the reader's language.

    Attributes
    ----------
    title : str
        Names the region for a screen reader.
    choose : str
        On the button that opens the file dialog.
    prompt : str
        Beside it: that a file can be dropped here.
    limit : str
        Which kinds of file and up to which size.
    sending, arrived, cancelled : str
        The state of the upload; ``{name}`` stands for the file's name.
    cancel : str
        On the button that stops the upload.
    failures : mapping of str to str
        A sentence for each code of :data:`FAILURES`.
    """

    title: str
    choose: str
    prompt: str
    limit: str
    sending: str
    arrived: str
    cancelled: str
    cancel: str
    failures: Mapping[str, str]

    def __post_init__(self) -> None:
        """Refuse texts that would leave a failure without a word."""
        if missing := FAILURES - set(self.failures):
            raise ValueError(f"no text for the failures {sorted(missing)}")


def large_file(
    token: str, texts: Texts, *, accept: str = "", spool: Spool = SPOOL
) -> Arrival | None:
    """Show the drop zone and return the file that has arrived, if there is one.

    The script runs again by itself when a file arrives. The arrival is returned on every run until
    ``spool.forget(token)``.

    Parameters
    ----------
    token : str
        From ``spool.open_slot``; the visit keeps it.
    texts : Texts
        What to say.
    accept : str
        File endings that the dialog offers, such as ``".csv,.xlsx"``; empty for all.
    spool : Spool
        Where the slot is open.
    """
    st.html(markup(token, texts, accept), unsafe_allow_javascript=True)
    # The one way from a page's own script to the server that needs no polling: the script presses
    # this button, which nobody sees, when a file has arrived.
    st.button(texts.arrived.replace("{name}", ""), key=_KEY)
    return spool.arrived(token)


def markup(token: str, texts: Texts, accept: str = "") -> str:
    """Return the drop zone as HTML; the same for the same arguments, so reruns leave it alone."""
    setup = {
        "address": address(token),
        "bridge": f".st-key-{_KEY} button",
        "limit": limit_bytes(),
        "texts": asdict(texts),
    }
    places = {
        "setup": json.dumps(setup, ensure_ascii=False),
        "accept": accept,
        "bridge": f".st-key-{_KEY}",
        "input": f"large-file-{token}",
    } | {name: getattr(texts, name) for name in ("title", "choose", "prompt", "limit", "cancel")}
    body = _BODY
    for name, value in places.items():
        body = body.replace(f"[[{name}]]", html.escape(value))
    return f"{body}<script>{_SCRIPT}</script></section>"


# Colours are mixed from the text's own, so that they follow the theme, the reader's or ours.
_BODY = """
<section class="large-file" aria-label="[[title]]" data-setup="[[setup]]">
<style>
[[bridge]] { display: none; }
.large-file {
  --line: color-mix(in srgb, currentColor 45%, transparent);
  --wash: color-mix(in srgb, currentColor 5%, transparent);
  font-size: 0.875rem;
}
.large-file [data-part=area] {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem;
  padding: 1rem; border: 1px dashed var(--line); border-radius: 0.5rem; background: var(--wash);
}
.large-file [data-part=area].over {
  border-style: solid; background: color-mix(in srgb, currentColor 12%, transparent);
}
.large-file input {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden;
  clip-path: inset(50%); white-space: nowrap;
}
.large-file label, .large-file button {
  padding: 0.35rem 0.75rem; border: 1px solid var(--line); border-radius: 0.5rem;
  background: transparent; color: inherit; font: inherit; cursor: pointer; margin: 0;
}
.large-file label:hover, .large-file button:hover { border-color: currentColor; }
.large-file input:focus-visible + label, .large-file button:focus-visible {
  outline: 2px solid currentColor; outline-offset: 2px;
}
.large-file input:disabled + label { opacity: 0.55; cursor: not-allowed; }
.large-file [data-part=hint] { flex: 1 1 12rem; }
.large-file [data-part=hint] small { display: block; opacity: 0.85; }
.large-file [data-part=sending] {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1rem; margin-top: 0.75rem;
}
.large-file [data-part=sending][hidden] { display: none; }
.large-file progress { flex: 1 1 12rem; height: 0.6rem; accent-color: currentColor; }
.large-file [data-part=share] { min-width: 3.5ch; text-align: end; }
.large-file p { margin: 0.5rem 0 0; font-size: inherit; overflow-wrap: anywhere; }
.large-file p:empty { display: none; }
.large-file [role=alert] { font-weight: 600; }
</style>
<div data-part="area">
<input type="file" id="[[input]]" accept="[[accept]]">
<label for="[[input]]">[[choose]]</label>
<div data-part="hint">[[prompt]]<small>[[limit]]</small></div>
</div>
<div data-part="sending" hidden>
<progress max="1" value="0" aria-label="[[title]]"></progress>
<span data-part="share"></span>
<button type="button">[[cancel]]</button>
</div>
<p role="status"></p>
<p role="alert"></p>
"""

# The sanitiser before st.html drops a script in which "<" meets a letter: compare with ">".
_SCRIPT = """
(() => {
  const box = document.currentScript.parentElement;
  const setup = JSON.parse(box.dataset.setup);
  const find = (selector) => box.querySelector(selector);
  const area = find('[data-part=area]'), input = find('input'), cancel = find('button');
  const status = find('[role=status]'), alarm = find('[role=alert]');
  const percent = new Intl.NumberFormat(document.documentElement.lang || undefined,
    {style: 'percent'});
  // Uploads outlive this element, which goes when the reader turns to another page.
  const uploads = (window.largeFileUploads ??= new Map());

  const say = (text, name = '') => {
    status.textContent = text.replaceAll('{name}', () => name);
    alarm.textContent = '';
  };
  const fail = (code) => {
    status.textContent = '';
    alarm.textContent = setup.texts.failures[code] ?? code;
  };
  const show = () => {
    const upload = uploads.get(setup.address);
    const share = upload ? upload.sent / Math.max(upload.size, 1) : 0;
    find('[data-part=sending]').hidden = !upload;
    find('progress').value = share;
    find('[data-part=share]').textContent = percent.format(share);
    input.disabled = Boolean(upload);
  };
  const end = (upload, report) => {
    uploads.delete(setup.address);
    upload.view.show();
    report(upload.view);
  };
  const refusal = (request) => {
    try { return JSON.parse(request.responseText).code; } catch { return 'connection-lost'; }
  };
  const answered = (upload, request) => {
    if (request.status !== 201) {
      return end(upload, (view) => view.fail(refusal(request)));
    }
    end(upload, (view) => view.say(setup.texts.arrived, upload.name));
    document.querySelector(setup.bridge)?.click();
  };
  const send = (file) => {
    const name = file.name.toWellFormed?.() ?? file.name;
    const request = new XMLHttpRequest();
    const upload = {name, request, sent: 0, size: file.size, view: {show, say, fail}};
    uploads.set(setup.address, upload);
    request.upload.onprogress = (event) => { upload.sent = event.loaded; upload.view.show(); };
    request.onload = () => answered(upload, request);
    request.onerror = () => end(upload, (view) => view.fail('connection-lost'));
    request.onabort = () => end(upload, (view) => view.say(setup.texts.cancelled, name));
    request.open('POST', setup.address);
    request.setRequestHeader('X-File-Name', encodeURIComponent(name));
    request.send(file);
    show();
    say(setup.texts.sending, name);
    cancel.focus();
  };
  const take = (files) => {
    if (uploads.has(setup.address)) return fail('busy');
    if (files.length > 1) return fail('one-at-a-time');
    if (files.length && files[0].size > setup.limit) return fail('too-large');
    if (files.length) send(files[0]);
  };

  input.addEventListener('change', () => { take(input.files); input.value = ''; });
  cancel.addEventListener('click', () => {
    uploads.get(setup.address)?.request.abort();
    input.focus();
  });
  const hover = (on) => (event) => { event.preventDefault(); area.classList.toggle('over', on); };
  area.addEventListener('dragover', hover(true));
  area.addEventListener('dragleave', hover(false));
  area.addEventListener('drop', hover(false));
  area.addEventListener('drop', (event) => take(event.dataTransfer.files));

  const running = uploads.get(setup.address);
  if (running) {
    running.view = {show, say, fail};
    say(setup.texts.sending, running.name);
  }
  show();
})();
"""
