import type { Element } from '@xmldom/xmldom'

/** The child elements of an element. */
export const childrenOf = (element: Element | undefined): Element[] =>
  Array.from(element?.childNodes ?? []).filter((node): node is Element => node.nodeType === 1)

/** The elements of a name under an element, in the order of the document. */
export const named = (element: Element | undefined, name: string): Element[] =>
  Array.from(element?.getElementsByTagNameNS('*', name) ?? [])

/** The nearest descendants of a name: the rows of a table, but not those of a nested table. */
export const owned = (element: Element, name: string): Element[] =>
  childrenOf(element).flatMap((child) => (child.localName === name ? [child] : owned(child, name)))

/** The first child element of a name. */
export const childOf = (element: Element | undefined, name: string): Element | undefined =>
  childrenOf(element).find(({ localName }) => localName === name)

/** An attribute of an element with any prefix. */
export const attributeOf = (element: Element | undefined, name = 'val'): string | undefined =>
  Array.from(element?.attributes ?? []).find((attribute) => attribute.localName === name)?.value

/** True if a property is set: `<w:b/>`, but not `<w:b w:val="0"/>`. */
export const isOn = (property: Element): boolean =>
  !/^(?:0|false|off|none|baseline|auto)$/.test(attributeOf(property) ?? '')

/** The styles of a Word file by their ids. */
export const stylesIn = (part: Element | undefined): Map<string, Element> =>
  new Map(named(part, 'style').map((style) => [`${attributeOf(style, 'styleId')}`, style]))

/** The properties of a kind ("pPr", "rPr") in a style, those of its base styles first. */
export function styled(styles: Map<string, Element>, id: string | undefined, kind: string, depth = 0): Element[] {
  const style = styles.get(`${id}`)
  if (style === undefined || depth > 10) return []
  const inherited = styled(styles, attributeOf(childOf(style, 'basedOn')), kind, depth + 1)
  return [...inherited, ...childrenOf(childOf(style, kind))]
}

/** The words of an element. */
export const trimmedText = ({ textContent }: Element): string => `${textContent}`.trim()
