import type { FastifyRequest } from 'fastify'

/** The Fetch headers of a Fastify request, for libraries that speak Fetch. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one)
  return headers
}
