/**
 * A wire between a client and a PostgreSQL server that tests can look into, alter and cut: a cut network, a server
 * that went away, a process killed between two messages.
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Wire {
  /** The address of the database through the wire. */
  readonly url: string
  /** Ends every connection; from now on none gets through. */
  cut(): void
  /** Lets connections through again. */
  mend(): void
  close(): Promise<void>
}

export interface WireHooks {
  /** What to pass on of a chunk; null swallows it. `cut` ends the connection at once, passing nothing on. */
  readonly toServer?: (chunk: Buffer, cut: () => void) => Buffer | null
  readonly toClient?: (chunk: Buffer, cut: () => void) => Buffer | null
}

export async function openWire(databaseUrl: string, hooks: WireHooks = {}): Promise<Wire> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let isCut = false
  const server = createServer((client) => {
    if (isCut) return client.destroy()
    const upstream = connect(Number(target.port), target.hostname)
    const cut = () => {
      client.destroy()
      upstream.destroy()
    }
    const pass = (from: Socket, to: Socket, look: WireHooks['toServer']) => {
      sockets.add(from)
      from.setNoDelay()
      from.on('data', (chunk) => {
        const passed = look ? look(chunk, cut) : chunk
        if (passed && !to.destroyed) to.write(passed)
      })
      from.on('error', cut)
      from.on('close', () => {
        sockets.delete(from)
        cut()
      })
    }
    pass(client, upstream, hooks.toServer)
    pass(upstream, client, hooks.toClient)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String((server.address() as AddressInfo).port)
  const cutAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: url.href,
    cut() {
      isCut = true
      cutAll()
    },
    mend() {
      isCut = false
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      cutAll()
      await closed
    },
  }
}
