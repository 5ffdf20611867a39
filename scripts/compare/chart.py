"""Bars of speed as a picture: plain SVG, for light and dark, with the numbers beside the bars."""
from html import escape

WIDTH = 720
LABELS = 230  # room for the names, left of the bars
NUMBERS = 80  # room for the numbers, right of them
ROW = 30
BAR = 18
TOP = 46

STYLE = """
    text { font: 13px system-ui, sans-serif; fill: #1f2328 }
    .title { font-weight: 600; font-size: 15px }
    .bar { fill: #8c959f }
    .ours { fill: #0969da }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .bar { fill: #6e7681 }
      .ours { fill: #58a6ff }
    }
"""


def chart(title, bars):
    """The picture of bars, each a name, a number, and whether it is of ours."""
    height = TOP + ROW * len(bars) + 10
    longest = max(value for _, value, _ in bars)
    told = "; ".join(f"{name}: {value:.0f}" for name, value, _ in bars)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' aria-labelledby="title told">',
        f'  <title id="title">{escape(title)}</title>',
        f'  <desc id="told">{escape(told)}</desc>',
        f"  <style>{STYLE}  </style>",
        f'  <text class="title" x="8" y="26">{escape(title)}</text>',
    ]
    for row, (name, value, ours) in enumerate(bars):
        top = TOP + row * ROW
        width = max(1.0, value / longest * (WIDTH - LABELS - NUMBERS))
        kind = "bar ours" if ours else "bar"
        out += [
            f'  <text x="{LABELS - 8}" y="{top + 14}" text-anchor="end">{escape(name)}</text>',
            f'  <rect class="{kind}" x="{LABELS}" y="{top}" width="{width:.1f}" height="{BAR}" rx="2"/>',
            f'  <text x="{LABELS + width + 8:.1f}" y="{top + 14}">{value:.0f}</text>',
        ]
    return "\n".join([*out, "</svg>", ""])
