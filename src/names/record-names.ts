interface NamedLine {
  code: string
  title: string
  genevaTitle: string
  aliases: string[]
  parent: string | null
}

/**
 * All names of a line: its code (`C1`, `C01`, `Section D`), titles and aliases, and its code before a title. For a
 * sub-line also "electronic" for "e", and its titles after the code and titles of its parent (`C7. ICT Applications:
 * E-learning`).
 */
export function namesOfLine(line: NamedLine, parent: NamedLine | undefined): string[] {
  const printed = [line.title, line.genevaTitle, ...line.aliases]
  const variants = printed.flatMap((title) => [
    title,
    title.replace(/^The /, ''),
    title.replace(/^e-/i, 'electronic '),
    title.replace('ICTs', 'information and communication technologies'),
  ])
  const titles = [...new Set(variants)]
  const codes = [line.code, ...(line.code.length === 1 ? [`Section ${line.code}`] : [])]
  const above = parent
    ? [parent.code, parent.title, parent.genevaTitle].flatMap((name, at) =>
        at === 0 ? [name] : [name, `${parent.code} ${name}`],
      )
    : []
  return [
    ...codes,
    line.code.replace(/^C(?=\d$)/, 'C0'),
    ...titles,
    ...[...codes, ...above].flatMap((before) => titles.map((title) => `${before} ${title}`)),
  ]
}

interface NamedAgency {
  id: string
  acronym: string
  name: string
  aliases: string[]
  names: { name: string }[]
  homepage: string | null
  identifiers: { ror: string | null; isni: string | null; wikidata: string | null; dacChannel: string | null }
}

/**
 * All names of an agency: its id, acronym, name, other names and aliases, its identifiers and its home page. A name of
 * three words or more also counts without an initial "United Nations". URLs are without `https://www.`.
 */
export function namesOfAgency(agency: NamedAgency): string[] {
  const { ror, isni, wikidata, dacChannel } = agency.identifiers
  const written = [agency.acronym, agency.name, ...agency.names.map(({ name }) => name), ...agency.aliases]
  return [
    agency.id,
    ...written,
    ...written.flatMap((name) => /^United Nations (\S+ \S+ .+)$/.exec(name)?.[1] ?? []),
    ...(dacChannel ? [`XM-DAC-${dacChannel}`] : []),
    ...(ror ? [ror.replace('https://', ''), ror.replace('https://ror.org/', '')] : []),
    ...(isni ? [isni, isni.replaceAll(' ', ''), `isni.org/isni/${isni.replaceAll(' ', '')}`] : []),
    ...(wikidata ? [wikidata, `wikidata.org/wiki/${wikidata}`, `wikidata.org/entity/${wikidata}`] : []),
    ...(agency.homepage ? [agency.homepage.replace(/^https?:\/\/(www\.)?|\/$/g, '')] : []),
  ]
}
