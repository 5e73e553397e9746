"""What only its form or the words before it make personal: telephones, papers, plates, names, mail."""

import re
from collections.abc import Iterator

from assistant.dialogue.privacy.finders import PERSON

_IS = r"(?:就|的)?[是为:\s]{0,3}"
LANDLINE = re.compile(
    rf"{PERSON}(?:们家)?[里家中的]{{0,3}}(?:固定|联系|家庭|住宅)?(?:电话|座机|固话|号码|联系方式)(?:号码|号)?{_IS}"
    r"(?P<it>\(?0[1-9][0-9]{1,2}\)?[\s\-]{0,2}[2-9][0-9]{6,7}|[2-9][0-9]{6,7})(?![0-9])"
)
_NO_DAY = (  # a day, or from one year to another, says when a paper was got
    r"(?!(?:19|20)[0-9]{2}[\s\-.]?(?:0?[1-9]|1[0-2])[\s\-.]?(?:[0-2]?[0-9]|3[01])(?![0-9])"
    r"|(?:19|20)[0-9]{2}\s?-\s?(?:19|20)[0-9]{2}(?![0-9]))"
)
INSURANCE = re.compile(
    r"(?:社保|社会保障|社会保险|医保|医疗保险|养老保险|公积金|市民|健康)"
    r"(?:卡|账户|帐户|账|个人|电脑|登记|的)*(?:编号|号码|号|卡)"
    rf"{_IS}{_NO_DAY}(?P<it>[A-Za-z]?[0-9](?:[\s\-]?[0-9]){{5,19}}[A-Za-z]?)"
    r"(?![0-9A-Za-z]|\s*(?:元|年|月|个|万))"
)
PAPER = re.compile(
    r"(?:户号|(?:护照|通行证|回乡证|台胞证|居住证|暂住证|户口[本簿]|驾驶证|驾照|结婚证|离婚证|出生证|出生医学证明|"
    r"不动产权?证|房产证|房本|学历证书|毕业证|职业资格证书|军官证|残疾证|学籍)(?:书|件|的)*(?:编号|号码|号))"
    rf"{_IS}{_NO_DAY}(?P<it>(?=(?:[A-Za-z\-]*[0-9]){{6}})[A-Za-z0-9\-]{{6,24}})"
    r"(?![0-9A-Za-z]|\s*(?:元|年|月|万|号))"
)
PASSPORT = re.compile(
    r"(?<![A-Za-z0-9])(?P<it>[EGDSPHMCKegdsphmck][0-9]{8}(?:[0-9]{2})?|[A-Z]{3}[0-9]{12}|[EeCc][A-Za-z][0-9]{7})(?![A-Za-z0-9])"
)
_MAIL = re.compile(
    r"(?P<it>(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]*@(?![A-Za-z0-9.\-]*\.gov(?:\.cn)?\b)"
    r"[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+)"
)
_OFFICIAL_MAIL = re.compile(r"(?:意见|建议|材料)[^,。;!?\n]{0,6}(?:发送|发|寄|反馈|报送)至[:\s]*$")
PLATE = re.compile(
    r"(?P<it>[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Za-hj-np-z][·•\s\-]?"
    r"(?=[A-Za-z]*[0-9])(?:[A-HJ-NP-Za-hj-np-z0-9]{6}|[A-HJ-NP-Za-hj-np-z0-9]{5}|[A-HJ-NP-Z0-9]{4}[学警挂]))(?![A-Za-z0-9])"
)
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔"
    "汤俞费屠柴钮阮章施凌柳祝骆翁鲍盛殷裴翟倪葛庄褚卫华戚岑岳齐康伍项蓝闵季麻强路危童颜梅林刁樊霍虞柯"
)
NAME = re.compile(
    r"(?:我(?:的)?(?:大名|名字)?叫|本人叫|名字(?:是|叫|:)|(?:我|本人)姓名|姓名[是为叫:\s]{1,2})\s*"
    rf"(?P<it>(?:欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|慕容|令狐|[{_SURNAMES}])"
    r"[\u4e00-\u9fff](?:(?!今年|现在|目前)[\u4e00-\u9fff](?<![今是的我在想要有和来户住现本年从也能请问今家老男女,]))?)"
    r"(?![们家]|就是)"
)


def mails(text: str) -> Iterator[tuple[int, int]]:
    """Addresses of mail, except those of offices."""
    for found in _MAIL.finditer(text):
        if not _OFFICIAL_MAIL.search(text, max(0, found.start() - 24), found.start()):
            yield found.span("it")
