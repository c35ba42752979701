"""Catalogs of any size, made of real names: for measuring, not for reading.

Knows the words that names of services are put together from. What comes out is the same for the
same number, on every machine.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import islice

from benchmarks.search_catalogs import SHARED_NAMES, CatalogError, Line, of_lines, read_lines

_SEED = 608
_MADE_UP_POPULARITY = 50  # below every real name
_MOST = 1_000_000  # a quarter of the names that the words give


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_OBJECTS = _words(
    """
    身份证 户口簿 居住证 护照 通行证 签证 驾驶证 行驶证 车辆号牌 机动车 电动车 拖拉机 船舶 渔船
    网约车 出租车 货运车辆 校车 危货运输 道路运输证 从业资格证 社会保障卡 养老保险 失业保险
    工伤保险 医疗保险 生育保险 公积金 退休待遇 抚恤金 丧葬补助 高龄津贴 护理补贴 生活补贴 低保金
    临时救助金 医疗救助 教育救助 住房补贴 租赁补贴 公租房 经济适用房 限价房 危房改造 宅基地
    不动产权证 房屋产权 土地使用权 林权 草原承包权 海域使用权 采矿权 探矿权 取水权 排污权 施工许可
    规划许可 竣工验收 消防验收 人防工程 燃气设施 供水设施 供电设施 排水设施 道路占用 绿地占用
    树木移植 户外广告 店面招牌 营业执照 公司章程 企业名称 股权 动产抵押 商标 专利 著作权 地理标志
    食品经营 食品生产 小作坊 餐饮服务 药品零售 医疗器械 化妆品 保健食品 特种设备 计量器具
    检验检测机构 认证机构 烟草零售 酒类经营 农药经营 兽药经营 饲料生产 种子生产 肥料 农机 农机驾驶
    动物防疫 动物诊疗 生猪屠宰 水产养殖 捕捞 野生动物 木材运输 林木采伐 造林补贴 退耕还林 种粮补贴
    农业保险 合作社 家庭农场 医疗机构 医师执业 护士执业 母婴保健 放射诊疗 公共场所卫生 饮用水卫生
    消毒产品 预防接种 健康证明 出生证明 死亡证明 献血证 残疾人证 辅助器具 康复训练 无障碍设施
    老年优待证 养老机构 幼儿园 民办学校 培训机构 教师资格 学籍 学历 助学金 奖学金 助学贷款 中考
    高考 自学考试 普通话测试 职业资格 职业技能等级 职称 人事档案 就业登记 失业登记 创业贷款
    创业补贴 见习补贴 培训补贴 劳动合同 集体合同 劳务派遣 工资支付 结婚证 离婚证 收养 殡葬服务
    公墓 社会团体 基金会 民办非企业单位 宗教场所 律师执业 公证 司法鉴定 法律援助 人民调解 行政复议
    退役军人优待证 伤残等级 烈士褒扬 随军家属 旅行社 导游证 演出活动 娱乐场所 网吧 出版物 印刷经营
    电影放映 文物保护 体育赛事 游泳场馆 图书馆读者证 个人所得税 增值税 契税 车船税 发票 完税证明
    纳税信用
    """
)
_VERBS = _words(
    """
    申请 申领 办理 登记 备案 变更 注销 补办 换发 年审 延期 查询 核验 认定 复核 转移 缴费 退费 报销
    预约 挂失 激活 审批 公示 投诉 咨询
    """
)
_SITUATIONS = _words(
    """
    首次 到期 遗失 损毁 信息有误 姓名改变 地址改变 委托代办 未成年人 异地 跨省 加急 线上 上门 集体
    单位 个人 个体工商户 企业 分支机构 外资 法人改变 合并 分立 继承 赠与 离婚析产 法院判决 提前
    逾期 补正材料 容缺 免费 减免 续期 停业 恢复
    """
)
_GROUPS = _words(
    """
    老年人 残疾人 未成年人 在校学生 高校毕业生 农民工 灵活就业人员 失业人员 退休人员 退役军人
    低保对象 特困人员 新生儿 孕产妇 外国人 港澳台居民 归侨侨眷 个体工商户 小微企业 农村居民
    """
)
_TOWNS = _words(
    """
    东关 西关 南门 北门 城东 城西 河口 石桥 青山 龙泉 白云 柳林 双河 新华 红旗 建设 和平 人民 解放
    中山 朝阳 胜利 永安 太平 长乐 清水 黄土 大营 马家 李庄
    """
)
_KINDS = ("街道", "镇", "乡")


def composed(count: int, base: Sequence[Line] | None = None) -> dict[str, bytes]:
    """The records of a catalog of so many services; the real names are the most used ones.

    Args:
        count: how many services.
        base: the real names; the developers' shared list where it is None.

    Raises:
        CatalogError: the shared list is not there, or so many names cannot be made.
    """
    return of_lines(composed_lines(count, base))


def composed_lines(count: int, base: Sequence[Line] | None = None) -> list[Line]:
    """The services themselves, each name once; see `composed`."""
    if count > _MOST:
        raise CatalogError(f"{count} different names cannot be made, only {_MOST}")
    chance = random.Random(_SEED)
    real = [
        line._replace(popularity=chance.randint(_MADE_UP_POPULARITY, 100), base=line.name)
        for line in (read_lines(SHARED_NAMES) if base is None else base)
    ]
    found = {line.name: line for line in real[:count]}
    made = _made_up(real, chance)
    while len(found) < count:
        line = next(made)
        found.setdefault(line.name, line)
    return list(islice(found.values(), count))


def _made_up(real: Sequence[Line], chance: random.Random) -> Iterator[Line]:
    ways = (_of_words, _of_words, _in_a_situation, _of_a_town)
    while True:
        line = chance.choice(real)
        made = chance.choice(ways)(line, chance)
        yield made._replace(popularity=chance.randint(0, _MADE_UP_POPULARITY))


def _of_words(line: Line, chance: random.Random) -> Line:
    """Whose thing, what thing, what is done with it, when: in the category of some real one."""
    group = chance.choice(_GROUPS) if chance.random() < 0.45 else ""
    situation = f"（{chance.choice(_SITUATIONS)}）" if not group or chance.random() < 0.45 else ""
    name = f"{group}{chance.choice(_OBJECTS)}{chance.choice(_VERBS)}{situation}"
    return line._replace(name=name, base="")


def _in_a_situation(line: Line, chance: random.Random) -> Line:
    return line._replace(name=f"{line.name}（{chance.choice(_SITUATIONS)}）", base=line.name)


def _of_a_town(line: Line, chance: random.Random) -> Line:
    town = chance.choice(_TOWNS) + chance.choice(_KINDS)
    return line._replace(name=town + line.name, base=line.name)
