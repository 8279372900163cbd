"""Run sheets for the tests: small rooms with one activity of each kind."""

LIMITS = {"grace_ms": 200}

CHOICE = {
    "id": "areas", "title": "Areas",
    "ballot": {"kind": "choice", "options": [
        {"id": "north", "title": "North"}, {"id": "south", "title": "South"},
        {"id": "east", "title": "East"}], "min": 1, "max": 1},
    "time": LIMITS,
}
SCALE = {
    "id": "scale", "title": "How confident?",
    "ballot": {"kind": "scale", "low": 1, "high": 5}, "time": LIMITS,
}
DOTS = {
    "id": "dots", "title": "Dotmocracy",
    "ballot": {"kind": "dots", "budget": 5, "cap": 4},
    "items": [{"id": "a", "number": 1, "title": "Alpha"}, {"id": "b", "number": 2, "title": "Beta"},
              {"id": "c", "number": 3, "title": "Gamma"}],
    "time": LIMITS,
}
DECK = {
    "id": "ideas", "title": "25/10",
    "collect": {"who": "everyone", "each": 1, "max_graphemes": 300},
    "ballot": {"kind": "scale", "low": 1, "high": 5},
    "deal": {"rounds": 5, "deck": "phones"}, "time": LIMITS,
}


def sheet(*activities, people=6):
    return {"title": "A room for a test", "languages": ["en"], "expected_people": people,
            "activities": list(activities)}
