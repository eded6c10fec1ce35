"""Settings of the course's site, which `compare.py site build` makes."""

project = "Recurrent networks in three frameworks"
html_title = project
language = "en"

extensions = [
    "myst_nb",
    "sphinx_design",
    "sphinx.ext.autodoc",
    "comparisons.site.course",
]
source_suffix = {".md": "myst-nb", ".py": "myst-nb"}
exclude_patterns = ["AUTHORS.md", "conf.py", "answers", "snippets"]

# Notebooks are executed by a test, not by the build.
nb_execution_mode = "off"
nb_custom_formats = {".py": ["jupytext.reads", {"fmt": "py:percent"}]}
myst_enable_extensions = [
    "attrs_block",
    "attrs_inline",
    "colon_fence",
    "deflist",
    "dollarmath",
    "tasklist",
]
myst_heading_anchors = 3
myst_update_mathjax = False
html_math_renderer = "mathml"

# Colab and Binder are linked where the notebooks are public: on GitHub, written
# by `compare.py site notebooks --out notebooks` (`course_notebooks`).
course_repository = ""  # "owner/project"
course_branch = "main"
course_notebooks = "notebooks"

autodoc_typehints = "none"
autodoc_member_order = "bysource"
add_module_names = False

html_theme = "pydata_sphinx_theme"
html_static_path = ["_static"]
html_css_files = ["course.css"]
html_js_files = ["course.js"]
templates_path = ["_templates"]
html_sidebars = {"**": ["contents.html"]}
html_copy_source = False
html_use_index = False
html_show_sourcelink = False
html_theme_options = {
    "logo": {"text": "Recurrent networks"},
    "navbar_center": [],
    "navbar_persistent": ["search-button"],
    "navbar_end": ["theme-switcher"],
    "secondary_sidebar_items": ["page-toc"],
    "primary_sidebar_end": [],
    "footer_start": [],
    "footer_end": [],
    "search_bar_text": "Search the course",
    "show_toc_level": 2,
    "back_to_top_button": False,
}
html_context = {"default_mode": "auto"}
