const pattern =
  /(?<![\p{L}\p{M}\p{N}])(?:https?:\/\/)?(?:www\.)?itu\.int(?::\d+)?\/[^\s]{0,40}?forum\/(\d{4})(?:\/[a-z]{2})?(?:\/Pages)?\/Agenda\/(?:View)?Session\/0*(\d+)(?!\d)[^\s<>"”»)]*/iu

/** The first session URL in a text, in any pattern of ITU's site, and the id of the session; null if there is none. */
export function sessionUrl(text: string): { url: string; id: string } | null {
  const [printed, year, number] = pattern.exec(text) ?? []
  if (printed === undefined) return null
  return { url: printed.replace(/[.,;:]+$/, ''), id: `${year}-${number}` }
}
