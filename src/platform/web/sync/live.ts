/**
 * The stream of the leading tab that says "there is news" and nothing else. Called by device.ts. A stream that the
 * server ended is opened again after a while; lost notices do not matter, since the runner looks by itself too.
 */
import { z } from 'zod'

const REOPEN_MS = 15_000
const News = z.object({ pos: z.int().nullable().default(null) })

export interface Live {
  /** True while news would be heard. */
  isOpen(): boolean
  close(): void
}

/** An EventSource, as far as it is needed. */
export type OpenStream = (url: string) => EventTarget & { readonly readyState: number; close(): void }

export function openLive(options: {
  url: string
  open: OpenStream
  /** Feed position of the news; null when the notice does not say. */
  onNews: (pos: number | null) => void
}): Live {
  let isClosed = false
  let isBroken = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stream = connect()
  return {
    isOpen: () => stream.readyState === OPEN,
    close: () => {
      isClosed = true
      clearTimeout(timer)
      stream.close()
    },
  }

  function connect(): ReturnType<OpenStream> {
    const opened = options.open(options.url)
    opened.addEventListener('news', (event) => {
      const news = News.safeParse(jsonOf((event as MessageEvent<unknown>).data))
      if (news.success) options.onNews(news.data.pos)
    })
    opened.addEventListener('open', () => {
      // What was said meanwhile was not heard.
      if (isBroken) options.onNews(null)
      isBroken = false
    })
    opened.addEventListener('error', () => {
      isBroken = true
      // The browser tries again by itself while the connection drops; after an error status it gives up.
      if (opened.readyState !== CLOSED || isClosed) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        stream = connect()
      }, REOPEN_MS)
    })
    return opened
  }
}

/** EventSource.OPEN and CLOSED, which do not exist where there is no EventSource. */
const OPEN = 1
const CLOSED = 2

function jsonOf(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}
