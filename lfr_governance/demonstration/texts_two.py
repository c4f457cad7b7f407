"""What the people of the demonstration write on the day: plausible words about nobody real."""

NOTICE_WHERE = "The force’s website and social media"
FIRST_THRESHOLD = "As authorised"
RAIN = "Heavy rain on the lens; faces cannot be made out."
POSTPONED = "The street is closed for repairs to the water main."
RUN_OF_FALSE = "Three false alerts in a few minutes with the low sun behind the crowd; the host force is to look at the camera."
BRIEFED = "Everyone briefed in person: powers and their limits, the engagement protocol, cards and notices."
SIGNS = "Signs stand on all three approaches, beyond the zone; cards handed out."
ABOUT_A_PERSON = "A man in a green coat asked twice whether he is on the list; explained, and gave him the card."
ALERT_NOTE = "Grey jacket, walking towards the station with a woman."
REVIEW = {
    "necessary": "The grounds and purposes of the written authority still stand, and nothing less would serve them.",
    "safeguards": "Signs stand, cards are given out, two people judge each alert.",
    "support": "Four pairs are at hand; no alert has waited.",
    "factors": "Light is even, the flow of people steady, the system stable.",
    "analysis": "The rate of false alerts is within what is expected. Those engaged were treated courteously and given the notice.",
}
GOLD_REVIEW = {"strategy": "It is run as the strategy says; necessity and proportionality are tested at each review."}
TECHNICAL_REVIEW = {
    "alerts": "Each alert was looked at again on the footage; the results entered on the day are borne out.",
    "factors": "One false alert came of glare at low sun; nothing points at the system or its settings.",
    "safeguards": "Two people judged each alert, and Silver reviewed at the times of the plan.",
}
COMPLAINT = "A complaint about an engagement was received; its investigation needs what was recorded at that time."
