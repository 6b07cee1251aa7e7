"""The words that column names are made of, in English and Chinese.

Enters: a column name. Leaves: which roles, families and details its words speak for. Refuses to
look at values. A word matches a whole word of the name (``spend_12m`` is *spend* and *12m*) or,
in Chinese, any part of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.intake.words import first_match as first_match
from segmentation.intake.words import spoken_for as spoken_for
from segmentation.intake.words import words as words
from segmentation.variables.roles import Family

ID = (
    "id ids identifier uuid guid customerid clientid memberid userid custid customerno "
    "customernumber custno clientno memberno membernumber accountno kundennr kundennummer rownames "
    "rownum index serial 编号 序号 编码 会员号 客户号 客户代码"
)
# Ids of what customers buy, where and when, which are not theirs.
NOT_A_CUSTOMER = (
    "order orders invoice receipt transaction basket session visit line product sku item article "
    "store shop branch 订单 发票 交易 小票 商品 产品 门店 店铺"
)
OUTCOME = (
    "churn churned attrition outcome target label converted conversion responded response y "
    "next 流失 购买意愿 是否购买 响应"
)
CONSENT = "consent optin permission subscribed marketing_ok gdpr 同意 授权 允许 订阅 许可"
WEIGHT = "weight wgt wt weights 权重"
GIVEN_SEGMENT = "segment segments cluster persona tier 细分 分群 客群 群组"
STATUS = "status lifecycle stage 状态 阶段"
SPECIAL = (
    "religion religious ethnic ethnicity race racial health disease diagnosis disability political "
    "politics party union sexual orientation genetic 宗教 民族 种族 健康 疾病 政治 性取向 残疾"
)
PRIVATE: Mapping[str, str] = {
    "name": (
        "firstname lastname surname fullname forename givenname customername contactname "
        "姓名 名字 联系人"
    ),
    "national-id": "ssn passport nationalid taxid idcard 身份证 护照 证件号",
    "birth-date": "birthdate birthday dob dateofbirth 出生日期 生日",
    "account": "iban creditcard cardnumber bankaccount 银行卡 卡号 账号",
    "network": "ipaddress ip imei idfa openid unionid",
}
CONTACT: Mapping[str, str] = {
    "email": "email mail emails emailaddress 邮箱 邮件 电子邮件",
    "sms": "phone mobile cell telephone tel msisdn 手机 电话 手机号 联系电话",
    "post": "address street addr addressline 地址 住址",
    "wechat": "wechat weixin wxid 微信 微信号",
}
CHANNEL: Mapping[str, str] = {
    "email": "email mail newsletter edm 邮件 邮箱 电子邮件",
    "sms": "sms phone mobile text call telephone 短信 手机 电话",
    "post": "post postal letter catalogue catalog direct 邮寄 信件",
    "push": "push app notification 推送",
    "wechat": "wechat weixin 微信 公众号",
}
PLACE: Mapping[str, str] = {
    "latitude": "lat latitude lattitude 纬度",
    "longitude": "lon lng long longitude 经度",
    "postcode": "zip zipcode postcode postalcode plz 邮编 邮政编码",
    "region": "region state province county district area territory 省份 省 地区 区域 大区 区县",
    "city": "city town municipality 城市 市",
    "country": "country nation countrycode 国家 国别",
}
FAMILY: Mapping[Family, str] = {
    Family.DEMOGRAPHIC: (
        "age gender sex female male income salary education marital married single partner "
        "dependents household family children kids senior citizen occupation job profession "
        "generation relationship size birth birthmonth birthyear "
        "年龄 性别 收入 学历 教育 婚姻 家庭 职业 子女 孩子 岗位 年收入"
    ),
    Family.GEOGRAPHIC: "distance climate density urban rural travel hemisphere 距离 气候 城乡",
    Family.FIRMOGRAPHIC: (
        "industry employees employee revenue company sector firm sic naics headcount founded "
        "ownership 行业 员工 企业 公司 规模 营业额 注册资本"
    ),
    Family.TECHNOGRAPHIC: (
        "device browser os android ios software crm cloud platform internet online app "
        "streaming backup security tech paperless multiple lines fiber "
        "设备 浏览器 系统 手机型号 平台 软件"
    ),
    Family.PSYCHOGRAPHIC: (
        "attitude value values lifestyle interest opinion motive motivation personality "
        "sensitivity affinity satisfaction importance nps brand rating score likes prefer "
        "态度 价值观 生活方式 兴趣 动机 满意度 偏好 性格 重要性 评分"
    ),
    Family.TRANSACTIONAL: (
        "spend spent order orders amount monetary recency frequency price purchase purchases "
        "basket aov charges sales revenue12m profit discount refund returns quantity invoice clv "
        "ltv payment billing contract tenure tenur transactions loan balance "
        "消费 金额 订单 购买 单价 客单价 频次 最近购买 折扣 退货 支付 数量"
    ),
    Family.BEHAVIOURAL: (
        "visit visits usage use click clicks open opens session sessions login logins engagement "
        "duration campaign calls contact channel loyalty activity active newsletter category "
        "categories share previous days browsing 访问 使用 点击 登录 活跃 浏览 次数 时长 渠道 忠诚"
    ),
}
