"""Forenames and surnames heard in England's communities. People are put together from them at random; all are invented.

Every character can be written in the cp1252 code page, in which one of the files is saved.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """Names to draw from, and the first language a family with them may speak besides English."""

    girls: tuple[str, ...]
    boys: tuple[str, ...]
    surnames: tuple[str, ...]
    languages: tuple[str, ...] = ("English",)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_ENGLISH = Names(
    _words(
        "Amelia Olivia Freya Poppy Chloë Ellie-Mae Ruby Isla Daisy Maisie Zoë Scarlett Lexi Imogen Phoebe Kayleigh Skye"
    ),
    _words(
        "Oliver Alfie Jayden Harvey Logan Tyler Reuben Leo Mason Archie Callum Finley Toby Riley Dexter Ashton Kian"
    ),
    (
        *_words(
            "Ashworth Barlow Cartwright Dunstan Eccles Fairbrother Garside Hallam Ingham Jessop Kershaw Lomax Mellor"
        ),
        *_words(
            "Nuttall Ormerod Pickup Ramsden Sugden Thackray Unsworth Wadsworth Yarwood Bell-Harker Duckworth Holroyd"
        ),
    ),
)
_MUSLIM = Names(
    _words("Aisha Maryam Zainab Hafsa Amina Sumayya Fatima Inaya Safiya Khadija"),
    _words("Muhammad Yusuf Ibrahim Hamza Bilal Zayn Idris Haris Musa Adam"),
    _words("Hussain Akhtar Mahmood Begum Chowdhury Miah Iqbal Sheikh Rehman Uddin"),
    ("Urdu", "Bengali", "English", "English"),
)
_INDIAN = Names(
    _words("Priya Simran Ananya Jasleen Meera Kavya Diya"),
    _words("Arjun Harjit Rohan Dev Gurpreet Krish Veer"),
    _words("Patel Kaur Singh Sharma Gill D'Souza Nair"),
    ("Panjabi", "Gujarati", "English", "English"),
)
_AFRICAN = Names(
    _words("Adaeze Temitope Abena Ngozi Esther Folasade Grace Hodan"),
    _words("Chidi Kwame Tobi Emmanuel Kofi Babatunde Samuel Abdi"),
    _words("Okafor Adeyemi Mensah Boateng Eze Owusu Balogun Warsame"),
    ("Yoruba", "Somali", "English", "English"),
)
_CARIBBEAN = Names(
    _words("Shanice Tiana Renée Alicia Naomi Kezia"),
    _words("Jerome Malachi Isaiah Tyrese Dominic Andre"),
    _words("Campbell Grant Morrison Blackwood Pinnock Francis"),
)
_EUROPEAN = Names(
    _words("Zofia Inês Béatrice Lucía Anna-Maria Katerina Elena Maja"),
    _words("Kacper João André Matteo Jakub Nicolás Ovidiu Tomáš"),
    _words("Kowalska Gonçalves Núñez Müller Popescu Šimkus Ferreira Novák"),
    ("Polish", "Portuguese", "Romanian", "English"),
)
_IRISH = Names(
    _words("Róisín Siobhán Aoife Kathleen Shannon"),
    _words("Seán Cillian Declan Patrick Martin"),
    _words("O'Driscoll McGinley Doherty Connors Ward"),
)
_CHINESE = Names(
    _words("Mei Lin Jia Xin Yan"),
    _words("Wei Jun Hao Ming Kai"),
    _words("Chen Wong Lam Liu Zhang"),
    ("Cantonese", "English"),
)
_OTHER = Names(
    _words("Leyla Rojin Nour Thi Hana"),
    _words("Aram Karim Sami Minh Dilan"),
    _words("Ahmadi Karimi Nguyen Demir Haddad"),
    ("Kurdish", "Arabic", "Vietnamese", "English"),
)

COMMUNITIES = {
    "WBRI": (62.0, _ENGLISH),
    "WOTH": (7.0, _EUROPEAN),
    "APKN": (6.0, _MUSLIM),
    "BAFR": (4.5, _AFRICAN),
    "MWBC": (4.0, _CARIBBEAN),
    "ABAN": (3.0, _MUSLIM),
    "AIND": (3.0, _INDIAN),
    "BCRB": (2.5, _CARIBBEAN),
    "MWAS": (1.5, _INDIAN),
    "MWBA": (1.5, _AFRICAN),
    "OOTH": (1.5, _OTHER),
    "WROM": (1.0, _EUROPEAN),
    "WIRT": (1.0, _IRISH),
    "CHNE": (1.0, _CHINESE),
    "WIRI": (0.5, _IRISH),
}
