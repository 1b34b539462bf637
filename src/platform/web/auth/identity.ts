/** What the server says about sign-in and the demo school, and the ways to ask. Called by the session and its screens. */
import { z } from 'zod'
import { ask, Refused } from '../http.ts'

/**
 * The part of `GET /api/me` that the platform itself needs. The whole answer is kept on the device under the
 * name `me`, and capabilities read it with their own type.
 */
export const Me = z.looseObject({
  person: z.looseObject({ id: z.string(), name: z.string(), initials: z.string() }),
  district: z.looseObject({
    id: z.string(),
    name: z.string(),
    demo: z.boolean(),
    tz: z.string(),
    clockOffsetMs: z.number(),
  }),
  roles: z.array(z.string()),
})
export type Me = z.infer<typeof Me>

/** `GET /api/demo`: whether this server holds the demo school, and whom one may be there. */
export const Demo = z.object({
  demo: z.boolean(),
  district: z.string().nullable(),
  tz: z.string(),
  personas: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Where this persona's day stands: an instant. */
      at: z.string(),
    }),
  ),
})
export type Demo = z.infer<typeof Demo>
export type Persona = Demo['personas'][number]

const Anything = z.unknown()

/** Who is signed in, or null when nobody is. Rejects with Unreachable when the server does not answer. */
export async function whoAmI(): Promise<Me | null> {
  try {
    return await ask(Me, '/api/me')
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return null
    throw error
  }
}

export function demoSchool(): Promise<Demo> {
  return ask(Demo, '/api/demo')
}

export async function signInAs(persona: string): Promise<void> {
  await ask(Anything, '/api/demo/sign-in', { method: 'POST', body: { persona } })
}

export async function signIn(email: string, password: string): Promise<void> {
  await ask(Anything, '/api/auth/sign-in/email', { method: 'POST', body: { email, password } })
}

/** Ends the session at the server. A server out of reach ends it by itself when it expires. */
export async function signOutOfServer(): Promise<void> {
  await ask(Anything, '/api/auth/sign-out', { method: 'POST', body: {} })
}
