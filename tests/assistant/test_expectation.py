"""What people ask, as they type it."""

import pytest

from assistant.expectation import Kind, kind_of


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("combien ya de territoir pilote", Kind.NUMBER),
        ("cb de maires ont lancé un truc", Kind.NUMBER),
        ("ça coute combien le parcour", Kind.NUMBER),
        ("quel % de maires savent pas s'organiser", Kind.NUMBER),
        ("c koi le budget du rameau", Kind.NUMBER),
        ("c quand la 1ere session", Kind.DATE),
        ("la session du parcours elle est quand", Kind.DATE),
        ("depuis quand le rameau existe", Kind.DATE),
        ("jusqu'à quand dure le test", Kind.DATE),
        ("en quelle année le site a été créé", Kind.DATE),
        ("où et quand se passe la réunion", Kind.DATE),
        ("qui paye l'animation", Kind.AGENT),
        ("avec qui bosse le rameau", Kind.AGENT),
        ("par qui est financée l'étude", Kind.AGENT),
        ("quelle association anime en Alsace", Kind.AGENT),
        ("ou se passe la premiere session", Kind.PLACE),
        ("les rencontres c'était où", Kind.PLACE),
        ("c'est ou la rencontre", Kind.PLACE),
        ("dans quelle ville a lieu la réunion", Kind.PLACE),
        ("leur tel svp", Kind.CONTACT),
        ("l'adresse mail du rameau ?", Kind.CONTACT),
        ("ya un site internet dédié", Kind.CONTACT),
        ("le lien coursera", Kind.CONTACT),
        ("comment je joins le rameau", Kind.CONTACT),
        ("c'est quoi un catalyseur", Kind.DEFINITION),
        ("cest quoi la 3e ingenierie", Kind.DEFINITION),
        ("un tiers lieu c'est quoi", Kind.DEFINITION),
        ("ça veut dire quoi co construction", Kind.DEFINITION),
        ("QUE SIGNIFIE ESS", Kind.DEFINITION),
        ("cité moi les trois formes", Kind.LIST),
        ("liste des partenaires", Kind.LIST),
        ("quels leviers financiers", Kind.LIST),
        ("les différents types d'ingénierie", Kind.LIST),
        ("ya quoi comme subventions", Kind.LIST),
        ("qu'est-ce qu'il faut joindre au dossier", Kind.LIST),
        ("combien on doit mettre", Kind.NUMBER),
        ("un exemple de territoire qui l'a fait", Kind.EXAMPLE),
        ("ya t il des cas concrets", Kind.EXAMPLE),
        ("pk les maires veulent co-construire", Kind.REASON),
        ("a quoi ca sert un catalyseur", Kind.REASON),
        ("coment on fait pour démarrer", Kind.MANNER),
        ("cmt recréer le lien social", Kind.MANNER),
        ("que faire quand personne veut participer", Kind.MANNER),
        ("par ou commencer", Kind.MANNER),
        ("par quoi on commence", Kind.MANNER),
        ("ma mairie est piratee on fait quoi", Kind.MANNER),
        ("pour une subvention on s'y prend comment", Kind.MANNER),
        ("les maires veulent quoi", Kind.OTHER),
        ("CO-CONSTRUCTION", Kind.OTHER),
        ("", Kind.OTHER),
    ],
)
def test_the_kind_of_a_question_survives_bad_french(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Ceux qui animent demandent-ils de l’aide ?", Kind.OTHER),
        ("le budget qui le vote", Kind.NUMBER),
        ("le comité qui le préside", Kind.AGENT),
        ("Les élus qui s’engagent gagnent quoi ?", Kind.OTHER),
        ("Des gens qui se parlent, est-ce utile ?", Kind.OTHER),
        ("à qui s’adresse ce guide ?", Kind.OTHER),
        ("Vont-ils là où est le besoin ?", Kind.OTHER),
        ("Dialogue et partenariat : où est la différence ?", Kind.OTHER),
        ("Que regarder quand on évalue ?", Kind.OTHER),
        ("Un atelier, on part de quoi ?", Kind.OTHER),
        ("Les 46 % de maires, ce sont lesquels ?", Kind.LIST),
        ("Quel est le prix du repas ?", Kind.NUMBER),
        ("Quel jour se tient l’atelier ?", Kind.DATE),
        ("l’atelier commence à quelle heure", Kind.DATE),
        ("Je voudrais suivre un cours en ligne.", Kind.OTHER),
        ("Qu’est-ce que tu me conseilles de lire ?", Kind.OTHER),
        ("Qu’est-ce qu’il y a dans la boîte ?", Kind.LIST),
        ("Quelle école a participé ?", Kind.AGENT),
    ],
)
def test_a_word_that_only_links_asks_nothing(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Je prépare mon budget de l’année. Qui pilote le programme ?", Kind.AGENT),
        ("Combien d’élus viennent ? Je voudrais les appeler.", Kind.NUMBER),
        ("Le film a quel âge ? quelle année, je veux dire", Kind.DATE),
        ("C’est quoi, une association ? un quartier ?", Kind.DEFINITION),
    ],
)
def test_of_several_sentences_the_one_that_asks_decides(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind
