/**
 * A session without a password, for whoever came in by another door that has judged why (an invitation). A plugin of
 * better-auth, because the library alone signs its cookies; its endpoint has no door from outside (routes.ts, IDENTITY).
 */
import type { BetterAuthPlugin } from 'better-auth'
import { createAuthEndpoint } from 'better-auth/api'
import { setSessionCookie } from 'better-auth/cookies'
import { z } from 'zod'

export const entering = {
  id: 'handrail-enter',
  endpoints: {
    enterAs: createAuthEndpoint(
      '/handrail/enter-as',
      { method: 'POST', body: z.object({ user: z.string() }) },
      async (context) => {
        const { internalAdapter } = context.context
        const user = await internalAdapter.findUserById(context.body.user)
        if (!user) throw new Error('no such user')
        const session = await internalAdapter.createSession(user.id)
        await setSessionCookie(context, { session, user })
        return context.json({ session: session.id })
      },
    ),
  },
} satisfies BetterAuthPlugin
