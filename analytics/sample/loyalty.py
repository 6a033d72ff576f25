"""Who bought lately and with which codes: the customers export of a segment, and the discounts export."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from analytics.sample import export, ledger, money, people, seasons
from analytics.sample.orders import Order
from analytics.sample.people import Customer

CUSTOMER_COLUMNS = export.columns("""
    Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,
    Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt""")
DISCOUNT_COLUMNS = export.columns("""
    Name,Value,Value Type,Type,Discount Class,Minimum Purchase Requirements,Combines with Order Discounts,
    Combines with Product Discounts,Combines with Shipping Discounts,Customer Selection,Context,Times Used In Total,
    Applies Once Per Customer,Usage Limit Per Code,Status,Start,End""")
SEGMENT_DAYS = 30  # the segment: who ordered within so many days
REGULAR = 5  # orders from which on a customer is tagged
NEVER_USED = "SPRING20"
# value, its kind, what it reduces, minimum
CODES = {
    "WELCOME10": ("-10.0", "percentage", "order", ""),
    "NEWSLETTER5": ("-5.00", "fixed_amount", "order", "40.00"),
    "FREESHIP": ("-100.0", "percentage", "shipping", ""),
    "FRIENDS15": ("-15.0", "percentage", "order", ""),
    "STAFFPICK100": ("-100.0", "percentage", "order", ""),
    NEVER_USED: ("-20.0", "percentage", "order", ""),
}


@dataclass(slots=True)
class Regular:
    """A customer with all orders that count: their number, and cents paid and kept."""

    customer: Customer
    number: int  # of the first order, from which the platform's id is made
    orders: int = 0
    spent: int = 0


def recent(placed: list[Order], last_day: date) -> list[Regular]:
    """The customers of the segment, with everything they ever ordered, in the order of their first one."""
    known: dict[str, Regular] = {}
    lately = set()
    for order in placed:
        if not order.customer or not ledger.counts(order):
            continue
        regular = known.setdefault(order.customer.email, Regular(order.customer, order.number))
        regular.orders += 1
        regular.spent += order.total - order.refunded
        if (last_day - order.created.date()).days < SEGMENT_DAYS:
            lately.add(order.customer.email)
    return [regular for email, regular in known.items() if email in lately]


def customer_rows(segment: list[Regular]) -> Iterator[dict[str, str]]:
    """One row a customer of the segment."""
    for regular in segment:
        buyer = regular.customer
        first, _, last = buyer.name.partition(" ")
        city, code, province, province_name = buyer.city
        yield {
            "Customer ID": f"'{7_100_000_000_000 + regular.number * 32_768}",
            "First Name": first,
            "Last Name": last,
            "Email": buyer.email,
            "Accepts Email Marketing": "yes" if buyer.takes_mail else "no",
            "Address1": buyer.street,
            "City": city,
            "Province": province_name,
            "Province Code": province,
            "Country": people.NAMES[buyer.country],
            "Country Code": buyer.country,
            "Zip": f"'{code}",
            "Accepts SMS Marketing": "no",
            "Total Spent": money.text(regular.spent),
            "Total Orders": str(regular.orders),
            "Tags": "Stammkunde" if regular.orders >= REGULAR else "",
            "Tax Exempt": "no",
        }


def uses(placed: list[Order]) -> Counter[str]:
    """How many orders used each code, counting or not."""
    return Counter(order.code for order in placed if order.code)


def discount_rows(placed: list[Order], last_day: date) -> Iterator[dict[str, str]]:
    """One row a code; the one never used ran out long ago."""
    used = uses(placed)
    start, year = seasons.first_day(last_day), seasons.first_day(last_day).year + 1
    for name, (value, kind, of, minimum) in CODES.items():
        is_over = name == NEVER_USED
        yield {
            "Name": name,
            "Value": value,
            "Value Type": kind,
            "Type": "Free Shipping" if of == "shipping" else "Amount Off",
            "Discount Class": of,
            "Minimum Purchase Requirements": minimum,
            "Customer Selection": "All",
            "Times Used In Total": str(used[name]),
            "Applies Once Per Customer": "0",
            "Status": "Expired" if is_over else "Active",
            "Start": f"{year}-04-01 00:00:00 +0200" if is_over else f"{start} 00:00:00 +0100",
            "End": f"{year}-04-30 23:59:59 +0200" if is_over else "",
        }


def answers(placed: list[Order], last_day: date) -> list[tuple[str, str, str]]:
    """What both exports must say: key, exact value, what it means."""
    segment, used = recent(placed, last_day), uses(placed)
    return [
        (
            "segment_customers",
            str(len(segment)),
            f"customers export: who ordered in the last {SEGMENT_DAYS} days",
        ),
        ("segment_new", str(sum(regular.orders == 1 for regular in segment)), "of them with a single order ever"),
        ("segment_orders", str(sum(regular.orders for regular in segment)), "all their orders that count"),
        ("segment_spent", money.text(sum(regular.spent for regular in segment)), "what they paid and did not get back"),
        ("discount_codes", str(len(CODES)), "codes in the discounts export"),
        ("code_uses_in_all", str(sum(used.values())), "orders with a code, counting or not"),
        ("code_never_used", NEVER_USED, "a code that nobody used"),
    ]
