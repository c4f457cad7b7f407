from django.urls import path

from accounts.views import notices, people, sign_in, tokens, training

app_name = "accounts"
urlpatterns = [
    path("account/", sign_in.AccountPage.as_view(), name="me"),
    path("account/password/", sign_in.PasswordPage.as_view(), name="password"),
    path("account/unsent/", sign_in.UnsentPage.as_view(), name="unsent"),
    path("account/tokens/", tokens.Tokens.as_view(), name="tokens"),
    path("account/tokens/<uuid:token_id>/revoke/", tokens.RevokeToken.as_view(), name="revoke_token"),
    path("people/", people.PeopleList.as_view(), name="people"),
    path("people/register/", people.Register.as_view(), name="register"),
    path("people/<uuid:person_id>/", people.PersonPage.as_view(), name="person"),
    path("people/<uuid:person_id>/rank/", people.RecordRank.as_view(), name="record_rank"),
    path("people/<uuid:person_id>/role/", people.GrantRole.as_view(), name="grant_role"),
    path("people/<uuid:person_id>/sign-in/", people.ResetSignIn.as_view(), name="reset_sign_in"),
    path("people/resets/<uuid:reset_id>/confirm/", people.ConfirmReset.as_view(), name="confirm_reset"),
    path("people/resets/<uuid:reset_id>/decline/", people.DeclineReset.as_view(), name="decline_reset"),
    path("people/<uuid:person_id>/deactivate/", people.Deactivate.as_view(), name="deactivate"),
    path("people/<uuid:person_id>/reactivate/", people.Reactivate.as_view(), name="reactivate"),
    path("people/roles/<uuid:grant_id>/confirm/", people.ConfirmGrant.as_view(), name="confirm_grant"),
    path("people/roles/<uuid:grant_id>/end/", people.EndGrant.as_view(), name="end_grant"),
    path("training/", training.OwnTraining.as_view(), name="training"),
    path("training/register/", training.TrainingRegister.as_view(), name="training_register"),
    path("training/people/<uuid:person_id>/", training.PersonsTraining.as_view(), name="training_of"),
    path("training/people/<uuid:person_id>/record/", training.RecordTraining.as_view(), name="record_training"),
    path("notices/", notices.Inbox.as_view(), name="notices"),
    path("notices/read/", notices.ReadNotices.as_view(), name="read_notices"),
    path("notices/<int:pk>/", notices.OpenNotice.as_view(), name="notice"),
]
