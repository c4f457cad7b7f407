"""Equipment and site, people, safeguards and data: with what, by whom, and how people are protected."""

from authorisations.rules.content import check_threshold
from authorisations.sections.base import SectionForm
from govuk.fields import DecimalField, LongTextField, ManyField, WholeNumberField


class EquipmentSection(SectionForm):
    """Styles and number of assets (A-6, 5.11) and the threshold (A-14, 11.11)."""

    code, clause = "A-6", "5.11"
    styles = ManyField(
        label="How will it be deployed?",
        called="how it will be deployed",
        choices=[("vans", "Marked vans"), ("wired", "Wired cameras")],
        reveals={"vans": ("vans",), "wired": ("wired_cameras", "wired_why", "wired_signs", "wired_near", "wired_secure")},
    )
    vans = WholeNumberField(
        label="How many vans?",
        called="the number of vans",
        min_value=1,
        width=3,
        help_text="Each van has its own Operators, Engagement Officers and signs.",
    )
    wired_cameras = WholeNumberField(label="How many wired cameras?", called="the number of wired cameras", min_value=1, width=3)
    wired_why = LongTextField(label="Why can a van not get there?", called="why a van cannot get there", rows=3)
    wired_signs = LongTextField(
        label="Which extra signs are there, and where are Engagement Officers at hand?", called="the extra signs and officers", rows=3
    )
    wired_near = LongTextField(label="How near are the cameras to the Operators and the system?", called="how near the cameras are", rows=3)
    wired_secure = LongTextField(
        label="How is the system’s place secured, and how is it shown to be a police installation?", called="how the place is secured", rows=3
    )
    threshold = DecimalField(label="Which threshold will be set?", called="the threshold", max_digits=4, decimal_places=3, width=4)
    correct_use = LongTextField(
        label="How is it made sure that the equipment is used correctly?",
        called="how correct use is ensured",
        rows=4,
        help_text="Camera placement, lighting, set-up checks, advice of the host force.",
    )

    clauses = {"threshold": ("A-14", "11.11"), "correct_use": ("A-15", "4.3")}

    def ask(self) -> None:
        least = self.edition.value("minimum_threshold")
        self.fields["threshold"].help_text = f"At least {least.value} (clause {least.clause})."

    def clean(self) -> None:
        super().clean()
        if (threshold := self.cleaned_data.get("threshold")) is not None:
            self.keep(check_threshold, threshold, self.edition, field="threshold")


class PeopleSection(SectionForm):
    """Whom the deployment needs beside those named (A-12, 6/5.3, 6/5.4)."""

    code, clause = "A-12", "6/5.3"
    footfall = WholeNumberField(label="How many people are expected to pass in an hour?", called="the expected footfall", min_value=1, width=5)
    officers = WholeNumberField(
        label="How many Engagement Officers will be at hand at any time?", called="the number of Engagement Officers", min_value=1, width=3
    )
    briefing = LongTextField(label="How are Operators and Engagement Officers briefed and held to account?", called="how they are briefed", rows=4)

    clauses = {"footfall": ("A-12", "6/5.4"), "briefing": ("A-15", "4.3")}


class SafeguardsSection(SectionForm):
    """Safeguards, and what becomes of the data (A-1, 7.1, 7.9 to 7.11)."""

    safeguards = LongTextField(label="Which safeguards protect people who pass?", called="the safeguards", rows=6)
    children = LongTextField(label="How are children and vulnerable people protected?", called="how children are protected", rows=4)
    responses = LongTextField(label="What prevents inappropriate responses to an alert?", called="what prevents inappropriate responses", rows=4)
    retention = LongTextField(
        label="How will the data be kept, and how disposed of?",
        called="retention and disposal",
        rows=5,
        help_text="Watchlist and its media, alert data, CCTV: who wipes what, where, and who certifies it. The limits are counted by this service.",
    )

    clauses = {"responses": ("A-15", "4.3"), "retention": ("A-15", "7.9")}

    def ask(self) -> None:
        limits = (self.edition.limit(name) for name in ("watchlist_media", "alert_data", "cctv"))
        self.fields["retention"].help_text = (
            "Watchlist and its media, alert data, CCTV: who wipes what, where, and who certifies it. The limits: "
            + "; ".join(limit.sentence for limit in limits)
            + "."
        )
