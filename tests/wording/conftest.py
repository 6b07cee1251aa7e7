"""A catalogue of Chinese without sentences, so that only the language's own forms are tested."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from segmentation.wording import Words, language


@pytest.fixture
def chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Words:
    folder = tmp_path / "zh_CN" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / f"{language.DOMAIN}.mo").open("wb") as target:
        write_mo(target, Catalog(locale="zh_CN"))
    monkeypatch.setattr(language, "LOCALE_FOLDER", tmp_path)
    return Words("zh_CN")
