"""The operation, why there and now, necessity and proportionality: the narrative of the application."""

from authorisations.sections.base import SectionForm
from govuk.fields import ChoiceField, LongTextField, ManyField
from operations.models import Place


class OperationSection(SectionForm):
    """Objectives (A-21), use case with its own questions (A-3), policing purposes (A-4)."""

    objectives = LongTextField(
        label="What are the objectives of the deployment?",
        called="the objectives",
        help_text="One on each line. The debrief will measure against each of them.",
        rows=5,
    )
    purposes = ManyField(label="Which policing purposes does it serve?", called="the policing purposes", help_text="Select all that apply.")
    use_case = ChoiceField(
        label="Which use case is it?",
        called="the use case",
        reveals={"proactive": ("crime_data", "suspicion"), "event": ("event", "routes"), "incident": ("incident", "limit")},
    )
    crime_data = LongTextField(label="What do crime data, information and intelligence show about the location?", called="what the data show")
    suspicion = LongTextField(label="Why is it reasonable to suspect that people on the watchlist may attend?", called="the grounds of suspicion")
    event = LongTextField(label="What is the event, and why is increased attendance expected?", called="the event")
    routes = LongTextField(label="Which transport hubs and routes serve it?", called="the hubs and routes", rows=3)
    incident = LongTextField(label="What is the incident or the intelligence?", called="the incident or intelligence")
    limit = LongTextField(label="What is the geographical limit that it sets?", called="the geographical limit", rows=3)

    clauses = {
        "objectives": ("A-21", "3.11"),
        "purposes": ("A-4", "3.6"),
        "use_case": ("A-3", "5.9"),
        "crime_data": ("A-3", "5.9a"),
        "suspicion": ("A-3", "5.9a"),
        "event": ("A-3", "5.9b"),
        "routes": ("A-3", "5.9b"),
        "incident": ("A-3", "5.9c"),
        "limit": ("A-3", "5.9c"),
    }

    def ask(self) -> None:
        self.fields["purposes"].choices = [(choice.code, choice.label) for choice in self.edition.purposes]  # type: ignore[attr-defined]
        self.fields["use_case"].choices = [(choice.code, choice.label) for choice in self.edition.use_cases]  # type: ignore[attr-defined]


class WhySection(SectionForm):
    """The rationale for each location, kept under review (A-5, 5.8), and why then."""

    code, clause = "A-5", "5.8"
    why_now = LongTextField(label="Why on these days and at these times?", called="why on these days", rows=4)

    def ask(self) -> None:
        for place in Place.objects.filter(days__application=self.application).distinct():
            self.fields[f"place_{place.pk}"] = LongTextField(label=f"Why {place}?", called=f"why {place} was chosen", rows=5)
        self.order_fields([name for name in self.fields if name != "why_now"])


class NecessitySection(SectionForm):
    """Legitimate aim, legal basis, necessity, proportionality, what else was considered (A-1, 4.1, 7.1); assembly or protest (X-19)."""

    aim = LongTextField(label="What is the legitimate aim?", called="the legitimate aim", rows=4)
    legal_basis = LongTextField(label="What is the legal basis?", called="the legal basis", rows=4)
    necessity = LongTextField(label="Why is it necessary to use live facial recognition?", called="why it is necessary", rows=6)
    proportionality = LongTextField(
        label="Why is it proportionate?",
        called="why it is proportionate",
        rows=6,
        help_text="Weigh what the public gains against the rights of everyone whose image is captured, most of whom nobody is looking for.",
    )
    alternatives = LongTextField(
        label="What else was considered, and why is it less viable?",
        called="the alternatives considered",
        rows=6,
        help_text="For example patrols, other tactics, publicity, other places or times.",
    )
    assembly = ChoiceField(
        label="Is an assembly or protest expected at the place and time?",
        called="whether an assembly or protest is expected",
        choices=[("yes", "Yes"), ("no", "No")],
        inline=True,
        reveals={"yes": ("articles", "way_round")},
    )
    articles = LongTextField(
        label="How were freedom of expression and assembly weighed?",
        called="how these freedoms were weighed",
        help_text="Articles 10 and 11 of the European Convention on Human Rights.",
    )
    way_round = LongTextField(label="Which way round the zone can the public take?", called="the way round", rows=3)

    clauses = {
        "alternatives": ("A-1", "4.1"),
        "necessity": ("A-1", "4.1"),
        "proportionality": ("A-1", "4.1"),
        "assembly": ("X-19", ""),
        "articles": ("X-19", ""),
        "way_round": ("X-19", ""),
    }
