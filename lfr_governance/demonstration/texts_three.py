"""What the people of the demonstration write afterwards: plausible words about nobody real."""

from reporting.states import Degree, Heard

DONE_UNDER = "One deployment, at the place and within the times authorised. The figures stand in its record."
NO_LONGER = "The day is over and its objectives have been pursued; nothing further is needed under this authority."
ISSUES = "Glare for half an hour before sunset; the camera was turned a little, and two false alerts came of it."
IMPACT = "Shoppers asked many questions and took cards; no complaint was received on the day."
LEARNING = "The second sign on the side street stood too low to be seen over parked cars."
TOTALS_DIFFER = "The system counts faces until its cameras are switched off, a few minutes after the end."
OBJECTIVES = (
    "Two people wanted on warrant were located; enquiries at addresses had not found them in months.",
    "No robbery was recorded nearby that day. Whether that is because of the van cannot be told.",
    "One missing person was found and taken to a place of safety.",
)
DEVIATION = "It was as agreed beforehand, and nothing came of it."
BREACH = "It was noticed within minutes and put right; everyone has been reminded of the limits."
DEALT_WITH = "I have read Silver’s log. It was a mistake and no more; I have asked for it to be part of the next briefing."
RECOGNITION = "The mean of under two seconds left the officers time to look for the person in the street."
ACTION = "Buy two taller stands for the signs on side streets"
ACTION_DONE = "Two stands were bought and used on the last two days."
# What was learned, what was to be done about it, what came of that: one debrief after another.
LEARNED = (
    (LEARNING, ACTION, ACTION_DONE),
    ("Low sun stood in the camera from three o’clock on.", "Walk the place at the same hour beforehand", "It is on the checklist of the survey."),
    ("The cards ran out by noon.", "Carry twice as many cards, and a few in Polish", "A box of four hundred is in each van."),
    ("Two officers were briefed late and did not know the threshold.", "Brief everybody in one place, before the van opens", "Done since."),
    ("Nobody at the station knew whom to send to the van.", "Tell the front desk the day before", "Comms sends the desk the public notice."),
    ("The radio was not heard beside the market’s music.", "Give the engagement officers earpieces", "Six earpieces are issued with the van."),
    ("A stall hid one of the signs after ten.", "Agree the stalls’ places with the market’s office", "The office marks the place on the ground."),
)
MORE_WANTED = "Please say in the summary of issues how long the glare lasted, and what was done about it."
AS_SILVER = "The authorising officer has left the force, and no other is on duty this week; the policy allows Silver to receive it."
NOTES = "The van stood outside the station until noon and opposite it afterwards."
TWO_OUTCOMES = "One person was both safeguarded and helped in another way: two outcomes of one alert, each counted once."
NO_FACES = "The counter was reset by mistake at the start; no total is known."
CORRECTION = "One outcome had been left out of the first edition."
WITHDRAWAL = "The number of faces is in doubt and is being examined. The figures will be published again."
WIPED = "Overwritten once; opened afterwards and found empty."
SATISFIED = "I opened it and saw that nothing is left."
REVIEW = "The figures of the period, what was learned, and what is overdue."
DECISIONS = "Weekend deployments go on. Signs on side streets are looked at before each of them."
FOLLOW_UP = "Report on the signs of side streets to the next board"

# What was heard: days before now, what it was, what about, what was answered ("" where nothing yet).
HEARD = (
    (70, Heard.ENGAGEMENT, "The Constabulary Advisory Group saw a van and asked what happens to the pictures.", "Answered on the day."),
    (55, Heard.FEEDBACK, "A shopkeeper found the signs on the side street too small to read.", "Larger signs stand there since."),
    (41, Heard.COMPLAINT, "Somebody was stopped after a false alert and not told why at first.", "An apology; briefings say it first now."),
    (19, Heard.ENGAGEMENT, "The city council asked for the false alert rate by place.", "The register shows it, with its interval."),
    (6, Heard.FEEDBACK, "Two visitors asked for the information card in other languages.", ""),
)
# What may go wrong: what, how likely, how grave, what is done about it.
RISKS = (
    ("Alerts come faster than officers can deal with them", Degree.MEDIUM, Degree.HIGH, "Silver suspends as the tactical plan says."),
    ("Low sun on the camera raises false alerts", Degree.MEDIUM, Degree.MEDIUM, "The place is walked at the same hour; a hood is carried."),
    ("The USB stick with the watchlist is left in a van", Degree.LOW, Degree.HIGH, "Two people certify the wiping; the clock is told upwards."),
)
