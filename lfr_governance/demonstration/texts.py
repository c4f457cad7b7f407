"""What the people of the demonstration write: plausible words about Cumbrian places, about nobody real."""

from typing import Any

SECTIONS: dict[str, dict[str, Any]] = {
    "operation": {
        "objectives": "Locate people wanted on warrant who are likely to visit the city centre\nDeter robbery and knife crime on Saturday evenings\n"
        "Find missing people at risk before they come to harm",
        "purposes": ["wanted", "risk_of_harm"],
        "use_case": "proactive",
        "crime_data": "Recorded robbery and violence within 300 metres rose by a fifth over the last quarter, mostly between noon and eight in the evening.",
        "suspicion": "Most of those wanted live within the city or travel through its station; recent intelligence places several of them in the area weekly.",
    },
    "when": {},
    "why": {"why_now": "Saturdays bring the largest footfall, and most of the offences recorded in the last quarter fell on them."},
    "necessity": {
        "aim": "To detect and prevent crime and to protect people at risk of harm.",
        "legal_basis": "Common law policing powers, Part 3 of the Data Protection Act 2018, and the force's legal mandate for live facial recognition.",
        "necessity": "Patrols with briefing sheets were tried for six weeks and located two people. Officers cannot hold several hundred faces in mind in a crowd.",
        "proportionality": "The zone covers one pavement for six and a half hours. Faces that match nobody are deleted at once. The public is told beforehand and on the spot, "
        "and can walk round the zone.",
        "alternatives": "Patrols, plain-clothes spotters, a media appeal, and enquiries at last known addresses were each tried or considered and found less effective.",
        "assembly": "no",
    },
    "equipment": {
        "styles": ["vans"],
        "vans": "1",
        "threshold": "0.66",
        "correct_use": "The host force's Operator sets up and checks the camera height, angle and light before the start and after every break, by its checklist.",
    },
    "people": {
        "footfall": "2800",
        "officers": "4",
        "briefing": "Silver briefs everyone in person on the day; each signs for the briefing, the limits of their powers and the engagement protocol.",
    },
    "safeguards": {
        "safeguards": "Two people judge every alert before anyone is approached. Signs stand beyond the zone on every approach. Silver reviews every hour.",
        "children": "No under-18s are sought. Engagement Officers treat anyone who seems young or vulnerable with particular care and call a supervisor.",
        "responses": "An alert is never of itself a ground for arrest. The Engagement Officer speaks first, explains, and offers the card and the notice.",
        "retention": "The Operator wipes the watchlist and its USB stick at the end; alert data go within the day; footage stays with the host force until wiped. "
        "Information Management confirms each.",
    },
    "public": {
        "strategy": "The press office announces the deployment with place and time and answers questions on the day.",
        "measures": ["website", "social", "cards", "notice", "signs", "literature"],
        "notice_at": "Website and social media, five days before; signs from two hours before the start.",
        "briefing": "Officers explain openly what the van does, hand out cards, and know that nobody can be made to show their face to a camera.",
        "consulted": "The city council, the street pastors and the traders' association.",
        "observers": "The office of the Police, Fire and Crime Commissioner.",
    },
    "command": {
        "strategy": "Gold's strategy sets necessity and proportionality as the first test at each review, with leave to stop at any time.",
        "informed": "The Assistant Chief Constable, the council's chief executive, British Transport Police.",
        "structure": "yes",
        "silver_plan": "Silver's plan sets the place of the van, the zone, four pairs of officers at hand and hourly reviews.",
        "bronze_plan": "Bronze keeps two officers on each approach and a clear way round for the public.",
        "review_minutes": "60",
    },
    "deviations": {"any": "no"},
}
PLACE = "It lies between the station and the shops; most of the offences of the last quarter happened within sight of it, and a van can stand there without narrowing the way."
LINES = {
    "wanted_by_courts": {
        "subjects": 412,
        "images": 460,
        "necessity": "Each is the subject of a warrant that could not be executed at an address.",
        "proportionality": "Only warrants for offences that carry imprisonment; older ones were reviewed and removed.",
        "likelihood": "All have links to the city or pass through its station.",
        "image_source": "Custody images, taken within ten years.",
        "image_quality": "Full face, even light; poor ones were left out.",
    },
    "missing": {
        "subjects": 9,
        "images": 14,
        "necessity": "Each is assessed as at high risk of harm and has been missing for more than two days.",
        "proportionality": "Finding them protects them; they are offered help, not arrest.",
        "likelihood": "They were last seen in the city or have friends there.",
        "image_source": "Images given by families, with their agreement.",
        "image_quality": "Checked by the compiler; two images where one is not full face.",
    },
}
STEPS_TAKEN = "Each image was compared with the custody or missing-person record by the compiler, and every tenth by a second person."
CIA = {
    "communities": "Shoppers, traders, students and those who live in the flats above; a mosque and two churches within half a mile.",
    "impact": "Some may feel watched; others asked for more policing here.",
    "consulted": "Ward councillors, the mosque, the street pastors.",
    "tension_indicators": "None beyond the usual; a small protest about parking in spring.",
    "mitigations": "Open days at the van, cards in four languages, a named sergeant for questions.",
}
ANSWERS = {
    "strategic": "I have compared the plan with the strategic intentions. It is overt, its purpose is to find wanted and missing people, command is clear, "
    "and the public is told in advance; I am content that it complies.",
    "legality": "The basis is the common law together with the data protection legislation, read with our legal mandate. I have checked that both the watchlist "
    "and the processing stay within these, and they do.",
    "necessity": "Ordinary means have been tried over several weeks with little success, and the people sought are many. I accept that officers alone could not find "
    "them among several thousand passers-by each hour.",
    "proportionality": "Thousands of people of no interest will be scanned for a moment. Against that stand the harm these offences do and the safeguards offered. "
    "On balance the public gains more than it gives up here.",
    "alternatives": "I asked about spotters, publicity and more patrols. Each has its place, but none would find this number of people in so short a time, "
    "and some would intrude more upon their families.",
    "communities": "The local assessment names the communities around the site and how they were heard. I am satisfied that concerns are met by openness, cards in several "
    "languages and an easy way round the zone.",
    "safeguards": "Two people judge each alert, reviews are hourly, and Silver can stop at any time. These answer the risks found in the assessments; "
    "I looked for gaps and found none that remain.",
    "watchlist": "The categories follow the purpose, numbers are limited to those with a link to the area, and images were checked twice. I see no under-18s on it. "
    "The size suits the officers available to respond.",
    "retention": "I have read who wipes the list, its stick and the footage, by when, and who confirms it. The limits of the policy are kept in every case "
    "and nothing is held longer than is needed.",
    "cia": "The force's assessment is current and the local one was completed by neighbourhood supervision. Between them the issues for this street are described, "
    "with measures that I judge to be sufficient.",
    "equality": "The assessment considers each protected characteristic, the evidence on accuracy at this setting, and what officers do to treat people fairly. "
    "It is sufficient for this deployment, and its actions are in hand.",
    "dpia": "The impact assessment covers this kind of use, its risks and how they are reduced. Nothing planned here goes beyond it, so that I consider it sufficient "
    "without any further work being needed.",
    "sccsa": "The self-assessment against the commissioner's code is recent and complete. The one action it leaves open, clearer signs on side streets, "
    "is met by the plan put before me today.",
    "staff": "Named operators and engagement officers hold current training, will be briefed in person and sign for it. Four pairs at hand is ample for the alerts "
    "that may be expected in an hour.",
    "equipment": "The host force sets up and checks the camera by its own list at the start and after breaks. I am satisfied that it will be used correctly "
    "and that faults would be noticed quickly.",
    "assets": "A single van for one street is the least that could meet the objectives set out. A second one would widen the zone without need, so I consider the number asked for "
    "to be proportionate.",
    "threshold": "The setting asked for lies above the policy's minimum, where the tests found no differences between groups. A higher one would lose true matches "
    "without a gain that I could see in return.",
    "watchlist_ceiling": "450",
}
VERBAL = {
    "means": "telephone",
    "ground": "threat",
    "words": "On what you have told me I authorise it for today at the place and times applied for, at the threshold asked for, and with the list you described. "
    "Stop if the crowd turns on the van.",
    "why_urgent": "Threats with a knife were made last night, and those who made them are expected back. To find them first outweighs a few hours of scanning.",
    "why_not_written": "I was on the road between two incidents without access to the service, and the deployment was to begin within the hour.",
}
CONDITIONS = "The van moves if the queue at the taxi rank reaches it.\nSigns are also placed at the station's side entrance."
MORE_WANTED = "Please say what became of the publicity tried in the spring, and why a smaller watchlist would not do."
REFUSAL = "The objectives could be met by the patrols already planned for that weekend; I am not satisfied that scanning everyone on the harbour is necessary."
DONE_UNDER = "One deployment on the Saturday, from ten until half past four. The figures stand in its record."
NO_LONGER = "The people most sought were located on the first day, and the force will not use the rest."
