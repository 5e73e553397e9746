"""Plain-language words for what official texts say: each may be used where a text has its like.

Words of glue join and claim nothing; these claim something, and so need their like in the support.
"""

_CLASSES = """
取得 获得 得到 拿到 领到 领取 具有 具备 拥有 持有 持 有 评上 评为 授予 办理 通过
配合 协助 协同
会同 联合 协商 和
牵头 负责牵头 会同
负责 承担 由 主管 分管 应当 要 须 做好 会同
主管 分管 负责
新增 增加 新开设 扩大 新认定
给予 给 支付 发放 奖励 补助 救助 享受
鼓励 支持
支持 鼓励 保障
加强 强化 增强 加大
完善 健全 改进 优化 深化
健全 完善
提升 提高 增强 增加
保障 确保 维护 保证
维护 保护 保障
推进 推动 促进 加快
促进 推进 推动
推动 推进 促进
设立 建立 设置 成立 新开设 自建
建立 设立 自建 成立 构建
设置 设立 建立
开展 组织 实施 落实 实行 推行 试行 进行
组织 开展 实施
落实 执行 实施 履行 贯彻
履行 落实 执行
收取 征收 收 缴纳
支出 支付
担任 任 职务
任职 任
任命 任
受理 申请 办理
受理机构 申请 经办机构
受理方 申请 经办机构
公布 公开 发布 印发 列为
发出 通知 印发 发布 签发
下达 通知 印发
确定 确认 认定 顺序 决定 制定 调整
确认 认定 确定
设定 确定 制定
采取 采用 按照 实行
作出 做出 提交 报告
变更 变动 调整 修改 变化
变化 变动 调整 修改 不变
安排 计划 顺序
分开 单独 分别
单独 分别 独立 分开
统筹 协调 统一
协调 协助 统一
协助 协同 配合
免除 免去 取消
剩余 剩下 余
剩下 剩余
余下 剩余
结束 届满 完毕 满 期限
届满 满 期满 到期 期限
期满 届满 满
到期 届满 有效期
完成 完毕 后 办理 满 完
完毕 完成 后
成为 列为 作为 转 改
转成 转 换
转为 转 换
变成 转 换 改 调整
产生 发生
费率 比例
次月 下月
同年 当年
次年 第二年
随同 随 一并 及其
首选 首先 顺序
首位 首先 顺序
末位 最后 顺序
上限 最高 不超过 限额
封顶 最高 不超过 限额
再次 再
门槛 条件 标准 限制 满 以上
地域 范围 区域 地区
名额 数量 指标
备齐 提供 提交 材料 凭
携带 持 凭 提供 提交
出示 持 凭 提供 提交
递交 提交 提供 申请
提供 提交 持 凭 出具
电话 电话
拨打 电话
联系 联系 电话
号码 电话 号码
提交 提供 递交 报送 报告 提请 持 凭
"""
_LIKE = {
    words[0]: frozenset(words) for line in _CLASSES.strip().splitlines() if (words := line.split())
}


def needs_like(word: str) -> bool:
    """Whether a word claims something, and so needs its like in a support."""
    return word in _LIKE


def has_like(word: str, carried: str) -> bool:
    """Whether a text has a word, or one that means as much."""
    return any(like in carried for like in _LIKE.get(word, frozenset({word})))
