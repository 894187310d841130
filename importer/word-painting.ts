import type { Element } from '@xmldom/xmldom'
import type { Painting } from './document-line.ts'
import { onBackground, paintings, smallestSize, unknownPainting } from './painting.ts'
import { attributeOf, childOf, isOn, named } from './word-xml.ts'

// Elements that are transparent: only their content matters. The words of other elements are reported, too.
const transparent = new Set(
  'document body hdr ftr footnote endnote comment hyperlink fldSimple smartTag customXml sdtContent ruby rubyBase dir bdo Choice Fallback'.split(
    ' ',
  ),
)
// Properties of a run that do not change what its words mean.
const plain =
  /^(?:r(?:Style|Fonts|tl|PrChange|eflection)|[bi](?:Cs)?|u|color|sz(?:Cs)?|lang|noProof|spacing|kern|w|shd|bdr|cs|outline|shadow|emboss|imprint|snapToGrid|eastAsianLayout|webHidden|specVanish|effect|fitText|em|oMath|highlight|ligatures|num(?:Form|Spacing)|glow|text(?:Outline|Fill)|scene3d|props3d|stylisticSets|cntxtAlts|ins|del|move(?:From|To))$/
const properties: Record<string, Painting> = {
  strike: paintings.struck,
  dstrike: paintings.struck,
  vanish: paintings.hidden,
  caps: paintings.capitals,
}
const elements: Record<string, Painting> = {
  del: paintings.deleted,
  moveFrom: paintings.movedAway,
  ins: paintings.inserted,
  moveTo: paintings.movedHere,
  rt: paintings.ruby,
}
const highlights: Record<string, string> = { black: '#000000', white: '#ffffff', darkBlue: '#000080', blue: '#0000ff' }

/** The formatting of the words in an element without a specific reader. */
export const paintingIn = (name: string): Painting | null =>
  transparent.has(name) ? null : (elements[name] ?? unknownPainting(`in the element "${name}", which is not known`))

/** The formatting of words with these properties, on a background of this colour. Later properties take precedence. */
export function paintingsOf(all: Element[], background: string): Array<Painting | null> {
  const byName = new Map(all.map((property) => [`${property.localName}`, property]))
  const set = [...byName].filter(([, property]) => isOn(property))
  return [...set.map(([name, property]) => paintingOf(name, property)), colourOf(byName, background)]
}

function paintingOf(name: string, property: Element): Painting | null {
  if (name === 'vertAlign') {
    return attributeOf(property) === 'superscript' ? paintings.superscript : paintings.subscript
  }
  if (name === 'position') return Number(attributeOf(property)) > 0 ? paintings.superscript : paintings.subscript
  if (name === 'sz') return Number(attributeOf(property)) < 2 * smallestSize ? paintings.tiny : null
  if (name === 'textFill') {
    const isTransparent = named(property, 'alpha').some((alpha) => Number(attributeOf(alpha)) > 95_000)
    return isTransparent || childOf(property, 'noFill') ? paintings.hidden : null
  }
  // The character width in per cent.
  if (name === 'w') return Number(attributeOf(property)) < 10 ? paintings.tiny : null
  return properties[name] ?? (plain.test(name) ? null : unknownPainting(`set with the property "${name}"`))
}

/** Words in the colour of their background. */
function colourOf(byName: Map<string, Element>, background: string): Painting | null {
  const colour = writtenColour(byName)
  const highlight = attributeOf(byName.get('highlight'))
  const shade = highlight && highlight !== 'none' ? highlights[highlight] : shadeOf(byName.get('shd'))
  const isWritten = /^[0-9a-f]{6}$/i.test(`${colour}`)
  // A common way of blacking out words.
  if (highlight === 'black' && !isWritten) return paintings.background
  // A highlight that is not in the list is a light or strong colour, with contrast to white and black.
  const behind = highlight && highlight !== 'none' && shade === undefined ? '#ffff00' : (shade ?? background)
  return isWritten ? onBackground(`#${colour}`, behind) : null
}

/** The text colour; newer properties take precedence. The first theme colour is that of the page. */
function writtenColour(byName: Map<string, Element>): string | undefined {
  const fill = named(byName.get('textFill'), 'srgbClr')[0]
  const property = byName.get('color')
  const colour = attributeOf(fill ?? property)
  const isOfPage = colour === 'auto' && /^(?:background1|light1)$/.test(`${attributeOf(property, 'themeColor')}`)
  return isOfPage ? 'ffffff' : colour
}

/** The colour of a shading as `#rrggbb`; undefined for none. */
export const shadeOf = (shading: Element | undefined): string | undefined => {
  const fill = attributeOf(shading, attributeOf(shading) === 'solid' ? 'color' : 'fill')
  return /^[0-9a-f]{6}$/i.test(`${fill}`) ? `#${fill}` : undefined
}
