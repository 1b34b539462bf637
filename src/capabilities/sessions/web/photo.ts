/** A picture small enough for a record: as large as it can be, as coarse as it must be. */

/** Base64 characters that a record of a photo holds. */
const MAX_BASE64 = 60_000
const SIDES = [1024, 800, 640, 480]
const QUALITIES = [0.7, 0.55, 0.4, 0.3]
/** Places in which nobody is photographed, whatever the consent says. */
const PRIVATE = /bath|toilet|restroom|rest room|washroom|lavator|changing|locker|shower|baño|vestuario/i

export function isPrivatePlace(place: string): boolean {
  return PRIVATE.test(place)
}

/** Base64 of a JPEG of what is shown, without a data URL's head; null when even the smallest is too large. */
export function jpegOf(source: HTMLVideoElement | HTMLCanvasElement): string | null {
  const [width, height] =
    source instanceof HTMLVideoElement
      ? [source.videoWidth, source.videoHeight]
      : [source.width, source.height]
  if (width === 0 || height === 0) return null
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) return null
  for (const side of SIDES) {
    const scale = Math.min(1, side / Math.max(width, height))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    context.drawImage(source, 0, 0, canvas.width, canvas.height)
    for (const quality of QUALITIES) {
      const base64 = canvas.toDataURL('image/jpeg', quality).split(',')[1] ?? ''
      if (base64.length > 0 && base64.length <= MAX_BASE64) return base64
    }
  }
  return null
}
