"""The study of neurons as a page that needs no other file."""

from collections.abc import Iterator

from jinja2 import Environment, PackageLoader, StrictUndefined

from comparisons.studies.neurons.colors import background, ink, visible
from comparisons.studies.neurons.features import FEATURES
from comparisons.studies.neurons.study import Study

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ heading[0] }}</title>
<style>
{% include "style.css" %}
main { max-width: 78rem; margin: 0 auto; padding: 0 1rem 2rem; }
.strip { font: .875rem/1.5 monospace; max-width: none; white-space: pre-wrap; }
.strip span { padding: .125rem 0; print-color-adjust: exact; }
</style>
<header><h1>{{ heading[0] }}</h1></header>
<main>
<p><strong>{{ message }}.</strong></p>
{% for line in heading[1:] %}
<p>{{ line }}</p>
{% endfor %}
<div class="scroll"><table>
<caption><span>The unit that follows each feature best. A correlation on one
text is a hint, not a proof; by chance: what the best unit reaches where the
feature is shifted against the text.</span></caption>
<thead><tr><th scope="col">feature</th><th scope="col">unit</th>
<th scope="col">r</th><th scope="col">by chance</th></tr></thead>
<tbody>
{% for row in rows %}
<tr><th scope="row">{{ features[row.feature].text }}</th>
<td class="number">{{ row.unit }}</td>
<td class="number">{{ "%+.2f"|format(row.correlation) }}</td>
<td class="number">{{ "%.2f"|format(row.chance) }}</td></tr>
{% endfor %}
</tbody></table></div>
{% if constant %}
<p>The same throughout this text: {{ constant|join(", ") }}.</p>
{% endif %}
<p>Blue is -1, red +1. The pointer on a token shows the activation after it,
and what the model expects next.</p>
{% for label, cells in strips %}
<figure><figcaption>{{ label }}</figcaption>
<p class="strip">
{%- for text, ends_line, background, ink, title in cells -%}
<span style="background:{{ background }};color:{{ ink }}" title="{{ title }}">
{{- text }}</span>{% if ends_line %}<br>{% endif %}
{%- endfor -%}
</p></figure>
{% endfor %}
</main>
</html>
"""


def page(study: Study) -> str:
    environment = Environment(
        loader=PackageLoader("comparisons.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
    )
    return environment.from_string(PAGE).render(
        heading=study.heading(),
        message=study.message(),
        rows=study.found.detectors,
        features=FEATURES,
        constant=study.found.constant,
        strips=[
            (study.label(unit), cells(study, unit)) for unit in study.units
        ],
    )


def cells(study: Study, unit: int) -> Iterator[tuple[str, bool, str, str, str]]:
    """Each token, whether it ends a line, its two colors and its numbers."""
    strip = study.strip(unit).tolist()
    for t, label in enumerate(study.options.labels):
        likely = ", ".join(f"{n} {p:.2f}" for n, p in study.predictions(t))
        title = f"{study.reading.h[t, unit]:+.3f}; next: {likely}"
        colors = background(strip[t]), ink(strip[t])
        yield visible(label), "\n" in label, *colors, title
