"""The four screens' addresses below the front end's root."""

ASK_PATH = ""
RECOMMEND_PATH = "trouver-des-documents"
CATALOGUE_PATH = "parcourir-le-kit"
ABOUT_PATH = "a-propos"
SCREEN_PATHS = tuple(f"/{path}" for path in (ASK_PATH, RECOMMEND_PATH, CATALOGUE_PATH, ABOUT_PATH))
