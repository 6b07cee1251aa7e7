from segmentation.gazetteer import tables


def test_all_packaged_places_together_are_small() -> None:
    files = list(tables._FOLDER.glob("*.parquet"))
    assert len(files) == 7
    assert sum(file.stat().st_size for file in files) < 3_000_000
