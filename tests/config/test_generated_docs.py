"""Documents drawn from the code."""

from __future__ import annotations

from waypost.config import docs


def test_a_document_that_is_out_of_date_is_named_and_written_anew(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(docs, "PROJECT", tmp_path)
    (tmp_path / "docs").mkdir()
    assert docs.main(check=True) == 1
    assert "docs/roles.md" in capsys.readouterr().err
    assert docs.main(check=False) == 0
    assert docs.main(check=True) == 0
    (tmp_path / "docs" / "roles.md").write_text("something else")
    assert docs.main(check=True) == 1


def test_every_role_and_permission_is_in_the_document():
    text = dict(docs.pages())["docs/roles.md"]
    assert "## Head of service" in text
    assert "| see who looked at what | Manager, Head of service, Administrator |" in text
