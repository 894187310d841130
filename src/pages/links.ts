import { html, type SafeHtml } from '@remix-run/html-template'
import { hrefOf } from '../nouns/shapes.ts'
import type { Edition, EditionRow, LineEdition, Link, Party, Records } from '../store/records.ts'
import { isolated, joined } from './parts.ts'

// Links to records, and to other sites.

/** A link to a record. */
export const to = ({ title, href }: Pick<Link, 'title' | 'href'>): SafeHtml =>
  html`<a href="${href}"><bdi>${title}</bdi></a>`

/** The short name of a record: the acronym that an agency itself uses, such as `UN DESA`, or the code of a line. */
export const shortName = ({ id, href }: Pick<Link, 'id' | 'href'>, records: Records): string =>
  href.startsWith(`${hrefOf('agencies')}/`) ? records.acronym(id) : id

/** A link to a record by its short name: `joined(agencies.map(short(records)))`. */
export const short =
  (records: Records) =>
  (link: Pick<Link, 'id' | 'href'>): SafeHtml =>
    to({ title: shortName(link, records), href: link.href })

/** True of a sub-line, whose code says its title: `C7.e-health`. */
export const repeats = ({ id, title }: Pick<Link, 'id' | 'title'>): boolean =>
  id.toLowerCase().endsWith(`.${title.toLowerCase()}`)

/** A link to a record by its short name, followed by its title. */
export const full =
  (records: Records) =>
  (link: Link): SafeHtml =>
    repeats(link) ? short(records)(link) : html`${short(records)(link)} <small><bdi>${link.title}</bdi></small>`

/** A link to an edition by its label. */
export const toEdition = ({ id, label }: Edition, words: SafeHtml | string = label): SafeHtml =>
  html`<a href="${hrefOf('editions', id)}">${words}</a>`

/** The agencies of a line in an edition. An edition without a row for the line is not the same as an empty row. */
export function namedIn(row: Pick<LineEdition, 'agencies'> | undefined, records: Records): SafeHtml | string {
  if (!row) return 'not in this edition'
  return row.agencies.length > 0 ? joined(row.agencies.map(short(records))) : 'no agency named'
}

/** False of a row whose source was read in an account that gives only the code of the line. */
export const hasLabel = ({ printedLabel, actionLine }: EditionRow): boolean => printedLabel !== actionLine.id

/** The name of an organizer or host, with a link if it is known as an agency. */
export const partyOf = ({ name, agency }: Party): SafeHtml =>
  agency ? to({ title: name, href: agency.href }) : isolated(name)

/** The names of organizers or hosts. */
export const partiesOf = (parties: Party[]): SafeHtml | string =>
  parties.length > 0 ? joined(parties.map(partyOf)) : 'not known'

/** An external URL: a link if it is http or https, otherwise text. */
export function toOther(url: string, text = url): SafeHtml {
  return /^https?:\/\//i.test(url) ? html`<a href="${url}" rel="external"><bdi>${text}</bdi></a>` : isolated(text)
}
