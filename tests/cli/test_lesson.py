"""`nnviz lesson`, and a lesson that is opened from the command line."""

import subprocess
import sys

import pytest

from nnviz.cli import main
from nnviz.files.lessons.shelf import shelf

WRONG = "---\ntitle: x\n---\n\n## A\n\n::: stage\nnetwerk: 3\n:::\n\nwords\n"


@pytest.fixture
def wrong(tmp_path):
    path = tmp_path / "wrong.lesson"
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_list_names_the_chapter_in_order(capsys):
    assert main.main(["lesson", "list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(shelf())
    assert lines[0].startswith(" 1 ")


def test_the_guide_is_the_page_for_teachers(capsys):
    assert main.main(["lesson", "guide"]) == 0
    assert capsys.readouterr().out.startswith("# Writing a lesson\n")
    assert main.main(["lesson", "guide", "me"]) == 2
    assert "guide takes no file; 'me' is too much." in capsys.readouterr().err


def test_check_says_what_a_lesson_has(capsys):
    assert main.main(["lesson", "check", *map(str, shelf())]) == 0
    out = capsys.readouterr().out
    assert out.count("it can be opened") == len(shelf())


def test_check_says_what_is_wrong_and_in_which_line(capsys, wrong):
    assert main.main(["lesson", "check", str(wrong)]) == 2
    err = capsys.readouterr().err
    assert err.startswith("nnviz: wrong.lesson, line ")
    assert "'netwerk' is no setting of a stage" in err


def test_check_tells_of_every_file_that_is_given(capsys, wrong):
    right = [str(path) for path in shelf()[:2]]
    assert main.main(["lesson", "check", right[0], str(wrong), "missing.lesson", right[1]]) == 2
    out, err = capsys.readouterr()
    assert [line.partition(": ")[0] for line in out.splitlines()] == right
    assert [line.partition(" ")[2][:10] for line in err.splitlines()] == ["wrong.less", "missing.le"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "check needs the file"),
        (["list", "x.lesson"], "list takes no file"),
        (["check", "missing.lesson"], "cannot be read"),
    ],
)
def test_it_refuses_what_it_cannot_do(capsys, arguments, words):
    assert main.main(["lesson", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("options", [[], ["--reset"]])
@pytest.mark.parametrize("ending", [".lesson", ".LESSON"])
def test_a_wrong_lesson_is_refused_before_the_window_opens(capsys, wrong, options, ending):
    file = str(wrong.rename(wrong.with_suffix(ending)))
    for arguments in ([*options, file], [file, *options]):
        assert main.main(arguments) == 2
        assert "netwerk" in capsys.readouterr().err


def test_a_lesson_opens_with_the_window(tmp_path):
    command = [sys.executable, "-m", "nnviz", str(shelf()[0]), "--smoke"]
    environment = {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert "painted at" in done.stdout
