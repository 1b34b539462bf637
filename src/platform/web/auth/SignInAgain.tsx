/** The way back in when the server ended a session while its person went on working. */
import { useNavigate } from '@tanstack/react-router'
import { useSession } from './session.tsx'
import SignIn from './SignIn.tsx'

export default function SignInAgain() {
  const session = useSession()
  const navigate = useNavigate()
  return (
    <SignIn
      again={session.expired}
      onSignedIn={async () => {
        await session.refresh()
        await navigate({ to: '/' })
      }}
    />
  )
}
