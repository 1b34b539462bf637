/**
 * The cue at the end of an interval: a buzz, a short tone, or both. When it is due is read from the clock and never
 * counted in ticks: a device that slept rings for no interval that is long over.
 */
import { useEffect, useEffectEvent, useRef, useState } from 'react'

export type CueKind = 'vibration' | 'sound' | 'both' | 'none'

/** A cue that comes later than this after its instant would ask about the wrong moment, ms. */
const LATEST_MS = 1500
const BUZZ = [180, 90, 180]

let audio: AudioContext | null = null

/** Browsers let a page sound only after a tap: called with the taps of a pad that has a cue. */
export function allowSound(kind: CueKind): void {
  if (kind !== 'sound' && kind !== 'both') return
  audio ??= new AudioContext()
  void audio.resume()
}

export interface Beat {
  /** The interval that runs, 1-based. */
  readonly k: number
  /** Milliseconds of it that have passed. */
  readonly into: number
}

/**
 * Rings when one interval has given way to the next, and asks for a new look at the clock when that is due.
 * @param beat null while nothing runs.
 * @param last no cue after the end of this one.
 */
export function useCue(kind: CueKind, beat: Beat | null, intervalMs: number, last: number): void {
  const [, look] = useState(0)
  const before = useRef<number | null>(null)
  const k = beat?.k ?? null
  const onBeat = useEffectEvent(() => {
    const isNext = before.current !== null && k === before.current + 1
    before.current = k
    if (k !== null && isNext && k - 1 <= last && beat && beat.into <= LATEST_MS) ring(kind)
  })
  const remaining = useEffectEvent(() => (beat ? Math.max(0, intervalMs - beat.into) : null))
  useEffect(() => {
    onBeat()
    const ms = remaining()
    if (ms === null) return
    const timer = setTimeout(() => look((n) => n + 1), ms + 10)
    return () => clearTimeout(timer)
  }, [k])
}

function ring(kind: CueKind): void {
  if (kind === 'vibration' || kind === 'both') navigator.vibrate?.(BUZZ)
  if ((kind !== 'sound' && kind !== 'both') || !audio) return
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.frequency.value = 880
  volume.gain.setValueAtTime(0.2, audio.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25)
  tone.connect(volume).connect(audio.destination)
  tone.start()
  tone.stop(audio.currentTime + 0.25)
}
