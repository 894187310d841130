// Starts the reference. Nothing of it asks another host: no fonts, no telemetry, no proxy, no assistant.
const place = document.querySelector('#reference')
const described = await (await fetch(document.querySelector('#document').href)).json()

// What need not be asked is offered with its example, but asked only if it is ticked.
const operations = Object.values(described.paths).flatMap((methods) => Object.values(methods))
const parameters = [...Object.values(described.components.parameters), ...operations.flatMap((one) => one.parameters)]
for (const parameter of parameters) {
  const { schema, required } = parameter
  const value = schema?.examples?.[0] ?? schema?.enum?.[0]
  if (schema && !required) parameter.examples = { example: { value, 'x-disabled': true } }
}

Scalar.createApiReference(place, {
  content: described,
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  persistAuth: false,
  documentDownloadType: 'none',
  defaultOpenAllTags: true,
})
document.querySelector('.shell').remove()

// Its buttons that copy code have no name for those who do not see them.
new MutationObserver(() => {
  for (const button of document.querySelectorAll('button.scalar-code-copy:not([aria-label])'))
    button.setAttribute('aria-label', 'Copy the code')
}).observe(document.body, { childList: true, subtree: true })
