"""Who is called by a name or a post, and is no relative: 小张, 赵某, 员工甲, 我们科长.

Two who are called differently are two people, each with a case of their own.
"""

import re

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹潘葛范彭鲁韦马苗方俞任袁柳鲍史唐薛雷贺倪汤"
    "殷罗毕郝邬安常顾孟黄穆萧尹姚邵汪毛狄米贝戴谈宋庞熊纪舒屈项祝董梁杜阮季贾路江童郭梅林钟徐邱骆高夏蔡田樊胡"
    "凌霍卢莫裘缪解丁宣邓郁单洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠封储靳刘曾肖叶余于苏赖万"
)
_POSTS = (
    "科长|处长|主任|经理|组长|会计|出纳|主管|护士|护工|医生|药师|保安|厨师|司机|店员|保洁|前台|文员|班长|"
    "师姐|师兄|实习生|秘书|助理"
)
_OURS = r"(?:我们|咱们|俺们|咱|单位|厂里|店里|办公室|科室|科里|队里|班组|公司|部门|隔壁)(?:的|那个|那位|里|有个)?"
BY_NAME = (
    rf"(?<![大一])[小老](?!于|单位)[{SURNAMES}](?![房家板师人早区学孩年婆公爸妈])"
    rf"|[{SURNAMES}]某{{1,2}}"
    r"|(?:员工|职工|职员|同志|申请人|当事人)[甲乙丙丁戊]"
    r"|(?:^|(?<=[，。？]))[甲乙丙丁戊](?=[，。？呢能可也就是在的同系]|只|没|有|想|要|现|租|本|大|中|高)"
    r"|(?:另|另外|还有|再有|第[二三四五六])(?:一)?(?:个|名|位)(?:员工|职工|职员|同事|同志)"
)
BY_POST = rf"{_OURS}(?:{_POSTS})|(?<=[我俺咱])(?:科长|处长|局长|主任|经理|组长|主管|班长|上司)(?!的?(?:位子|岗))"
"""Patterns for folded text."""

_NAMED, _POSTED, _LETTER = (re.compile(p) for p in (BY_NAME, BY_POST, "[甲乙丙丁戊]"))
_LEAD = re.compile(
    r"^(?:(?:我们|咱们|俺们|我|俺|咱)(?:家)?(?:的|那个|那位|那|这个|有个|一个)?|(?:还|另|另外)?有?(?:一)?(?:个|位|名))+"
)


def is_by_name(words: str) -> bool:
    """Whether `words` are what somebody in particular is called: 小张, 员工甲, 我们科长."""
    return any(kind.fullmatch(words) for kind in (_NAMED, _POSTED, _LETTER))


def names_somebody(text: str) -> bool:
    """Whether somebody in particular is called by name in folded text."""
    return _NAMED.search(text) is not None


def called(words: str) -> str:
    """What somebody is called, whoever says it of whom: 我们科长 and 科长, 员工甲 and 甲 are one."""
    bare = _LEAD.sub("", words)
    for lead in ("员工", "职工", "职员", "同志", "申请人", "当事人"):
        if bare.startswith(lead) and len(bare) > len(lead):
            bare = bare[len(lead) :]
    for post in _POSTS.split("|"):
        if bare.endswith(post):
            return post
    return bare or words
