"""Which concepts may stand for one another, and which shut one another out."""

from collections.abc import Mapping
from types import MappingProxyType

IMPLIED_BY: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "父亲": frozenset({"父母"}),
        "母亲": frozenset({"父母"}),
        "祖父母": frozenset({"直系亲属"}),
        "孙子女": frozenset({"直系亲属"}),
        "配偶的父母": frozenset({"配偶的直系亲属"}),
        "机关": frozenset({"机关事业", "机关补助"}),
        "事业单位": frozenset({"机关事业", "机关补助"}),
        "机关事业": frozenset({"机关补助"}),
        "个体工商户": frozenset({"创业"}),
        "公司": frozenset({"用人单位", "企业", "补充医保"}),
        "用人单位": frozenset({"企业", "单位集体户", "单位所在地"}),
        "企业": frozenset({"补充医保", "用人单位", "公司"}),
        "证件": frozenset({"浙江省居住证", "居住证", "临时居住证", "身份证"}),
        "居住证": frozenset({"证件", "浙江省居住证", "临时居住证", "电子居住证"}),
        "浙江省居住证": frozenset({"居住证"}),
        "养老保险": frozenset({"职工养老"}),
        "社会保险": frozenset({"职工养老", "养老保险", "医保", "职工医保"}),
        "医保": frozenset({"职工医保", "补充医保", "机关补助", "个人账户"}),
        "职称": frozenset({"初级职称", "中级职称", "副高职称", "高级职称"}),
        "学历": frozenset({"大专", "本科", "硕士", "中职"}),
        "技能等级": frozenset({"职业资格", "中级技能", "技师", "高级技师"}),
        "职业资格": frozenset({"中级技能", "技师", "技能等级", "高级技师"}),
        "集体户": frozenset({"单位集体户", "人才集体户", "社区集体户", "公共集体户"}),
        "亲友": frozenset({"亲友处"}),
        "亲属": frozenset({"亲友处", "直系亲属"}),
        "居住": frozenset(
            {"居住登记", "居住证", "合法稳定住所", "共同居住", "居住地", "浙江省居住证"}
        ),
        "居住地": frozenset({"租赁住房所在地"}),
        "租赁": frozenset({"租赁住房所在地", "租赁备案证明", "租赁合同"}),
        "就业": frozenset({"合法稳定就业"}),
        "就读": frozenset({"连续就读"}),
        "连续": frozenset({"连续就读"}),
        "合法": frozenset({"合法稳定就业", "合法稳定住所"}),
        "未婚": frozenset({"未婚子女"}),
        "已婚": frozenset({"已婚子女"}),
        "随迁": frozenset({"落户", "投靠", "迁入"}),
        "享受": frozenset({"救助", "奖励"}),
        "迁入": frozenset({"落户", "投靠"}),
        "落户": frozenset(
            {"投靠", "迁入", "转户籍", "家庭户", "户籍地", "人才集体户", "单位集体户"}
        ),
        "申请": frozenset({"申领", "落户", "投靠"}),
        "申领": frozenset({"申请", "签发"}),
        "迁移": frozenset({"落户", "迁入"}),
        "毕业": frozenset({"学历"}),
        "转户籍": frozenset({"落户"}),
        "合法稳定就业": frozenset({"就业"}),
        "参加": frozenset({"缴纳", "整体参保"}),
        "备案": frozenset({"租赁备案证明"}),
        "降低": frozenset({"修改"}),
        "放宽": frozenset({"修改"}),
        "缴纳": frozenset({"参加", "职工养老"}),
        "提交": frozenset({"申请"}),
        "派出所": frozenset({"公安机关"}),
        "公安机关": frozenset({"派出所"}),
        "医疗机构": frozenset({"医药机构"}),
        "人才": frozenset({"人才集体户"}),
        "个人账户": frozenset({"划入"}),
        "学生": frozenset({"毕业"}),
        "技校": frozenset({"中职"}),
        "同意": frozenset({"批准"}),
        "补足": frozenset({"支付"}),
        "申请人": frozenset({"本人"}),
        "职工": frozenset({"在职", "职工养老", "职工医保"}),
        "公务员": frozenset({"机关补助", "机关"}),
        "证明材料": frozenset({"权属证明", "关系证明", "租赁备案证明"}),
        "商品住房": frozenset(),
        "房主": frozenset(),
        "被投靠人": frozenset({"投靠"}),
        "印发": frozenset({"签发"}),
        "签发": frozenset({"印发"}),
        "农民": frozenset({"农业转移人员"}),
        "每年": frozenset({"签注"}),
        "补助资金": frozenset({"机关补助"}),
        "机关补助": frozenset({"补助资金"}),
    }
)
"""A concept on the left may be said where its support has one on the right."""

FAMILY = frozenset({"配偶", "子女", "未成年子女", "父母"})

EXCLUSIVE: tuple[frozenset[str], ...] = (
    frozenset({"在职", "退休"}),
    frozenset({"男", "女", "父亲", "母亲"}),
    frozenset({"门诊", "住院"}),
    frozenset({"连续", "累计"}),
    frozenset(
        {
            "全国",
            "浙江省",
            "外省",
            "长三角",
            "本市",
            "外市",
            "市本级",
            "县",
            "区",
            "金华市",
            "义乌市",
            "杭州市",
        }
    ),
    frozenset({"机关事业", "企业", "机关补助", "补充医保"}),
    frozenset({"施行", "印发", "失效"}),
    frozenset({"参加", "退出"}),
)
"""Groups of which one number or one condition has only one: who, where, which benefit."""
