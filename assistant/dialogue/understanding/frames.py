"""Messages that ask the same again: what is left once the day, or the fact, that changes is taken out.

到2025年3月1日按哪档, 说回眼下，还是今天，多少 and 退了休的呢，两个数照旧 change one thing of what was decided,
and say nothing else. That nothing else is said is judged by the words left: they are all of a small
stock, in whatever order.
"""

import re

_LINKS = (
    "那 那么 好 好的 行 嗯 哦 噢 哎 诶 唉 算了 好吧 行吧 对了 再 再来 还是 还 又 就 也 都 才 只 按 照 按照 依 拿 用 以 换 换成 换作 "
    "改 改成 改到 改为 放 放到 挪 挪到 拖 拖到 推到 推迟到 提前 提前到 早一天 晚一天 早点 晚点 前一天 后一天 迟一天 到 到了 等到 等 从 "
    "要是 如果 假如 假使 假设 假若 倘若 倘 若 万一 是 在 的 的话 地 了 过 呢 吗 么 嘛 吧 啊 呀 哈 喽 咯 伐 个 这 这个 那个 那天 那时 "
    "那时候 当时 时候 那会儿 来 去 跑 跑去 赶去 跑过去 过去 过来 办 办理 申请 递 递交 提交 提 交 上 看 看看 算 算算 算一下 说 讲 问 "
    "来说 来讲 来算 来看 我 我们 俺 他 她 它 您 你 自己 本人 该 应该 会 要 想 可 结论 结果 怎么样 怎样 咋样 又如何 如何 份 之 前 后 "
    "以后 之后 以前 之前 元旦 春节 国庆 五一 中秋 清明 端午 过完年 过后 假期 长假 去办 再去 再办 一起 合起来 总归 反正 终归 到底 究竟 同样 一样 成立 适用 有效 变成 变 变化 成 少 多 减 加 最后 "
    "算进去 并 并进去 进去 计入 计进 加进去 合在一起 同 年 月 日 号 当天 那一天 这天 落户 落 落到 落在 落户口 迁 迁到 转 转到 户口 嘉兴 城里 城区 市区 城镇 里 市里"
)
_SAME = (
    "别的 其他 其它 其余 另外 条件 情况 数 两个 两个数 几个数 数字 人数 基数 身份 材料 全部 一切 照旧 不变 没变 不动 没动 同前 同上 "
    "照样 相同 照前 仍旧 仍然 仍 依旧 还那样 不改 照原来 原来 原样"
)
_BACK = "说回 讲回 回到 转回 话说回来 言归正传 现在 今天 眼下 目前 如今 当下 眼前 真实 实际 实际情况 真实情况 按实际"
_SUM = (
    "多少 多少钱 几块 几块钱 几钱 几元 几成 哪档 哪一档 哪个档 什么标准 什么档 标准 月标准 标准是 每月 每个月 一个月 月月 按月 账户 个账 卡里 "
    "个人账户 划 打 进 给 发 补 补助 报 拿 到账 划入 打进 进账 能拿 合计 一共 总共 每年 全年 一年 查 查账户 得 钱 块 元"
)
_MAY = (
    "能 能不能 能否 可以 可以吗 可不可以 行不行 成不成 够 够不够 够吗 符合 符不符合 符合吗 合不合 有没有 资格 达标 算数 作数 得 还能 "
    "不能 不 不行 不够 没 没有 没问题 有戏 有戏吗 受理 够格 来得及 来得及吗 搞定 条件"
)
_STOPS = ["，", ",", "。", ".", "；", ";", "：", ":", "？", "?", "！", "!", "、", "~", "～", "…"]
_FRAME = frozenset(
    word for words in (_LINKS, _SAME, _BACK, _SUM, _MAY) for word in words.split()
) | frozenset([*_STOPS, " "])
_LONGEST_WORD = max(map(len, _FRAME))
_LONGEST = 40
_ASKS_SUM = re.compile(
    r"多少|几(?:块|元|钱|成)|哪(?:一|个)?档|什么(?:标准|档)|标准(?:是|呢)?[？?]?$"
)
_ASKS_MAY = re.compile(
    r"能|可以|行不行|成不成|够|符合|达标|资格|有戏|来得及|[吗么不][？?。]*$|成立"
)
_GOES_BACK = re.compile(
    r"[说讲转]回|回到|算了|言归正传|(?:好|行|嗯)(?:的|吧)?[，,]?还是|按(?:照)?(?:真实|实际)|(?:真实|实际)情况"
)


def changes_only(words: str, *said: str) -> bool:
    """Whether `words` say nothing besides `said`, but for words that ask the same again."""
    if len(words) > _LONGEST:
        return False
    rest = words
    for piece in sorted(said, key=len, reverse=True):
        if piece not in rest:
            return False
        rest = rest.replace(piece, "，", 1)
    return _made_of(rest)


def asks_same(words: str, *said: str) -> bool:
    """Whether `words` ask, or go back to, what was decided before, and say nothing else."""
    return changes_only(words, *said) and (asks_whether(words) or returns(words))


def asks_same_sum(words: str, *said: str) -> bool:
    """Whether `words` ask how much it comes to, and say nothing else."""
    return changes_only(words, *said) and asks_sum(words)


def asks_whether(words: str) -> bool:
    """Whether `words` ask whether it can be: 够了吧, 成立？."""
    return _ASKS_MAY.search(words) is not None


def asks_sum(words: str) -> bool:
    """Whether `words` ask how much it comes to."""
    return _ASKS_SUM.search(words) is not None


def returns(words: str) -> bool:
    """Whether `words` go back to how things stand: 说回眼下, 好，还是落嘉兴."""
    return _GOES_BACK.search(words) is not None


def _made_of(words: str) -> bool:
    reached = {0}
    for at in range(len(words)):
        if at in reached:
            ends = range(at + 1, min(len(words), at + _LONGEST_WORD) + 1)
            reached |= {end for end in ends if words[at:end] in _FRAME}
    return len(words) in reached
