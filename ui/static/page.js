// What Streamlit has no option for: its few English words, copying a text, and showing a new answer from its top.
"use strict"

const FRENCH = {
  "Skip to main content": "Aller au contenu",
  "Copy to clipboard": "Copier",
  "Send message": "Envoyer la question",
  "Submit": "Envoyer",
  "Stop": "Arrêter",
  "Clear all": "Tout effacer",
  "Clear": "Effacer",
  "Clear value": "Effacer",
  "Open": "Ouvrir",
  "Close": "Fermer",
  "No results": "Aucun résultat",
  "Choose options": "Choisir",
  "Choose an option": "Choisir",
  "Connection error": "Connexion interrompue",
  "Connecting": "Connexion…",
  "Please wait...": "Un instant…",
  "Fullscreen": "Plein écran",
  "Close fullscreen": "Quitter le plein écran",
  "Download": "Télécharger",
  "Running...": "En cours…",
  "Page not found": "Page introuvable",
}
const FRENCH_BEGINNINGS = { "Fullscreen: ": "Plein écran : " }
const SPOKEN_ATTRIBUTES = ["aria-label", "title", "placeholder"]

// Our own blocks are French already, and what they quote must not change.
const isOurs = (node) => (node.closest ? node : node.parentElement)?.closest("[class*='kit-']") != null

function inFrench(label) {
  for (const [english, french] of Object.entries(FRENCH_BEGINNINGS)) {
    if (label.startsWith(english)) return french + label.slice(english.length)
  }
  return FRENCH[label]
}

function translate(root) {
  if (isOurs(root)) return
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const french = FRENCH[text.data.trim()]
    if (french && !isOurs(text)) text.data = french
  }
  const elements = root.querySelectorAll?.("[aria-label], [title], [placeholder]") ?? []
  for (const node of [root, ...elements]) {
    for (const name of SPOKEN_ATTRIBUTES) {
      const french = inFrench(node.getAttribute?.(name) ?? "")
      if (french && !isOurs(node)) node.setAttribute(name, french)
    }
  }
}

function nameMenu() {
  const menu = document.querySelector(".st-key-menu-links")
  if (!menu) return
  if (!menu.hasAttribute("role")) {
    menu.setAttribute("role", "navigation")
    menu.setAttribute("aria-label", "Menu principal")
  }
  for (const link of menu.querySelectorAll("a")) {
    if (`/${link.getAttribute("href")}` === location.pathname) link.setAttribute("aria-current", "page")
    else link.removeAttribute("aria-current")
  }
}

// On a phone the image of a page is wider than the screen: the keyboard must reach it to scroll it.
function nameWideImages() {
  for (const image of document.querySelectorAll("[data-testid='stImage']")) {
    if (image.scrollWidth <= image.clientWidth || image.hasAttribute("tabindex")) continue
    image.setAttribute("tabindex", "0")
    image.setAttribute("role", "group")
    image.setAttribute("aria-label", "Image de la page, à faire défiler")
  }
}

let latestTurn = 0

function showLatestTurn() {
  const turns = [...document.querySelectorAll("[data-turn]")]
  const last = turns.at(-1)
  const number = last ? Number(last.dataset.turn) : 0
  if (number > latestTurn) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
    setTimeout(() => last.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" }), 60)
  }
  latestTurn = number
}

new MutationObserver((changes) => {
  for (const change of changes) {
    for (const node of change.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) translate(node)
    if (change.type === "attributes") translate(change.target)
  }
  nameMenu()
  nameWideImages()
  showLatestTurn()
}).observe(document.documentElement, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: SPOKEN_ATTRIBUTES,
})

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text)
  const field = document.createElement("textarea")
  field.value = text
  document.body.append(field)
  field.select()
  const done = document.execCommand("copy")
  field.remove()
  if (!done) throw new Error("copy refused")
}

document.addEventListener("load", nameWideImages, true)

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-copy]")
  if (button) {
    const said = button.parentElement.querySelector(".kit-copied")
    try {
      await copy(button.dataset.copy)
      said.textContent = "Copié"
    } catch {
      said.textContent = "La copie a échoué : sélectionnez le texte."
    }
    setTimeout(() => { said.textContent = "" }, 4000)
  }
  const reference = event.target.closest?.("a.kit-reference, a.kit-skip")
  if (reference) {
    event.preventDefault()
    const target = document.getElementById(reference.getAttribute("href").slice(1))
    target?.scrollIntoView({ block: "center" })
    target?.focus({ preventScroll: true })
  }
})
