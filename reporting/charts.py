"""Charts as plain SVG without style attributes (the CSP refuses these): one message each, direct labels, never colour alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from deployments.figures import HUNDRED, Rate
from reporting.summary import Month

WIDTH, FONT = 360, "Helvetica, Arial, Liberation Sans, sans-serif"
INK, SOFT, FILL, LIMIT = "#0b0c0c", "#505a5f", "#1d70b8", "#942514"
ROW, BAR = 46, 18
PLOT_TOP, PLOT_HEIGHT, PLOT_LEFT = 18, 150, 8
MONTHS = 36  # more would stand too close: the table has them all


@dataclass(frozen=True)
class Bar:
    label: str
    value: int
    hatched: bool = False


def picture(key: str, title: str, height: float, drawn: Iterable[str]) -> SafeString:
    """Its title is read aloud; every text in it is escaped where it is drawn."""
    return mark_safe(
        f'<svg class="app-chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:g}" role="img" aria-labelledby="chart-{key}"'
        f' font-family="{FONT}" font-size="14" fill="{INK}"><title id="chart-{key}">{escape(title)}</title>' + "".join(drawn) + "</svg>"
    )


def text(x: float, y: float, words: object, *, anchor: str = "start", fill: str = INK, bold: bool = False, size: int = 14) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}" fill="{fill}" font-size="{size}"{weight}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str = INK, width: float = 1, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="{stroke}" stroke-width="{width:g}"{dashed} fill="none"/>'


def bars(key: str, title: str, rows: list[Bar]) -> SafeString:
    """How many of each, the number at the end of its bar; an outlined bar is one that was not confirmed."""
    most = max((row.value for row in rows), default=0) or 1
    drawn = []
    for place, row in enumerate(rows):
        y, width = place * ROW + 16, (WIDTH - 70) * row.value / most
        paint = f'fill="#ffffff" stroke="{FILL}" stroke-width="2"' if row.hatched else f'fill="{FILL}" stroke="{FILL}" stroke-width="2"'
        drawn.append(text(0, y, row.label))
        if row.value:
            drawn.append(f'<rect x="1" y="{y + 6:g}" width="{width:g}" height="{BAR}" {paint}/>')
        drawn.append(text((width if row.value else 0) + 8, y + 20, f"{row.value:,}", bold=True))
    return picture(key, title, len(rows) * ROW + 4, drawn)


def percent(value: float | Decimal | None) -> float:
    return float(Decimal(value) * HUNDRED) if value is not None else 0.0


def rate_chart(key: str, title: str, rate: Rate, expected: Decimal) -> SafeString:
    """One rate with its interval, and the policy's expectation as a line."""
    interval = rate.interval
    if interval is None:
        return mark_safe("")
    low, high, exact = percent(interval.lower), percent(interval.upper), float(rate.exact_percent() or 0)
    top = max(high, float(expected)) * 1.15

    def at(value: float) -> float:
        return 8 + (WIDTH - 16) * value / top

    limit = at(float(expected))
    drawn = [
        line(8, 62, WIDTH - 8, 62, stroke=SOFT),
        text(8, 80, "0 %", fill=SOFT, size=13),
        line(limit, 22, limit, 68, stroke=LIMIT, width=2, dashes="5 3"),
        text(
            *beside_line(limit), f"expected at most {expected.normalize():f} %", fill=LIMIT, anchor="end" if limit > WIDTH / 2 else "start", size=13
        ),
        line(at(low), 44, at(high), 44, stroke=FILL, width=3),
        line(at(low), 37, at(low), 51, stroke=FILL, width=3),
        line(at(high), 37, at(high), 51, stroke=FILL, width=3),
        f'<circle cx="{at(exact):g}" cy="44" r="6" fill="{FILL}" stroke="#ffffff" stroke-width="1.5"/>',
    ]
    return picture(key, title, 88, drawn)


def beside_line(x: float) -> tuple[float, float]:
    return (x + (-2 if x > WIDTH / 2 else 2)), 14


def trend(key: str, title: str, points: list[Month], expected: Decimal) -> SafeString:
    """The pooled rate of each month with its interval, the expectation as a line, a gap where the way of counting changes (X-5)."""
    shown = [point for point in points if point.rate.interval][-MONTHS:]
    if not shown:
        return mark_safe("")
    top = max(float(expected) * 1.6, *(float(point.rate.exact_percent() or 0) * 1.3 for point in shown))
    step = (WIDTH - PLOT_LEFT * 2) / len(shown)
    base = PLOT_TOP + PLOT_HEIGHT

    def y(value: float) -> float:
        return base - PLOT_HEIGHT * min(value / top, 1)

    limit = y(float(expected))
    drawn = [
        line(PLOT_LEFT, base, WIDTH - PLOT_LEFT, base, stroke=SOFT),
        line(PLOT_LEFT, limit, WIDTH - PLOT_LEFT, limit, stroke=LIMIT, width=2, dashes="5 3"),
        text(PLOT_LEFT, limit - 6, f"expected at most {expected.normalize():f} %", fill=LIMIT, size=13),
    ]
    for place, point in enumerate(shown):
        drawn += month_drawn(point, PLOT_LEFT + step * (place + 0.5), step, y, base, labelled=place % labelled_every(len(shown)) == 0)
    return picture(key, title, base + 26, drawn)


def labelled_every(number: int) -> int:
    return -(-number // 5)


def month_drawn(point: Month, x: float, step: float, y: Callable[[float], float], base: float, *, labelled: bool) -> list[str]:
    interval = point.rate.interval
    assert interval
    low, high = y(percent(interval.lower)), y(percent(interval.upper))
    drawn = [line(x, low, x, high, stroke=FILL, width=3), line(x - 4, low, x + 4, low, stroke=FILL, width=2)]
    if high > PLOT_TOP:
        drawn.append(line(x - 4, high, x + 4, high, stroke=FILL, width=2))
    drawn.append(f'<circle cx="{x:g}" cy="{y(float(point.rate.exact_percent() or 0)):g}" r="4.5" fill="{FILL}" stroke="#ffffff" stroke-width="1"/>')
    if point.is_break:
        drawn.append(line(x - step / 2, PLOT_TOP - 10, x - step / 2, base, stroke=INK, width=1.5, dashes="2 3"))
        drawn.append(
            text(x - step / 2 + (3 if x < WIDTH / 2 else -3), PLOT_TOP - 4, "counted otherwise", size=12, anchor="start" if x < WIDTH / 2 else "end")
        )
    if labelled:
        drawn.append(line(x, base, x, base + 5, stroke=SOFT))
        drawn.append(text(x, base + 20, f"{point.first:%b %y}", anchor="middle", fill=SOFT, size=13))
    return drawn
