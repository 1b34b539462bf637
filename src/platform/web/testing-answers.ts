/** Answers of our own server for browser tests of screens that ask it: there is none beside the page. Tests only. */
import { onTestFinished } from 'vitest'

/**
 * Paths and what the server says to them, or what makes it when it is asked; a status for what it refuses, and null for a
 * server out of reach.
 */
export type Answers = Readonly<Record<string, unknown>>

/** Answers until the test is over; every other path is asked as usual. Returns a way to change the answers. */
export function answering(first: Answers): (next: Answers) => void {
  let answers = first
  const before = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const path = typeof input === 'string' ? input : undefined
    if (path === undefined || !(path in answers)) return before(input, init)
    const said = answers[path]
    const answer: unknown = typeof said === 'function' ? await said() : said
    if (answer === null) throw new TypeError('Failed to fetch')
    if (typeof answer === 'number')
      return new Response(JSON.stringify({ code: 'access.denied', status: answer }), { status: answer })
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } })
  }
  onTestFinished(() => {
    globalThis.fetch = before
  })
  return (next) => {
    answers = next
  }
}
