"""The room around a presentation: no chrome, large type, and keys that turn the pages.

Enters: where the reader is, and texts. Leaves: nothing. Refuses to catch keys that somebody types
or moves a slider with.
"""

from __future__ import annotations

import html

import streamlit as st

from pages.ui import state, steps
from segmentation.wording import Words

_NAME = "presentation"


def at(n_screens: int) -> int:
    """Return which of the screens is on show."""
    return min(state.place(_NAME), n_screens - 1)


def heading(title: str) -> None:
    """Write the message of a screen, and take everything away that is not the presentation."""
    st.html(f"<style>{_STYLE}</style>")
    size = "show-title show-long" if len(title) > _LONG else "show-title"
    st.html(f'<h1 class="{size}" aria-live="polite">{html.escape(title)}</h1>')


def controls(place: int, n_screens: int, words: Words) -> None:
    """Show the way on and back, where one is, and the way out; arrows, space and Esc work, too."""
    with st.container(key="show_controls", horizontal=True, vertical_alignment="center"):
        st.button(
            words("Leave"),
            key="show_leave",
            type="tertiary",
            icon=":material/close:",
            on_click=_begin_again,
        )
        st.html(
            f'<p class="show-place">{place + 1} / {n_screens}</p>',
            width="stretch",
        )
        st.button(
            words("Back"),
            key="show_back",
            icon=":material/arrow_back:",
            disabled=place == 0,
            on_click=lambda: state.turn_to(_NAME, place - 1),
        )
        st.button(
            words("Next"),
            key="show_next",
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            disabled=place == n_screens - 1,
            on_click=lambda: state.turn_to(_NAME, place + 1),
        )
    st.html(f"<script>{_KEYS}</script>", unsafe_allow_javascript=True)
    if state.widget("show_leave"):
        steps.leave_presentation()


def _begin_again() -> None:
    state.turn_to(_NAME, 0)


_LONG = 70
_STYLE = """
[data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stExpandSidebarButton"],
[data-testid="stSidebarCollapsedControl"] { display: none !important; }
[data-testid="stMainBlockContainer"] { max-width: 88rem; min-height: 100vh;
  padding: 7vh 6vw 7rem !important; }
.show-title { font-size: clamp(2rem, 4.6vw, 4.4rem) !important; line-height: 1.12 !important;
  font-weight: 700 !important; letter-spacing: -.015em; margin: 0 0 3vh !important;
  padding: 0 !important; overflow-wrap: anywhere; }
.show-title.show-long { font-size: clamp(1.6rem, 3.1vw, 2.9rem) !important; }
.show-list, .show-opening { font-size: clamp(1.15rem, 1.9vw, 1.75rem); line-height: 1.5;
  margin: 0 !important; padding-left: 1.2em !important; max-width: 60rem; }
.show-opening { list-style: none; padding-left: 0 !important;
  font-size: clamp(1.3rem, 2.3vw, 2.2rem); }
.show-list li, .show-opening li { font-size: inherit !important; margin: 0 0 .7em !important; }
.show-picture { display: block; width: 100%; max-height: 66vh; object-fit: contain;
  object-position: left top; }
.show-portrait { display: grid; grid-template-columns: minmax(12rem, 1fr) 3fr; gap: 2vw 4vw;
  border-left: .6rem solid var(--segment); padding-left: 2.4vw; }
.show-size { font-size: clamp(1rem, 1.4vw, 1.35rem); margin: 0; }
.show-size strong { display: block; font-size: clamp(3rem, 7vw, 6.4rem); line-height: 1.05; }
.show-number { font-size: clamp(2rem, 4vw, 3.8rem); font-weight: 700; line-height: 1.1;
  margin: 0 0 2vh; }
.show-bars { display: grid; grid-template-columns: max-content 1fr max-content;
  gap: .7rem 1.2rem; align-items: center; font-size: clamp(1rem, 1.6vw, 1.5rem); }
.show-bars span { max-width: 24vw; overflow-wrap: anywhere; }
.show-bars div { height: 1.5em; background: color-mix(in srgb, currentColor 8%, transparent);
  border-radius: 4px; }
.show-bars i { display: block; height: 100%; border-radius: 4px; transition: width .2s; }
.show-bars b { text-align: right; font-variant-numeric: tabular-nums; }
[data-testid="stSlider"] label p { font-size: 1.3rem; }
.show-sure { opacity: .75; margin: 1rem 0 0; }
.st-key-show_controls { position: fixed; left: 0; right: 0; bottom: 0; z-index: 10;
  padding: .8rem 6vw; background: inherit; backdrop-filter: blur(6px); }
.show-place { text-align: right; margin: 0; font-variant-numeric: tabular-nums; opacity: .75; }
@media (max-width: 640px) { .show-portrait { grid-template-columns: 1fr; } }
@media (prefers-reduced-motion: reduce) { .show-bars i { transition: none; } }
"""
# The one listener of the page; what it presses is not there on other pages, and then it does
# nothing. Keys that a slider or a button needs stay theirs, but for those that turn pages only.
_KEYS = """
(() => {
  const keys = {ArrowRight: 'next', PageDown: 'next', ' ': 'next', ArrowLeft: 'back',
    PageUp: 'back', Escape: 'leave'};
  const own = (event) => event.target.closest?.('input, textarea, select, [role=slider]')
    || (event.key === ' ' && event.target.closest?.('button, a'));
  const turn = (event) => {
    const name = keys[event.key];
    const only = event.key.startsWith('Page') || event.key === 'Escape';
    if (!name || event.ctrlKey || event.altKey || event.metaKey || (own(event) && !only)) return;
    const button = document.querySelector(`.st-key-show_${name} button`);
    if (!button) return;
    event.preventDefault();
    event.stopPropagation();
    button.click();
  };
  document.removeEventListener('keydown', window.segmentStudioKeys, true);
  window.segmentStudioKeys = turn;
  document.addEventListener('keydown', turn, true);  // before a slider takes the page keys
})();
"""
