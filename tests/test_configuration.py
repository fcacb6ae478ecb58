"""Settings come from defaults, file, environment and flags, and a wrong one is named."""

from pathlib import Path

import pytest

from pipeline.configuration import as_list, load, settings_file
from pipeline.correction.profile import tunings
from pipeline.errors import BadSettingError, BadValueError, ExitCode, MissingInputError
from pipeline.messages import Language, explain
from pipeline.settings import FORMATS, Settings


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    return tmp_path / "cai-dat.toml"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_without_anything_given_the_defaults_hold() -> None:
    assert load(environment={}) == Settings()


def test_later_layers_win_over_earlier_ones(toml: Path) -> None:
    toml.write_text("[sources]\ndpi = 200\nmax_pixels = 5000\n[batch]\njobs = 2\n")
    environment = {"VANBAN_SOURCES_DPI": "400", "VANBAN_BATCH_JOBS": "3"}

    settings = load(toml, {"batch": {"jobs": 4}}, environment)

    assert settings.sources.max_pixels == 5000
    assert settings.sources.dpi == 400
    assert settings.batch.jobs == 4


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    assert load(flags={"batch": {"jobs": None}}, environment={}) == Settings()


def test_the_environment_gives_lists_numbers_and_switches() -> None:
    environment = {
        "VANBAN_WRITERS_FORMATS": "txt, json",
        "VANBAN_IMAGING_DESKEW": "false",
        "VANBAN_WRITERS_TRACKED": "true",
        "VANBAN_RECOGNITION_TIMEOUT": "2.5",
    }

    settings = load(environment=environment)

    assert settings.writers.formats == ("txt", "json")
    assert settings.imaging.deskew is False
    assert settings.writers.tracked is True
    assert settings.recognition.timeout == 2.5


def test_variables_of_other_programs_are_left_alone() -> None:
    environment = {"VANBAN_PORT": "tcp://10.0.0.1", "VANBAN_LANG": "vi", "SOURCES_DPI": "x"}

    assert load(environment=environment) == Settings()


def test_a_file_in_the_current_folder_is_used_unless_another_is_named(toml: Path) -> None:
    Path("vanban.toml").write_text("[sources]\ndpi = 150\n")
    toml.write_text("")

    assert settings_file(None) == Path("vanban.toml")
    assert load(environment={}).sources.dpi == 150
    assert load(toml, environment={}).sources.dpi == 300


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("[imaging]\ndesqew = false\n", "[imaging] desqew"),
        ("[imagin]\ndeskew = false\n", "[imagin]"),
        ("[imagin]\n", "[imagin]"),
        ("[sources]\ndpi = 'ba trăm'\n", "[sources] dpi"),
        ("[sources]\ndpi = -1\n", "[sources] dpi"),
        ("[sources]\ntext_layer = 'maybe'\n", "[sources] text_layer"),
        ("[correction]\nchange_above = nan\n", "[correction] change_above"),
        ("[correction]\nchange_above = 1.5\n", "[correction] change_above"),
        ("[writers]\nformats = []\n", "[writers] formats"),
        ("[writers]\nformats = 'docx'\n", "[writers] formats"),
        ("[writers]\ndoubts = 'comments'\n", "[writers] doubts"),
        ("[writers]\ntracked = 'mọi chỗ'\n", "[writers] tracked"),
        ("[writers]\nlayout = 'printed'\n", "[writers] layout"),
        ("dpi = 300\n", "dpi"),
        ("[batch]\njobs = true\n", "[batch] jobs"),
        ("[sources\n", "cai-dat.toml"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(toml: Path, text: str, name: str) -> None:
    toml.write_text(text, encoding="utf-8")

    with pytest.raises(BadSettingError) as raised:
        load(toml, environment={})

    assert str(toml) in raised.value.subject
    assert name in raised.value.subject
    assert raised.value.code is ExitCode.BAD_SETTING


def test_a_wrong_variable_or_flag_is_named() -> None:
    with pytest.raises(BadSettingError, match="VANBAN_SOURCES_DPIS"):
        load(environment={"VANBAN_SOURCES_DPIS": "300"})
    with pytest.raises(BadSettingError, match="VANBAN_BATCH_JOBS"):
        load(environment={"VANBAN_BATCH_JOBS": "nhiều"})
    with pytest.raises(BadSettingError, match="--jobs"):
        load(flags={"batch": {"jobs": -2}}, environment={})


@pytest.mark.parametrize(
    ("field", "allowed"),
    [
        ("doubts", "highlight, comment, none"),
        ("numbering", "text, auto"),
        ("layout", "official, as-printed"),
    ],
)
def test_a_word_that_a_setting_does_not_know_is_told_with_those_it_knows(
    field: str, allowed: str
) -> None:
    with pytest.raises(BadValueError) as raised:
        load(flags={"writers": {field: "printed"}}, environment={})

    assert explain(Language.ENGLISH, raised.value) == (
        f"--{field}: bad setting ('printed'); allowed: {allowed}"
    )
    assert explain(Language.VIETNAMESE, raised.value) == (
        f"--{field}: thiết lập không hợp lệ ('printed'); các giá trị cho phép: {allowed}"
    )


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("VANBAN_SOURCES_DPI", "7", "30 – 2400"),
        ("VANBAN_SOURCES_DPI", "cao", "30 – 2400"),
        ("VANBAN_IMAGING_DESKEW", "có", "true, false"),
        ("VANBAN_CORRECTION_PROFILE", "french", "auto, vie, english, stripped"),
        ("VANBAN_RECOGNITION_CHOICES", "nhiều", "true, false"),
        ("VANBAN_WRITERS_FORMATS", "", ", ".join(FORMATS)),
        ("VANBAN_WRITERS_FORMATS", "docx,odt", ", ".join(FORMATS)),
    ],
)
def test_what_is_allowed_is_told_for_numbers_and_switches_too(
    name: str, value: str, allowed: str
) -> None:
    with pytest.raises(BadValueError, match=name) as raised:
        load(environment={name: value})

    assert raised.value.allowed == allowed


def test_a_settings_file_that_is_not_there_or_not_text_is_a_named_failure(toml: Path) -> None:
    with pytest.raises(MissingInputError):
        load(toml, environment={})
    toml.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSettingError):
        load(toml, environment={})


def test_the_place_of_a_slip_in_the_file_is_told(toml: Path) -> None:
    toml.write_text("[sources]\ndpi = 300\n[batch\n", encoding="utf-8")
    with pytest.raises(BadSettingError) as raised:
        load(toml, environment={})
    assert explain(Language.VIETNAMESE, raised.value).startswith(
        f"{toml}: không phải TOML mã UTF-8 (3:7);"
    )


@pytest.mark.parametrize("doubts", ["highlight", "comment", "none"])
def test_every_way_to_show_doubts_can_be_asked_for(doubts: str) -> None:
    assert load(flags={"writers": {"doubts": doubts}}, environment={}).writers.doubts == doubts


@pytest.mark.parametrize("layout", ["official", "as-printed"])
def test_both_layouts_can_be_asked_for(layout: str) -> None:
    environment = {"VANBAN_WRITERS_LAYOUT": layout}
    assert load(environment=environment).writers.layout == layout
    assert load(flags={"writers": {"layout": layout}}, environment={}).writers.layout == layout


def test_a_list_is_cut_at_commas() -> None:
    assert as_list("docx, txt,,json ") == ["docx", "txt", "json"]
    assert as_list(None) is None


def test_every_profile_that_there_is_can_be_asked_for() -> None:
    for name in ("auto", *tunings()):
        assert load(flags={"correction": {"profile": name}}).correction.profile == name
