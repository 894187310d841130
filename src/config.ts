import { distance } from 'fastest-levenshtein'
import { oneOf, type Static, Type, Value } from './typebox.ts'

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** The settings: environment variables, all optional. A test checks that README.md documents each of them. */
export const Config = Type.Object({
  HOST: Type.String({
    default: '127.0.0.1',
    minLength: 1,
    description: 'an address to listen on, such as 127.0.0.1, or 0.0.0.0 for every interface',
  }),
  PORT: Type.Integer({
    default: 3000,
    minimum: 0,
    maximum: 65535,
    description: 'a port from 1 to 65535, or 0 for any that is free',
  }),
  DRAIN_SECONDS: Type.Integer({
    default: 0,
    minimum: 0,
    maximum: 300,
    description: 'how many seconds, 0 to 300, the service answers on after it was told to end',
  }),
  LOG_LEVEL: oneOf(logLevels, { default: 'info', description: `one of ${logLevels.join(', ')}` }),
  DATABASE: Type.String({
    default: '.data/directory.sqlite',
    minLength: 1,
    description: 'the path of the database file, which is built if it is missing',
  }),
  PUBLIC_URL: Type.Union([Type.Literal(''), Type.String({ format: 'base-url' })], {
    default: '',
    description:
      'the address under which the service is reached from outside, such as https://directory.example.org/wsis',
  }),
  CONTACT: Type.Union([Type.Literal(''), Type.String({ format: 'contact' })], {
    default: '',
    description: 'where people report errors: mailto:name@example.org, or a form such as https://example.org/report',
  }),
  TRUST_PROXY: Type.String({
    default: 'false',
    format: 'trusted-proxies',
    description: 'false, true, the number of proxies before the service, or their addresses with commas between',
  }),
})
export type Config = Static<typeof Config>

/** The settings of an environment; an empty value counts as unset. Throws one Error that lists every error. */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const given = Object.keys(Config.properties).flatMap((name) => (environment[name] ? [[name, environment[name]]] : []))
  const config = Value.Convert(Config, Value.Default(Config, Object.fromEntries(given)))
  const errors = new Map<string, string>()
  for (const { path, schema } of Value.Errors(Config, config)) {
    const name = path.slice(1)
    errors.set(name, `${name} is "${environment[name]}"; it must be ${schema.description}.`)
  }
  if (errors.size > 0)
    throw new Error(`The settings cannot be used (errors: ${errors.size}):\n${[...errors.values()].join('\n')}`)
  const { PUBLIC_URL, ...rest } = config as Config
  return { ...rest, PUBLIC_URL: PUBLIC_URL && new URL(PUBLIC_URL).href.replace(/\/+$/, '') }
}

/** The variables of an environment that are probably misspelt settings, each with the likely setting. */
export function misspelt(environment: NodeJS.ProcessEnv): [name: string, setting: string][] {
  const settings = Object.keys(Config.properties)
  return Object.keys(environment).flatMap((name): [string, string][] => {
    const setting = settings.includes(name) ? undefined : settings.find((one) => isNear(name.toUpperCase(), one))
    return setting ? [[name, setting]] : []
  })
}

/** True for one letter added, missing or wrong (two in a long name), or the same letters in another order. */
function isNear(name: string, setting: string): boolean {
  const edits = distance(name, setting)
  const letters = (text: string) => [...text].sort().join('')
  return edits <= (setting.length >= 8 ? 2 : 1) || (edits === 2 && letters(name) === letters(setting))
}

/** TRUST_PROXY in the form that Fastify expects. */
export function trustProxy({ TRUST_PROXY }: Config): boolean | string | ((address: string, hop: number) => boolean) {
  if (TRUST_PROXY === 'true' || TRUST_PROXY === 'false') return TRUST_PROXY === 'true'
  return /^\d+$/.test(TRUST_PROXY) ? (_address, hop) => hop < Number(TRUST_PROXY) : TRUST_PROXY
}
