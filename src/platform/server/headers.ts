import type { FastifyRequest } from 'fastify'

/** The value of a cookie of a request's header. */
export function cookieNamed(name: string, header: string | undefined): string | undefined {
  const cookie = header?.split('; ').find((one) => one.startsWith(`${name}=`))
  return cookie?.slice(name.length + 1)
}

/** The Fetch headers of a Fastify request, for libraries that speak Fetch. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one)
  return headers
}
