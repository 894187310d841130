import { Agent, request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { type Answer, answerOf } from './service.ts'

export interface Asked {
  path: string
  headers: Record<string, string>
  body?: string | undefined
}

export interface Ask {
  (asked: Asked, method: string): Promise<Answer>
  /** Closes its sockets. */
  close(): void
}

/** Sends requests to a service over this many kept-alive sockets. */
export function asker(url: string, maxSockets: number): Ask {
  const agent = new Agent({ keepAlive: true, maxSockets })
  const { hostname, port } = new URL(url)
  const send = ({ path, headers, body }: Asked, method: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const length = body !== undefined && { 'content-length': Buffer.byteLength(body) }
      const options = { agent, hostname, port, path, method, headers: { ...headers, ...length } }
      const outgoing = request(options, (incoming) =>
        buffer(incoming).then((bytes) => resolve(answerOf(incoming.statusCode ?? 0, incoming.headers, bytes)), reject),
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
  // A service closes the connection after a 431, perhaps while the next request is written: clients send that again.
  const ask = (asked: Asked, method: string, retries = 3): Promise<Answer> =>
    send(asked, method).catch((error: NodeJS.ErrnoException) => {
      if (retries === 0 || !['EPIPE', 'ECONNRESET'].includes(String(error.code))) throw error
      return ask(asked, method, retries - 1)
    })
  return Object.assign(ask, { close: () => agent.destroy() })
}
