"""What each column of an order file is: the roles, and the words that speak for them.

Enters: nothing. Leaves: :class:`OrderColumns`, which column has which role. Refuses to look at
values: ``orders`` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from segmentation.errors import NotOrders, UnknownColumn
from segmentation.notes import Note


class OrderRole(StrEnum):
    """What a column of an order file says about a line."""

    CUSTOMER = "customer"
    DATE = "date"
    AMOUNT = "amount"
    ORDER = "order"
    PRODUCT = "product"
    CATEGORY = "category"
    QUANTITY = "quantity"
    UNIT_PRICE = "unit_price"
    LIST_PRICE = "list_price"
    COUNTRY = "country"
    STATUS = "status"


# The first words of a list speak more clearly than the later ones.
WORDS: Mapping[OrderRole, str] = {
    OrderRole.CUSTOMER: (
        "customerid customernumber customerno custid clientid memberid userid buyerid "
        "accountid visitorid shopperid cardid membershipid customerkey customercode "
        "customername membername username customer client member buyer shopper user cid "
        "客户编号 客户号 客户id 会员编号 会员号 会员卡号 会员id 用户编号 用户id 顾客编号 "
        "买家id 买家 顾客 会员 客户 用户"
    ),
    OrderRole.DATE: (
        "orderdate invoicedate purchasedate transactiondate salesdate saledate paymentdate "
        "ordertime purchasetime transactiontime orderedat purchasedat createdat paidat date "
        "datetime timestamp time 订单日期 下单时间 下单日期 交易时间 交易日期 购买日期 "
        "购买时间 支付时间 付款时间 成交时间 消费时间 消费日期 日期 时间"
    ),
    OrderRole.AMOUNT: (
        "lineamount linetotal orderamount ordertotal ordervalue netamount netsales totalamount "
        "totalprice totalvalue salesamount salesvalue extendedprice amount revenue sales "
        "turnover spend spent paid payment subtotal total value 实付金额 支付金额 订单金额 "
        "消费金额 成交金额 交易金额 销售金额 销售额 成交额 实收 总价 总额 金额"
    ),
    OrderRole.ORDER: (
        "orderid ordernumber orderno ordernum invoiceid invoiceno invoicenumber transactionid "
        "transactionno basketid receiptid receiptno billno ticketid ordercode orderref order "
        "invoice transaction receipt basket 订单编号 订单号 订单id 发票号 交易号 交易流水号 "
        "小票号 单号 流水号"
    ),
    OrderRole.PRODUCT: (
        "productid productcode stockcode sku itemid itemcode articleid articleno productname "
        "itemname product item article 商品编号 商品编码 商品id 货号 商品名称 产品名称 品名 "
        "商品 产品"
    ),
    OrderRole.CATEGORY: (
        "productcategory itemcategory productline productgroup categoryname category "
        "department subcategory producttype genre 商品类别 商品品类 产品类别 一级类目 品类 "
        "类别 类目 分类"
    ),
    OrderRole.QUANTITY: (
        "quantity qty orderquantity unitssold units numitems itemcount pieces 购买数量 "
        "商品数量 数量 件数"
    ),
    OrderRole.UNIT_PRICE: (
        "unitprice itemprice sellingprice saleprice priceeach price 单价 售价 价格"
    ),
    OrderRole.LIST_PRICE: (
        "listprice originalprice regularprice catalogprice catalogueprice fullprice "
        "retailprice msrp rrp 吊牌价 市场价 标价 原价"
    ),
    OrderRole.COUNTRY: "country shipcountry billingcountry countrycode nation 国家 国别",
    OrderRole.STATUS: (
        "orderstatus linestatus status returned isreturned iscancelled iscanceled cancelled "
        "canceled refunded returnflag 订单状态 交易状态 状态 是否退货 是否退款 是否取消"
    ),
}
# A name with one of these words is not what its other words say.
AVOID: Mapping[OrderRole, str] = {
    OrderRole.CUSTOMER: (
        "age gender segment type first last firstname lastname service since rating 类型 等级 "
        "年龄 性别"
    ),
    OrderRole.DATE: (
        "birth birthday dob signup registration registered joined join ship shipping shipped "
        "delivery delivered due return returned refund update updated modified expiry first "
        "last 出生 生日 注册 入会 发货 到货 收货 退货 退款 更新 首次 最近"
    ),
    OrderRole.AMOUNT: (
        "unit list discount tax vat cost shipping freight fee refund profit margin quantity "
        "count 折扣 优惠 税 成本 运费 退款 利润"
    ),
    OrderRole.ORDER: (
        "date time status amount total value count quantity line type 日期 时间 状态 金额"
    ),
    OrderRole.PRODUCT: "price count quantity category type 价 数量 类",
    OrderRole.QUANTITY: "price return returned 价",
    OrderRole.UNIT_PRICE: "list original regular discount total 原价 优惠",
}


@dataclass(frozen=True, slots=True)
class RoleReason:
    """Why a column got a role.

    Attributes
    ----------
    role : OrderRole
    column : str
    confidence : float
        The share of the column's name that speaks for the role, in (0, 1].
    why : Note
    """

    role: OrderRole
    column: str
    confidence: float
    why: Note


@dataclass(frozen=True, slots=True)
class OrderColumns:
    """Which column of an order file has which role; None where the file has no such column.

    Attributes
    ----------
    customer : str
        Names the customer of a line.
    date : str or None
        When it was ordered.
    amount : str or None
        What the line was worth; else ``quantity`` times ``unit_price``.
    order : str or None
        Names the order that the line belongs to.
    product, category : str or None
    quantity : str or None
        Pieces; negative for a return.
    unit_price, list_price : str or None
        Paid for, and asked for, one piece.
    country, status : str or None
    reasons : tuple of RoleReason
        Why they were suggested; no part of the decision.
    """

    customer: str
    date: str | None = None
    amount: str | None = None
    order: str | None = None
    product: str | None = None
    category: str | None = None
    quantity: str | None = None
    unit_price: str | None = None
    list_price: str | None = None
    country: str | None = None
    status: str | None = None
    reasons: tuple[RoleReason, ...] = field(default=(), compare=False)

    def of(self, role: OrderRole) -> str | None:
        """Return the column with a role."""
        found: str | None = getattr(self, role.value)
        return found

    def with_role(self, role: OrderRole, column: str | None) -> OrderColumns:
        """Return the roles with one corrected; a column gives up the role it had before.

        Examples
        --------
        >>> OrderColumns("id", amount="paid").with_role(OrderRole.UNIT_PRICE, "paid").amount is None
        True
        """
        roles: dict[str, Any] = {
            r.value: None for r in OrderRole if column and self.of(r) == column
        }
        return replace(self, **{**roles, role.value: column})

    def assigned(self) -> dict[OrderRole, str]:
        """Return the columns that have a role, by role."""
        return {role: name for role in OrderRole if (name := self.of(role))}

    def has_value(self) -> bool:
        """Tell whether a line's worth is known, by its amount or by quantity and price."""
        return bool(self.amount or (self.quantity and self.unit_price))

    def refuse_unfit(self, names: Iterable[str]) -> None:
        """Raise unless the columns exist and say who bought and when or for how much.

        Raises
        ------
        UnknownColumn
            When a role names a column that is not in the file.
        NotOrders
            When there is no customer, or neither a date nor an amount.
        """
        known = tuple(names)
        for name in self.assigned().values():
            if name not in known:
                raise UnknownColumn.from_names(name, known)
        if not self.customer or not (self.date or self.has_value()):
            raise NotOrders
