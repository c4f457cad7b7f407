"""Telling the public, and the plans of the command."""

from authorisations.sections.base import SectionForm
from govuk.fields import ChoiceField, LongTextField, ManyField, WholeNumberField

MEASURES = [
    ("website", "The force’s website"),
    ("social", "Social media"),
    ("media", "A media release"),
    ("cards", "Information cards with a QR code"),
    ("notice", "The Privacy Notice"),
    ("signs", "Signs beyond the zone of recognition"),
    ("literature", "Literature for people who are engaged"),
]


class PublicSection(SectionForm):
    """Public engagement before the deployment (A-13, 6/5.5, 9.1 to 9.4)."""

    code, clause = "A-13", "9.4"
    strategy = LongTextField(label="What is the press and media strategy?", called="the press and media strategy", rows=4)
    measures = ManyField(label="What will be used to tell the public?", called="what will be used to tell the public", choices=MEASURES)
    notice_at = LongTextField(label="When and where will the public be told?", called="when and where the public will be told", rows=3)
    notice_reason = LongTextField(label="If the notice is shorter than the force’s target: why?", called="the reason", required=False, rows=3)
    briefing = LongTextField(
        label="How are officers briefed on openness, their powers and the limits of these?",
        called="how officers are briefed",
        rows=4,
        help_text="There is no power to make someone show their face to a camera, save at the threshold for arrest or where an inspector "
        "has authorised section 60AA.",
    )
    consulted = LongTextField(label="Which stakeholders were consulted?", called="who was consulted", rows=3)
    observers = LongTextField(
        label="Who was invited to observe?",
        called="who was invited to observe",
        rows=2,
        help_text="For example the office of the Police, Fire and Crime Commissioner.",
    )

    clauses = {
        "strategy": ("A-13", "9.1"),
        "briefing": ("A-13", "9.2"),
        "consulted": ("A-13", "9.4"),
        "observers": ("A-13", "9.3"),
        "measures": ("A-13", "6/5.5"),
    }

    def ask(self) -> None:
        target = self.edition.limit("public_notice")
        self.fields["notice_reason"].help_text = f"The target is {target.sentence}. Urgency is a reason."


class CommandSection(SectionForm):
    """Gold's strategy, Silver's and Bronze's plans, and the times of Silver's reviews (A-11, 6.1, 7.6)."""

    code, clause = "A-11", "6.1"
    strategy = LongTextField(
        label="How does Gold’s strategy cover the necessity and proportionality of live facial recognition?",
        called="what Gold’s strategy says",
        rows=4,
    )
    informed = LongTextField(label="Which chief officers, stakeholders and partners has Gold informed?", called="who has been informed", rows=3)
    structure = ChoiceField(
        label="Is an event command structure in place?",
        called="whether there is a command structure",
        choices=[("yes", "Yes"), ("no", "No")],
        inline=True,
        reveals={"yes": ("silver_plan", "bronze_plan")},
    )
    silver_plan = LongTextField(label="How does Silver’s plan say it is deployed and supported?", called="what Silver’s plan says", rows=4)
    bronze_plan = LongTextField(label="How does Bronze’s plan say so?", called="what Bronze’s plan says", rows=3)
    review_minutes = WholeNumberField(
        label="How often will Silver review the deployment?", called="the time between reviews", suffix="minutes", min_value=1, width=3
    )

    clauses = {"review_minutes": ("A-11", "7.6")}

    def ask(self) -> None:
        offered = self.edition.limit("silver_review")
        self.fields[
            "review_minutes"
        ].help_text = f"The tactical plan sets the times. Offered: every {offered.length} {offered.unit} (force decision)."
        self.fields["review_minutes"].initial = offered.length
