"""Words for years and days counted from today: 去年, 后天; and digits in Chinese."""

YEARS_AWAY = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "旧年": -1,
    "上年": -1,
    "上一年": -1,
    "今年": 0,
    "当年": 0,
    "本年": 0,
    "明年": 1,
    "后年": 2,
}
DAYS_AWAY = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "后天": 2,
}
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def in_digits(written: str) -> str:
    """`written` with each Chinese digit as an Arabic one: 二〇二一 is 2021."""
    return written.translate(_DIGITS)
