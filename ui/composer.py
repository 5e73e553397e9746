"""The line to write in, with the day and the place to answer for: our own form, not the framework's.

The framework keeps a copy of what its own fields hold and puts the first one back when a page has
loaded or a folded part is first opened; what was written meanwhile would be lost.
"""

from ui.markup import attribute


def render_composer(home: str) -> str:
    """The form; `home` is the place that is answered for where none is given."""
    place = attribute(home)
    return (
        '<form id="ask" novalidate><div id="line"><div id="question">'
        '<label for="question-text">您的问题</label>'
        '<textarea id="question-text" name="question" rows="1" maxlength="2000" '
        'placeholder="请写下您的问题" enterkeyhint="send" autocomplete="off"></textarea></div>'
        '<button type="submit" id="send">提问</button></div>'
        '<div id="tools"><button type="button" id="where-when" aria-expanded="false" '
        'aria-controls="terms">换个日期或地方<span class="chosen"></span></button>'
        '<button type="button" id="restart" hidden>重新开始</button></div>'
        '<div id="terms" hidden><div class="term">'
        '<label for="as-of">按哪一天的规定（不填即今天）</label><div class="fill">'
        '<input type="text" id="as-of" name="as_of" placeholder="例如：2024年8月1日" '
        'autocomplete="off" maxlength="40" aria-describedby="as-of-read">'
        '<button type="button" id="pick" hidden>选日期</button>'
        '<input type="date" id="picker" tabindex="-1" aria-hidden="true"></div>'
        '<p class="read" id="as-of-read" role="status"></p></div>'
        f'<div class="term"><label for="place">哪个地方（不填即{place}）</label><div class="fill">'
        f'<input type="text" id="place" name="place" placeholder="{place}" autocomplete="off" '
        'maxlength="60"></div></div></div></form>'
    )
