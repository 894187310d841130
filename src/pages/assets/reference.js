// Starts the reference. Nothing of it asks another host: no fonts, no telemetry, no proxy, no assistant.
const place = document.querySelector('#reference')
Scalar.createApiReference(place, {
  url: place.dataset.document,
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  persistAuth: false,
  documentDownloadType: 'none',
  defaultOpenFirstTag: false,
})

// Its buttons that copy code have no name for those who do not see them.
new MutationObserver(() => {
  for (const button of document.querySelectorAll('button.scalar-code-copy:not([aria-label])'))
    button.setAttribute('aria-label', 'Copy the code')
}).observe(document.body, { childList: true, subtree: true })
