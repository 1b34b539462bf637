/** Contrast of the tokens, by the formulas of WCAG 2.2 (relative luminance, contrast ratio). */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const rootBlock = /^:root \{([\s\S]*?)^\}/m.exec(css)?.[1] ?? ''
const systemContrast = /@media \(prefers-contrast: more\) \{\s*:root \{([\s\S]*?)\}/.exec(css)?.[1] ?? ''
const chosenContrast = /^\[data-contrast='more'\] \{([\s\S]*?)\}/m.exec(css)?.[1] ?? ''

const TEXT: readonly [ink: string, ground: string][] = [
  ...['ink', 'ink-2', 'ink-3', 'accent', 'ok', 'wait', 'danger', 'info'].flatMap((ink) =>
    ['ground', 'surface'].map((ground): [string, string] => [ink, ground]),
  ),
  ['ink', 'surface-2'],
  ['ink-2', 'surface-2'],
  ['accent-ink', 'accent'],
  ['accent-ink', 'accent-hover'],
  ['danger-ink', 'danger'],
  ['accent', 'accent-soft'],
  ['ok', 'ok-soft'],
  ['wait', 'wait-soft'],
  ['danger', 'danger-soft'],
  ['info', 'info-soft'],
  ...[1, 2, 3, 4, 5, 6].map((n): [string, string] => [`s${n}`, 'surface']),
]

for (const [n, theme] of (['light', 'dark'] as const).entries()) {
  const standard = colorsOf(rootBlock, n)
  const strong = new Map([...standard, ...colorsOf(chosenContrast, n)])

  describe(theme, () => {
    test.each(TEXT)('text %s on %s reaches 4.5:1', (ink, ground) => {
      expect(contrast(of(standard, ink), of(standard, ground))).toBeGreaterThanOrEqual(4.5)
    })

    test.each(['ground', 'surface'])('the edge of a control stands out from %s by 3:1', (ground) => {
      expect(contrast(of(standard, 'line-strong'), of(standard, ground))).toBeGreaterThanOrEqual(3)
      expect(contrast(of(standard, 'accent'), of(standard, ground))).toBeGreaterThanOrEqual(3)
    })

    test.each([1, 2, 3, 4, 5, 6])('initials of color %i reach 4.5:1 on their own tint', (student) => {
      const own = of(standard, `s${student}`)
      expect(contrast(own, mix(own, of(standard, 'surface'), 0.14))).toBeGreaterThanOrEqual(4.5)
    })

    test.each(TEXT.filter(([ink]) => !ink.startsWith('s') && !ink.endsWith('-ink')))(
      'with more contrast, text %s on %s reaches 7:1',
      (ink, ground) => {
        expect(contrast(of(strong, ink), of(strong, ground))).toBeGreaterThanOrEqual(7)
      },
    )
  })
}

test('the contrast that the system asks for is the contrast that a person chooses', () => {
  expect(normal(systemContrast)).toEqual(normal(chosenContrast))
  expect(normal(systemContrast)).not.toBe('')
})

test('the formulas agree with known values: black on white 21:1, #767676 on white 4.54:1', () => {
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 5)
  expect(contrast([0x76, 0x76, 0x76], [255, 255, 255])).toBeCloseTo(4.54, 2)
})

type Color = readonly [number, number, number]

function colorsOf(block: string, index: number): Map<string, Color> {
  const colors = new Map<string, Color>()
  for (const [, name, light, dark] of block.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);/g))
    colors.set(name ?? '', parse((index === 0 ? light : dark) ?? ''))
  return colors
}

function of(colors: ReadonlyMap<string, Color>, name: string): Color {
  const color = colors.get(name)
  if (!color) throw new Error(`no color --${name}`)
  return color
}

function parse(hex: string): Color {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

function mix(a: Color, b: Color, share: number): Color {
  const part = (n: 0 | 1 | 2) => a[n] * share + b[n] * (1 - share)
  return [part(0), part(1), part(2)]
}

function luminance([r, g, b]: Color): number {
  const linear = (value: number) => {
    const c = value / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

function contrast(a: Color, b: Color): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05)
}

function normal(block: string): string {
  return block.replace(/\s+/g, ' ').trim()
}
