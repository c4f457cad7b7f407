"""Words about an under-18 that would tell who they are (W-2, 10.10)."""

import pytest

from watchlists.identity import traces


@pytest.mark.parametrize(
    "said",
    [
        "DOB 12/03/2010", "d.o.b. 12.3.10", "born on 4 May 2012", "12/03/2010", "2010-03-12", "3rd of March 2011", "12 Sept 11",
        "Miss Tansy Fell", "Mr. Fell", "Mrs O’Neill", "Master Tom", "a girl called Tansy", "known as Tee", "named Tansy", "alias Smudge",
        "12/345678X", "CRO 12345/09", "crime CU12345", "27C/1234/26", "QQ 12 34 56 C",
        "07700 900123", "+44 7700 900123", "CA1 1QS", "someone@example.org",
    ],
)  # fmt: skip
def test_w_2_what_tells_who_somebody_is_is_found(said: str) -> None:
    assert traces(f"They must be found because of this: {said}, as was said.")


@pytest.mark.parametrize(
    "said",
    [
        "Missing from a children’s home for the third time this year; exploitation by a county lines group is suspected.",
        "They are 14 and at risk. Two of three enquiries, on Monday and in the first week of March, found nothing.",
        "Section 47 of the Children Act 1989 applies; the strategy meeting asked for every lawful means.",
        "We called Children’s Services, the school and the family, who have had no word since the weekend.",
        "One of 3 subjects, seen 4 to 5 times since 2025, aged 12-13. May be carrying a knife.",
        "The Master of the Rolls is not concerned. Dr support was offered.",
    ],
)
def test_w_2_reasons_in_general_words_are_left_alone(said: str) -> None:
    assert traces(said) == []


def test_w_2_each_part_of_the_text_is_reported_once_in_its_order() -> None:
    assert traces("Mr Ash Fell, DOB 12/03/2010, ref CU12345") == [
        ("a name", "Mr Ash Fell"), ("a date of birth", "DOB 12/03/2010"), ("a reference number", "CU12345")
    ]  # fmt: skip
