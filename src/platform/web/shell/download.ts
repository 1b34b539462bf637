/** Hands a text to the browser as a file to keep. The file's name says nothing about anybody. */
export function downloadText(name: string, type: string, text: string): void {
  download(name, new Blob([text], { type }))
}

export function download(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
