"""Draw the picture on each sample's card: its customers on two axes, coloured by segment.

``python scripts/make_thumbnails.py`` opens every sample with the library itself, finds the
recommended segments and writes ``static/samples/NAME.svg``. Where no segments are found the
customers are grey: the picture is as honest as the verdict.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pages.ui.samples import SAMPLES, Sample, copy_sample
from segmentation import workflow
from segmentation.charts import segment_colors
from segmentation.engine import DuckSession
from segmentation.gaps import filled_with_mean
from segmentation.intake import read_file
from segmentation.study import Study

TARGET = Path(__file__).parents[1] / "static" / "samples"
WIDTH, HEIGHT, MARGIN, DOTS = 320, 160, 12, 420
NOBODY = "#8a949c"


def drawn(sample: Sample, folder: Path) -> str:
    """Return the picture of a sample as SVG."""
    session = DuckSession(folder)
    raw = read_file(session, copy_sample(sample, folder), sample.file)
    study = sample.prepared(Study.of(raw))
    table = workflow.customers_of(raw, study)
    matrix = workflow.matrix_of(table, workflow.variables_of(table, study), study)
    found = workflow.extract(workflow.task_of(matrix, study))
    session.close()
    k = found.choice.recommended_k
    labels = found.family.solution(k).labels if k > 1 else np.zeros(matrix.n_customers, np.int16)
    colors = segment_colors(k, dark=False) if k > 1 else [NOBODY]
    values = filled_with_mean(matrix.values, matrix.n_learning).astype(np.float64)
    return svg(on_two_axes(values), labels, colors)


def on_two_axes(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the first two principal components, signs fixed so that the picture repeats."""
    centred = values - values.mean(axis=0)
    axes = np.linalg.svd(centred, full_matrices=False)[2][:2]
    signs = np.sign(axes[np.arange(2), np.abs(axes).argmax(axis=1)])
    points: npt.NDArray[np.float64] = centred @ (axes * signs[:, None]).T
    return points


def svg(points: npt.NDArray[np.float64], labels: npt.NDArray[np.int16], colors: list[str]) -> str:
    """Return dots as SVG, scaled to their middle 98 %."""
    low, high = np.quantile(points, [0.01, 0.99], axis=0)
    scaled = (points - low) / (high - low)
    inside = np.flatnonzero(((scaled >= 0) & (scaled <= 1)).all(axis=1))[:DOTS]
    across = MARGIN + scaled[:, 0] * (WIDTH - 2 * MARGIN)
    down = MARGIN + (1 - scaled[:, 1]) * (HEIGHT - 2 * MARGIN)
    dots = "".join(
        f'<circle cx="{across[i]:.1f}" cy="{down[i]:.1f}" r="3" fill="{colors[labels[i]]}"/>'
        for i in inside
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="6" fill="#eef2f4"/>'
        f'<g fill-opacity=".8">{dots}</g></svg>\n'
    )


def main() -> None:
    """Draw all samples."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        folder = Path(tempfile.mkdtemp())
        (TARGET / f"{sample.name}.svg").write_text(drawn(sample, folder), encoding="utf-8")
        shutil.rmtree(folder)
        print(sample.name)


if __name__ == "__main__":
    main()
