/**
 * Everything a capability's routes may use, made once at start by src/server.ts. A capability's server/routes.ts is
 * one Fastify plugin that receives this.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Registry } from '../records/registry.ts'
import type { Config } from './config.ts'
import type { Actor, Database } from './db.ts'
import type { Directory } from './directory.ts'
import type { Identity } from './identity.ts'
import type { Live } from './live.ts'

export interface Services {
  readonly config: Config
  readonly database: Database
  readonly directory: Directory
  readonly identity: Identity
  readonly live: Live
  readonly registry: Registry
  /** Signs feed cursors, so that nobody can make the server believe it was restored. */
  readonly cursorSecret: string
  /** Who asks; the same at every call for one request. Throws a problem (401 or 403) when nobody is signed in. */
  actor(request: FastifyRequest): Promise<Actor>
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True: answers people who are not signed in. Every other route refuses them before it reads anything. */
    public?: boolean
    /** True: carries many records, and is read when it is its turn (turns.ts). */
    turn?: boolean
  }
}

/** One plugin per capability (Fastify encapsulation): its routes, its schemas, nothing of its siblings. */
export type CapabilityRoutes = (app: FastifyInstance, services: Services) => void
