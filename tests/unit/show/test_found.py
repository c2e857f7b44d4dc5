from sayso.show import search_lines


def test_matches_are_shown_with_place_and_voice(view):
    start = view.documents[0].text.index("Dorrun")
    lines = list(
        search_lines(view, [(view.documents[0].source, [(start, start + 6)])], colour=False)
    )
    assert "2019-03-05" in lines[0]
    assert f"{start}–{start + 6}" in lines[1]
    assert "[Dorrun]" in lines[1]
    assert "Monitor → Courier" in lines[2]
