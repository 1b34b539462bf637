/** Sealed records of other people who used this device: how many, and never a word of what is in them. */
import { Plural } from '@lingui/react/macro'
import { PackageCheck, Package } from 'lucide-react'
import { Notice } from '../kit/Notice.tsx'
import { useSyncStatus } from '../store/hooks.ts'

export function OthersHere() {
  const { waiting, sent } = useSyncStatus().others
  return (
    <>
      {waiting > 0 && (
        <Notice icon={Package}>
          <Plural
            value={waiting}
            one="# record of another person is waiting on this device, sealed. It goes to the team by itself."
            other="# records of another person are waiting on this device, sealed. They go to the team by themselves."
          />
        </Notice>
      )}
      {sent > 0 && (
        <Notice tone="ok" icon={PackageCheck}>
          <Plural
            value={sent}
            one="# record of another person was sent to the team from this device."
            other="# records of another person were sent to the team from this device."
          />
        </Notice>
      )}
    </>
  )
}
