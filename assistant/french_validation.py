"""Pydantic's validation errors as French sentences, for the API's problems and the settings alike."""

from pydantic_core import ErrorDetails

_MESSAGES = {
    "missing": "ce champ est obligatoire",
    "extra_forbidden": "ce champ n'existe pas",
    "string_type": "un texte est attendu",
    "string_unicode": "le texte contient des caractères invalides",
    "string_too_short": "le texte est vide ou trop court (au moins {min_length} caractère)",
    "string_too_long": "le texte est trop long ({max_length} caractères au plus)",
    "string_pattern_mismatch": "le format du texte n'est pas celui attendu",
    "literal_error": "valeur inconnue ; valeurs possibles : {expected}",
    "enum": "valeur inconnue ; valeurs possibles : {expected}",
    "int_type": "un nombre entier est attendu",
    "int_parsing": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "bool_type": "vrai ou faux est attendu",
    "bool_parsing": "vrai ou faux est attendu",
    "greater_than_equal": "la valeur doit être au moins {ge}",
    "less_than_equal": "la valeur doit être au plus {le}",
    "list_type": "une liste est attendue",
    "too_long": "la liste est trop longue ({max_length} éléments au plus)",
    "too_short": "la liste est trop courte (au moins {min_length} élément)",
    "json_invalid": "le JSON est mal formé",
    "model_attributes_type": "un objet JSON est attendu (en-tête « Content-Type: application/json »)",
    "model_type": "un objet JSON est attendu",
    "dict_type": "un objet JSON est attendu",
}


def in_french(details: ErrorDetails) -> str:
    """What is wrong with one value, as the end of a French sentence without a full stop."""
    if details["type"] == "value_error":
        return str(details["ctx"]["error"])
    template = _MESSAGES.get(details["type"])
    if template is None:
        return "valeur incorrecte"
    context = dict(details.get("ctx", {}))
    if isinstance(context.get("expected"), str):
        context["expected"] = context["expected"].replace(" or ", " ou ")
    return template.format(**context)
