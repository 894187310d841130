import { type JSONPath, type ParseErrorCode, printParseErrorCode, visit } from 'jsonc-parser'
import type { AddError } from './findings.ts'

/** The value of a JSON text; undefined, with errors added, if it is not JSON or a record has a property twice. */
export function jsonIn(text: string, addError: AddError): unknown {
  const end = text.trimEnd().length
  const open: Set<string>[] = []
  let [isJson, isUnique] = [true, true]
  visit(
    text,
    {
      onObjectBegin: () => void open.push(new Set()),
      onObjectEnd: () => void open.pop(),
      onObjectProperty(name, _offset, _length, _line, _column, pathTo) {
        if (open.at(-1)?.has(name)) {
          isUnique = false
          const text = 'appears twice in its record; each property must appear once'
          addError(pointerTo([...pathTo(), name]), text)
        }
        open.at(-1)?.add(name)
      },
      onError(code, offset, length, line, column) {
        // Later errors are often only consequences of the first.
        if (!isJson) return
        isJson = false
        const found = `${parseErrorText(code)} at ${JSON.stringify(text.slice(offset, offset + Math.min(length, 40)))} in column ${column + 1}`
        const [where, what] =
          offset < end ? [line + 1, found] : [text.slice(0, end).split('\n').length, 'the text ends too early']
        addError(
          where,
          `is not JSON: ${what}; look there and just before it for a missing or extra comma, bracket or quotation mark`,
        )
      },
    },
    { disallowComments: true },
  )
  return isJson && isUnique ? JSON.parse(text) : undefined
}

/** The error in words, such as "comma expected" for CommaExpected. */
function parseErrorText(code: ParseErrorCode): string {
  return printParseErrorCode(code)
    .replace(/(?<!^)[A-Z]/g, (capital) => ` ${capital}`)
    .toLowerCase()
}

function pointerTo(path: JSONPath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
