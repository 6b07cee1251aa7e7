"""Which characters the bytes mean: by mark, by validity, then by how common they would be."""

# ruff: noqa: RUF001 # letters of other scripts that look like ours are what is tested

import pytest

from segmentation.errors import UnknownFormat, UnreadableFile
from segmentation.intake import ReadOptions
from segmentation.intake.encoding import guess_encoding
from tests.intake.cells import cells, codes
from tests.intake.conftest import Read

SIMPLIFIED = [
    "姓名,城市\n李雷,北京\n",
    "性别\n男\n女\n",
    "会员,是否购买\n1,是\n2,否\n",
    "省份,金额\n广东,12.5\n浙江,8\n",
    "满意度,评价\n5,这家店的服务非常好，下次还会再来\n1,等了很久没有人理我\n",
    "客户等级,备注\n金卡,重点客户\n银卡,一般客户\n",
]
TRADITIONAL = [
    "姓名,城市\n陳大文,台北\n",
    "性別\n男\n女\n",
    "會員,是否購買\n1,是\n2,否\n",
    "縣市,金額\n高雄,12.5\n臺中,8\n",
    "滿意度,評價\n5,這家店的服務非常好，下次還會再來\n1,等了很久沒有人理我\n",
    "客戶等級,備註\n金卡,重點客戶\n銀卡,一般客戶\n",
]
WESTERN = [
    "name,spend\nÄpfel,3\nBirnen,4\n",
    "name,city\nMüller,Köln\nJosé,Málaga\n",
    "name;land\nÅsa;Älvsjö\n",
    "naam,stad\nDésirée,Curaçao\n",
    "client,ville\nLœtitia,Besançon\n",
    "Straße,Größe\nÖde,Ä\n",
    "price\n5 €\n“10” €\n",
]
CENTRAL = [
    "imię,miasto\nŁukasz,Łódź\nMałgorzata,Gdańsk\nPaweł,Poznań\n",
    "klient\nWiśniewski\nWójcik\nKamiński\nZieliński\n",
    "IMIĘ,NAZWISKO\nPAWEŁ,WIŚNIEWSKI\nBOŻENA,DĄBROWSKA\n",
    "jméno,město\nJiří,Plzeň\nTomáš,Děčín\nDvořák,Třebíč\n",
    "název;částka\nŽlutý kůň;3\n",
    "név,város\nErdős,Győr\nSzűcs,Kőszeg\n",
    "meno\nĽubomír\nKováč\nTóth\n",
    "ime\nPetrović\nĐorđević\nKovačević\nŠimić\n",
    "nume,oraş\nŞtefan,Bucureşti\nMihăiţă,Iaşi\n",
]
CYRILLIC = [
    "имя,город\nИван,Москва\nОльга,Казань\n",
    "пол,возраст\nм,23\nж,30\n",
    "ФИО\nСмирнов\nКузнецова\n",
    "клиент,сумма\nДа,100\nНет,20\n",
    "id,city\n1,Москва\n2,London\n",
    "ім'я,місто\nОлексій,Київ\nЮлія,Львів\n",
    "име,град\nГеорги,София\nСтоян,Бургас\n",
]
JAPANESE = [
    "名前,都道府県\n佐藤,東京都\n鈴木,大阪府\n",
    "氏名,性別\n田中太郎,男性\n山田花子,女性\n",
    "カナ\nサトウ タロウ\nスズキ ハナコ\n",
    "満足度,コメント\n5,とても良い店でした。\n",
    "姓,名\n小林,誠\n加藤,翔太\n吉田,美咲\n",
    "\uff76\uff85\n\uff7b\uff84\uff73 \uff80\uff9b\uff73\n",
]
# Short lists that a guess by bytes alone takes for something of East Asia.
SPANISH = [
    "nombre,ciudad\nJosé,Málaga\nLucía,Cádiz\n",
    "nombre,apellido\nJuan,Núñez\nAna,Peña\n",
    "id,name\n1,Peña\n",
    "id,categoría\n1,niños\n2,año\n",
    "NOMBRE,CIUDAD\nGARCÍA,LEÓN\nLÓPEZ,MÉXICO\n",
    "nome,cidade\nJoão,São Paulo\nConceição,Maceió\n",
    "name\nBjörk Guðmundsdóttir\nÞór\n",
]
LISTS = [
    *((text, "cp1252") for text in SPANISH),
    *((text, "cp1250") for text in CENTRAL),
    *((text, "cp1251") for text in CYRILLIC),
    *((text, "cp932") for text in JAPANESE),
]


@pytest.mark.parametrize(("text", "encoding"), LISTS)
def test_a_short_list_in_the_encoding_of_its_language_is_read(
    text: str, encoding: str, read: Read
) -> None:
    raw = read(text.encode(encoding))
    assert raw.source.encoding == encoding
    assert raw.names == read(text).names


@pytest.mark.parametrize("text", [*SPANISH[:6], "client,ville\nHélène,Besançon\nNoël,Nîmes\n"])
def test_a_list_from_an_old_mac_is_read(text: str, read: Read) -> None:
    raw = read(text.encode("mac_roman"))
    assert raw.source.encoding == "mac_roman"
    assert raw.names == read(text).names


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("ad,şehir\nAyşe,İstanbul\nYıldız,Muğla\nŞahin,Iğdır\n", "cp1254"),
        ("имя,город\nИван,Москва\nОльга,Казань\n", "koi8_r"),
        ("jméno\nJiří\nTomáš\nŠtěpán\n", "iso8859_2"),
        ("nombre,ciudad\nJosé,Málaga\nNúñez,Cádiz\n", "cp850"),
    ],
)
def test_rarer_encodings_are_found_where_the_letters_leave_no_doubt(
    text: str, encoding: str
) -> None:
    assert guess_encoding(text.encode(encoding)).encoding == encoding


@pytest.mark.parametrize("text", ["name\nZoë\n", "name,spend\nÄpfel,3\n"])
def test_what_one_letter_cannot_tell_is_the_first_alternative(text: str) -> None:
    guess = guess_encoding(text.encode("mac_roman"))
    assert (guess.encoding, guess.alternatives[0]) == ("cp1252", "mac_roman")
    assert guess.confidence < 0.95


def test_alternatives_give_other_texts_and_come_with_the_table(read: Read) -> None:
    content = "nombre,ciudad\nJosé,Málaga\n".encode("cp1252")
    raw = read(content)
    others = raw.source.alternatives
    assert len(set(others)) == len(others) > 1
    texts = {content.decode(other, "replace") for other in (raw.source.encoding or "", *others)}
    assert len(texts) == len(others) + 1


@pytest.mark.parametrize("broken", [b"\xff", b"\xe9", b"\xc3"])
def test_one_broken_byte_leaves_utf_8_what_it_is(broken: bytes, read: Read) -> None:
    text = "name,city\nZoë,Köln\nJosé,Málaga\nBob".encode() + broken + b",Bonn\n"
    raw = read(text)
    assert raw.source.encoding == "utf-8"
    assert 0.5 < raw.source.confidence < 1
    assert next(note for note in raw.notes if note.code == "characters-broken").get("n") == 1


def test_one_broken_byte_leaves_chinese_what_it_is(read: Read) -> None:
    text = "姓名,城市\n李雷,北京\n韩梅梅,上海\n".encode("gb18030")
    raw = read(text + b"\xff,x\n")
    assert raw.source.encoding == "gb18030"
    assert cells(raw)[0] == ("李雷", "北京")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [SIMPLIFIED[0], CYRILLIC[0], JAPANESE[0], WESTERN[0]])
def test_two_bytes_a_character_are_recognised_without_a_mark(
    text: str, encoding: str, read: Read
) -> None:
    raw = read(text.encode(encoding))
    assert raw.source.encoding == encoding
    assert raw.names == read(text).names


@pytest.mark.parametrize("text", SIMPLIFIED)
def test_simplified_chinese_is_told_from_traditional(text: str, read: Read) -> None:
    assert guess_encoding(text.encode("gb18030")).encoding == "gb18030"
    assert read(text.encode("gb18030")).names == read(text).names


@pytest.mark.parametrize("text", TRADITIONAL)
def test_traditional_chinese_is_told_from_simplified(text: str, read: Read) -> None:
    assert guess_encoding(text.encode("big5")).encoding == "big5"
    assert cells(read(text.encode("big5"))) == cells(read(text))


@pytest.mark.parametrize("text", WESTERN)
def test_accents_and_signs_of_western_files_are_not_taken_for_chinese(
    text: str, read: Read
) -> None:
    raw = read(text.encode("cp1252"))
    assert raw.source.encoding == "cp1252"
    assert cells(raw) == cells(read(text))


@pytest.mark.parametrize(("texts", "encoding"), [(SIMPLIFIED, "gb18030"), (TRADITIONAL, "big5")])
def test_longer_texts_are_recognised_with_confidence(texts: list[str], encoding: str) -> None:
    guess = guess_encoding("".join(texts).encode(encoding) * 50)
    assert guess.encoding == encoding
    assert guess.confidence > 0.9


def test_a_character_cut_by_the_end_of_the_sample_does_not_count() -> None:
    assert guess_encoding(("a," + "名" * 9).encode()[:-1]).encoding == "utf-8"
    assert guess_encoding("名称,城市\n李雷,北京".encode("gb18030")[:-1]).encoding == "gb18030"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
    ],
)
def test_unicode_is_read_in_every_form(encoding: str, found: str, read: Read) -> None:
    raw = read("name,city,n\nZoë,北京,1\nAda,Köln,2\n".encode(encoding))
    assert raw.source.encoding == found
    assert raw.names == ("name", "city", "n")
    assert cells(raw) == [("Zoë", "北京", "1"), ("Ada", "Köln", "2")]


@pytest.mark.parametrize("quote", ["", '"'])
def test_characters_that_cannot_be_read_are_counted(quote: str, read: Read) -> None:
    text = f"name,n\n{quote}李雷{quote},1\nAda,2\n".encode("gb18030")
    raw = read(text, options=ReadOptions(encoding="utf-8"))
    note = next(note for note in raw.notes if note.code == "characters-broken")
    assert note.get("n") == sum((cell or "").count("\ufffd") for row in cells(raw) for cell in row)


def test_the_users_encoding_is_used_as_it_is(read: Read) -> None:
    text = "name,n\nM\u00fcller,1\n"
    raw = read(text.encode("cp1252"), options=ReadOptions(encoding="latin-1"))
    assert (raw.source.encoding, raw.source.confidence) == ("latin-1", 1.0)
    assert raw.source.alternatives[0] == "cp1252"
    assert cells(raw) == [("M\u00fcller", "1")]
    assert codes(raw) == []


@pytest.mark.parametrize("encoding", ["no-such", "hex", "punycode"])
def test_an_encoding_that_does_not_exist_or_fit_is_refused(encoding: str, read: Read) -> None:
    with pytest.raises(UnreadableFile):
        read("a,b\n1,名\n", options=ReadOptions(encoding=encoding))


@pytest.mark.parametrize(
    "junk",
    [
        b"%PDF-1.7 text",
        bytes(i * 7919 % 256 for i in range(5000)),
        bytes(range(256)) * 20,
        b"\x7fELF\x02\x01\0\0" * 40,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    ],
)
def test_binary_junk_is_no_text(junk: bytes, read: Read) -> None:
    with pytest.raises(UnknownFormat):
        read(junk)
