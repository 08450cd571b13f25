from playwright.sync_api import Page, expect

from ui.screens import SCREEN_PATHS
from ui.server import STREAMLIT_CONFIG, content_security_policy, french_page


def test_the_page_that_is_served_is_french_and_fetches_nothing_from_elsewhere() -> None:
    page = french_page()

    assert page.count('<html lang="fr">') == 1
    assert "<title>Streamlit</title>" not in page
    assert 'src="http' not in page
    assert 'href="http' not in page.replace("http://www.w3.org/2000/svg", "")


def test_the_policy_allows_no_other_address_and_no_inline_script_but_streamlits_own() -> None:
    policy = content_security_policy("<script>known()</script>")

    assert "http" not in policy
    assert "script-src 'self' 'sha256-" in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_usage_statistics_are_off_and_errors_are_not_shown() -> None:
    assert STREAMLIT_CONFIG["browser.gatherUsageStats"] is False
    assert STREAMLIT_CONFIG["client.showErrorDetails"] == "none"


def test_every_screen_has_its_own_address_in_french(page: Page, hostile_front_end: str) -> None:
    for path in SCREEN_PATHS:
        response = page.goto(hostile_front_end + path)

        assert response
        assert '<html lang="fr">' in response.text()
        assert "default-src 'self'" in response.headers["content-security-policy"]
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.title().endswith("Kit Co-construction territoriale")


def test_a_document_that_is_not_in_the_base_is_a_plain_404(page: Page, front_end: str) -> None:
    answer = page.request.get(f"{front_end}/kit/documents/inconnu.pdf")

    assert answer.status == 404
    assert answer.text() == "Ce document n’est pas dans la base."
