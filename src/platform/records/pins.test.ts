import { expect, it } from 'vitest'
import { isTooEasy } from './pins.ts'

it.each(['000000', '111222', '121212', '123123', '112233', '123456', '654321', '890123', '210987'])(
  'AW-1 a PIN that others try first is too easy: %s',
  (pin) => expect(isTooEasy(pin)).toBe(true),
)

it.each(['135790', '480193', '123457', '246802'])(
  'a PIN of four digits or more, and no run, may be chosen: %s',
  (pin) => expect(isTooEasy(pin)).toBe(false),
)

it('leaves 932,380 PINs', () => {
  // by hand: of 10⁶, one digit 10; two digits 45 × (2⁶ − 2) = 2,790; three digits 120 × (3⁶ − 3 × 2⁶ + 3) = 64,800; runs 2 × 10
  let left = 0
  for (let n = 0; n < 1_000_000; n++) if (!isTooEasy(String(n).padStart(6, '0'))) left++
  expect(left).toBe(1_000_000 - 10 - 2790 - 64_800 - 20)
})
