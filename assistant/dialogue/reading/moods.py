"""In what mood something is said: told as so, or wished, supposed, asked, reported, over.

A fact counts only where the person tells it as so. What governs a predicate stands before it in
its clause (想, 准备, 能不能, 听说 …) with nothing between that takes the government over: in
我想投靠有房的父母 the wish is to join, and the home is told. What follows a predicate may undo it
too: 还没办下来, 以后能, 退学了.
"""

import re
from enum import StrEnum

from assistant.dialogue.reading.doubts import is_doubtful
from assistant.dialogue.reading.found import Found, WordsByFact
from assistant.dialogue.reading.people import KIN, SELF
from assistant.dialogue.reading.scene import Scene


class Mood(StrEnum):
    """How a statement is meant; only `TOLD` states how things stand."""

    TOLD = "told"
    WISHED = "wished"  # 想租, 打算考, 明年入职, 在办
    ASKED = "asked"  # 能不能上学, 有没有房
    REPORTED = "reported"  # 听说, 中介说, 规定
    OVER = "over"  # 以前有, 退学了


_TAKES_OVER = re.compile(
    r"落户|落到|落在|投靠|迁|入户|上户|转户|户口|凭|靠|按|持|用|拿着|以(?!后|前|来)|"
    r"因为|由于|已经?|现在|目前|一直|[买租登交缴考评办拿读][了过]|的(?=[\ue011\ue012])|(?<=退休)的"
)
"""Words that end the reach of what stands before them: the wish is for these, not for what follows."""
_WISH = re.compile(
    r"(?<!不)想(?!不|起|必|来想|问|知道|了解|咨询)|打算|准备(?!好|了)|计划(?!生育)|希望|争取|考虑|盼着?|巴不得|有意|看中|看上|物色|"
    r"梦想|目标|答应|承诺|(?<=[我俺咱，])要(?!是|不是)|想要|要去|要来|报了名?|报名|备考|正(?=在?找)|在找|找(?=工作)|面试|申请(?!人|落户|过|了的|到)"
)
_COMING = re.compile(
    r"(?<!有效期到)(?<!租到)(?:明年|后年|明天|后天|下个?月|下周|下学期|(?<!去年)(?<!前年)年底(?!前就)|月底|过[几两]天|过段时间|马上|即将|快要|就要|快(?=毕业|成年|结婚|入职|上班|拿)|"
    r"将来|(?<![了完掉好销过保职记上来厂])以后|今后|到时候?|等(?!级|了|到现)|再过|过了年|过完年|迟早|早晚)"
)
_UNDER_WAY = re.compile(
    r"(?:正在?|还在|在|刚开始|刚报|自学|自考|函授|复习|复读|准备)(?:申请|补|重新|走|弄|学|考|读|上|念|报)?$"
)
_MAY = re.compile(
    r"能不能|可不可以|能否|可否|是否(?!已)|会不会|要不要|是不是|算不算|有没有|有无|好不好|谁说|哪有|哪来的|让不让|给不给|允许|"
    r"(?<![不功性职技智只才])能(?!力|源|够证明)|可以|应不应|该不该|需不需|用不用|除非|才算|怎么|如何"
)
_COUNTED_AS = re.compile(
    r"(?<![只就才])(?:能|可以)(?:不能|不可以)?(?:算|当作|叫|视|归|等同)[^，。？]*$|(?:算不算|属不属于|是不是算)[^，。？]*$"
    r"|(?:落户|条|款|政策|文件|通知|规定)(?:里头?|里面|中|上)?(?:所?[说讲指])?的$"
)
"""公租房能算租赁落户里的商品住房不: what something may count as is asked."""
_EITHER = re.compile(
    r"(?P<one>[\u4e00-\u9fff]过?)(?:没|不)(?:有)?(?P=one)(?!期了|关)"
    r"|(?P<word>[\u4e00-\u9fff]{2})(?:没|不)(?:有)?(?P=word)"
    r"|(?P<got>[满够到])了?[^，。？没不]{1,6}(?:没|不)(?P=got)(?![了期])"
)
"""断没断, 过没过期: neither is told."""
_SAYS = re.compile(
    r"听说|据说|听人|传说|传闻|网上|(?<![我俺咱没少多])说(?!清|不|错|明|实)|告诉|意思是|(?<![按照])规定|文件|通知里|条例|草案|意见稿|政策上|都讲|声称"
)
_ONCE = re.compile(
    r"(?<![天月年])(?:以前|之前|从前|原来|原先|曾经?|过去(?![了])|早年|当年|当时|那时候?|那会儿?|前些年|前几年|早几年|本来|早先)"
)
_STILL = re.compile(
    r"到现在|算起|起算|连续|至今|到今天|到目前|一直|现在(?:也|还|仍)|还在|仍|如今也"
)
_STATES = re.compile(
    r"^(?:job\.stable|job\.kind|job\.months|job\.start|rent\.(?!reg)|own\.urban|permit\.(?!issued)|host\.is_head|host\.stable|staff\.|employer\.kind|"
    r"study\.|from_within|reg\.(?!gap|cum)|pension\.(?:cons|start)|host\.cohab|home\.|settled_at|migrant)"
)
"""States that may have ended; schooling, titles and papers once obtained are still held."""
_ACQUIRED = re.compile(
    r"^(?:edu$|title_level|skill_level|permit\.|rent\.registration|own\.|pension\.transferred|reg_or)"
)
_NOT_THERE = re.compile(
    r"(?:毕业)?(?:证书?|文凭|手续|证明)?(?:还|也|都|就|却|一直|目前|暂时)*(?:没|未|不)(?:有)?(?:办|拿|下|批|评|考|毕业|发|读完|念完|上完|到手|弄|出来|过(?!期))|"
    r"(?:还|正)?在(?:办|申请|考|补办|走流程|审)|正在|办理中|审核中|(?:上)?(?:退学|肄业|辍学|读了一半|中途)|(?:都|也)没有?(?=[，。？]|$)|没(?:有)?毕业"
)
_UNFINISHED = re.compile(
    r"(?:后来|最后|结果|但是?|可是?|不过|就|也|还|又)*(?:没(?:有)?(?:能)?(?:毕业|读完|念完|上完|拿到|考过|评上|下来|办下来|批)|退学|肄业|辍学|还差|正在办|在办)"
)
_AFTERWARDS = re.compile(
    r"[^，。？]{0,4}(?:以后|之后|后)(?:就|再|才|还|也|是不是|是否|那)*(?:能|可以|行|再|才|想|去)"
)
_COMPARED = re.compile(
    r"哪个|哪种|哪一?个|一样吗|一样多|区别|有什么不|有啥不|不一样|比起来|好还是|还是.{1,8}好"
)
_ABOUT_THE_ASK = re.compile(
    r"^(?:relation$|family$|apply\.|contribution\.|med\.|age$|birth_date|sex$|pension\.prov|pension\.months_e)"
)
"""Facts that the ask itself names, whatever is wished: 想投靠我妈, 带老婆, 想参加."""
_DATED_AHEAD = re.compile(r"valid_until|rent\.end|^apply|^med\.|^staff\.kind|^permit\.valid$")


def mood_of(scene: Scene, item: Found) -> Mood:
    """How the words of a fact are meant."""
    start, end = item.start, item.end
    before, after = scene.before(start), scene.after(end)
    if _COMPARED.search(before + scene.typed.text[start:end] + after) and item.name != "family":
        return Mood.ASKED
    if item.value is None:
        return Mood.TOLD
    if _asked_and_denied(scene, end):
        return Mood.ASKED
    either = (m for m in _EITHER.finditer(scene.typed.text) if m.start() < end and start < m.end())
    if not _ABOUT_THE_ASK.search(item.name) and any(either):
        return Mood.ASKED
    if item.name == "job.stable_in_city" and _is_once(scene, item):
        return Mood.OVER  # 之前在杭州上班 says nothing of now
    if _is_denial(item):
        return Mood.TOLD
    if re.match(f"(?:了|过)?的[^，。？]{{0,4}}{KIN}", scene.marked[end : end + 10]):
        return Mood.TOLD  # 有房的父母: who is spoken of so has it
    said = _last(_SAYS, before)
    if said is not None and _speaks_of_self(scene, item, start - len(before) + said):
        said = None
    if said is not None and SELF not in scene.marked[start - len(before) + said : start]:
        return Mood.REPORTED
    if _COUNTED_AS.search(before) and not _ABOUT_THE_ASK.search(item.name):
        return Mood.ASKED
    if _governs(_MAY, before) and not item.name.startswith(("relation", "family", "apply.")):
        return Mood.ASKED
    if not _ABOUT_THE_ASK.search(item.name):
        if _governs(_WISH, before):
            return Mood.WISHED
        acquired = _ACQUIRED.search(item.name) and item.value != "初中及以下"
        if acquired and (
            (_UNDER_WAY.search(before) and not _in_hand(scene, end)) or _is_undone(scene, end)
        ):
            return Mood.WISHED
        if _is_in_doubt(scene, item) or is_doubtful(scene, item):
            return Mood.ASKED
        if _AFTERWARDS.match(after):
            return Mood.WISHED
    coming = _governs(_COMING, before)
    if item.name == "birth_date" or (item.name == "age" and item.high is not None):
        return Mood.TOLD  # 明年满45: read as what it is until then
    if coming and not _DATED_AHEAD.search(item.name) and not _is_reached(scene, start, end):
        return Mood.WISHED
    if _STATES.search(item.name) and _is_once(scene, item):
        return Mood.OVER
    return Mood.TOLD


_SPOKE = re.compile(f"(?P<who>{KIN}++)(?:还|也|就|又|一直|总)?(?:自己)?(?:说|讲|告诉[我俺])$")


def _speaks_of_self(scene: Scene, item: Found, end: int) -> bool:
    """她说自己登记三个月了: what somebody tells of their own case is told, and no hearsay."""
    spoke = _SPOKE.search(scene.marked, max(0, end - 14), end)
    person = scene.people.at(spoke.start("who")) if spoke else None
    return person is not None and person not in {"旁人", "被投靠人"} and person == item.person


_DENIES = re.compile("早着|哪有|哪里|没有|还没|还在|不是|怎么可能|差得?远|才不|想得美|别提")


def _asked_and_denied(scene: Scene, end: int) -> bool:
    """中级职称？早着呢，还在考: what is put as a question is denied by what follows."""
    index = scene.typed.clause_at(max(0, end - 1))
    clauses = scene.typed.clauses
    if clauses[index].stop != "？" or index + 1 >= len(clauses):
        return False
    following = clauses[index + 1]
    return _DENIES.match(scene.typed.text, following.start, following.end) is not None


_IN_DOUBT = WordsByFact(
    (r"^edu$", r"(?:退学|肄业|辍学|(?<!不是)没(?:有|能)?(?:拿到?|领到?|取得|发|给)?(?:毕业证|学历证|毕业|读完|念完|上完|学历)|(?:读|念|上)了一半|结业证|休学|不[读念]了|才毕业|在职读的，第|(?<!居住)(?<!身份)(?<!产)(?:学位|毕业证|证书?)(?:都|也|还)*没(?:有)?(?:给|发|拿|领|到手|下来)(?!过|错)|新生|(?<!级)[一二三四]年级|在校生|(?:现在|目前|刚|才|正|，)(?:读|上|念)?大[一二三四](?=[，。？]|$)|(?:读|念)了(?:半|[一二两三])年(?!.{0,12}毕业))"),
    (r"^(?:title_level|skill_level)$", r"内部(?:评|的|职称)|(?:公司|单位|厂里?)(?:自己)?(?:给我?)?(?:们)?(?:自己)?评|自封|挂名"),
    (r"^pension\.(?:consecutive|start)", r"补[缴交]|[缴交了][^，。？]{0,6}个月(?:的)?医保"),
    (r"^staff\.kind$", r"返聘"),
    (r"^(?:employer\.kind|contribution\.scheme)$", r"(?:机关|企业|事业)[^。？]{0,8}还是[^。？]{0,6}(?:机关|企业|事业)"),
    (r"^rent\.is_", r"(?:公司|单位|厂里?|老板)(?:统一|集体|出面|出钱|给我们?|帮我们?|给员工)?租(?:的|给|来|下)"),
    (r"^rent\.is_", r"(?<!城)乡镇|乡里|乡下|村里?(?!委)|郊区|郊外|农村(?!人|户|来)|还是(?:个|属于|算)?商品(?:住)?房|商品(?:住)?房还是|(?:搞|弄|分|说)不清|吃不准"),
)  # fmt: skip
"""What the same message tells that makes a statement doubtful: a title that the firm itself gave."""


_IN_HAND = re.compile(
    r"(?:的|我|是|倒|也|都|已经?|早就?)*(?:(?:拿到|取得|领到)了?(?:毕业|学位)?证|(?:毕业|学位)?(?:证书?|文凭)(?:也|都|是|已经?|早就?)*(?:拿到了?|到手|在手|下来了|领了|有(?!没|吗)))(?!吗|没|才)"
)
"""本科已经拿到证: what another course of study lacks says nothing of this one."""


_CERTIFICATE_HELD = re.compile(
    r"(?:毕业证书?|学历证书?|学位证书?|文凭|证书?)(?:我|也|都|是|已经?|早就?|就)*(?:在手|在我|拿到|到手|拿了|领了|下来了|有(?!没|吗))|(?:已经?|早就?|都)?(?:拿到|领到|取得)了?(?:毕业证|证书|文凭|学位证)"
)


_BY_POST = re.compile("(?:函授|自考|自学|成人|夜大|电大)[^，。？]{0,4}$")
_DIPLOMA = re.compile(r"(?:毕业)?(?:文凭|毕业证)(?!还|也没|没|要|得|下)")
"""函授大专文凭: a diploma of that kind, and no course under way."""


def _in_hand(scene: Scene, end: int) -> bool:
    """自考本科，毕业证在手: whether the papers are said to be there, here or in what follows."""
    if _IN_HAND.match(scene.after(end)):
        return True
    if _BY_POST.search(scene.before(end)) and _DIPLOMA.match(scene.after(end)):
        return True
    index = scene.typed.clause_at(max(0, end - 1)) + 1
    following = scene.typed.clauses[index : index + 2]
    return any(
        _CERTIFICATE_HELD.match(scene.typed.text[c.start : c.end]) is not None for c in following
    )


def _is_in_doubt(scene: Scene, item: Found) -> bool:
    if item.name == "staff.kind" and item.value == "退休":
        return re.search("返聘.*(?:在编|在职)|(?:在编|在职).*返聘", scene.typed.text) is not None
    if item.name == "edu" and (
        _IN_HAND.match(scene.after(item.end)) or item.value in {"高中", "初中及以下"}
    ):
        return False
    sentence = scene.typed.text[scene.sentence_start(item.start) :]
    return item.value is not False and any(
        words.search(sentence) for words in _IN_DOUBT.of(item.name)
    )


def _is_denial(item: Found) -> bool:
    return item.value is False or item.value in {"无", "没有参加", "尚未落户"}


def _last(cue: re.Pattern[str], before: str) -> int | None:
    found = None
    for match in cue.finditer(before):
        found = match.end()
    return found


def _governs(cue: re.Pattern[str], before: str) -> bool:
    """Whether a cue stands before, and nothing between takes its place."""
    end = _last(cue, before)
    return end is not None and _TAKES_OVER.search(before, end) is None


def _is_undone(scene: Scene, end: int) -> bool:
    """Whether what follows says that it is not there yet, or never came about."""
    if _NOT_THERE.match(scene.after(end)):
        return True
    index = scene.typed.clause_at(max(0, end - 1)) + 1
    if index >= len(scene.typed.clauses):
        return False
    following = scene.typed.clauses[index]
    return bool(_UNFINISHED.match(scene.typed.text[following.start : following.end]))


def _is_reached(scene: Scene, start: int, end: int) -> bool:
    """Whether words of the statement itself say that it has come about: 已经, 买了."""
    return bool(re.search("已经|早就", scene.before(start)[-4:] + scene.typed.text[start:end]))


def _is_once(scene: Scene, item: Found) -> bool:
    if item.name == "employer.kind" and re.search("退休|退职|退下来", scene.typed.text):
        return False  # who has retired belongs to where they worked
    if item.name == "staff.kind" and item.value in {"退休", "退职"}:
        return False  # 早年退下来: who retired long ago still is
    before = scene.before(item.start)
    if not _governs(_ONCE, before + scene.typed.text[item.start : item.start + 1]):
        return False
    clause = scene.clause(item.start)
    return not _STILL.search(scene.typed.text[clause.start : clause.end])


_SUPPOSE = re.compile(
    r"如果|要是|假如|假设|假定|倘若|万一|若是|假使|若(?!干)|只要|一旦|除非|如若|(?<![同中高初平对])等(?=[^，。？]{0,16}(?:就|再|才|后|以后|之后)[^，。？]*$)"
)
_CONCLUDES = re.compile(
    r"的话|落户|就(?:能|可以|行|够)|能不能|可不可以|可以[吗么不]|行[吗么不]|算$|算，"
)


def is_supposed(scene: Scene, start: int, end: int) -> bool:
    """Whether a statement stands in an if: after 如果 until the if is closed, or before 的话."""
    if re.match(r"[^，。？]{0,4}的话", scene.after(end)):
        return True
    sentence = scene.typed.text[scene.sentence_start(start) : start]
    last = None
    for match in _SUPPOSE.finditer(sentence + scene.after(start)):
        if match.end() <= len(sentence):
            last = match
    if last is None:
        return False
    closed = sentence.rfind("，", last.end())
    return closed < 0 or _CONCLUDES.search(sentence, last.end(), closed) is None
