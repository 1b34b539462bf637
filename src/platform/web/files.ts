/** A file as JSON can carry it. */
export async function base64Of(file: File): Promise<string> {
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(reader.result as string))
    reader.addEventListener('error', () => reject(new Error('unreadable file')))
    reader.readAsDataURL(file)
  })
  return url.slice(url.indexOf(',') + 1)
}
