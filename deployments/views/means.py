"""What makes a deployment ready: assets with their people, the public told, watchlist, threshold, media."""

from decimal import Decimal
from typing import Any

from django.views.generic import TemplateView

from accounts.states import Role
from authorisations.sections.asked import assets_of
from deployments.forms.readiness import AssetForm, MediumForm, NoticeForm, RemoveAssetForm, ThresholdForm, WatchlistForm
from deployments.models import Asset, PublicNotice
from deployments.permissions import DEPLOYMENT, HOLDINGS, READINESS
from deployments.services import change_threshold, compile_watchlist, confirm_asset, record_medium, record_notice, remove_asset
from deployments.states import FINAL, MediaKind, Style
from deployments.views.pages import Acting, DeploymentPage, Timed, appointed
from govuk.views import ActView
from policy.refusals import NotVisible


class MakingReady(Acting):
    access = READINESS
    part, back_to = "go_live", "go_live"
    button = "Save"


class Assets(DeploymentPage, TemplateView):
    """The vans and wired systems that are authorised, and who is there for each."""

    access = DEPLOYMENT
    part = "go_live"
    template_name = "deployments/assets.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        there = {asset.number: asset for asset in self.deployment.assets.select_related("operator", "engagement_officer", "confirmed_by")}
        authorised = assets_of(self.deployment.authority.application)
        numbers = sorted({*range(1, authorised + 1), *there})
        return super().get_context_data(
            slots=[(number, there.get(number)) for number in numbers],
            authorised=authorised,
            another=max(numbers) + 1,
            may_change=self.may(READINESS) and self.deployment.state not in FINAL,
            **kwargs,
        )


class OneAsset(MakingReady):
    back_to = "assets"

    @property
    def number(self) -> int:
        return self.kwargs["number"]

    @property
    def asset(self) -> Asset | None:
        return self.deployment.assets.filter(number=self.number).first()


class ConfirmAsset(OneAsset, ActView):
    form_class = AssetForm

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Asset {self.number}: who is there"

    def get_form_kwargs(self) -> dict[str, Any]:
        people = {"operators": appointed(self.operation, Role.OPERATOR), "officers": appointed(self.operation, Role.ENGAGEMENT_OFFICER)}
        return {**super().get_form_kwargs(), **people}

    def get_initial(self) -> dict[str, Any]:
        asset = self.asset
        if asset is None:
            return {"style": Style.VAN, **self.only_ones()}
        return {
            "style": asset.style,
            "identifier": asset.identifier,
            "operator": asset.operator_id,
            "engagement_officer": asset.engagement_officer_id,
            "briefed": asset.briefed,
        }

    def only_ones(self) -> dict[str, Any]:
        """Where there is one person to choose, they are chosen."""
        found = {"operator": Role.OPERATOR, "engagement_officer": Role.ENGAGEMENT_OFFICER}
        people = {name: list(appointed(self.operation, role)[:2]) for name, role in found.items()}
        return {name: some[0].pk for name, some in people.items() if len(some) == 1}

    def act(self, form: Any) -> str:
        confirm_asset(self.deployment, number=self.number, **form.cleaned_data, by=self.request.user, at=self.at)
        return self.back_url


class RemoveAsset(OneAsset, ActView):
    form_class = RemoveAssetForm
    button = "Take it off"
    button_kind = "warning"

    @property
    def heading(self) -> str:  # type: ignore[override]
        return f"Take asset {self.number} off"

    def act(self, form: Any) -> str:
        asset = self.asset
        if asset is None:
            raise NotVisible()
        remove_asset(asset, reason=form.cleaned_data["reason"], by=self.request.user, at=self.at)
        return self.back_url


class Notice(Timed, MakingReady, ActView):
    form_class = NoticeForm
    moments = ("given_at",)
    heading = "Telling the public"

    def get_form_kwargs(self) -> dict[str, Any]:
        target = self.deployment.edition.limit("public_notice")
        return {**super().get_form_kwargs(), "target": f"{target.length} {target.unit}"}

    def get_initial(self) -> dict[str, Any]:
        kept = PublicNotice.objects.filter(deployment=self.deployment).first()
        if kept is None:
            return super().get_initial()
        told = {"told": True, "given_at": kept.given_at, "where": kept.where, "late": kept.reason}
        return {**super().get_initial(), **(told if kept.given_at else {"told": False, "reason": kept.reason})}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        told = said["told"]
        record_notice(
            self.deployment,
            given_at=form.moment("given_at") if told else None,
            where=said["where"] or "",
            reason=(said["late"] if told else said["reason"]) or "",
            by=self.request.user,
            at=self.at,
        )
        return self.back_url


class Watchlist(Timed, MakingReady, ActView):
    form_class = WatchlistForm
    moments = ("compiled_at",)
    template_name = "deployments/watchlist.html"
    heading = "Watchlist as loaded"

    def get_form_kwargs(self) -> dict[str, Any]:
        authorised = self.deployment.authority.application.composition.lines.values_list("category", flat=True)
        return {**super().get_form_kwargs(), "authorised": list(authorised), "categories": self.deployment.edition.categories}

    def get_initial(self) -> dict[str, Any]:
        last = self.deployment.compilations.prefetch_related("lines").last()
        if last is None:
            return super().get_initial()
        lines = {f"{line.category}_{what}": getattr(line, what) for line in last.lines.all() for what in ("subjects", "images")}
        return {**super().get_initial(), **lines, "children": last.children}

    def act(self, form: Any) -> str:
        moment, children = form.moment("compiled_at"), form.cleaned_data["children"]
        compile_watchlist(self.deployment, compiled_at=moment, lines=form.lines(), children=children, by=self.request.user, at=self.at)
        return self.done("The watchlist as loaded has been recorded.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            age=self.deployment.edition.limit("watchlist_age"), editions=self.deployment.compilations.select_related("recorded_by"), **kwargs
        )


class Threshold(Timed, MakingReady, ActView):
    form_class = ThresholdForm
    moments = ("changed_at",)
    template_name = "deployments/threshold.html"
    heading = "Threshold in use"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "is_change": self.deployment.threshold is not None}

    def get_initial(self) -> dict[str, Any]:
        shown = self.deployment.threshold or self.deployment.authority.threshold
        return {**super().get_initial(), "threshold": f"{Decimal(shown).normalize():f}"}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        moment = form.moment("changed_at")
        change_threshold(self.deployment, threshold=said["threshold"], reason=said["reason"], changed_at=moment, by=self.request.user, at=self.at)
        return self.done(f"The threshold in use is now {said['threshold']}.")


class Medium(Timed, MakingReady, ActView):
    """Also after the end: its clock has then begun."""

    access = HOLDINGS
    form_class = MediumForm
    moments = ("loaded_at",)
    heading = "What carried the watchlist"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "people": appointed(self.operation)}

    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "kind": MediaKind.USB}

    def act(self, form: Any) -> str:
        said = form.cleaned_data
        record_medium(
            self.deployment,
            kind=said["kind"],
            serial=said["serial"],
            custodian=said["custodian"],
            loaded_at=form.moment("loaded_at"),
            by=self.request.user,
            at=self.at,
        )
        return self.done("Recorded.")
