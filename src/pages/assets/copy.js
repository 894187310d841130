// Adds a button to each text that people copy, and completes the URLs that the service does not know whole.
for (const url of document.querySelectorAll('.url'))
  if (url.textContent.startsWith('/')) url.textContent = location.origin + url.textContent

/** Copies a text; without permission for the clipboard (no https) by a selection. */
const copy = async (element) => {
  try {
    await navigator.clipboard.writeText(element.textContent)
  } catch {
    getSelection().selectAllChildren(element)
    document.execCommand('copy')
  }
}

for (const text of document.querySelectorAll('[data-copy]')) {
  const button = document.createElement('button')
  const name = `Copy ${text.dataset.copy}`
  button.type = 'button'
  button.textContent = name
  button.setAttribute('aria-live', 'polite')
  button.addEventListener('click', async () => {
    await copy(text)
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = name
    }, 2000)
  })
  text.after(button)
}
