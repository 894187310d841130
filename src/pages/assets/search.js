// Completes the search field while one types, from /v1/search. Without it the form works as it is.
for (const form of document.querySelectorAll('form.search')) {
  const input = form.querySelector('input')
  const options = document.createElement('ul')
  const status = document.createElement('p')
  options.id = 'found'
  options.hidden = true
  options.setAttribute('role', 'listbox')
  options.setAttribute('aria-label', 'Found')
  status.className = 'hidden'
  status.setAttribute('role', 'status')
  input.setAttribute('role', 'combobox')
  input.setAttribute('aria-autocomplete', 'list')
  input.setAttribute('aria-controls', options.id)
  input.setAttribute('aria-expanded', 'false')
  input.parentElement.append(options, status)

  let chosen = -1
  let waiting
  let asking = new AbortController()

  const close = () => {
    options.hidden = true
    chosen = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }

  const choose = (index) => {
    chosen = index
    for (const [place, option] of [...options.children].entries()) {
      option.setAttribute('aria-selected', String(place === chosen))
      if (place === chosen) option.scrollIntoView({ block: 'nearest' })
    }
    if (chosen < 0) input.removeAttribute('aria-activedescendant')
    else input.setAttribute('aria-activedescendant', options.children[chosen].id)
  }

  const show = (items) => {
    options.replaceChildren(
      ...items.map(({ kind, id, title, href }, index) => {
        const option = document.createElement('li')
        const name = document.createElement('bdi')
        const about = document.createElement('small')
        option.id = `found-${index}`
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        option.dataset.href = href
        name.textContent = title
        about.textContent = kind === 'action-line' || kind === 'agency' ? id : kind.replace('-', ' ')
        option.append(name, ' ', about)
        return option
      }),
    )
    chosen = -1
    input.removeAttribute('aria-activedescendant')
    options.hidden = items.length === 0
    input.setAttribute('aria-expanded', String(items.length > 0))
    status.textContent = items.length === 0 ? 'Nothing found.' : `${items.length} found.`
  }

  const ask = async () => {
    asking.abort()
    asking = new AbortController()
    const q = input.value.trim()
    if (q === '') return close()
    const address = new URL(form.action)
    address.search = String(new URLSearchParams({ q, limit: '8', format: 'json' }))
    try {
      const answer = await fetch(address, { signal: asking.signal })
      if (answer.ok) show((await answer.json()).items)
    } catch {
      // Overtaken by the next letter, or out of reach: the form works without.
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(ask, 120)
  })
  input.addEventListener('keydown', (event) => {
    const { length } = options.children
    if (event.key === 'Escape' && !options.hidden) {
      event.preventDefault()
      close()
    } else if (event.key === 'Enter' && chosen >= 0 && !options.hidden) {
      event.preventDefault()
      location.assign(options.children[chosen].dataset.href)
    } else if (!options.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      // The suggestions do not change while the user chooses one.
      clearTimeout(waiting)
      asking.abort()
      const step = event.key === 'ArrowDown' ? 1 : -1
      choose(((chosen + step + 1 + length + 1) % (length + 1)) - 1)
    }
  })
  input.addEventListener('blur', () => setTimeout(close, 150))
  options.addEventListener('mousedown', (event) => {
    const option = event.target.closest('[role=option]')
    if (option) location.assign(option.dataset.href)
  })
}
