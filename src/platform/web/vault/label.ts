/** How this device is named in its person's list of devices: kind of browser and of machine, and nothing that is its alone. */
export function labelHere(): string {
  const agent = globalThis.navigator?.userAgent ?? ''
  return `${nameIn(agent, BROWSERS)}, ${nameIn(agent, MACHINES)}`
}

/** In the order of asking: most browsers also name those they descend from. */
const BROWSERS = [
  ['Edge', /\bEdgA?\//],
  ['Firefox', /\b(Firefox|FxiOS)\//],
  ['Chrome', /\b(HeadlessChrome|Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
] as const
const MACHINES = [
  ['iPad', /iPad/],
  ['iPhone', /iPhone/],
  ['Android', /Android/],
  ['Chromebook', /\bCrOS\b/],
  ['Windows', /Windows/],
  ['Mac', /Macintosh/],
  ['Linux', /Linux/],
] as const

function nameIn(agent: string, names: readonly (readonly [string, RegExp])[]): string {
  return names.find(([, pattern]) => pattern.test(agent))?.[0] ?? '?'
}
